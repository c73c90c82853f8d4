//! What other sites embed: the view in a frame, and the page with the snippets that webmasters copy.

use askama::Template;

use super::feed::Upcoming;
use super::layout::{Layout, Markup, PageRequest};
use super::meeting::{MeetingSummary, all_occurrences};
use super::render;
use super::subscribe::SubscribeLinks;
use crate::feed::{self, Entry, EntryIndex, Feed, Selection};
use crate::text::Language;
use crate::timetable::Group;
use crate::wording;

/// The largest number of weeks in an embedded view.
const MAX_WEEKS: usize = 3;

#[derive(Template)]
#[template(path = "embed.html")]
struct EmbedPage {
    layout: Layout,
    title: Markup,
    /// The meeting, if the feed is of one.
    summary: Option<MeetingSummary>,
    ahead: Upcoming,
    subscribe_links: SubscribeLinks,
    /// The page of the whole timetable, or of the feed.
    page: String,
}

#[derive(Template)]
#[template(path = "webmasters.html")]
struct WebmastersPage {
    layout: Layout,
    feeds: Vec<SnippetFeed>,
    /// The name of the feed.
    name: Markup,
    snippets: Vec<Snippet>,
    preview: String,
    example: String,
}

/// A feed that webmasters can choose.
struct SnippetFeed {
    name: Markup,
    href: String,
    is_this: bool,
}

/// Something to copy.
struct Snippet {
    id: &'static str,
    title: String,
    text: String,
    code: String,
}

/// Renders the view that other sites show in a frame.
pub fn embed(entry_index: &EntryIndex, selection: &Selection, setting: &PageRequest<'_>) -> String {
    let release = entry_index.release();
    let groups = selection.groups(&release.timetable);
    let Some(group) = groups.first() else { return String::new() };
    let layout = Layout::for_group(setting, group);
    let shown = Feed::new(entry_index, selection.clone(), Some(&layout.language));
    let entries: Vec<Entry<'_>> = shown.entries().collect();
    let path = feed::path(&release.timetable, selection).unwrap_or_default();
    // A meeting is shown whole.
    let meeting = match selection {
        Selection::Meeting { meeting: id, .. } => group.meeting(id),
        _ => None,
    };
    let occurrences = all_occurrences(&entries, release);
    let ahead = match meeting {
        Some(meeting) => Upcoming::whole(&entries, &occurrences, meeting.whole_days(), &layout),
        None => Upcoming::new(&entries, &occurrences, MAX_WEEKS, &layout),
    };
    let name = wording::feed_name(&shown).into();
    let page = format!("{}{path}/", layout.home);
    render(&EmbedPage {
        title: layout.markup(&wording::feed_heading(entry_index, selection, &layout.language)),
        subscribe_links: layout.subscribe_links(
            &release.base_url,
            &format!("{path}{}", layout.language_suffix(group)),
            name,
            page.clone(),
        ),
        summary: meeting.map(|meeting| MeetingSummary::new(meeting, group, &layout)),
        ahead,
        page,
        layout,
    })
}

/// Returns the script that inserts the frame into the page of another site.
pub fn embed_script(entry_index: &EntryIndex, selection: &Selection, language: Option<&Language>) -> String {
    let name = wording::feed_name(&Feed::new(entry_index, selection.clone(), language));
    // The name as a JavaScript string, which is a JSON string.
    include_str!("embed.js").replace("\"%title%\"", &serde_json::json!(name).to_string())
}

/// Renders the page with the snippets for one feed of a study group.
pub fn webmasters(entry_index: &EntryIndex, group: &Group, selection: &Selection, setting: &PageRequest<'_>) -> String {
    let release = entry_index.release();
    let layout = Layout::for_group(setting, group);
    let base = release.base_url.as_str();
    let heading = |selection: &Selection| wording::feed_heading(entry_index, selection, &layout.language);
    let shown = heading(selection);
    let path = feed::path(&release.timetable, selection).unwrap_or_default();
    let prefix = if layout.is_named { format!("{}/", layout.language) } else { String::new() };
    let file = format!("{path}{}", layout.language_suffix(group));
    let title = html_text(&shown.to_string());
    let snippet =
        |id, title: &str, text: &str, code| Snippet { id, title: layout.say(title), text: layout.say(text), code };
    let snippets = vec![
        snippet(
            "script",
            "embed-script",
            "embed-script-text",
            format!("<script src=\"{base}{prefix}embed/{path}.js\" async></script>"),
        ),
        snippet(
            "iframe",
            "embed-iframe",
            "embed-iframe-text",
            format!(
                "<iframe src=\"{base}{prefix}embed/{path}\" title=\"{title}\" width=\"100%\" height=\"600\" loading=\"lazy\" \
                 style=\"border: 0\"></iframe>"
            ),
        ),
        snippet(
            "button",
            "embed-button",
            "embed-button-text",
            format!(
                "<a href=\"{base}{prefix}{path}/\">{}</a>",
                html_text(&layout.with("subscribe-of", "feed", &shown.to_string()))
            ),
        ),
        snippet(
            "alternate",
            "embed-alternate",
            "embed-alternate-text",
            format!("<link rel=\"alternate\" type=\"text/calendar\" href=\"{base}{file}.ics\" title=\"{title}\">"),
        ),
        snippet("json", "embed-json", "embed-json-text", format!("{base}{file}.json")),
    ];
    let feeds = feed::selections_of_bodies(group).into_iter().chain(meetings(group)).filter_map(|other| {
        let path = feed::path(&release.timetable, &other)?;
        let href = format!("{}embed/{path}/", layout.home);
        Some(SnippetFeed { name: layout.markup(&heading(&other)), href, is_this: other == *selection })
    });
    let html = WebmastersPage {
        feeds: feeds.collect(),
        name: layout.markup(&shown),
        snippets,
        preview: format!("{}embed/{path}", layout.home),
        example: format!("{base}fr/embed/{path}.js"),
        layout,
    };
    render(&html)
}

fn meetings(group: &Group) -> impl Iterator<Item = Selection> {
    group.listed_meetings().map(|meeting| Selection::Meeting { group: group.id.clone(), meeting: meeting.id.clone() })
}

/// Escapes text in HTML that somebody copies.
fn html_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
