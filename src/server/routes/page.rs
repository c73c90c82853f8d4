//! Finds the page at a path, in which language and for which day, and renders it.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

use crate::feed::{self, EntryIndex, PathTarget, Selection};
use crate::pages::{self, CheckedItems, LinkTemplates, PageRequest};
use crate::text::Language;
use crate::timetable::{Follows, Group, Timetable};
use crate::zone::Zone;

/// A page at an address.
pub(in crate::server) struct Page {
    /// The path without the language.
    path: String,
    /// The language in the address, if it names one.
    language: Option<Language>,
    /// The current day where the study group meets.
    day: Date,
    /// The start of that day.
    since: Timestamp,
    pub(in crate::server) view: PageView,
}

/// The content of a page. Study groups and meetings are given by index.
pub(in crate::server) enum PageView {
    Index,
    Group(usize),
    Changes(usize),
    /// A meeting, or the part of its timetable for some bodies.
    Meeting(Selection, usize, usize),
    /// A feed. It shows when the feed was last fetched.
    Feed(Selection),
    Builder(usize, Option<Follows>),
    /// The builder with more items checked than an address can hold.
    Crowded(usize, Follows),
    /// A timetable in a frame on another site.
    Embedded(Selection),
    Webmasters(usize, Selection),
}

/// The result of a lookup.
pub(in crate::server) enum PageLookup {
    Page(Page),
    /// The script that embeds a timetable into another site.
    EmbedScript(Selection, Option<Language>),
    /// Nothing: the page has this path now, relative to the base URL.
    Moved(String),
}

/// Looks up a path at an instant. Returns `None` if there is no page.
pub(in crate::server) fn find(timetable: &Timetable, path: &str, now: Timestamp) -> Option<PageLookup> {
    let (language, below) = split_language(path)?;
    let prefix = language.as_ref().map(|language| format!("{language}/")).unwrap_or_default();
    if let Some(feed) = below.strip_prefix("embed/").and_then(|rest| rest.strip_suffix(".js")) {
        return Some(match feed::resolve_path(timetable, feed)? {
            PathTarget::Feed(selection) => PageLookup::EmbedScript(selection, language),
            PathTarget::Moved(path) => PageLookup::Moved(format!("{prefix}embed/{path}.js")),
        });
    }
    let view = match view(timetable, below)? {
        Ok(view) => view,
        Err(path) => return Some(PageLookup::Moved(format!("{prefix}{path}"))),
    };
    let zone = group_of(timetable, &view).map_or_else(Zone::utc, |group| group.zone.clone());
    let day = zone.wall_clock(now).date();
    // If the clock skips midnight, the day began a moment later: a time that is too early does no harm.
    let since = zone.instant(day.to_datetime(Time::midnight())).unwrap_or(Timestamp::UNIX_EPOCH);
    Some(PageLookup::Page(Page { path: below.to_owned(), language, day, since, view }))
}

/// Splits the language off a path, if the path begins with one of the languages of the pages.
pub(in crate::server) fn split_language(path: &str) -> Option<(Option<Language>, &str)> {
    let below = path.strip_prefix('/')?;
    let named = below.split_once('/').and_then(|(tag, rest)| {
        let language = Language::ui_languages().find(|language| language.tag() == tag)?;
        Some((Some(language), rest))
    });
    Some(named.unwrap_or((None, below)))
}

/// Returns the content at a path, or the path that it has now.
fn view(timetable: &Timetable, below: &str) -> Option<Result<PageView, String>> {
    let position = |id: &str| timetable.groups.iter().position(|group| group.id.as_str() == id);
    if below.is_empty() {
        return Some(Ok(PageView::Index));
    }
    let Some(folder) = below.strip_suffix('/') else {
        let feed = below.strip_prefix("embed/").filter(|feed| !feed.contains('.'))?;
        return found(timetable, feed, "embed/", "", PageView::Embedded);
    };
    let segments: Vec<&str> = folder.split('/').collect();
    let view = match segments[..] {
        ["embed", id] => {
            let group = position(id)?;
            PageView::Webmasters(group, Selection::All(timetable.groups[group].id.clone()))
        }
        ["embed", id, ..] => {
            let group = position(id)?;
            let of = |selection| PageView::Webmasters(group, selection);
            return found(timetable, &folder["embed/".len()..], "embed/", "/", of);
        }
        [id] => PageView::Group(position(id)?),
        [id, "changes"] => PageView::Changes(position(id)?),
        [id, "follow"] => PageView::Builder(position(id)?, None),
        [id, "follow", names] => {
            let group = position(id)?;
            match feed::resolve_follow(&timetable.groups[group], names)? {
                PathTarget::Feed(Selection::Follow(follows)) => PageView::Builder(group, Some(follows)),
                PathTarget::Feed(_) => return None,
                PathTarget::Moved(path) => return Some(Err(format!("{path}/"))),
            }
        }
        [id, meeting, "for", names] => {
            let group = position(id)?;
            let meeting = feed::resolve_path(timetable, &format!("{id}/{meeting}"))?;
            return match (meeting, feed::resolve_follow(&timetable.groups[group], names)?) {
                (
                    PathTarget::Feed(Selection::Meeting { meeting, .. }),
                    PathTarget::Feed(Selection::Follow(follows)),
                ) => meeting_view(timetable, group, Selection::Part { follows, meeting }).map(Ok),
                (PathTarget::Feed(Selection::Meeting { meeting, .. }), PathTarget::Moved(path)) => {
                    let names = path.rsplit('/').next().unwrap_or_default();
                    Some(Err(format!("{id}/{meeting}/for/{names}/")))
                }
                (PathTarget::Feed(_), _) => None,
                (PathTarget::Moved(path), _) => Some(Err(format!("{path}/for/{names}/"))),
            };
        }
        _ => {
            let group = position(segments[0])?;
            return match feed::resolve_path(timetable, folder)? {
                PathTarget::Feed(selection @ Selection::Meeting { .. }) => {
                    meeting_view(timetable, group, selection).map(Ok)
                }
                PathTarget::Feed(selection) => Some(Ok(PageView::Feed(selection))),
                PathTarget::Moved(path) => Some(Err(format!("{path}/"))),
            };
        }
    };
    Some(Ok(view))
}

fn found(
    timetable: &Timetable,
    feed: &str,
    before: &str,
    after: &str,
    view: impl FnOnce(Selection) -> PageView,
) -> Option<Result<PageView, String>> {
    Some(match feed::resolve_path(timetable, feed)? {
        PathTarget::Feed(selection) => Ok(view(selection)),
        PathTarget::Moved(path) => Err(format!("{before}{path}{after}")),
    })
}

fn meeting_view(timetable: &Timetable, group: usize, selection: Selection) -> Option<PageView> {
    let (Selection::Meeting { meeting: id, .. } | Selection::Part { meeting: id, .. }) = &selection else {
        return None;
    };
    let group_of = &timetable.groups[group];
    let meeting = group_of.meeting(id)?;
    let meeting = group_of.meetings.iter().position(|known| std::ptr::eq(&raw const **known, meeting))?;
    Some(PageView::Meeting(selection, group, meeting))
}

fn group_of<'t>(timetable: &'t Timetable, view: &PageView) -> Option<&'t Group> {
    match view {
        PageView::Index => None,
        PageView::Group(group)
        | PageView::Changes(group)
        | PageView::Meeting(_, group, _)
        | PageView::Builder(group, _)
        | PageView::Crowded(group, _)
        | PageView::Webmasters(group, _) => timetable.groups.get(*group),
        PageView::Feed(selection) | PageView::Embedded(selection) => selection.groups(timetable).first().copied(),
    }
}

/// Returns the item names that the builder's form requests, as they stand in an address, or a page that says that no
/// address can hold them. Returns `None` if nothing is checked.
pub(in crate::server) fn builder_query(timetable: &Timetable, path: &str, query: &str) -> Option<Result<String, Page>> {
    let (language, below) = split_language(path)?;
    let group = below.strip_suffix("/follow/")?;
    let index = timetable.groups.iter().position(|known| known.id.as_str() == group)?;
    let group = &timetable.groups[index];
    let wanted: Vec<&str> = query.split('&').filter_map(|part| part.strip_prefix("follow=")).collect();
    let bodies = group.indexed_bodies().skip(1).filter(|(_, body)| wanted.contains(&body.address().as_str()));
    let audiences = group.indexed_audiences().filter(|(_, audience)| wanted.contains(&audience.id.as_str()));
    let follows = Follows {
        group: group.id.clone(),
        bodies: bodies.map(|(index, _)| index).collect(),
        audiences: audiences.map(|(index, _)| index).collect(),
    };
    if follows.bodies.is_empty() && follows.audiences.is_empty() {
        return None;
    }
    let selection = Selection::Follow(follows.clone());
    let names = feed::path(timetable, &selection)?.rsplit('/').next()?.to_owned();
    if feed::resolve_follow(group, &names).is_some() {
        return Some(Ok(names));
    }
    // This page is the same on every day.
    let (day, since) = (Offset::UTC.to_datetime(Timestamp::UNIX_EPOCH).date(), Timestamp::UNIX_EPOCH);
    Some(Err(Page { path: below.to_owned(), language, day, since, view: PageView::Crowded(index, follows) }))
}

impl Page {
    /// Returns when the page last changed: with the release, or at the start of the day.
    pub(in crate::server) fn modified(&self, release: Timestamp) -> Timestamp {
        release.max(self.since)
    }

    /// Returns the cache key of the page, which differs from day to day.
    pub(in crate::server) fn key(&self, path: &str) -> String {
        format!("{path}#{}", self.day)
    }

    /// Renders the HTML. `seen` returns the last fetches of a feed by its path.
    pub(in crate::server) fn html(
        &self,
        entry_index: &EntryIndex,
        links: &LinkTemplates,
        seen: impl FnOnce(&str) -> Vec<pages::LastFetch>,
    ) -> String {
        let release = entry_index.release();
        let group = |index: &usize| &release.timetable.groups[*index];
        let page_request = PageRequest { path: &self.path, language: self.language.as_ref(), day: self.day, links };
        match &self.view {
            PageView::Index => pages::index(release, &page_request),
            PageView::Group(index) => pages::group(entry_index, group(index), &page_request),
            PageView::Changes(index) => pages::changes(release, group(index), &page_request),
            PageView::Meeting(selection, index, meeting) => {
                pages::meeting(entry_index, selection, &group(index).meetings[*meeting], &page_request)
            }
            PageView::Feed(selection) => {
                let path = feed::path(&release.timetable, selection).unwrap_or_default();
                pages::feed(entry_index, selection, &seen(&path), &page_request)
            }
            PageView::Builder(index, follows) => {
                let picked = follows.as_ref().map_or(CheckedItems::Nothing, CheckedItems::These);
                pages::builder(entry_index, group(index), picked, &page_request)
            }
            PageView::Crowded(index, follows) => {
                pages::builder(entry_index, group(index), CheckedItems::TooMany(follows), &page_request)
            }
            PageView::Embedded(selection) => pages::embed(entry_index, selection, &page_request),
            PageView::Webmasters(index, selection) => {
                pages::webmasters(entry_index, group(index), selection, &page_request)
            }
        }
    }
}
