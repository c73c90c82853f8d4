//! Maps with fixed keys: one declaration makes the struct, its table of keys, its decoder and its schema.

/// A key of a record, for the schemas and the guide.
#[derive(Debug, Clone, Copy)]
pub struct KeyOf {
    /// How it is written.
    pub name: &'static str,
    /// Whether it must be there.
    pub is_required: bool,
    /// What it says, as a sentence.
    pub doc: &'static str,
}

/// Declares a map with fixed keys: the struct, its table of keys, and how it is read. Every field is an `Option`:
/// a value that could not be read has been reported, and the rest is looked at all the same.
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
            /// Where the map stands; shown by its first line.
            pub place: $crate::problem::Place,
            /// All of it, with what it holds.
            pub whole: $crate::problem::Place,
            written: Vec<&'static str>,
        }

        impl $name {
            /// What it is, in words.
            pub const WHAT: &'static str = $what;
            /// The keys, in the order in which they are documented.
            pub const KEYS: &'static [&'static str] = &[$($key),*];
            /// What each key says.
            pub const TABLE: &'static [$crate::definition::KeyOf] = &[$($crate::definition::KeyOf {
                name: $key,
                is_required: $crate::definition::record::is_required!($need),
                doc: concat!($($key_doc),*),
            }),*];
            const ALIASES: &'static [(&'static str, &'static str)] = &[$( $( ($alias, $key), )? )*];

            /// Whether a key was written, with a value that could be read or not.
            pub fn has(&self, key: &str) -> bool {
                self.written.contains(&key)
            }

            /// One in a file that could not be read: whatever it may hold, nothing is known of it.
            #[allow(dead_code, reason = "only files have one")]
            pub(super) fn unread(place: &$crate::problem::Place) -> Self {
                Self {
                    $( $field: None, )*
                    place: place.clone(),
                    whole: place.clone(),
                    written: Self::KEYS.to_vec(),
                }
            }
        }

        impl $crate::definition::decode::Decode for $name {
            fn decode(
                node: &$crate::definition::tree::Node,
                problems: &mut $crate::problem::Problems,
            ) -> Option<Self> {
                let known = (Self::KEYS, Self::ALIASES);
                let keys = $crate::definition::decode::Keys::of(node, $what, known, problems)?;
                Some(Self {
                    $( $field: keys.$need($key, problems), )*
                    place: node.place.clone(),
                    whole: $crate::problem::Place { end: node.end, ..node.place.clone() },
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
                $crate::definition::schema::record(Self::TABLE, Self::ALIASES, values, concat!($($doc),*))
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
