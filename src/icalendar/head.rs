//! The head of a calendar: its own properties, before zones and events. Source: RFC 5545 3.7, RFC 7986, clients.md B.

use super::{content_line, parameter};
use crate::feed::Feed;
use crate::wording;

/// The first lines of every calendar.
const FIRST: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//convene//convene 1//EN\r\nCALSCALE:GREGORIAN\r\n\
                     METHOD:PUBLISH\r\n";
/// The lines after its name. clients.md B8: the VALUE parameter is required for an interval
const LAST: &str = "X-PUBLISHED-TTL:PT1H\r\nCOLOR:steelblue\r\nX-APPLE-CALENDAR-COLOR:#4682B4\r\n\
                    REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n";

/// Writes everything from `BEGIN:VCALENDAR` to the last property of the calendar, in this order.
pub(super) fn write(out: &mut String, feed: &Feed<'_>) {
    let (name, description) = (wording::feed_name(feed), wording::feed_description(feed));
    out.push_str(FIRST);
    for (key, value) in
        [("NAME", &name), ("X-WR-CALNAME", &name), ("DESCRIPTION", &description), ("X-WR-CALDESC", &description)]
    {
        content_line::text(out, key, value);
    }
    out.push_str(LAST);
    if let Some(path) = &feed.path {
        let source = format!("{}{path}.ics", feed.release.base_url);
        content_line::write(out, &parameter("SOURCE", &source, "VALUE", "URI"));
    }
}
