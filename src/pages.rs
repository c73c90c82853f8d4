//! Pages: renders a release as HTML on which people find the timetable, the deadlines and the feeds, and subscribe.
//!
//! Pages work without script, in every [`crate::text::UiLanguage`]. Typed text in
//! another language is marked with its language. The day on which a page is requested is a parameter. Knows nothing
//! of HTTP or of iCalendar.

use askama::Template;
use jiff::Timestamp;
use jiff::tz::Offset;

mod builder;
mod cancelled_mark;
mod cell;
mod changes;
mod clock;
mod deadlines;
mod embed;
mod events;
mod facts;
mod feed;
mod grid;
mod group;
mod layout;
mod meeting;
mod missing;
mod print_size;
mod structure;
mod subscribe;

pub use builder::{CheckedItems, builder};
pub use changes::changes;
pub use embed::{embed, embed_script, webmasters};
pub use feed::{LastFetch, feed};
pub use group::group;
pub use layout::PageRequest;
pub use meeting::meeting;
pub use missing::{MissingReason, missing};
pub use subscribe::LinkTemplates;

use crate::revision::Release;
use crate::text::Language;
use crate::timetable::Group;
use crate::wording::DateFormat;
use layout::{Layout, MarkedText};

/// The style sheet of all pages.
pub const STYLE: &str = include_str!("pages/convene.css");
/// The script of all pages: it copies addresses, shows hours in the reader's own time zone, and updates the builder.
pub const SCRIPT: &str = include_str!("pages/convene.js");
/// The icon of convene.
pub const ICON: &str = include_str!("pages/convene.svg");

#[derive(Template)]
#[template(path = "index.html")]
struct IndexPage {
    layout: Layout,
    groups: Vec<GroupLink>,
}

struct GroupLink {
    href: String,
    short: String,
    name: MarkedText,
    next: Option<(MarkedText, Option<String>)>,
}

#[derive(Template)]
#[template(path = "status.html")]
struct StatusPage {
    layout: Layout,
    served: String,
    /// What is wrong, and where.
    troubles: Vec<(String, Vec<String>)>,
}

/// Something that is wrong, and where.
pub struct StatusProblem {
    /// The message.
    pub what: &'static str,
    /// How many there are, if they are counted.
    pub number: Option<usize>,
    /// Where it is wrong, for those who fix it.
    pub places: Vec<String>,
}

/// Renders the page that shows the state of the service.
pub fn status(
    release: u32,
    published: Option<Timestamp>,
    troubles: &[StatusProblem],
    setting: &PageRequest<'_>,
) -> String {
    let layout = Layout::new(setting, &Language::english());
    let served = published.map_or_else(
        || layout.say("status-none"),
        |instant| {
            let wall = Offset::UTC.to_datetime(instant);
            let time = layout.with("time-utc", "time", &layout.time(&cell::hour(wall)));
            let date = layout.date_and_time(wall.date(), DateFormat::WithWeekday, &time);
            layout.messages.format("status-served", &[("number", &release.to_string()), ("date", &date)])
        },
    );
    let message = |trouble: &StatusProblem| match trouble.number {
        Some(number) => layout.count(trouble.what, number),
        None => layout.say(trouble.what),
    };
    let troubles: Vec<_> = troubles.iter().map(|trouble| (message(trouble), trouble.places.clone())).collect();
    render(&StatusPage { layout, served, troubles })
}

/// Renders the list of study groups.
pub fn index(release: &Release, setting: &PageRequest<'_>) -> String {
    let groups = &release.timetable.groups;
    // If all study groups have the same first language, so has their list.
    let own = groups
        .first()
        .map(Group::first_language)
        .filter(|own| groups.iter().all(|group| group.first_language() == *own));
    let layout = Layout::new(setting, own.unwrap_or(&Language::english()));
    let link = |of: &Group| GroupLink {
        href: format!("{}{}/", layout.home, of.id),
        short: of.short_in(&layout.language).to_owned(),
        name: layout.text(&of.name, of),
        next: group::next_of(of, &layout),
    };
    render(&IndexPage { groups: groups.iter().map(link).collect(), layout })
}

/// Renders a page.
fn render(page: &impl Template) -> String {
    page.render().expect("a template that writes to memory, and calls nothing that fails")
}
