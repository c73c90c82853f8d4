//! The words and lines of definitions: names, addresses, dates, hours, choices, each with what it looks like.
//!
//! Turns what was typed into a value of the right kind. Knows nothing of the files that they stand in.

mod choice;
mod due;
mod occasion;
mod reference;
mod repeat;
mod time;

use url::Url;

pub use choice::{Cancelled, CancelledForMe, Kind, Order, Part, Status};
pub use due::{Count, Due, DueDate, From, Lead, Unit};
pub use occasion::{Moved, Occasion};
pub use reference::{BodyReference, ForeignUid, Was};
pub use repeat::{Frequency, Limit, OnWeekday, Repeat};
pub use time::{At, Day, DayRange, HourRange, weekday_name};

use super::decode::Scalar;
use crate::body::{BODY_FORM, BodyName, ID_FORM, Id};
use crate::problem::waiver;
use crate::text::{self, Language};

/// Longest address of something on the web, in octets.
const MOST_OCTETS_OF_ADDRESS: usize = 500;
/// Longest text, in octets.
const MOST_OCTETS_OF_TEXT: usize = 8_000;

/// A text that has at least one visible character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words(pub String);

impl Scalar for Words {
    const EXPECTED: &'static str = "a text";
    const PATTERN: &'static str = "\\S";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        let clean = text::prose(typed);
        let empty = || Some("remove the key if there is nothing to say".to_owned());
        let is_seen =
            |character: char| !character.is_whitespace() && !matches!(character, '\u{200B}'..='\u{200F}' | '\u{2060}');
        // clients.md J3: some calendars cut a description off, and nobody reads on
        if clean.len() > MOST_OCTETS_OF_TEXT {
            return Err(Some(format!("a text has at most {MOST_OCTETS_OF_TEXT} octets: link to what is longer")));
        }
        if clean.contains(is_seen) { Ok(Self(clean)) } else { Err(empty()) }
    }
}

impl Scalar for Id {
    const EXPECTED: &'static str = "an id: lower case letters, digits and hyphens";
    const PATTERN: &'static str = "^[a-z0-9]+(-[a-z0-9]+)*$";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        Self::from_written(typed).ok_or_else(|| {
            let meant = typed.trim().to_lowercase().replace([' ', '_', '.'], "-");
            match Self::from_written(&meant) {
                Some(id) => Some(format!("an id is made of {ID_FORM}: `{id}`, for example")),
                None => Some(format!("an id is made of {ID_FORM}, at most 50 of them")),
            }
        })
    }
}

impl Scalar for BodyName {
    const EXPECTED: &'static str = "the short name of a body, such as WP1 or Q12";
    const PATTERN: &'static str = "^[A-Z]+[0-9]*$";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        Self::from_written(typed).ok_or_else(|| {
            if typed.contains([',', ';']) {
                return Some("write several in brackets: [Q9, Q14]".to_owned());
            }
            let mut words = typed.split_whitespace();
            if words.clone().count() > 1 && words.all(|word| Self::from_written(word).is_some()) {
                return Some("write several with commas, in brackets: [Q9, Q14]".to_owned());
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

/// Why a warning is accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(pub String);

impl Scalar for Reason {
    const EXPECTED: &'static str = "a reason";
    const PATTERN: &'static str = "\\S";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        let help = || Some("say why the warning is accepted: whoever comes after you will ask".to_owned());
        let words = Words::from_typed(typed).map_err(|_| help())?;
        if is_no_reason(&words.0) { Err(help()) } else { Ok(Self(words.0)) }
    }
}

/// Whether a word only says that there is a reason, and not which.
pub fn is_no_reason(words: &str) -> bool {
    ["true", "false", "yes", "no", "on", "off", "x", "-", "ok"].contains(&words.to_lowercase().as_str())
}

/// The name of a warning that may be waived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct WarningName(pub &'static str);

impl Scalar for WarningName {
    const EXPECTED: &'static str = "the name of a warning, as it stands in brackets behind the word `warning`";
    const PATTERN: &'static str = "";

    fn schema() -> serde_json::Value {
        serde_json::json!({ "enum": waiver::NAMES.map(|(name, _)| name) })
    }

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        let names = waiver::NAMES.map(|(name, _)| name);
        let known = names.into_iter().find(|name| *name == typed);
        known.map(Self).ok_or_else(|| crate::problem::suggestion(typed, &names))
    }
}

impl Scalar for Language {
    const EXPECTED: &'static str = "a language tag in lower case, such as en, zh or pt-br";
    const PATTERN: &'static str = "^[a-z]{2,3}(-[a-z0-9]{2,8})*$";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        Self::from_tag(typed).ok_or(None)
    }
}

impl Scalar for bool {
    const EXPECTED: &'static str = "true or false";
    const PATTERN: &'static str = "";

    fn schema() -> serde_json::Value {
        serde_json::json!({ "type": "boolean" })
    }

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        typed.parse().map_err(|_| None)
    }
}

/// How often a delegate's address has been renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key(pub u32);

impl Scalar for Key {
    const EXPECTED: &'static str = "a whole number from 1 up";
    const PATTERN: &'static str = "";

    fn schema() -> serde_json::Value {
        serde_json::json!({ "type": "integer", "minimum": 1 })
    }

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        typed.parse().ok().filter(|key| *key > 0).map(Self).ok_or(None)
    }
}

/// An address on the web.
impl Scalar for Url {
    const EXPECTED: &'static str = "an address that begins with https:// or http://";
    const PATTERN: &'static str = "^https?://";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        let url = Self::parse(typed.trim()).map_err(|fault| {
            let meant = format!("https://{typed}");
            let is_meant = !typed.contains("://") && typed.contains('.') && Self::parse(&meant).is_ok();
            Some(if is_meant {
                format!("did you mean `{meant}`?")
            } else {
                format!("as an address this has a fault: {fault}")
            })
        })?;
        if typed.len() > MOST_OCTETS_OF_ADDRESS {
            return Err(Some(format!("an address has at most {MOST_OCTETS_OF_ADDRESS} octets")));
        }
        if typed.contains(char::is_whitespace) {
            return Err(Some("an address has no blank in it".to_owned()));
        }
        let on_the_web = typed.contains("://") && matches!(url.scheme(), "https" | "http") && url.host_str().is_some();
        if on_the_web { Ok(url) } else { Err(None) }
    }
}

/// A name under which a study group makes its UIDs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain(pub String);

impl Scalar for Domain {
    const EXPECTED: &'static str = "a domain name in lower case, such as sg12.itu.example";
    const PATTERN: &'static str = "^[a-z0-9]+(-[a-z0-9]+)*(\\.[a-z0-9]+(-[a-z0-9]+)*)+$";

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
    const PATTERN: &'static str = "^-?[0-9]{1,3}(\\.[0-9]{1,6})?$";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        let digits = typed.strip_prefix('-').unwrap_or(typed);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let number = |part: &str, most| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if number(whole, 3) && number(fraction, 6) { Ok(Self(typed.to_owned())) } else { Err(None) }
    }
}

/// A name with the study group that it belongs to: `SG12/WP1`, or `SG12` alone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Qualified {
    /// The short name of the study group.
    pub group: String,
    /// The name in it; none for the study group itself.
    pub name: Option<String>,
}

impl Scalar for Qualified {
    const EXPECTED: &'static str = "a name with its study group, such as SG12/WP1 or SG12/management";
    const PATTERN: &'static str = "^[^/]+(/[^/]+)?$";

    fn from_typed(typed: &str) -> Result<Self, Option<String>> {
        let mut parts = typed.split('/').map(str::to_owned);
        let (group, name, more) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
        let empty = group.is_empty() || name.as_ref().is_some_and(String::is_empty);
        if empty || more.is_some() { Err(None) } else { Ok(Self { group, name }) }
    }
}
