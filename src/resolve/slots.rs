//! Slots: every day of a session with every one of its hours or parts of the day, as first planned.

use std::collections::BTreeSet;

use jiff::civil::{Date, Time, Weekday};

use super::clock::Clock;
use super::reading::Reading;
use super::{Seen, rule};
use crate::definition::{self, At, Day, Located, weekday_name};
use crate::problem::{Place, Problem, Problems};
use crate::timetable::Days;
use crate::zone::Zone;

/// Most occurrences of one session.
const MOST_SLOTS: usize = 1_000;
/// Most occurrences of the sessions of one file.
const MOST_OF_FILE: usize = 20_000;
/// Most rules of one file.
const MOST_RULES: usize = 1_000;
/// Most rules of one file that come to nothing: to find that out of one takes longer than to follow the others.
const MOST_FAULTS: usize = 20;

/// One occurrence as first planned.
pub(super) struct Slot<'a> {
    /// Its day.
    pub(super) day: Located<Date>,
    /// Its hour or part of the day.
    pub(super) at: &'a Located<At>,
}

impl Reading<'_> {
    /// The slots of a session, in the order of its days, and the hours of each of its times where they are known.
    pub(super) fn slots<'t>(&mut self, typed: &'t definition::Session, zone: &Zone) -> Vec<Slot<'t>> {
        let at = self.times(typed);
        let days = match (&typed.repeat, &typed.day) {
            (Some(repeat), Some(day)) if at.len() == 1 => {
                report_weekday(day.value, &day.place, self.problems);
                let start = match self.clock(at[0].value) {
                    Some(Clock::Range(range, _)) => range.start,
                    _ => Time::midnight(),
                };
                self.rule(repeat, day, start, zone)
            }
            (Some(repeat), _) => {
                self.report_repeat(typed, repeat);
                Vec::new()
            }
            (None, _) => self.days(typed),
        };
        self.report_odd_days(&days);
        let slots = days.len() * at.len();
        if slots > MOST_SLOTS {
            self.report(too_many(&typed.place, slots));
            return Vec::new();
        }
        self.slots_so_far += slots;
        if self.slots_so_far > MOST_OF_FILE {
            // Told at the session that is one too many.
            if self.slots_so_far - slots <= MOST_OF_FILE {
                let problem = Problem::error(&typed.place, "the sessions of this file have too many occurrences")
                    .label(format!("expected at most {MOST_OF_FILE} in a file"))
                    .help("split the file, or write fewer days or hours; what follows is not looked at");
                self.report(problem);
            }
            return Vec::new();
        }
        days.iter().flat_map(|day| at.iter().map(|at| Slot { day: day.clone(), at })).collect()
    }

    fn report_repeat(&mut self, typed: &definition::Session, repeat: &Located<definition::Repeat>) {
        let title = if typed.has("days") {
            "a rule repeats one day"
        } else if typed.at.as_ref().is_some_and(|at| at.is_list) {
            "a rule repeats one time of the day"
        } else {
            // What is lacking or could not be read has been reported.
            return;
        };
        self.report(
            Problem::error(&repeat.place, title)
                .label("expected `day: …` with the first day, and one `at: …`")
                .help("write a session of its own for each weekday and hour that repeats"),
        );
    }

    /// Each of the hours or parts of the day, once. One without hours has been reported.
    fn times<'t>(&mut self, typed: &'t definition::Session) -> Vec<&'t Located<At>> {
        let mut seen: Seen<String> = Seen::none();
        let mut times = Vec::new();
        let Some(at) = &typed.at else { return times };
        for one in &at.values {
            // The part or the starting hour is what tells the events of a day apart, and their UIDs.
            let start = Located { value: one.value.part_or_hour(), place: one.place.clone() };
            if !seen.is_new(start, "this start", self.problems) {
                continue;
            }
            if one.value == At::Unknown && at.values.len() > 1 {
                self.report(
                    Problem::error(&one.place, "`unknown` stands alone")
                        .label("expected hours or parts of the day, or nothing but `unknown`"),
                );
            } else if self.clock(one.value).is_some() || self.reports_without_hours(one) {
                times.push(one);
            }
        }
        times
    }

    /// The days of a session, each once.
    fn days(&mut self, typed: &definition::Session) -> Vec<Located<Date>> {
        let mut seen: Seen<Date> = Seen::none();
        match (&typed.day, &typed.days) {
            (Some(day), None) => {
                report_weekday(day.value, &day.place, self.problems);
                seen.0.insert(day.value.date, day.place.clone());
            }
            (None, Some(days)) => {
                for range in &days.values {
                    report_weekday(range.value.first, &range.place, self.problems);
                    if range.value.last != range.value.first {
                        report_weekday(range.value.last, &range.place, self.problems);
                    }
                    let (first, last) = (range.value.first.date, range.value.last.date);
                    let mut all = first.series(jiff::Span::new().days(1)).take_while(|date| *date <= last);
                    // One day that stands twice is enough to tell.
                    let again = all.find(|date| {
                        let date = Located { value: *date, place: range.place.clone() };
                        let what = format!("the day {}", date.value);
                        !seen.is_new(date, &what, self.problems)
                    });
                    if again.is_some() || seen.0.len() > MOST_SLOTS {
                        break;
                    }
                }
            }
            (Some(_), Some(days)) => self.report(
                Problem::error(&days.place, "a session has `day` or `days`, not both")
                    .label("expected one of the two")
                    .help("write all of its days in `days: […]`"),
            ),
            // A day that could not be read has been reported.
            (None, None) if typed.has("day") || typed.has("days") => {}
            (None, None) => self.report(
                Problem::error(&typed.place, "a session lacks its day")
                    .label("expected a line `day: …` or `days: […]` here"),
            ),
        }
        seen.0.into_iter().map(|(value, place)| Located { value, place }).collect()
    }

    /// The days that a rule gives, the first of which is the session's day.
    fn rule(
        &mut self,
        repeat: &Located<definition::Repeat>,
        day: &Located<Day>,
        start: Time,
        zone: &Zone,
    ) -> Vec<Located<Date>> {
        self.rules_so_far += 1;
        if self.rules_so_far > MOST_RULES || self.faults_so_far >= MOST_FAULTS {
            if self.rules_so_far == MOST_RULES + 1 || self.faults_so_far == MOST_FAULTS {
                self.faults_so_far += 1;
                let problem = Problem::error(&repeat.place, "this file has too many rules, or too many with faults")
                    .label(format!("expected at most {MOST_RULES} rules, and fewer than {MOST_FAULTS} with faults"))
                    .help("the rules from here on are looked at when the others are mended");
                self.report(problem);
            }
            return Vec::new();
        }
        match rule::days(&repeat.value, day.value.date.to_datetime(start), zone) {
            Ok(days) => days.into_iter().map(|value| Located { value, place: day.place.clone() }).collect(),
            Err(fault) => {
                self.faults_so_far += 1;
                self.report(fault.problem(&repeat.place, &day.place));
                Vec::new()
            }
        }
    }

    /// Reports days on a weekend, and days on which the meeting does not take place; what was written once is told once.
    pub(super) fn report_odd_days(&mut self, dates: &[Located<Date>]) {
        let mut told: BTreeSet<Place> = BTreeSet::new();
        for date in dates {
            let outside = self.days.filter(|days| date.value < days.first() || date.value > days.last());
            let weekend = matches!(date.value.weekday(), Weekday::Saturday | Weekday::Sunday);
            if (outside.is_none() && !weekend) || !told.insert(date.place.clone()) {
                continue;
            }
            let written = weekday_name(date.value.weekday());
            self.report(match outside {
                Some(days) => {
                    Problem::warning(&date.place, "outside-meeting", "this day is outside the meeting's dates")
                        .label(format!("expected {} to {}, found {}", days.first(), days.last(), date.value))
                        .help(if copied(days, date.value) {
                            "was the file copied from another meeting? Then this day has stayed behind"
                        } else {
                            "correct the day, or the meeting's `starts:` and `ends:`"
                        })
                        .help("if it is right, add `allow: {outside-meeting: why}` to the session")
                }
                None => Problem::warning(&date.place, "weekend", "this day is on a weekend")
                    .label(format!("{} is a {written}", date.value))
                    .help("if it is right, add `allow: {weekend: why}` to the session"),
            });
        }
    }
}

/// Whether a day is so far from a meeting that it is likely another meeting's.
fn copied(days: Days, date: Date) -> bool {
    let far = jiff::Span::new().days(21);
    date < days.first().saturating_sub(far) || date > days.last().saturating_add(far)
}

fn too_many(place: &Place, slots: usize) -> Problem {
    Problem::error(place, "this session has too many occurrences")
        .label(format!("expected at most {MOST_SLOTS}, found {slots}"))
        .help("write fewer days or hours, or several sessions")
}

/// Reports a weekday that is not the date's.
pub(super) fn report_weekday(day: Day, place: &Place, problems: &mut Problems) {
    let right = day.date.weekday();
    if let Some(written) = day.weekday.filter(|written| *written != right) {
        let (written, right) = (weekday_name(written), weekday_name(right));
        problems.push(
            Problem::error(place, "the weekday is not the date's")
                .label(format!("expected {right} {}, found {written}", day.date))
                .help("one of the two was mistyped: correct the weekday or the date"),
        );
    }
}
