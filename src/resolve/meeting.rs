//! A meeting: its days, venue and documents, then its deadlines and sessions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::clashes::Takers;
use super::identity::Claims;
use super::names::{Names, Scope, Site};
use super::reading::{Reading, waive};
use super::{Seen, deadlines, sessions, zones};
use crate::body::Id;
use crate::definition::{self, Located, MeetingFile};
use crate::problem::{Place, Problem, Problems};
use crate::text::Text;
use crate::timetable::{BodyIndex, Days, Letter, Meeting, STUDY_GROUP, Session, Status, Uid};

/// What the file of a meeting came to, with the names of its study group and of the others.
pub(super) struct Resolved {
    /// The meeting, if there is nothing wrong with it as a whole.
    pub(super) meeting: Option<Arc<Meeting>>,
    /// The UIDs that it takes.
    pub(super) claims: Claims,
    /// What its sessions take that may be in one place only.
    pub(super) takers: Takers,
    /// What is wrong in the file, but for what the others have to do with it.
    pub(super) problems: Problems,
}

/// What the file of a meeting comes to.
pub(super) fn resolve(file: &MeetingFile, group: &definition::Group, scope: &Scope, names: Names<'_>) -> Resolved {
    let mut resolved =
        Resolved { meeting: None, claims: Claims::default(), takers: Takers::default(), problems: Problems::default() };
    let Resolved { claims, takers, problems, .. } = &mut resolved;
    if let Some(typed) = file.meeting(problems)
        && let Some((meeting, places)) = typed_meeting((file, &typed), group, (scope, names), (claims, problems))
    {
        takers.add((scope, names.scopes), &meeting, &places);
        resolved.meeting = Some(Arc::new(meeting));
    }
    resolved
}

/// The meeting of a file, with the place of each session.
fn typed_meeting(
    (file, typed): (&MeetingFile, &definition::Meeting),
    group: &definition::Group,
    (scope, names): (&Scope, Names<'_>),
    (claims, problems): (&mut Claims, &mut Problems),
) -> Option<(Meeting, Vec<sessions::Places>)> {
    waive(typed.allow.as_ref(), typed.has("allow"), &typed.whole, problems);
    let repeated = ids_are_unique(typed, group, problems);
    let days = days(typed, problems);
    let site = typed.venue.as_ref().and_then(|name| scope.venue(name, problems));
    let of_venue = site.as_ref().and_then(|site| site.zone.clone());
    let zone = zones::zone(typed.zone.as_ref(), problems).or(of_venue).unwrap_or_else(|| scope.zone.clone());
    let former = typed.was.as_ref().map_or(&file.id, |was| &was.value);
    let path = format!("{}/{former}", scope.id);
    let mut reading = Reading {
        scope,
        names,
        path,
        file: file.place(),
        days,
        zone,
        repeated,
        link_audience: Vec::new(),
        slots_so_far: 0,
        rules_so_far: 0,
        faults_so_far: 0,
        claims,
        problems,
    };
    let resolved = sessions::resolve(typed, &mut reading);
    let first_days: BTreeMap<&Id, jiff::civil::Date> =
        resolved.iter().map(|(session, _)| (&session.id, session.occurrences[0].when.first_day())).collect();
    let deadlines = deadlines::resolve(typed, &first_days, &mut reading);
    meeting((file, typed), site, (deadlines, resolved), &mut reading)
}

/// The meeting, with the place of each session.
fn meeting(
    (file, typed): (&MeetingFile, &definition::Meeting),
    site: Option<Site>,
    (deadlines, resolved): (Vec<crate::timetable::Deadline>, Vec<(Session, sessions::Places)>),
    reading: &mut Reading<'_>,
) -> Option<(Meeting, Vec<sessions::Places>)> {
    // What is private changes nothing in public.
    let is_public = |session: &definition::Session| !session.private.as_ref().is_some_and(|private| private.value);
    let has_sessions = typed.sessions.iter().flatten().any(is_public);
    let (sessions, places): (Vec<Session>, Vec<sessions::Places>) = resolved.into_iter().unzip();
    let uid = Uid::of(&reading.scope.uid_domain, &reading.path);
    reading.claims.claim(&uid, reading.file, reading.problems);
    let title = match &typed.title {
        Some(typed) => reading.line(Some(typed)),
        None => Some(Text::english(format!("{} meeting", reading.scope.short()))),
    };
    let default_status = if has_sessions { Status::Confirmed } else { Status::Tentative };
    let meeting = Meeting {
        id: file.id.clone(),
        former: typed.was.iter().map(|was| was.value.clone()).collect(),
        days: reading.days,
        venue: site.map(|site| site.venue),
        place: reading.line(typed.place_name.as_ref()),
        status: typed.status.as_ref().map_or(default_status, |status| status.value),
        cancelled: reading.cancellation(typed.cancelled.as_ref()),
        former_days: None,
        letter: typed.letter.as_ref().and_then(letter),
        agenda: document(typed, |documents| documents.agenda.as_ref()),
        timetable: document(typed, |documents| documents.timetable.as_ref()),
        note: reading.prose(typed.note.as_ref()),
        links: reading.links(typed.links.as_ref()),
        without_session: without_session(&sessions, typed.has("cancelled"), reading),
        uid,
        deadlines,
        sessions,
        title: title?,
    };
    Some((meeting, places))
}

fn days(typed: &definition::Meeting, problems: &mut Problems) -> Option<Days> {
    let lacks = |place: &Place, lacking: &str, there: &str| {
        Problem::error(place, format!("a meeting with `{there}` needs `{lacking}` too"))
            .label(format!("expected a line `{lacking}: …` beside this one"))
            .help("a file of e-meetings between meetings has neither")
    };
    match (&typed.starts, &typed.ends) {
        (Some(starts), Some(ends)) => {
            let days = Days::between(starts.value, ends.value);
            if days.is_none() {
                problems.push(
                    Problem::error(&ends.place, "the meeting ends before it starts")
                        .label(format!("expected {} or later, found {}", starts.value, ends.value))
                        .related(&starts.place, "starts here"),
                );
            }
            days
        }
        (Some(starts), None) if !typed.has("ends") => {
            problems.push(lacks(&starts.place, "ends", "starts"));
            None
        }
        (None, Some(ends)) if !typed.has("starts") => {
            problems.push(lacks(&ends.place, "starts", "ends"));
            None
        }
        _ => None,
    }
}

/// Reports ids that two of the file's sessions and deadlines, the inherited ones included, lay claim to. The places of
/// those that were taken already.
fn ids_are_unique(typed: &definition::Meeting, group: &definition::Group, problems: &mut Problems) -> BTreeSet<Place> {
    let deadlines = typed.deadlines.iter().flatten().filter_map(|deadline| deadline.id.as_ref());
    let sessions = || typed.sessions.iter().flatten().filter_map(|session| session.id.as_ref());
    let mut seen: Seen<Id> = Seen::none();
    let mut repeated = BTreeSet::new();
    for id in deadlines.chain(sessions()) {
        if !seen.is_new(id.clone(), &format!("the id `{}`", id.value), problems) {
            repeated.insert(id.place.clone());
        }
    }
    let mut rules: Seen<Id> = Seen::none();
    for (id, _) in group.deadlines.iter().flat_map(|rules| &rules.list).filter(|_| typed.has("starts")) {
        rules.0.insert(id.value.clone(), id.place.clone());
    }
    for id in sessions() {
        if rules.is_repeated(id, &format!("the id `{}`", id.value), problems) {
            repeated.insert(id.place.clone());
        }
    }
    repeated
}

fn letter(typed: &definition::Letter) -> Option<Letter> {
    Some(Letter {
        number: crate::text::line(&typed.number.as_ref()?.value.0),
        date: typed.date.as_ref().map(|date| date.value),
        url: typed.url.as_ref().map(|url| url.value.clone()),
    })
}

fn document(
    typed: &definition::Meeting,
    which: impl Fn(&definition::Documents) -> Option<&Located<definition::Words>>,
) -> Option<String> {
    let number = which(typed.documents.as_ref()?)?;
    Some(crate::text::line(&number.value.0))
}

/// The bodies below the study group that no session names, nor the working party of one that does. One that was closed
/// before the meeting has no session to expect.
fn without_session(sessions: &[Session], is_cancelled: bool, reading: &Reading<'_>) -> Vec<(BodyIndex, Uid)> {
    let scope = reading.scope;
    let has_sessions = sessions.iter().any(|session| !session.is_private);
    let Some(days) = reading.days.filter(|_| has_sessions && !is_cancelled) else { return Vec::new() };
    // A session for an audience alone is in no body's feed.
    let mut named = vec![false; scope.bodies.len()];
    for session in sessions.iter().filter(|session| session.audience.is_empty()) {
        session.bodies.iter().for_each(|body| named[*body] = true);
    }
    let mut has_session = named.clone();
    for (body, above) in scope.bodies.iter().enumerate().filter_map(|(body, at)| Some((body, at.above?))) {
        has_session[body] |= above != STUDY_GROUP && named[above];
        has_session[above] |= named[body];
    }
    let is_open = |body: &BodyIndex| scope.bodies[*body].closed.is_none_or(|closed| closed >= days.first());
    let uid = |body: BodyIndex| {
        // A colon stands in no id, so no session can lay claim to this path.
        Uid::of(&scope.uid_domain, &format!("{}/no-session:{}", reading.path, scope.bodies[body].name.address()))
    };
    (STUDY_GROUP + 1..scope.bodies.len())
        .filter(|body| !has_session[*body])
        .filter(is_open)
        .map(|body| (body, uid(body)))
        .collect()
}
