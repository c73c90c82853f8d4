//! The languages of convene's own texts, in one table. Whatever needs something for each of them matches on
//! [`UiLanguage`], so that a language that is added cannot be forgotten anywhere.

use super::Language;

macro_rules! ui_languages {
    ($($variant:ident = $tag:literal, $name:literal;)*) => {
        /// A language of convene's own texts, such as "deadline".
        ///
        /// ```
        /// use convene::text::{Language, UiLanguage};
        ///
        /// let hong_kong = Language::from_tag("zh-hk").expect("a tag");
        /// assert_eq!(UiLanguage::for_language(&hong_kong), Some(UiLanguage::Chinese));
        /// assert_eq!(UiLanguage::Chinese.name(), "中文");
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum UiLanguage {
            $(#[doc = $name] $variant,)*
        }

        impl UiLanguage {
            /// All languages, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the language tag.
            pub fn tag(self) -> &'static str {
                match self {
                    $(Self::$variant => $tag,)*
                }
            }

            /// Returns the name of the language in itself.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

ui_languages! {
    Arabic = "ar", "العربية";
    Chinese = "zh", "中文";
    English = "en", "English";
    French = "fr", "Français";
    Russian = "ru", "Русский";
    Spanish = "es", "Español";
}

impl Language {
    /// Returns its name in itself, or its tag.
    pub fn own_name(&self) -> String {
        UiLanguage::for_language(self).map_or_else(|| self.to_string(), |known| known.name().to_owned())
    }
}

impl UiLanguage {
    /// Returns the language of convene's own texts for a reader, or `None` if there is no translation: `zh` for
    /// `zh-hk`.
    pub fn for_language(language: &Language) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| known.tag() == language.primary())
    }

    /// Returns the language.
    pub fn language(self) -> Language {
        Language::from_ascii(self.tag())
    }

    /// Returns the tags of all languages.
    pub fn tags() -> impl Iterator<Item = &'static str> {
        Self::ALL.iter().map(|language| language.tag())
    }
}
