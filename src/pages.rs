//! Pages: turns a release into HTML on which people find the feeds and subscribe. Source: clients.md K.
//!
//! Works without script. Knows nothing of HTTP or of iCalendar.

use std::net::{Ipv4Addr, Ipv6Addr};

use askama::Template;
use jiff::Timestamp;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use url::{Host, Url};

mod changes;

pub use changes::changes;

use crate::feed::{self, Catalogue, Feed, Selection};
use crate::revision::Release;
use crate::timetable::{Group, Rank};
use crate::wording;

/// The style sheet of all pages.
pub const STYLE: &str = include_str!("pages/convene.css");
/// The script that adds buttons to copy an address, where the browser lets it.
pub const SCRIPT: &str = include_str!("pages/copy.js");

#[derive(Template)]
#[template(path = "index.html")]
struct Index {
    /// The way to the top, relative: a proxy may serve convene below a path of its own.
    root: &'static str,
    groups: Vec<GroupLink>,
}

struct GroupLink {
    path: String,
    short: String,
    name: String,
    language: String,
}

#[derive(Template)]
#[template(path = "group.html")]
struct GroupPage<'a> {
    /// The way to the top, relative.
    root: &'static str,
    short: &'a str,
    name: &'a str,
    language: &'a str,
    homepage: Option<&'a str>,
    contact: Option<&'a str>,
    base_url: &'a str,
    is_public: bool,
    sections: Vec<Section>,
    /// The names of a file in each language, as an example.
    languages: Vec<String>,
    /// The address of a feed of several bodies, as an example.
    several: Option<String>,
}

struct Section {
    title: &'static str,
    feeds: Vec<FeedLinks>,
}

/// Everything that a reader may do with a feed.
struct FeedLinks {
    id: String,
    name: String,
    holds: String,
    address: String,
    webcal: String,
    google: String,
    outlook: String,
    microsoft: String,
}

#[derive(Template)]
#[template(path = "status.html")]
struct StatusPage {
    /// The way to the top, relative.
    root: &'static str,
    release: u32,
    published: Option<String>,
    troubles: Vec<Trouble>,
}

/// Something that is wrong, and where.
pub struct Trouble {
    /// What.
    pub what: String,
    /// Where, for those who mend it.
    pub places: Vec<String>,
}

/// The page that says how the service fares.
pub fn status(release: u32, published: Option<Timestamp>, troubles: Vec<Trouble>) -> String {
    render(&StatusPage { root: "", release, published: published.map(|instant| instant.to_string()), troubles })
}

/// The page that lists the study groups.
pub fn index(release: &Release) -> String {
    let link = |group: &Group| GroupLink {
        path: format!("{}/", group.id),
        short: group.short().to_owned(),
        name: own_name(group).to_owned(),
        language: group.first_language().tag().to_owned(),
    };
    render(&Index { root: "", groups: release.timetable.groups.iter().map(link).collect() })
}

/// The name of a group in its first language.
fn own_name(group: &Group) -> &str {
    group.name.wording(group.first_language())
}

/// The page of a study group: its feeds, and how to subscribe.
pub fn group(catalogue: &Catalogue, group: &Group) -> String {
    let release = catalogue.release();
    let addresses = feed::addresses_of(&release.timetable, group);
    let section = |title, belongs: fn(&Selection, &Group) -> bool| Section {
        title,
        feeds: addresses
            .iter()
            .filter(|(_, selection)| belongs(selection, group))
            .map(|(path, selection)| links(&Feed::of(catalogue, selection.clone(), None), path))
            .collect(),
    };
    let sections = vec![
        section("Working parties", |selection, group| is_body(selection, group, Rank::WorkingParty)),
        section("Questions", |selection, group| is_body(selection, group, Rank::Question)),
        section("The study group", |selection, _| {
            matches!(
                selection,
                Selection::All(_) | Selection::Plenaries(_) | Selection::Deadlines(_) | Selection::Meetings(_)
            )
        }),
        section("Meetings", |selection, _| matches!(selection, Selection::Meeting(..))),
    ];
    let languages = group.languages.iter().map(|language| format!("all.{language}.ics"));
    render(&GroupPage {
        root: "../",
        short: group.short(),
        name: own_name(group),
        language: group.first_language().tag(),
        homepage: group.homepage.as_ref().map(Url::as_str),
        contact: group.contact.as_deref(),
        base_url: release.base_url.as_str(),
        is_public: is_public(&release.base_url),
        sections: sections.into_iter().filter(|section| !section.feeds.is_empty()).collect(),
        languages: languages.collect(),
        several: several(release, group),
    })
}

#[derive(Template)]
#[template(path = "feed.html")]
struct FeedPage<'a> {
    /// The way to the top, relative.
    root: String,
    language: &'a str,
    feed: FeedLinks,
    is_public: bool,
    atom: String,
    json: String,
    languages: Vec<String>,
    seen: Vec<SeenBy>,
    release: u32,
}

/// When a kind of client last fetched a feed.
struct SeenBy {
    client: &'static str,
    at: String,
    release: u32,
    is_latest: bool,
}

/// The page of a feed: how to subscribe to it, its other forms, and which kinds of clients have fetched it.
pub fn feed(feed: &Feed<'_>, path: &str, seen: Vec<(&'static str, Timestamp, u32)>) -> String {
    let release = feed.release;
    let groups = feed.selection.groups(&release.timetable);
    let Some(group) = groups.first() else { return String::new() };
    let name = path.rsplit('/').next().unwrap_or_default();
    let by = |(client, at, number): (&'static str, Timestamp, u32)| SeenBy {
        client,
        at: at.to_string(),
        release: number,
        is_latest: number == release.number,
    };
    render(&FeedPage {
        root: "../".repeat(path.split('/').count()),
        language: group.first_language().tag(),
        feed: links(feed, path),
        is_public: is_public(&release.base_url),
        atom: format!("{}{path}.atom", release.base_url),
        json: format!("{}{path}.json", release.base_url),
        languages: group.languages.iter().map(|language| format!("{name}.{language}.ics")).collect(),
        seen: seen.into_iter().map(by).collect(),
        release: release.number,
    })
}

/// The address of a feed of the first and the last body.
fn several(release: &Release, group: &Group) -> Option<String> {
    let [first, .., last] = &group.bodies[1..] else { return None };
    let names = format!("{}_{}", first.name.address(), last.name.address());
    Some(format!("{}{}/follow/{names}.ics", release.base_url, group.id))
}

fn is_body(selection: &Selection, group: &Group, rank: Rank) -> bool {
    matches!(selection, Selection::Body(_, body) if group.bodies[*body].rank == rank && group.bodies[*body].closed.is_none())
}

fn links(feed: &Feed<'_>, path: &str) -> FeedLinks {
    let address = format!("{}{path}.ics", feed.release.base_url);
    let name = wording::feed_name(feed);
    let rest = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
    // clients.md K2: never webcals
    let webcal = format!("webcal://{rest}");
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    // clients.md K4: https in the address for Outlook, K3: webcal for Google
    let microsoft =
        |host: &str| format!("https://{host}/calendar/0/addfromweb?url={}&name={}", encoded(&address), encoded(&name));
    FeedLinks {
        id: path.replace('/', "-"),
        holds: wording::feed_description(feed),
        google: format!("https://calendar.google.com/calendar/r?cid={}", encoded(&webcal)),
        outlook: microsoft("outlook.live.com"),
        microsoft: microsoft("outlook.office.com"),
        name,
        address,
        webcal,
    }
}

/// Whether services on the internet can be expected to reach an address: no loopback, no private network, no bare
/// host name.
fn is_public(url: &Url) -> bool {
    let is_public_v4 = |address: Ipv4Addr| {
        !(address.is_loopback() || address.is_private() || address.is_link_local() || address.is_unspecified())
    };
    let is_public_v6 = |address: Ipv6Addr| {
        !(address.is_loopback()
            || address.is_unique_local()
            || address.is_unicast_link_local()
            || address.is_unspecified())
    };
    match url.host() {
        None => false,
        Some(Host::Domain(domain)) => {
            domain.contains('.') && !domain.ends_with(".localhost") && !domain.ends_with(".local")
        }
        Some(Host::Ipv4(address)) => is_public_v4(address),
        Some(Host::Ipv6(address)) => is_public_v6(address),
    }
}

/// A template writes to memory and holds nothing that can fail.
fn render(page: &impl Template) -> String {
    page.render().unwrap_or_default()
}
