//! Resolves the names of time zones.

use crate::definition::{NonEmptyText, Spanned};
use crate::problem::{Problem, Problems};
use crate::zone::Zone;

/// Resolves the name of a zone, if there is one.
pub(super) fn zone(raw: Option<&Spanned<NonEmptyText>>, problems: &mut Problems) -> Option<Zone> {
    let raw = raw?;
    let zone = Zone::from_name(&raw.value.0);
    if zone.is_none() {
        let problem = Problem::error(&raw.span, format!("unknown time zone `{}`", crate::text::line(&raw.value.0)))
            .label("expected the IANA name of a zone, by continent and city, such as Europe/Zurich")
            .help("an abbreviation (CET) or an offset (+01:00) does not define when the clocks change");
        // An abbreviation may be an alias of some city's zone, which nobody meant.
        let newer = Some(&raw.value.0).filter(|name| name.contains('/')).and_then(|name| Zone::newer_name(name));
        let newer = newer.map(|newer| format!("it was renamed to `{newer}`"));
        let suggestion =
            newer.or_else(|| crate::problem::did_you_mean(&raw.value.0, &Zone::names().collect::<Vec<_>>()));
        problems.push(problem.optional_help(suggestion));
    }
    zone
}
