//! The scalars of definitions: names, addresses, dates, hours, choices.
//!
//! Parses each from its text. Knows nothing of the files that they are in.

mod choice;
mod due;
mod occurrence;
mod recurrence;
mod reference;
mod start;
mod time;

use url::Url;

pub use choice::{CancellationStyle, CancelledPreference, DayPart, SessionKind, SessionOrder, Status};
pub use due::{CalendarOffset, CalendarUnit, CountedFrom, Due, DueDate, LeadTime, Length};
pub use occurrence::{MovedTo, OccurrenceRef};
pub use recurrence::{Frequency, RecurrenceRule, RuleEnd, WeekdayNum};
pub use reference::{BodyReference, ForeignUid, FormerId};
pub use start::MeetingStart;
pub(super) use time::YEARS;
pub use time::{DayRange, HourRange, TimeOfDay, WrittenDate, weekday_name};

use super::decode::Scalar;
use crate::id::{BODY_FORM, BodyName, ID_FORM, Id, MAX_BODY_NAME, MAX_ID};
use crate::problem::Warning;
use crate::text::{Language, Line, Prose};

/// The longest URL, in bytes.
const MAX_URL_BYTES: usize = 500;
/// The longest text, in bytes.
const MAX_TEXT_BYTES: usize = 8_000;

/// A text that has at least one visible character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NonEmptyText(pub Prose);

impl Scalar for NonEmptyText {
    const NAME: &'static str = "text";
    const EXPECTED: &'static str = "a text";
    const PATTERN: &'static str = "\\S";

    fn from_text(text: &str) -> Result<Self, Option<String>> {
        let clean = Prose::clean(text);
        let empty = || Some("remove the key if there is nothing to say".to_owned());
        let is_seen =
            |character: char| !character.is_whitespace() && !matches!(character, '\u{200B}'..='\u{200F}' | '\u{2060}');
        // clients.md J3: some calendars cut a long description off.
        if clean.len() > MAX_TEXT_BYTES {
            return Err(Some(format!("a text has at most {MAX_TEXT_BYTES} bytes: link to longer ones")));
        }
        if clean.contains(is_seen) { Ok(Self(clean)) } else { Err(empty()) }
    }
}

impl Scalar for Id {
    const NAME: &'static str = "id";
    const EXPECTED: &'static str = "an id: lower case letters, digits and hyphens";
    const PATTERN: &'static str = "^[a-z0-9]+(-[a-z0-9]+)*$";

    fn from_text(text: &str) -> Result<Self, Option<String>> {
        Self::parse(text).ok_or_else(|| {
            let meant = text.trim().to_lowercase().replace([' ', '_', '.'], "-");
            let length = text.chars().count();
            match Self::parse(&meant) {
                None if length > MAX_ID => Some(format!("use at most {MAX_ID} characters: this has {length}")),
                Some(id) => Some(format!("write `{id}`, for example")),
                None => Some(format!("use {ID_FORM}, at most {MAX_ID} characters")),
            }
        })
    }
}

impl Scalar for BodyName {
    const NAME: &'static str = "body name";
    const EXPECTED: &'static str = "the short name of a body, such as WP1, Q12, TG 6/7 or krb-wg";
    const PATTERN: &'static str = "^[^\\s,;:\\[\\]{}]([^,;:\\[\\]{}]*[^\\s,;:\\[\\]{}])?$";

    fn from_text(text: &str) -> Result<Self, Option<String>> {
        let name = Self::parse(&Line::clean(text)).filter(|name| !mixes_alphabets(name.as_str()));
        name.ok_or_else(|| {
            if text.contains([',', ';']) {
                return Some("write several names in brackets: [Q9, Q14]".to_owned());
            }
            if text.chars().count() > MAX_BODY_NAME {
                return Some(format!("use at most {MAX_BODY_NAME} characters, and write the whole name after `name:`"));
            }
            Some(format!("expected {BODY_FORM}"))
        })
    }
}

/// Returns `true` if letters of several alphabets that look alike are in one name.
fn mixes_alphabets(name: &str) -> bool {
    let is_lookalike = |character: char| matches!(character, 'А'..='я' | 'Α'..='ω');
    name.contains(is_lookalike) && name.contains(|character: char| character.is_ascii_alphabetic())
}

/// The reason why a warning is waived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(pub String);

impl Scalar for Reason {
    const NAME: &'static str = "reason";
    const EXPECTED: &'static str = "a reason";
    const PATTERN: &'static str = "\\S";

    fn from_text(text: &str) -> Result<Self, Option<String>> {
        let help = || Some("say why the warning is accepted, for those who edit this file later".to_owned());
        let words = NonEmptyText::from_text(text).map_err(|_| help())?;
        if is_placeholder_reason(&words.0) { Err(help()) } else { Ok(Self(words.0.into())) }
    }
}

/// Returns `true` for a word that only says that there is a reason, and not which.
pub fn is_placeholder_reason(words: &str) -> bool {
    ["true", "false", "yes", "no", "on", "off", "x", "-", "ok"].contains(&words.to_lowercase().as_str())
}

impl Scalar for Warning {
    const NAME: &'static str = "warning name";
    const EXPECTED: &'static str = "the name of a warning, as its message shows it in brackets";
    const PATTERN: &'static str = "";

    fn schema() -> serde_json::Value {
        serde_json::json!({ "enum": waivable() })
    }

    fn from_text(text: &str) -> Result<Self, Option<String>> {
        let known = Self::WAIVABLE.iter().find(|warning| warning.name() == text);
        known.copied().ok_or_else(|| crate::problem::suggestion(text, &waivable()))
    }
}

fn waivable() -> Vec<&'static str> {
    Warning::WAIVABLE.iter().map(|warning| warning.name()).collect()
}

impl Scalar for Language {
    const NAME: &'static str = "language tag";
    const EXPECTED: &'static str = "a language tag in lower case, such as en, zh or pt-br";
    const PATTERN: &'static str = "^[a-z]{2,3}(-[a-z0-9]{2,8})*$";

    fn from_text(text: &str) -> Result<Self, Option<String>> {
        Self::from_tag(text).ok_or(None)
    }
}

impl Scalar for bool {
    const NAME: &'static str = "boolean";
    const EXPECTED: &'static str = "true or false";
    const PATTERN: &'static str = "";

    fn schema() -> serde_json::Value {
        serde_json::json!({ "type": "boolean" })
    }

    fn from_text(text: &str) -> Result<Self, Option<String>> {
        text.parse().map_err(|_| None)
    }
}

/// The number of a delegate's private address: raised to revoke the old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AddressNumber(pub u32);

impl Scalar for AddressNumber {
    const NAME: &'static str = "number";
    const EXPECTED: &'static str = "a whole number, 1 or more";
    const PATTERN: &'static str = "";

    fn schema() -> serde_json::Value {
        serde_json::json!({ "type": "integer", "minimum": 1 })
    }

    fn from_text(text: &str) -> Result<Self, Option<String>> {
        text.parse().ok().filter(|key| *key > 0).map(Self).ok_or(None)
    }
}

/// An address on the web.
impl Scalar for Url {
    const NAME: &'static str = "URL";
    const EXPECTED: &'static str = "a URL that begins with https:// or http://";
    const PATTERN: &'static str = "^https?://";

    fn from_text(text: &str) -> Result<Self, Option<String>> {
        let url = Self::parse(text.trim()).map_err(|fault| {
            let meant = format!("https://{text}");
            let is_meant = !text.contains("://") && text.contains('.') && Self::parse(&meant).is_ok();
            Some(if is_meant { format!("did you mean `{meant}`?") } else { format!("invalid URL: {fault}") })
        })?;
        if text.len() > MAX_URL_BYTES {
            return Err(Some(format!("a URL has at most {MAX_URL_BYTES} bytes")));
        }
        if text.contains(char::is_whitespace) {
            return Err(Some("a URL contains no spaces".to_owned()));
        }
        let on_the_web = text.contains("://") && matches!(url.scheme(), "https" | "http") && url.host_str().is_some();
        if on_the_web { Ok(url) } else { Err(None) }
    }
}

/// The domain part of a study group's UIDs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain(pub String);

impl Scalar for Domain {
    const NAME: &'static str = "domain name";
    const EXPECTED: &'static str = "a domain name in lower case, such as sg12.itu.example";
    const PATTERN: &'static str = "^[a-z0-9]+(-[a-z0-9]+)*(\\.[a-z0-9]+(-[a-z0-9]+)*)+$";

    fn from_text(text: &str) -> Result<Self, Option<String>> {
        let dotted = text.contains('.') && text.split('.').all(|part| Id::parse(part).is_some());
        // clients.md C5: at most 255 bytes together with the UUID (36) and the at sign.
        if dotted && text.len() <= 200 { Ok(Self(text.to_owned())) } else { Err(None) }
    }
}

/// A latitude or a longitude in degrees, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Degrees(pub String);

impl Scalar for Degrees {
    const NAME: &'static str = "coordinate";
    const EXPECTED: &'static str = "degrees such as 46.2217";
    const PATTERN: &'static str = "^-?[0-9]{1,3}(\\.[0-9]{1,6})?$";

    fn from_text(text: &str) -> Result<Self, Option<String>> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let number = |part: &str, most| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if number(whole, 3) && number(fraction, 6) { Ok(Self(text.to_owned())) } else { Err(None) }
    }
}

/// A name with its study group: `SG12/WP1`, or `SG12` alone. Both may have slashes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct QualifiedName(pub String);

impl Scalar for QualifiedName {
    const NAME: &'static str = "name";
    const EXPECTED: &'static str = "a name with its study group, such as SG12/WP1 or SG12/management";
    const PATTERN: &'static str = "^[^/]+(/[^/]+)*$";

    fn from_text(text: &str) -> Result<Self, Option<String>> {
        let name = Line::clean(text);
        if name.is_empty() || name.split('/').any(|part| part.trim().is_empty()) {
            return Err(None);
        }
        Ok(Self(name.into()))
    }
}
