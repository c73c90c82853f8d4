//! From the name of a time zone to the zone.

use crate::definition::{Located, Words};
use crate::problem::{Problem, Problems};
use crate::zone::Zone;

/// The zone of this name, if one was typed.
pub(super) fn zone(typed: Option<&Located<Words>>, problems: &mut Problems) -> Option<Zone> {
    let typed = typed?;
    let zone = Zone::named(&typed.value.0);
    if zone.is_none() {
        let problem =
            Problem::error(&typed.place, format!("unknown time zone `{}`", crate::text::line(&typed.value.0)))
                .label("expected the IANA name of a zone, by continent and city, such as Europe/Zurich")
                .help(
                    "an abbreviation (CET) or an offset (+01:00) is no zone: it does not know when the clocks change",
                );
        // An abbreviation may be another name of some city's zone, which nobody meant.
        let newer = Some(&typed.value.0).filter(|name| name.contains('/')).and_then(|name| Zone::newer_name(name));
        let newer = newer.map(|newer| format!("its name is `{newer}` today"));
        let near = newer.or_else(|| crate::problem::near(&typed.value.0, &Zone::names().collect::<Vec<_>>()));
        problems.push(problem.advice(near));
    }
    zone
}
