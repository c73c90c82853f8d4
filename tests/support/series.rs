//! Series of every sort, made up by a generator, over clock changes in both directions and in zones without them.

use std::collections::BTreeSet;
use std::fmt::Write;

use convene::definition::DefinitionFile;
use jiff::civil::{Date, DateTime};
use rrule::RRuleSet;

use crate::support::timetable;

/// Pseudo-random numbers that are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        // Source: Knuth, MMIX.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % most
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

/// Zones with clock changes in the north and in the south, without any, and with ones that no yearly rule describes.
pub const ZONES: [&str; 10] = [
    "Europe/Zurich",
    "America/New_York",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Asia/Tokyo",
    "Asia/Kathmandu",
    "Europe/Dublin",
    "America/Santiago",
    "Africa/Casablanca",
    "UTC",
];

const RULES: [&str; 24] = [
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=5",
    "FREQ=DAILY;BYMONTH=3,10",
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;INTERVAL=2",
    "FREQ=WEEKLY;BYDAY=MO,WE,FR",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU",
    "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU",
    "FREQ=MONTHLY",
    "FREQ=MONTHLY;INTERVAL=2",
    "FREQ=MONTHLY;BYDAY=1MO",
    "FREQ=MONTHLY;BYDAY=2TU",
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=MONTHLY;BYDAY=-1SU",
    "FREQ=MONTHLY;BYMONTHDAY=15",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1",
    "FREQ=YEARLY",
    "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "FREQ=YEARLY;BYMONTH=3,6;BYMONTHDAY=1",
    "FREQ=YEARLY;BYDAY=20MO",
];

/// A series of the generated file.
pub struct Made {
    pub rule: String,
    pub start: DateTime,
    pub skip: Option<Date>,
}

/// Returns the wall clock times that the crate gives for a rule, as if in UTC.
pub fn by_crate(rule: &str, start: DateTime) -> Vec<DateTime> {
    let set: RRuleSet =
        format!("DTSTART:{}\nRRULE:{rule}", start.strftime("%Y%m%dT%H%M%SZ")).parse().expect("a rule of the crate");
    let instants = set.all(2_000).dates.into_iter();
    instants.map(|instant| instant.naive_utc().to_string().parse().expect("a time")).collect()
}

fn made_up(seed: u64, zone: &str) -> (Vec<DefinitionFile>, Vec<Made>) {
    let mut numbers = Numbers(seed);
    let mut yaml = "allow: {weekend: made up, body-clash: made up}\nsessions:\n".to_owned();
    let mut all = Vec::new();
    while all.len() < RULES.len() {
        let rule = RULES[all.len()];
        let day: Date =
            jiff::civil::date(2026, 1, 1) + jiff::Span::new().days(i64::try_from(numbers.below(300)).expect("a day"));
        // Near the clock changes, including the hours that these skip and repeat.
        let hour = numbers.pick(&["00:30", "01:30", "02:30", "03:30", "09:00", "14:00", "22:00", "23:30"]);
        let time: jiff::civil::Time = hour.parse().expect("an hour");
        let first = by_crate(&format!("{rule};COUNT=1"), day.to_datetime(time));
        let Some(start) = first.first().copied() else { continue };
        let last = start.date() + jiff::Span::new().days(40 + i64::try_from(numbers.below(900)).expect("days"));
        let end = match numbers.below(3) {
            0 => format!("COUNT={}", 1 + numbers.below(12)),
            1 => format!("UNTIL={}T235959Z", last.strftime("%Y%m%d")),
            _ => format!("UNTIL={}", last.strftime("%Y%m%d")),
        };
        let by_us = format!("{rule};{end}");
        // The crate requires UNTIL in UTC; a date means the whole day.
        let for_crate = if end.len() == "UNTIL=20260101".len() && end.starts_with('U') {
            format!("{by_us}T235959Z")
        } else {
            by_us.clone()
        };
        // An UNTIL in UTC would be another wall clock time in every zone.
        let written = if end.ends_with('Z') { by_us.replace("T235959Z", "") } else { by_us };
        let planned = by_crate(&for_crate, start);
        let skip = planned.get(1 + numbers.below(planned.len())).map(|wall| wall.date());
        let minutes = numbers.pick(&["45", "60", "180"]).parse::<i64>().expect("minutes");
        let until = start + jiff::Span::new().minutes(minutes);
        let next_day = if until.date() > start.date() { " (next day)" } else { "" };
        let at = format!("{hour}-{}{next_day}", until.strftime("%H:%M"));
        let skipped = skip.map(|day| format!(", skip: {day}")).unwrap_or_default();
        writeln!(
            yaml,
            "- {{id: s{}, kind: social, zone: {zone}, day: {}, at: {at}, repeat: \"{written}\"{skipped}}}",
            all.len(),
            start.date()
        )
        .expect("a string");
        all.push(Made { rule: for_crate, start, skip });
    }
    let group = "short: SG30\nname: Made up\ntimezone: Europe/Zurich\nlanguages: [en]\nuid-domain: sg30.example\n";
    let file = |path: &str, text: &str| DefinitionFile::new(path, text.to_owned());
    (vec![file("sg30/group.yaml", group), file("sg30/made-up.yaml", &yaml)], all)
}

/// Returns generated series without occurrences in a gap or an overlap of the clocks, which the check refuses.
pub fn files(zone: &str) -> Vec<DefinitionFile> {
    checked(zone).0
}

pub fn checked(zone: &str) -> (Vec<DefinitionFile>, Vec<Made>) {
    let seed = zone.bytes().map(u64::from).sum();
    let (mut files, mut all) = made_up(seed, zone);
    let Err(problems) = timetable(files.clone()) else { return (files, all) };
    // Each session is on one line, after two lines.
    let lines: BTreeSet<usize> = problems
        .sorted()
        .into_iter()
        .map(|problem| {
            assert!(problem.title.starts_with("a clock change"), "{}", problems.report(false));
            problems.position(problem.span.file, problem.span.start).0
        })
        .collect();
    let text = String::from_utf8(files[1].bytes().expect("bytes").to_vec()).expect("UTF-8");
    let kept: Vec<&str> =
        text.lines().enumerate().filter(|(line, _)| !lines.contains(&(line + 1))).map(|(_, text)| text).collect();
    files[1] = DefinitionFile::new(files[1].path.clone(), kept.join("\n"));
    let mut line = 2;
    all.retain(|_| {
        line += 1;
        !lines.contains(&line)
    });
    (files, all)
}
