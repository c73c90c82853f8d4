//! What was probably meant by dates, hours, words and keys as people write them elsewhere.

use jiff::civil::{Date, Time};

use super::scalars::YEARS;

/// Formats of dates that have one meaning.
const DATE_FORMATS: [&str; 10] = [
    "%d %B %Y",
    "%d %b %Y",
    "%B %d, %Y",
    "%B %d %Y",
    "%b %d, %Y",
    "%b %d %Y",
    "%d.%m.%Y",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y%m%d",
];

/// Returns how to write a date that is written in another way: `8 April 2025`, `08/04/2025`.
pub(super) fn date(text: &str) -> Option<String> {
    let parsed = |format: &str| Date::strptime(format, text).ok().filter(|date| YEARS.contains(&date.year()));
    if let Some(date) = DATE_FORMATS.iter().find_map(|format| parsed(format)) {
        return Some(format!("write {date}"));
    }
    match [parsed("%d/%m/%Y"), parsed("%m/%d/%Y")] {
        [Some(one), Some(other)] if one != other => Some(format!("write {one} or {other}, whichever is meant")),
        [Some(date), _] | [_, Some(date)] => Some(format!("write {date}")),
        _ => None,
    }
}

/// Returns how to write an hour that is written in another way: `11.00`, `11h00`, `9:30 AM`.
pub(super) fn hour(text: &str) -> Option<String> {
    clock(text).map(|hour| format!("write {hour}"))
}

/// Returns how to write a time of a session that is written in another way: `noon`, `from 14:00`, `TBC`.
pub(super) fn time(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let exact = |text: &str| clock(text.trim());
    let is_unknown = ["tbc", "tba", "tbd", "all day", "to be confirmed", "to be announced", "open"];
    if is_unknown.contains(&lower.as_str()) {
        return Some("write `unknown`".to_owned());
    }
    if lower == "noon" || lower == "midday" {
        return Some("write 12:00".to_owned());
    }
    if let Some(hour) = lower.strip_prefix("not before ").and_then(exact) {
        return Some(format!("write {hour}, and `note: not before {hour}`"));
    }
    let from = lower.strip_prefix("from ").or(lower.strip_suffix(" onwards")).or(lower.strip_suffix(" onward"));
    if let Some(hour) = from.and_then(exact) {
        return Some(format!("write {hour}: the event says that its end is not announced"));
    }
    if let Some(hour) = lower.strip_prefix("before ").or(lower.strip_prefix("till ")).and_then(exact) {
        return Some(format!("write `until {hour}`"));
    }
    let about = ["approx. ", "approximately ", "approx ", "around ", "ca. ", "circa ", "c. ", "~"];
    let about = about.iter().find_map(|word| lower.strip_prefix(word));
    let about = about.or(lower.strip_suffix("(approx)")).or(lower.strip_suffix("(approx.)"));
    about.and_then(exact).map(|hour| format!("write `about {hour}`"))
}

/// Returns how to write hours that are written in another way: `9:30 AM - 1 PM`.
pub(super) fn hours(text: &str) -> Option<String> {
    let (start, end) = text.split_once('-')?;
    Some(format!("write {}-{}", clock(start)?, clock(end)?))
}

fn clock(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let (clock, half) = match (lower.strip_suffix("am"), lower.strip_suffix("pm")) {
        (Some(clock), _) => (clock, Some(0)),
        (_, Some(clock)) => (clock, Some(12)),
        _ => (&lower[..], None),
    };
    let (hours, minutes) = clock.trim().split_once([':', '.', 'h']).unwrap_or((clock.trim(), ""));
    let number = |part: &str| (part.len() <= 2).then(|| part.parse::<i8>().ok()).flatten();
    let hours = number(hours)?;
    let minutes = if minutes.is_empty() { 0 } else { number(minutes).filter(|_| minutes.len() == 2)? };
    let hours = match half {
        Some(half) if (1..=12).contains(&hours) => hours % 12 + half,
        Some(_) => return None,
        None => hours,
    };
    let time = Time::new(hours, minutes, 0, 0).ok()?;
    Some(time.strftime("%H:%M").to_string())
}

/// Returns the keys that others call so; none if there are none among the known ones.
pub(super) fn keys(name: &str, known: &[&'static str]) -> Vec<&'static str> {
    let meant = match name.to_lowercase().as_str() {
        "date" => &["day"][..],
        "dates" => &["days"],
        "time" | "hour" | "hours" => &["at"],
        "where" | "location" => &["room", "place"],
        "body" | "bodies" | "question" | "questions" | "group" => &["for"],
        "chairman" | "chairperson" | "rapporteur" => &["chair"],
        "url" | "link" => &["join", "links"],
        _ => &[],
    };
    known.iter().filter(|key| meant.contains(key)).copied().collect()
}

/// Returns the help for a key that others call so.
pub(super) fn key(name: &str, known: &[&'static str]) -> Option<String> {
    let names: Vec<String> = keys(name, known).into_iter().map(|key| format!("`{key}`")).collect();
    (!names.is_empty()).then(|| format!("did you mean {}?", names.join(" or ")))
}

/// Returns what to write instead of a word that is no choice.
pub(super) fn word(text: &str) -> Option<String> {
    let help = match text.to_lowercase().as_str() {
        "cancelled" | "canceled" => "write `cancelled:` with the reason, or `cancelled: true` if none was given",
        "postponed" => {
            "write `postponed:` with the reason, or `postponed: true` if none was given, until there is a new date"
        }
        _ => return None,
    };
    Some(help.to_owned())
}
