//! Maps with fixed keys: one declaration gives the struct, its table of keys, its decoder and its JSON Schema.

/// A key of a record, for the decoder, the schemas and the guide.
#[derive(Debug, Clone, Copy)]
pub struct KeySpec {
    /// The name of the key.
    pub name: &'static str,
    /// Another name, which is accepted too.
    pub alias: Option<&'static str>,
    /// Whether the key is required.
    pub is_required: bool,
    /// What the key means, as a sentence.
    pub doc: &'static str,
}

/// A map with fixed keys.
pub(super) trait MapRecord {
    /// What the record is, for messages.
    const WHAT: &'static str;
    /// The keys.
    const KEYS: &'static [KeySpec];
}

/// Declares a map with fixed keys. Every field is an `Option`: a value that could not be decoded has been reported,
/// and the rest is checked all the same.
macro_rules! record {
    (
        $(#[doc = $doc:literal])*
        $name:ident is $what:literal {
            $( $(#[doc = $key_doc:literal])* $need:ident $field:ident $key:literal $(or $alias:literal)?: $kind:ty, )*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            $( $(#[doc = $key_doc])* pub $field: Option<$kind>, )*
            /// The map, shown by its first line.
            pub span: $crate::problem::Span,
            /// The map with everything in it.
            pub whole: $crate::problem::Span,
            written: Vec<&'static str>,
        }

        impl $name {
            /// What the record is, for messages.
            pub const WHAT: &'static str = $what;
            /// The names of the keys, in the order of the documentation.
            pub const KEY_NAMES: &'static [&'static str] = &[$($key),*];
            /// The keys.
            pub const KEYS: &'static [$crate::definition::KeySpec] = &[$($crate::definition::KeySpec {
                name: $key,
                alias: $crate::definition::record::alias!($($alias)?),
                is_required: $crate::definition::record::is_required!($need),
                doc: concat!($($key_doc),*),
            }),*];

            /// Returns `true` if a key was written, with a valid value or not.
            pub fn has(&self, key: &str) -> bool {
                self.written.contains(&key)
            }

            /// Creates a record of which nothing is known, for a file that could not be decoded.
            #[allow(dead_code, reason = "only files have one")]
            pub(super) fn unread(span: &$crate::problem::Span) -> Self {
                Self {
                    $( $field: None, )*
                    span: span.clone(),
                    whole: span.clone(),
                    written: Self::KEY_NAMES.to_vec(),
                }
            }
        }

        impl $crate::definition::record::MapRecord for $name {
            const WHAT: &'static str = $what;
            const KEYS: &'static [$crate::definition::KeySpec] = Self::KEYS;
        }

        impl $crate::definition::decode::Decode for $name {
            fn decode(
                node: &$crate::definition::node::Node,
                problems: &mut $crate::problem::Problems,
            ) -> Option<Self> {
                let keys = $crate::definition::decode::MapKeys::read::<Self>(node, problems)?;
                Some(Self {
                    $( $field: keys.$need($key, problems), )*
                    span: node.span.clone(),
                    whole: $crate::problem::Span { end: node.end, ..node.span.clone() },
                    written: keys.written(),
                })
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let values = vec![$( generator.subschema_for::<$kind>() ),*];
                $crate::definition::schema::record(Self::KEYS, values, concat!($($doc),*))
            }
        }
    };
}
pub(super) use record;

macro_rules! is_required {
    (required) => {
        true
    };
    (optional) => {
        false
    };
}
pub(super) use is_required;

macro_rules! alias {
    () => {
        None
    };
    ($alias:literal) => {
        Some($alias)
    };
}
pub(super) use alias;
