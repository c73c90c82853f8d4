//! The faults of the crate `icalendar`, each avoided by our own writer over its model. The numbers are those of the
//! list of faults: for each, the input and the bytes that we write.

use ::icalendar::{Alarm, Calendar, Component, Event, EventLike, Property};
use convene::icalendar::content_line;

fn written(property: &Property) -> String {
    let mut out = String::new();
    content_line::write(&mut out, property);
    out
}

fn component(component: &impl Component) -> String {
    let mut out = String::new();
    content_line::component(&mut out, component);
    out
}

#[test]
fn i1_values_cannot_break_their_line() {
    let cases = [
        (Property::new("NAME", "A\r\nBEGIN:VEVENT"), "NAME:A\\nBEGIN:VEVENT\r\n"),
        (Property::new("URL", "https://x/\r\nATTACH:http://evil"), "URL:https://x/%0D%0AATTACH:http://evil\r\n"),
        (Property::new("CONFERENCE", "https://x/\nX:1"), "CONFERENCE:https://x/%0AX:1\r\n"),
        (Property::new("COLOR", "red\r\nX:1"), "COLOR:red\\nX:1\r\n"),
        (Property::new("RRULE", "FREQ=DAILY\r\nX:1"), "RRULE:FREQ=DAILYX:1\r\n"),
        (Property::new("CATEGORIES", "a\r\nX:1"), "CATEGORIES:aX:1\r\n"),
        (Property::new("ORGANIZER", "mailto:a\r\nX:1"), "ORGANIZER:mailto:a%0D%0AX:1\r\n"),
        (Property::new("image", "http://x/\r\nX:1"), "IMAGE:http://x/%0D%0AX:1\r\n"),
        (Property::new("summary\r\nX", "a"), "SUMMARYX:a\r\n"),
    ];
    for (property, expected) in cases {
        assert_eq!(written(&property), expected);
    }
}

#[test]
fn i2_name_and_color_are_text() {
    let calendar = Calendar::empty().name("A, B; C").done();
    let all: String = calendar.properties.iter().map(written).collect();
    assert_eq!(all, "NAME:A\\, B\\; C\r\nX-WR-CALNAME:A\\, B\\; C\r\n");
    assert_eq!(written(&Property::new("COLOR", "a,b")), "COLOR:a\\,b\r\n");
}

#[test]
fn i3_carriage_returns_and_control_characters_are_removed() {
    let event = Event::new().description("a\r\nb\u{0}\u{7}\u{1b}\u{7f}c").done();
    let all = component(&event);
    assert!(all.contains("DESCRIPTION:a\\nbc\r\n"), "{all}");
}

#[test]
fn i4_parameters_cannot_be_broken_out_of() {
    let cases = [
        ("a\r\nEVIL:1", "X;CN=\"aEVIL:1\":v\r\n"),
        ("\"x\";FOO=\"y\"", "X;CN=\"'x';FOO='y'\":v\r\n"),
        ("\"", "X;CN=':v\r\n"),
        ("a\"b", "X;CN=a'b:v\r\n"),
        ("a^b", "X;CN=a^b:v\r\n"),
    ];
    for (value, expected) in cases {
        assert_eq!(written(Property::new("X", "v").add_parameter("CN", value)), expected);
    }
}

#[test]
fn i5_i6_nothing_is_added_to_a_component() {
    let mut event = Event::new();
    let mut alarm = Alarm::display("soon", -chrono::TimeDelta::minutes(15));
    alarm.remove_property("UID").remove_property("DTSTAMP");
    event.uid("u").alarm(alarm);
    let all = component(&event);
    assert_eq!(all.matches("DTSTAMP").count(), 0, "{all}");
    assert_eq!(all.matches("UID").count(), 1, "{all}");
    assert_eq!(all, component(&event), "twice the same");
}

#[test]
fn i7_all_day_ends_on_the_day_after() {
    // The crate's `all_day` ends on the same day, so convene writes both dates itself.
    let feed = crate::support::get(crate::support::sg12_site(), "/sg12/meetings.ics");
    assert!(feed.text().contains("DTSTART;VALUE=DATE:20250114\r\n"));
    assert!(feed.text().contains("DTEND;VALUE=DATE:20250124\r\n"));
    let sources = [include_str!("../../src/icalendar.rs"), include_str!("../../src/icalendar/event.rs")];
    assert!(sources.iter().all(|source| !source.contains(".all_day(")));
}

#[test]
fn i8_no_line_has_more_than_75_octets() {
    for length in 60..400 {
        let all = written(&Property::new("SUMMARY", "x".repeat(length)));
        assert!(all.split("\r\n").all(|line| line.len() <= 75), "{length}");
    }
    assert_eq!(written(&Property::new("DESCRIPTION", "x".repeat(63))), format!("DESCRIPTION:{}\r\n", "x".repeat(63)));
    let two = format!("DESCRIPTION:{}\r\n {}\r\n", "x".repeat(63), "x");
    assert_eq!(written(&Property::new("DESCRIPTION", "x".repeat(64))), two);
}

#[test]
fn i9_folding_a_long_text_ends() {
    // Flags are the hard case: where one ends depends on all that precede it. Searching from the beginning each time
    // took minutes.
    for text in ["x".repeat(400_000), "🇨🇭".repeat(50_000), " ".repeat(400_000) + "x", "e\u{301}".repeat(130_000)]
    {
        let all = written(&Property::new("DESCRIPTION", format!("x{text}")));
        let lines: Vec<&str> = all.strip_suffix("\r\n").expect("a line end").split("\r\n").collect();
        assert!(lines.iter().all(|line| line.len() <= 75));
        assert_eq!(all.replace("\r\n ", "").len(), "DESCRIPTION:x\r\n".len() + text.len());
    }
}

#[test]
fn i10_to_i15_the_parser_and_recurrence_are_not_built() {
    let manifest = include_str!("../../Cargo.toml");
    let line = manifest.lines().find(|line| line.starts_with("icalendar = ")).expect("the dependency");
    assert!(line.contains("default-features = false") && !line.contains("features = ["), "{line}");
    for source in [include_str!("../../src/icalendar.rs"), include_str!("../../src/icalendar/event.rs")] {
        assert!(!source.contains("as_dt_with_tz") && !source.contains(".recurrence("));
    }
}

#[test]
fn i16_there_is_one_prodid_and_it_is_ours() {
    let feed = crate::support::get(crate::support::sg12_site(), "/sg12/all.ics");
    let identifiers: Vec<&str> = feed.text().lines().filter(|line| line.starts_with("PRODID")).collect();
    assert_eq!(identifiers, ["PRODID:-//convene//convene 1//EN"]);
}

/// clients.md A5: properties of the model that convene does not use yet are safe, too.
#[test]
fn every_value_type_is_written_by_its_kind() {
    let cases = [
        (Property::new("X-NEW", "a,b;c\\d"), "X-NEW:a\\,b\\;c\\\\d\r\n"),
        (Property::new("X-NEW", "a b").add_parameter("VALUE", "URI").done(), "X-NEW;VALUE=URI:a%20b\r\n"),
        (Property::new("DTSTART", "20260101").add_parameter("VALUE", "DATE").done(), "DTSTART;VALUE=DATE:20260101\r\n"),
        (
            Property::new("REFRESH-INTERVAL", "PT1H").add_parameter("VALUE", "DURATION").done(),
            "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n",
        ),
        (Property::new("DTSTART", "x,y").add_parameter("VALUE", "TEXT").done(), "DTSTART;VALUE=TEXT:x\\,y\r\n"),
        (Property::new("GEO", "46.2;6.1"), "GEO:46.2;6.1\r\n"),
        (Property::new("REQUEST-STATUS", "2.0;Success"), "REQUEST-STATUS:2.0;Success\r\n"),
    ];
    for (property, expected) in cases {
        assert_eq!(written(&property), expected);
    }
}
