//! What readers are told of a change: from what they were shown before, and what they are shown now.

use convene::definition::DefinitionFile;
use convene::ledger::Difference;
use convene::publication::publish;
use convene::revision::Release;

use crate::support::{get, publish_request, site, timetable};

const GROUP: &str = "short: TG\nsuffix: /7\nname: Test group\ntimezone: Europe/Zurich\nlanguages: [en]\n\
    uid-domain: tg.example\nhours: {morning: 09:30-12:30}\nworking-parties:\n  WP1: {name: One, questions: [Q1]}\n\
    questions:\n  Q1: {name: First}\naudiences:\n  management: {name: Management}\n  fellows: {name: Fellows}\n\
    venues:\n  paypal: {name: PayPal, timezone: America/Los_Angeles}\n";

/// A session or a deadline before and after an edit, and what is told of it in feeds.
const CASES: &[(&str, &str, &str, &str)] = &[
    (
        "the same hour in another zone is another instant",
        "zone: Europe/Zurich\nsessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 10:00-11:00}",
        "zone: America/New_York\nsessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 10:00-11:00}",
        "rescheduled (previously Tuesday 4 May 2027, 10:00 Europe/Zurich time)",
    ),
    (
        "another zone with the same clock",
        "zone: Europe/Zurich\nsessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 10:00-11:00}",
        "zone: Europe/Berlin\nsessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 10:00-11:00}",
        "time zone changed, but not the actual time (previously Tuesday 4 May 2027, 10:00 Europe/Zurich time)",
    ),
    (
        "the same instant on another clock",
        "zone: Europe/Zurich\nsessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 10:00-11:00}",
        "zone: Europe/London\nsessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 09:00-10:00}",
        "time zone changed, but not the actual time (previously Tuesday 4 May 2027, 10:00 Europe/Zurich time)",
    ),
    (
        "another end on another clock",
        "zone: Europe/Zurich\nsessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 10:00-11:00}",
        "zone: Europe/London\nsessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 09:00-11:00}",
        "end time changed (previously 11:00 Europe/Zurich time)",
    ),
    (
        "another end",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 10:00-11:00}",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 10:00-11:30}",
        "end time changed (previously 11:00)",
    ),
    (
        "other hours of a series are no other dates",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 10:00-11:00, repeat: FREQ=WEEKLY;COUNT=3}",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 10:00-11:30, repeat: FREQ=WEEKLY;COUNT=3}",
        "end time changed (previously 11:00)",
    ),
    (
        "a series that is at another instant only after clocks change",
        "sessions:\n- {id: o, kind: plenary, day: 2027-10-20, at: 14:00-15:00, repeat: FREQ=WEEKLY;COUNT=4}",
        "zone: Asia/Tokyo\nsessions:\n- {id: o, kind: plenary, day: 2027-10-20, at: 21:00-22:00, repeat: FREQ=WEEKLY;COUNT=4}",
        "rescheduled (previously Wednesday 3 November 2027, 14:00 Europe/Zurich time)",
    ),
    (
        "an instance with several differences",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 10:00-11:00, repeat: FREQ=WEEKLY;COUNT=3}",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 10:00-11:00, repeat: FREQ=WEEKLY;COUNT=3, \
         changes: [{on: 2027-05-11, moved: 2027-05-12 15:00-16:00, room: M}]}",
        "rescheduled to Wednesday 12 May 2027, 15:00 (Tuesday 11 May 2027, 10:00); room announced (Tuesday 11 May 2027, 10:00)",
    ),
    (
        "an instance that moves with its series",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 10:00-11:00, repeat: FREQ=WEEKLY;COUNT=3, \
         changes: [{on: 2027-05-11, room: M}]}",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 15:00-16:00, repeat: FREQ=WEEKLY;COUNT=3, \
         changes: [{on: 2027-05-11, room: M}]}",
        "rescheduled (previously Tuesday 4 May 2027, 10:00)",
    ),
    (
        "a cancelled instance that takes place on another day after all",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 10:00-11:00, repeat: FREQ=WEEKLY;COUNT=3, \
         changes: [{on: 2027-05-11, cancelled: no papers}]}",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 10:00-11:00, repeat: FREQ=WEEKLY;COUNT=3, \
         changes: [{on: 2027-05-11, moved: 2027-05-12 15:00-16:00}]}",
        "takes place after all (Wednesday 12 May 2027, 15:00)",
    ),
    (
        "a series that is its second day alone, at another hour",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 10:00-11:00, repeat: FREQ=WEEKLY;COUNT=2}",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-11, at: 16:00-17:00}",
        "rescheduled (previously Tuesday 11 May 2027, 10:00); no longer on the programme (Tuesday 4 May 2027, 10:00)",
    ),
    (
        "an end after midnight",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 20:00-23:00}",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 20:00-01:00}",
        "end time changed (previously Tuesday 4 May 2027, 23:00)",
    ),
    (
        "a deadline with an hour",
        "deadlines:\n- {id: d, title: Papers, due: \"2027-05-03 18:00\"}\nstarts: 2027-05-04\nends: 2027-05-07",
        "deadlines:\n- {id: d, title: Papers, due: \"2027-05-04 18:00\"}\nstarts: 2027-05-04\nends: 2027-05-07",
        "rescheduled (previously Monday 3 May 2027, 18:00)",
    ),
    (
        "a deadline at midnight",
        "deadlines:\n- {id: d, title: Papers, due: \"2027-05-03 00:00\"}\nstarts: 2027-05-04\nends: 2027-05-07",
        "deadlines:\n- {id: d, title: Papers, due: \"2027-05-04 00:00\"}\nstarts: 2027-05-04\nends: 2027-05-07",
        "rescheduled (previously Sunday 2 May 2027, 24:00)",
    ),
    (
        "a venue that went, with its zone",
        "venue: paypal\nsessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 10:00-11:00}",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 10:00-11:00}",
        "rescheduled (previously Tuesday 4 May 2027, 10:00 America/Los_Angeles time); place changed (previously PayPal)",
    ),
    (
        "a room that went",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 10:00-11:00, room: K}",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 10:00-11:00}",
        "room changed (previously K)",
    ),
    (
        "other audiences",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 10:00-11:00, audience: [management, fellows]}",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 10:00-11:00, audience: [management]}",
        "participants changed (previously only Management, Fellows)",
    ),
    (
        "an audience at all",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 10:00-11:00}",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 10:00-11:00, audience: [management]}",
        "participants changed (previously everybody)",
    ),
    (
        "hours that are announced now",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: morning}",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 09:30-12:30}",
        "times announced",
    ),
    (
        "hours that are announced no more",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 09:30-12:30}",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: morning}",
        "times no longer announced",
    ),
    (
        "an end that is announced now",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: \"11:00\"}",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 11:00-12:30}",
        "end time announced",
    ),
    (
        "an end that is announced no more",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 11:00-12:30}",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: \"11:00\"}",
        "end time no longer announced",
    ),
    (
        "hours that are usual now",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: unknown}",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: morning}",
        "now shown at the usual times",
    ),
    (
        "hours that are unknown now",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: morning}",
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: unknown}",
        "now shown without times",
    ),
    (
        "a meeting on other days",
        "starts: 2027-06-29\nends: 2027-07-03",
        "starts: 2027-07-06\nends: 2027-07-10",
        "rescheduled (previously 29 June 2027 – 3 July 2027)",
    ),
];

/// Publishes a meeting after another release.
fn publish_meeting(before: Option<&Release>, meeting: &str, instant: &str) -> Release {
    let days = if meeting.contains("starts:") { "" } else { "starts: 2027-05-04\nends: 2027-05-07\n" };
    publish_file(before, &format!("title: Meeting\nplace: Geneva\n{days}{meeting}\n"), instant)
}

/// Publishes the file of a meeting after another release.
fn publish_file(before: Option<&Release>, meeting: &str, instant: &str) -> Release {
    let files = vec![DefinitionFile::new("tg/group.yaml", GROUP), DefinitionFile::new("tg/m.yaml", meeting.to_owned())];
    let timetable = timetable(files).unwrap_or_else(|problems| panic!("{}", problems.report(false)));
    publish(before, publish_request(timetable, instant.parse().expect("an instant"))).expect("no conflicts").release
}

/// Returns what the one changed event of a feed says of its change. A series and its overrides say the same.
fn told(release: &Release, path: &str) -> Vec<String> {
    let feed = get(&site(release), path).text().replace("\r\n ", "");
    let lines = feed.lines().filter_map(|line| line.strip_prefix("DESCRIPTION:Changed on 2 April 2027: "));
    let lines = lines.map(|line| line.split("\\n").next().unwrap_or_default().replace("\\,", ",").replace("\\;", ";"));
    let mut lines: Vec<String> = lines.collect();
    lines.dedup();
    lines
}

/// A meeting on other days has its earlier start in JSON-LD, on its page and on that of the study group.
#[test]
fn a_moved_meeting_has_its_earlier_start() {
    let first = publish_meeting(None, "starts: 2027-06-29\nends: 2027-07-03", "2027-04-01T08:00:00Z");
    let second = publish_meeting(Some(&first), "starts: 2027-07-06\nends: 2027-07-10", "2027-04-02T08:00:00Z");
    for path in ["/tg/m/", "/tg/"] {
        let page = get(&site(&second), path).text().to_owned();
        assert!(page.contains("\"previousStartDate\":\"2027-06-29\""), "{path}: {page}");
        assert!(page.contains("\"eventStatus\":\"https://schema.org/EventRescheduled\""), "{path}: {page}");
        assert!(!get(&site(&first), path).text().contains("previousStartDate"), "{path}");
    }
}

#[test]
fn a_change_is_told_from_what_was_shown_to_what_is_shown() {
    for (name, before, after, expected) in CASES {
        let first = publish_meeting(None, before, "2027-04-01T08:00:00Z");
        let second = publish_meeting(Some(&first), after, "2027-04-02T08:00:00Z");
        let path = match *before {
            days if days.starts_with("starts:") => "/tg/meetings.ics",
            deadline if deadline.contains("deadlines:") => "/tg/m/d.ics",
            _ => "/tg/m/o.ics",
        };
        // One instance of a series says that the change is that of the series.
        let of_series = format!("series: {expected}");
        let told: Vec<String> = told(&second, path).into_iter().filter(|told| *told != of_series).collect();
        assert_eq!(told, [*expected], "{name}");
        // The list of changes says the same.
        let page = get(&site(&second), "/tg/changes/").text().to_owned();
        let in_html = expected.replace('&', "&amp;");
        assert!(page.contains(&in_html), "{name}: {page}");
    }
}

/// A session that is moved to another day and room, however the secretary writes it, is told alike on the timetable, on
/// its page and in JSON-LD.
#[test]
fn a_moved_session_is_told_alike_on_all_pages() {
    let one = "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 10:00-11:00, room: K}";
    let edited = "sessions:\n- {id: o, kind: plenary, day: 2027-05-05, at: 09:30-10:30, room: L}";
    let series =
        "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 10:00-11:00, room: K, repeat: FREQ=DAILY;COUNT=3";
    let changes = ", changes: [{on: 2027-05-05, moved: 14:00-15:00, room: L}]";
    for (before, after, from, told, started) in [
        (
            one.to_owned(),
            edited.to_owned(),
            "previously: Tue 4 May, 10:00",
            "rescheduled (previously Tuesday 4 May 2027, 10:00, K)",
            "2027-05-04T10:00:00+02:00",
        ),
        (
            format!("{series}}}"),
            format!("{series}{changes}}}"),
            "previously: Wed 5 May, 10:00",
            "rescheduled to Wednesday 5 May 2027, 14:00 (Wednesday 5 May 2027, 10:00)",
            "2027-05-05T10:00:00+02:00",
        ),
    ] {
        let first = publish_meeting(None, &before, "2027-04-01T08:00:00Z");
        let second = publish_meeting(Some(&first), &after, "2027-04-02T08:00:00Z");
        let (earlier, service) = (site(&first), site(&second));
        let timetable = get(&service, "/tg/m/").text().to_owned();
        assert_eq!(timetable.matches(from).count(), 1, "{timetable}");
        assert!(!get(&earlier, "/tg/m/").text().contains(from));
        let json_ld = timetable.split_once("application/ld+json\">").expect("JSON-LD").1;
        let json_ld: serde_json::Value =
            serde_json::from_str(json_ld.split_once("</script>").expect("its end").0).expect("JSON");
        let sessions = json_ld["subEvent"].as_array().expect("sessions");
        let moved: Vec<_> = sessions.iter().filter(|session| session["previousStartDate"] == started).collect();
        assert_eq!(moved.len(), 1, "{json_ld}");
        assert_eq!(moved[0]["eventStatus"], "https://schema.org/EventRescheduled");
        assert_eq!(moved[0]["eventAttendanceMode"], "https://schema.org/OfflineEventAttendanceMode");
        let page = get(&service, "/tg/m/o/").text().to_owned();
        assert!(page.contains(&format!("Changed on 2 April 2027: {told}")), "{page}");
    }
    let first = publish_meeting(None, one, "2027-04-01T08:00:00Z");
    let second = publish_meeting(Some(&first), &one.replace("room: K", "room: L"), "2027-04-02T08:00:00Z");
    for path in ["/tg/m/", "/tg/m/o/", "/embed/tg/m"] {
        let page = get(&site(&second), path).text().to_owned();
        assert!(page.contains("previously: K"), "{path}: {page}");
    }
}

/// A file that an editor saved in another Unicode form is the same file.
#[test]
fn another_unicode_form_is_no_change() {
    let composed = "sessions:\n- {id: o, kind: plenary, day: 2027-05-04, at: 10:00-11:00, room: Salle Dürer, chair: René}\n\
                    - {id: p, kind: question, for: [Q1], day: 2027-05-04, at: 10:00-11:00, room: Genève, note: Où?}";
    let decomposed = composed.replace('ü', "u\u{308}").replace('é', "e\u{301}").replace('è', "e\u{300}");
    assert_ne!(composed, decomposed);
    let first = publish_meeting(None, composed, "2027-04-01T08:00:00Z");
    let second = publish_meeting(Some(&first), &decomposed, "2027-04-02T08:00:00Z");
    assert_eq!(second.ledger, first.ledger);
    assert_eq!(get(&site(&second), "/tg/m.ics"), get(&site(&first), "/tg/m.ics"));
    // The same room in two forms is one room.
    let both = composed.replace("room: Genève", "room: Salle Du\u{308}rer");
    let days = "title: Meeting\nstarts: 2027-05-04\nends: 2027-05-07\n";
    let files =
        vec![DefinitionFile::new("tg/group.yaml", GROUP), DefinitionFile::new("tg/m.yaml", format!("{days}{both}\n"))];
    let (definitions, mut problems) = convene::definition::read("meetings", files);
    assert!(convene::resolve::resolve(&definitions, &mut problems).is_some());
    assert!(problems.report(false).contains("warning[room-clash]"), "{}", problems.report(false));
}

/// A document's new number changes every event of its meeting. It is told once, and the real changes go on being told,
/// each with its day.
#[test]
fn what_hangs_on_every_entry_is_told_once_of_the_meeting() {
    for (days, feed) in [("starts: 2027-05-04\nends: 2027-05-07\n", "tg/meetings"), ("", "tg/m")] {
        let meeting = |room: &str, agenda: &str| {
            format!(
                "title: Meeting\n{days}documents: {{agenda: {agenda}}}\nsessions:\n\
                 - {{id: o, kind: plenary, day: 2027-05-04, at: 10:00-11:00, room: {room}}}\n\
                 - {{id: p, kind: plenary, day: 2027-05-05, at: 10:00-11:00}}\n\
                 - {{id: q, kind: plenary, day: 2027-05-06, at: 10:00-11:00}}\n"
            )
        };
        let first = publish_file(None, &meeting("K", "TD 5"), "2027-04-01T08:00:00Z");
        let moved = publish_file(Some(&first), &meeting("L", "TD 5"), "2027-04-02T08:00:00Z");
        let revised = publish_file(Some(&moved), &meeting("L", "TD 5-Rev.1"), "2027-04-09T08:00:00Z");
        let text = get(&site(&revised), "/tg/m.ics").text().replace("\r\n ", "");
        assert_eq!(text.matches("TD 5-Rev.1").count(), 3, "{text}");
        assert_eq!(text.matches("SEQUENCE:1\r\n").count(), 2, "{text}");
        assert_eq!(text.matches("SEQUENCE:2\r\n").count(), 1, "{text}");
        assert_eq!(told(&revised, "/tg/m.ics"), ["room changed (previously K)"], "{text}");
        let [change] = &revised.changes[0].list[..] else { panic!("{:?}", revised.changes[0].list) };
        assert_eq!(
            (&change.uid, &change.differences[..]),
            (&revised.timetable.groups[0].meetings[0].uid, &[Difference::Details][..])
        );
        assert!(
            ["tg/all", "tg/m/o", "tg/q1", feed].iter().all(|feed| change.feeds.iter().any(|known| known == feed)),
            "{change:?}"
        );
        assert!(get(&site(&revised), "/tg/changes/").text().contains("details"));
    }
}
