//! The words and lines of definitions: names, addresses, dates, hours, choices, each with what it looks like.
//!
//! Turns what was typed into a value of the right kind. Knows nothing of the files that they stand in.

mod choice;
mod time;

use url::Url;

pub use choice::{Kind, Order, Part, Status};
pub use time::{At, Day, DayRange, Due, HourRange, Unit, weekday_name};

use super::decode::Scalar;
use crate::body::{BODY_FORM, BodyName, ID_FORM, Id};
use crate::text::{self, Language};

/// A text that has at least one visible character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words(pub String);

impl Scalar for Words {
    const EXPECTED: &'static str = "a text";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        let clean = text::prose(typed);
        let empty = || Some("remove the key if there is nothing to say".to_owned());
        let is_seen =
            |character: char| !character.is_whitespace() && !matches!(character, '\u{200B}'..='\u{200F}' | '\u{2060}');
        if clean.contains(is_seen) { Ok(Self(clean)) } else { Err(empty()) }
    }
}

impl Scalar for Id {
    const EXPECTED: &'static str = "an id: lower case letters, digits and hyphens";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        Self::from_written(typed).ok_or_else(|| {
            let meant = typed.trim().to_lowercase().replace([' ', '_', '.'], "-");
            match Self::from_written(&meant) {
                Some(id) => Some(format!("did you mean `{id}`?")),
                None => Some(format!("an id is made of {ID_FORM}, at most 50 of them")),
            }
        })
    }
}

impl Scalar for BodyName {
    const EXPECTED: &'static str = "the short name of a body, such as WP1 or Q12";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        Self::from_written(typed).ok_or_else(|| {
            if typed.contains([',', ';']) {
                return Some("write several in brackets: [Q9, Q14]".to_owned());
            }
            if let Some((_, own)) = typed.split_once('/').filter(|(group, _)| group.starts_with("SG")) {
                return Some(format!("write `{own}` if it is of this study group; others cannot be named here yet"));
            }
            let own = typed.split('/').next().unwrap_or(typed);
            let meant = own.to_uppercase().replace([' ', '-'], "");
            match Self::from_written(&meant) {
                Some(name) => Some(format!("did you mean `{name}`?")),
                None => Some(BODY_FORM.to_owned()),
            }
        })
    }
}

impl Scalar for Language {
    const EXPECTED: &'static str = "a language tag in lower case, such as en, zh or pt-br";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        Self::from_tag(typed).ok_or(None)
    }
}

impl Scalar for bool {
    const EXPECTED: &'static str = "true or false";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        typed.parse().map_err(|_| None)
    }
}

/// How often a delegate's address has been renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key(pub u32);

impl Scalar for Key {
    const EXPECTED: &'static str = "a whole number from 1 up";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        typed.parse().ok().filter(|key| *key > 0).map(Self).ok_or(None)
    }
}

/// An address on the web.
impl Scalar for Url {
    const EXPECTED: &'static str = "an address that begins with https:// or http://";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        let url =
            Self::parse(typed.trim()).map_err(|fault| Some(format!("as an address this has a fault: {fault}")))?;
        let on_the_web = matches!(url.scheme(), "https" | "http") && url.host_str().is_some();
        if on_the_web { Ok(url) } else { Err(None) }
    }
}

/// A name under which a study group makes its UIDs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain(pub String);

impl Scalar for Domain {
    const EXPECTED: &'static str = "a domain name in lower case, such as sg12.itu.example";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        let dotted = typed.contains('.') && typed.split('.').all(|part| Id::from_written(part).is_some());
        // clients.md C5: at most 255 octets with the 36 of the UUID and an at sign.
        if dotted && typed.len() <= 200 { Ok(Self(typed.to_owned())) } else { Err(None) }
    }
}

/// A latitude or a longitude in degrees, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Degrees(pub String);

impl Scalar for Degrees {
    const EXPECTED: &'static str = "degrees such as 46.2217";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        let digits = typed.strip_prefix('-').unwrap_or(typed);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let number = |part: &str, most| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if number(whole, 3) && number(fraction, 6) { Ok(Self(typed.to_owned())) } else { Err(None) }
    }
}

/// A name with the study group that it belongs to: `SG12/WP1`, or `SG12` alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qualified {
    /// The short name of the study group.
    pub group: String,
    /// The name in it; none for the study group itself.
    pub name: Option<String>,
}

impl Scalar for Qualified {
    const EXPECTED: &'static str = "a name with its study group, such as SG12/WP1 or SG12/management";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        let mut parts = typed.split('/').map(str::to_owned);
        let (group, name, more) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
        let empty = group.is_empty() || name.as_ref().is_some_and(String::is_empty);
        if empty || more.is_some() { Err(None) } else { Ok(Self { group, name }) }
    }
}
