//! The head of a calendar: what it says of itself before its zones and events. Source: RFC 5545 3.7, RFC 7986, clients.md B.

use ::icalendar::Property;

use super::{content_line, parameter};
use crate::feed::Feed;
use crate::wording;

/// Writes everything from `BEGIN:VCALENDAR` to the properties of the whole calendar, in this order.
pub(super) fn write(out: &mut String, feed: &Feed<'_>) {
    let (name, description) = (wording::feed_name(feed), wording::feed_description(feed));
    content_line::begin(out, "VCALENDAR");
    for (key, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//convene//convene 1//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("NAME", &name),
        ("X-WR-CALNAME", &name),
        ("DESCRIPTION", &description),
        ("X-WR-CALDESC", &description),
        ("X-PUBLISHED-TTL", "PT1H"),
        ("COLOR", "steelblue"),
        ("X-APPLE-CALENDAR-COLOR", "#4682B4"),
    ] {
        content_line::write(out, &Property::new(key, value));
    }
    // clients.md B8: the VALUE parameter is required here
    content_line::write(out, &parameter("REFRESH-INTERVAL", "PT1H", "VALUE", "DURATION"));
    if let Some(path) = &feed.path {
        let source = format!("{}{path}.ics", feed.release.base_url);
        content_line::write(out, &parameter("SOURCE", &source, "VALUE", "URI"));
    }
}
