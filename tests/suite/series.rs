//! Series of every sort, made up by a generator: the crate `rrule` and the timetable must agree, across clock changes
//! in both directions and in zones without them.

use convene::timetable::When;
use jiff::civil::DateTime;

use crate::support::series::{ZONES, by_crate, checked};
use crate::support::timetable;

#[test]
fn the_timetable_holds_what_the_crate_gives() {
    let (mut whole, mut expanded, mut occurrences) = (0, 0, 0);
    for zone in ZONES {
        let (files, all) = checked(zone);
        let timetable = timetable(files).unwrap_or_else(|problems| panic!("{zone}\n{}", problems.report(false)));
        let sessions = &timetable.groups[0].meetings[0].sessions;
        assert_eq!(sessions.len(), all.len());
        for (session, made) in sessions.iter().zip(&all) {
            let seen: Vec<DateTime> = session
                .occurrences
                .iter()
                .map(|occurrence| match &occurrence.when {
                    When::Timed(span) => span.start().wall,
                    When::AllDay(_) => panic!("whole days"),
                })
                .collect();
            let mut expected = by_crate(&made.rule, made.start);
            expected.retain(|wall| Some(wall.date()) != made.skip);
            assert_eq!(seen, expected, "{zone}: {}", made.rule);
            occurrences += seen.len();
            *if session.series.is_some() { &mut whole } else { &mut expanded } += 1;
        }
    }
    println!("{whole} series as rules, {expanded} expanded, {occurrences} occurrences");
    assert!(whole > 60 && expanded > 60, "{whole} and {expanded}");
}
