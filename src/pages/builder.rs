//! The builder: from ticked bodies to an address, what it holds, and where it would need a reader to be in two places.

use askama::Template;
use jiff::civil::Date;

use super::cell::Held;
use super::feed::{Ahead, MOST_WEEKS};
use super::frame::{Content, Frame, Markup, Setting};
use super::meeting::{all_held, is_open};
use super::render;
use super::subscribe::{Square, Ways, is_public};
use crate::feed::{self, Catalogue, Entry, Feed, Selection};
use crate::timetable::{Body, BodyKind, Follows, Group, SessionOrder, When};
use crate::wording::{self, Form};

/// Conflicts that are told at most.
const MOST_CONFLICTS: usize = 40;

#[derive(Template)]
#[template(path = "builder.html")]
struct BuilderPage {
    frame: Frame,
    /// Where the form is sent.
    action: String,
    is_too_long: bool,
    parties: Vec<(Option<Tick>, Vec<Tick>)>,
    audiences: Vec<Tick>,
    built: Option<Built>,
    base_url: String,
    is_public: bool,
}

/// Something that may be ticked.
struct Tick {
    name: String,
    written: Content,
    title: Option<Content>,
    is_ticked: bool,
}

/// What was put together.
struct Built {
    name: Markup,
    ways: Ways,
    square: Option<Square>,
    count: String,
    conflicts: Vec<Conflict>,
    conflicts_said: String,
    ahead: Ahead,
}

/// A time at which a reader would have to be in two places.
struct Conflict {
    exact: String,
    when: String,
    /// The titles of what takes place at once; one where it is several bodies in parallel.
    titles: Vec<Content>,
    /// Which of the ticked bodies meet in parallel.
    parallel: Option<String>,
}

/// The builder, with what a selection has ticked.
pub fn builder(catalogue: &Catalogue, group: &Group, picked: Picked<'_>, setting: &Setting<'_>) -> String {
    let release = catalogue.release();
    let frame = Frame::of_group(setting, group);
    let follows = match picked {
        Picked::These(follows) | Picked::TooMany(follows) => Some(follows),
        Picked::Nothing => None,
    };
    let is_ticked = |is_body: bool, index: usize| {
        follows.is_some_and(|follows| if is_body { &follows.bodies } else { &follows.audiences }.contains(&index))
    };
    let tick = |index: usize| {
        let body = &group.bodies[index];
        Tick {
            name: body.name.address(),
            written: Frame::own(body.written.clone()),
            title: Some(frame.text(&body.title, group)),
            is_ticked: is_ticked(true, index),
        }
    };
    let open = || group.bodies.iter().enumerate().skip(1).filter(|(_, body)| is_open(body, frame.day));
    let questions = |of: usize| {
        let below = open().filter(move |(_, body)| body.rank == BodyKind::Question && body.parent == Some(of));
        below.map(|(index, _)| tick(index)).collect::<Vec<_>>()
    };
    let mut parties: Vec<(Option<Tick>, Vec<Tick>)> = open()
        .filter(|(_, body)| body.rank == BodyKind::WorkingParty)
        .map(|(index, _)| (Some(tick(index)), questions(index)))
        .collect();
    // Those of the plenary, and of a working party that was closed.
    let is_of_party = |body: &Body| {
        body.parent.is_some_and(|above| {
            group.bodies[above].rank == BodyKind::WorkingParty && is_open(&group.bodies[above], frame.day)
        })
    };
    let others = open().filter(|(_, body)| body.rank == BodyKind::Question && !is_of_party(body));
    let others: Vec<Tick> = others.map(|(index, _)| tick(index)).collect();
    if !others.is_empty() {
        parties.push((None, others));
    }
    let audience = |(index, audience): (usize, &crate::timetable::Audience)| Tick {
        name: audience.id.to_string(),
        written: frame.text(&audience.name, group),
        title: None,
        is_ticked: is_ticked(false, index),
    };
    let page = BuilderPage {
        action: format!("{}{}/follow/", frame.home, group.id),
        is_too_long: matches!(picked, Picked::TooMany(_)),
        audiences: group.audiences.iter().enumerate().map(audience).collect(),
        parties,
        built: match picked {
            Picked::These(follows) => Some(built(catalogue, group, follows, &frame)),
            Picked::Nothing | Picked::TooMany(_) => None,
        },
        base_url: release.base_url.to_string(),
        is_public: is_public(&release.base_url),
        frame,
    };
    render(&page)
}

/// What is ticked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picked<'s> {
    /// Nothing yet.
    Nothing,
    /// These.
    These(&'s Follows),
    /// These, which are more than an address can hold.
    TooMany(&'s Follows),
}

fn built(catalogue: &Catalogue, group: &Group, follows: &Follows, frame: &Frame) -> Built {
    let release = catalogue.release();
    let selection = Selection::Follow(follows.clone());
    let shown = Feed::of(catalogue, selection.clone(), Some(&frame.language));
    let entries: Vec<Entry<'_>> = shown.entries().collect();
    let path = feed::path(&release.timetable, &selection).unwrap_or_default();
    let held = all_held(&entries);
    let ahead = Ahead::of(&entries, &held, MOST_WEEKS, frame);
    let count = held.iter().filter(|held| held.occurrence.when.last_day() >= frame.day).count();
    let count = count + ahead.dues.ahead.len() + ahead.spans.len();
    let (number, conflicts) = conflicts(&held, group, follows, frame);
    let conflicts_said = frame.count("builder-conflicts", number);
    Built {
        name: frame.markup(&wording::feed_heading(catalogue, &selection, &frame.language)),
        ways: frame.ways(
            &release.base_url,
            &format!("{path}{}", frame.tag(group)),
            (wording::feed_name(&shown), String::new()),
        ),
        square: Square::of(&frame.address(&release.base_url, &path)),
        count: frame.count("builder-count", count),
        conflicts,
        conflicts_said,
        ahead,
    }
}

/// What takes place at the same time, of what is ahead and takes place at all; and where several of the ticked bodies meet
/// in parallel within one session. How many there are, and the first of them.
fn conflicts(held: &[Held<'_>], group: &Group, follows: &Follows, frame: &Frame) -> (usize, Vec<Conflict>) {
    let is_on = |held: &&Held<'_>| held.entry.cancelled().is_none() && held.occurrence.when.last_day() >= frame.day;
    let on: Vec<&Held<'_>> = held.iter().filter(is_on).collect();
    let (mut number, mut found) = (0, Vec::new());
    let mut add = |held: &[&Held<'_>], parallel: Option<String>| {
        number += 1;
        if number <= MOST_CONFLICTS {
            found.push(conflict(held, parallel, frame));
        }
    };
    for (index, one) in on.iter().enumerate() {
        let When::Timed(span) = &one.occurrence.when else { continue };
        let parallel = in_parallel(one, group, follows);
        if parallel.len() > 1 {
            add(&[one], Some(frame.words.list(&parallel)));
        }
        // In order of time: who begins after this one ends is in nobody's way.
        for other in on[index + 1..].iter().take_while(|other| other.begins().0 < span.end().instant) {
            if matches!(&other.occurrence.when, When::Timed(_)) {
                add(&[one, other], None);
            }
        }
    }
    (number, found)
}

/// The ticked bodies that meet in parallel within a session, as people write them.
fn in_parallel(held: &Held<'_>, group: &Group, follows: &Follows) -> Vec<String> {
    if held.session.order != Some(SessionOrder::Parallel) {
        return Vec::new();
    }
    let is_concerned = |ticked: &&usize| {
        held.session
            .bodies_in(&group.id, &held.entry.group.id)
            .iter()
            .any(|body| *body != 0 && group.are_related(*body, **ticked))
    };
    let ticked: Vec<usize> = follows.bodies.iter().filter(is_concerned).copied().collect();
    // A working party and its own Question are in one place.
    let is_separate = |body: &&usize| !ticked.iter().any(|other| other != *body && group.is_within(**body, *other));
    ticked.iter().filter(is_separate).map(|body| group.bodies[*body].written.clone()).collect()
}

fn conflict(held: &[&Held<'_>], parallel: Option<String>, frame: &Frame) -> Conflict {
    let begins = |held: &&&Held<'_>| held.begins();
    let later = held.iter().max_by_key(begins).map(|held| &held.occurrence.when);
    let (date, hour): (Date, String) = match later {
        Some(When::Timed(span)) => (span.start().wall.date(), super::cell::hour(span.start().wall)),
        Some(when @ When::AllDay(_)) => (when.first_day(), String::new()),
        None => (frame.day, String::new()),
    };
    Conflict {
        exact: format!("{date}T{hour}"),
        when: frame.date_and_hour(date, Form::Short, &hour),
        titles: held.iter().map(|held| frame.heading(&held.entry)).collect(),
        parallel,
    }
}
