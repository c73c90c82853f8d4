//! UIDs: which one an entry has.

use std::fmt;

use super::context::MeetingContext;
use super::uid_registry::{UidSource, UidSourceKind};
use crate::definition::{ForeignUid, FormerId, Spanned};
use crate::id::Id;
use crate::problem::{Problem, Span};
use crate::timetable::{NamedUids, Session, Uid};

/// The UID of an entry, as far as the definitions alone determine it: that of the name after `was:`, else of its own.
#[derive(Clone)]
pub(super) struct ResolvedUid {
    pub(super) uid: Uid,
    /// The UIDs of its names, if they differ.
    pub(super) named: Option<Box<NamedUids>>,
}

/// The path of an entry, of which UIDs are made, and its paths before it or its meeting was renamed.
#[derive(Clone)]
pub(super) struct NamePaths {
    own: String,
    /// The path with the names after `was:`, if there are any.
    was: Option<String>,
    /// If both the entry and its meeting were renamed, one may have been renamed before the other.
    others: Vec<String>,
}

impl NamePaths {
    /// Creates the path of a study group.
    pub(super) fn from_group(group: &Id) -> Self {
        Self { own: group.to_string(), was: None, others: Vec::new() }
    }

    /// Returns the paths of something in the entry, with its present name and the one after `was:`.
    pub(super) fn join(&self, own: &impl fmt::Display, was: Option<&impl fmt::Display>) -> Self {
        let path = format!("{}/{own}", self.own);
        if self.was.is_none() && was.is_none() {
            return Self { own: path, was: None, others: Vec::new() };
        }
        let names = [Some(own.to_string()), was.map(ToString::to_string)];
        let latest = names.iter().flatten().next_back();
        let former = latest.map(|name| format!("{}/{name}", self.was.as_ref().unwrap_or(&self.own)));
        let mut others: Vec<String> = Vec::new();
        for above in self.was.iter().chain([&self.own]).chain(&self.others) {
            others.extend(names.iter().flatten().map(|name| format!("{above}/{name}")));
        }
        others.retain(|other| *other != path && Some(other) != former.as_ref());
        Self { own: path, was: former, others }
    }

    /// Returns the UID of these paths in a domain.
    pub(super) fn uid(&self, domain: &str) -> ResolvedUid {
        let uid = |path: &String| Uid::from_path(domain, path);
        let own = uid(&self.own);
        let Some(was) = self.was.as_ref().map(uid) else { return ResolvedUid { uid: own, named: None } };
        let former = self.others.iter().map(uid).collect();
        ResolvedUid { uid: was.clone(), named: Some(Box::new(NamedUids { own, was, former })) }
    }

    /// Returns the path with the names after `was:`.
    pub(super) fn was(&self) -> &str {
        self.was.as_ref().unwrap_or(&self.own)
    }
}

/// What the UIDs of an entry are made of.
pub(super) struct Identity {
    /// What gave the entry its UIDs.
    pub(super) source: UidSource,
    /// The UID of the entry as a whole: of its only occurrence, or of its series.
    pub(super) whole: ResolvedUid,
    /// The paths of the entry, which the date of an occurrence follows.
    paths: NamePaths,
    domain: String,
}

impl Identity {
    /// Returns the UID of one of several occurrences, by its original day and part or starting hour.
    pub(super) fn occurrence_uid(&self, date: jiff::civil::Date, part_or_hour: &str) -> ResolvedUid {
        let occurrence = format!("{date}/{part_or_hour}");
        self.paths.join(&occurrence, None::<&String>).uid(&self.domain)
    }
}

/// Returns the problem of a `was` without a former id.
pub(super) fn current_id(was: &Span) -> Problem {
    Problem::error(was, "`was` has the current id").label("expected a former id").help("remove this line")
}

/// Returns what gives an entry its UIDs. `own` is the span of its id.
fn uid_source(own: &Span, was: Option<&Spanned<FormerId>>, uid: Option<&Spanned<ForeignUid>>) -> UidSource {
    let (kind, span) = match (uid, was) {
        (Some(uid), _) => (UidSourceKind::Foreign, &uid.span),
        (None, Some(was)) if was.value.occurrence.is_some() => (UidSourceKind::FormerOccurrence, &was.span),
        (None, Some(was)) => (UidSourceKind::FormerId, &was.span),
        (None, None) => (UidSourceKind::Id, own),
    };
    UidSource { kind, span: span.clone() }
}

/// Returns the former ids of an entry. An entry that was one occurrence of another has none.
pub(super) fn former_ids(was: Option<&Spanned<FormerId>>) -> Vec<Id> {
    was.filter(|was| was.value.occurrence.is_none()).map(|was| was.value.id.clone()).into_iter().collect()
}

impl MeetingContext<'_> {
    /// Returns the identity of an entry. If it `has_several` occurrences, each has its own UID, and the whole has
    /// none.
    pub(super) fn identity(
        &mut self,
        id: &Spanned<Id>,
        was: Option<&Spanned<FormerId>>,
        uid: Option<&Spanned<ForeignUid>>,
        has_several: bool,
    ) -> Identity {
        let domain = self.scope.uid_domain.clone();
        let source = uid_source(&id.span, was, uid);
        let id = &id.value;
        let paths = self.paths.join(id, was.map(|was| &was.value.id));
        let mut whole = paths.uid(&domain);
        if let Some(was) = was {
            self.report_was(id, was, uid.is_some(), has_several);
            if let Some((occurrence, part)) = was
                .value
                .occurrence
                .as_ref()
                .and_then(|occurrence| Some((occurrence, occurrence.part_or_hour.as_ref()?)))
            {
                let was = format!("{}/{}/{part}", paths.was(), occurrence.day.date);
                whole = NamePaths { was: Some(was), ..paths.clone() }.uid(&domain);
            }
        }
        if let Some(uid) = uid {
            if has_several {
                self.report(
                    Problem::error(&uid.span, "one UID for several events")
                        .label("this is one event for each of its days and hours")
                        .help("write the event that had this UID on its own"),
                );
            }
            let uid = Uid::from_foreign(&uid.value.0);
            // By its name it is found again when it is renamed.
            let named = NamedUids { own: uid.clone(), was: uid.clone(), former: vec![whole.uid] };
            whole = ResolvedUid { uid, named: Some(Box::new(named)) };
        }
        Identity { source, whole, paths, domain }
    }

    fn report_was(&mut self, id: &Id, was: &Spanned<FormerId>, has_uid: bool, has_several: bool) {
        let problem = |title: &str| Problem::error(&was.span, title);
        match &was.value.occurrence {
            _ if has_uid => self.report(
                problem("both `was` and `uid` are written")
                    .label("expected one of the two")
                    .help("keep `uid` if the event came from another system, `was` if it came from this file"),
            ),
            None if was.value.id == *id => {
                self.report(current_id(&was.span));
            }
            Some(_) if has_several => self.report(
                problem("one former UID for several events")
                    .label("this is one event for each of its days and hours")
                    .help("write a separate session with `was:` for the one that replaces the former event"),
            ),
            Some(occurrence) => super::slots::report_weekday(occurrence.day, &was.span, self.problems),
            None => {}
        }
    }

    /// Reports entries that were an occurrence of a session, if that had no UID of its own or it is not clear which one is
    /// meant.
    pub(super) fn report_former_occurrences(&mut self, sessions: &[Session]) {
        let sessions_of_file = self.raw.sessions.iter().flatten().filter(|session| session.uid.is_none());
        for was in sessions_of_file.filter_map(|session| session.was.as_ref()) {
            let Some(occurrence) = &was.value.occurrence else { continue };
            let id = &was.value.id;
            if sessions.iter().any(|session| session.id == *id && session.series.is_some()) {
                self.report(
                    Problem::error(&was.span, "an instance of a series has no UID to pass on")
                        .label(format!("`{id}` is one event in calendars, with all its instances"))
                        .help(format!("if it was moved, write it under `changes:` of {id} instead"))
                        .help("else remove `was`: the instance is cancelled in the series, and this is a new event"),
                );
            } else if was.value.is_unclear() {
                self.report(
                    Problem::error(&was.span, "ambiguous occurrence")
                        .label("expected its part of the day or starting hour after the day")
                        .help(format!("write {id} {} morning, for example", occurrence.day.date)),
                );
            }
        }
    }
}
