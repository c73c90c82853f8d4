//! Content lines: writes the components and properties of the crate `icalendar` as bytes, safely for any text.
//!
//! Replaces the crate's own writer: adds nothing, keeps every value on its line, and escapes it by its type. Texts come
//! as [`Line`](crate::text::Line) or [`Prose`](crate::text::Prose), and are not cleaned again. Source: RFC 5545 3.1 to
//! 3.3.

use std::fmt::Write;

use ::icalendar::{Component, Property};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use unicode_segmentation::GraphemeCursor;

/// The longest line in octets, without its CRLF. RFC 5545 3.1: octets, not characters
const LINE_OCTETS: usize = 75;

/// How the value of a property is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ValueKind {
    /// Escaped text.
    Text,
    /// A URI: percent-encoded, never escaped. clients.md A7
    Uri,
    /// Dates, numbers, rules, and lists that are escaped already: only control characters are removed.
    Verbatim,
}

impl ValueKind {
    fn for_property(name: &str, property: &Property) -> Self {
        match property.params().get("VALUE").map(|parameter| parameter.value().to_ascii_uppercase()).as_deref() {
            Some("TEXT") => return Self::Text,
            Some("URI" | "CAL-ADDRESS") => return Self::Uri,
            Some(_) => return Self::Verbatim,
            None => {}
        }
        match name {
            "URL" | "SOURCE" | "CONFERENCE" | "ATTACH" | "IMAGE" | "TZURL" | "ORGANIZER" | "ATTENDEE" => Self::Uri,
            "DTSTART" | "DTEND" | "DTSTAMP" | "CREATED" | "LAST-MODIFIED" | "DUE" | "COMPLETED" | "DURATION"
            | "RECURRENCE-ID" | "RRULE" | "EXDATE" | "RDATE" | "EXRULE" | "TRIGGER" | "SEQUENCE" | "PRIORITY"
            | "PERCENT-COMPLETE" | "REPEAT" | "GEO" | "TZOFFSETFROM" | "TZOFFSETTO" | "REFRESH-INTERVAL"
            | "X-PUBLISHED-TTL" | "FREEBUSY" | "REQUEST-STATUS" | "CATEGORIES" | "RESOURCES" => Self::Verbatim,
            _ => Self::Text,
        }
    }
}

/// Writes a component with its children.
pub fn component<C: Component + ?Sized>(out: &mut String, component: &C) {
    let kind = component.component_kind();
    begin(out, &kind);
    component.properties().values().for_each(|property| write(out, property));
    component.multi_properties().values().flatten().for_each(|property| write(out, property));
    component.components().iter().for_each(|child| self::component(out, child));
    end(out, &kind);
}

/// Writes `BEGIN:…`.
pub fn begin(out: &mut String, component: &str) {
    fold(out, &format!("BEGIN:{}", name(component)));
}

/// Writes `END:…`.
pub fn end(out: &mut String, component: &str) {
    fold(out, &format!("END:{}", name(component)));
}

/// Writes a property that is text and has no parameters.
pub fn text(out: &mut String, key: &str, value: &str) {
    let mut line = String::with_capacity(key.len() + value.len() + 16);
    line.push_str(key);
    line.push(':');
    escape(&mut line, value);
    fold(out, &line);
}

/// Writes a property as one folded content line.
///
/// ```
/// use convene::icalendar::content_line;
/// use icalendar::Property;
///
/// let mut out = String::new();
/// content_line::write(&mut out, &Property::new("SUMMARY", "Plenary; opening, closing"));
/// assert_eq!(out, "SUMMARY:Plenary\\; opening\\, closing\r\n");
/// ```
pub fn write(out: &mut String, property: &Property) {
    let key = name(property.key());
    let mut line = key.clone();
    for parameter in property.params().values() {
        let value = match parameter.key() {
            // RFC 7986 6.3: a list, each of its words by itself
            "FEATURE" => parameter.value().split(',').map(parameter_value).collect::<Vec<_>>().join(","),
            _ => parameter_value(parameter.value()),
        };
        let _ = write!(line, ";{}={value}", name(parameter.key()));
    }
    line.push(':');
    match ValueKind::for_property(&key, property) {
        ValueKind::Text => escape(&mut line, property.value()),
        ValueKind::Uri => line.extend(utf8_percent_encode(property.value().trim(), NOT_IN_URI)),
        ValueKind::Verbatim => line.extend(property.value().chars().filter(|character| !character.is_control())),
    }
    fold(out, &line);
}

/// Normalizes the name of a component, property or parameter: upper case letters, digits and hyphens. RFC 5545 3.1,
/// clients.md L5
fn name(name: &str) -> String {
    let allowed = name.chars().filter(|character| character.is_ascii_alphanumeric() || *character == '-');
    allowed.map(|character| character.to_ascii_uppercase()).collect()
}

/// Writes a parameter value, quoted if it contains `:`, `;` or `,`. RFC 5545 3.2: no quotes and no control
/// characters. clients.md A6 avoids the carets of RFC 6868, so a quote becomes an apostrophe.
fn parameter_value(value: &str) -> String {
    let clean: String = value.chars().filter(|character| !character.is_control()).collect();
    let clean = clean.replace('"', "'");
    if clean.contains([':', ';', ',']) { format!("\"{clean}\"") } else { clean }
}

/// Escapes text, which is clean. RFC 5545 3.3.11. clients.md A4: never `:` or `"`. Whatever it is, it stays on its
/// line.
fn escape(line: &mut String, value: &str) {
    for character in value.chars() {
        match character {
            '\\' => line.push_str("\\\\"),
            ';' => line.push_str("\\;"),
            ',' => line.push_str("\\,"),
            '\n' => line.push_str("\\n"),
            control if control.is_control() => {}
            other => line.push(other),
        }
    }
}

/// Characters that a URI must not contain and that become `%XX`. What is encoded stays as it is. RFC 3986 2
const NOT_IN_URI: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// Appends a line, folded to [`LINE_OCTETS`], with CRLF. RFC 5545 3.1
fn fold(out: &mut String, line: &str) {
    let mut start = 0;
    let mut room = LINE_OCTETS;
    while line.len() - start > room {
        let at = best_fold(line, start, start + room);
        out.push_str(&line[start..at]);
        out.push_str("\r\n ");
        start = at;
        room = LINE_OCTETS - 1;
    }
    out.push_str(&line[start..]);
    out.push_str("\r\n");
}

/// Returns the last good position to fold at in `start..=end`: between grapheme clusters and not next to a space,
/// else between characters and not next to a space, else between characters. clients.md A2, L5
fn best_fold(line: &str, start: usize, end: usize) -> usize {
    let places = || (start + 1..=end).rev().filter(|at| line.is_char_boundary(*at));
    // Clusters are short. Looking back to the beginning of the text would take unbounded time.
    let until = (end..=line.len().min(end + 64)).rev().find(|at| line.is_char_boundary(*at)).unwrap_or(end);
    let piece = &line[start..until];
    let between_clusters =
        |at: &usize| GraphemeCursor::new(*at - start, piece.len(), true).is_boundary(piece, 0).unwrap_or(true);
    places()
        .find(|at| is_clear(line, *at) && between_clusters(at))
        .or_else(|| places().find(|at| is_clear(line, *at)))
        .or_else(|| places().next())
        .unwrap_or(end)
}

/// Returns `true` if neither neighbour is a space, and no escape (`\n`, `\,`) is split.
fn is_clear(line: &str, at: usize) -> bool {
    let before = line[..at].chars().next_back();
    let after = line[at..].chars().next();
    !before.is_some_and(|character| character.is_whitespace() || character == '\\')
        && !after.is_some_and(char::is_whitespace)
}
