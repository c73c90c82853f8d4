//! UIDs: which one an entry has, and that no two entries share one.

use std::collections::{BTreeMap, HashMap};

use super::context::MeetingContext;
use crate::definition::{ForeignUid, FormerId, Spanned};
use crate::id::Id;
use crate::problem::{Problem, Problems, Span};
use crate::timetable::Uid;

/// The UIDs of a file, each with the span of its entry.
#[derive(Default)]
pub(super) struct UidRegistry(BTreeMap<Uid, Span>);

impl UidRegistry {
    /// Returns the span of the entry with this UID.
    pub(super) fn span(&self, uid: &Uid) -> Option<&Span> {
        self.0.get(uid)
    }

    /// Registers the UID of an entry. Reports it if it is a duplicate.
    pub(super) fn register(&mut self, uid: &Uid, span: &Span, problems: &mut Problems) {
        match self.0.get(uid) {
            None => {
                self.0.insert(uid.clone(), span.clone());
            }
            Some(first) => problems.push(duplicate_uid(span, first)),
        }
    }

    /// Reports UIDs that several files use, at the later file.
    pub(super) fn report_shared<'a>(files: impl Iterator<Item = &'a Self>, problems: &mut Problems) {
        let mut all: HashMap<&Uid, &Span> = HashMap::new();
        for (uid, span) in files.flat_map(|file| &file.0) {
            if let Some(first) = all.insert(uid, span) {
                problems.push(duplicate_uid(span, first));
                all.insert(uid, first);
            }
        }
    }
}

fn duplicate_uid(span: &Span, first: &Span) -> Problem {
    Problem::error(span, "two entries have the same UID")
        .label("expected a unique UID")
        .related(first, "first used here")
        .help("a session passes its UID on with `was:`: remove the day from its `days`, or add it to its `skip`")
}

/// What the UIDs of an entry are made of.
pub(super) struct Identity {
    /// The UID of the entry as a whole: of its only occurrence, or of its series.
    pub(super) whole: Uid,
    /// The path of the entry, which the date of an occurrence follows.
    path: String,
    domain: String,
}

impl Identity {
    /// Returns the UID of one of several occurrences, by its original day and part or starting hour.
    pub(super) fn occurrence_uid(&self, date: jiff::civil::Date, part_or_hour: &str) -> Uid {
        Uid::from_path(&self.domain, &format!("{}/{date}/{part_or_hour}", self.path))
    }
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
        id: &Id,
        was: Option<&Spanned<FormerId>>,
        uid: Option<&Spanned<ForeignUid>>,
        has_several: bool,
    ) -> Identity {
        let domain = self.scope.uid_domain.clone();
        let former = was.map_or(id, |was| &was.value.id);
        let path = format!("{}/{former}", self.path);
        let mut whole = Uid::from_path(&domain, &path);
        if let Some(was) = was {
            self.report_was(id, was, uid.is_some(), has_several);
            if let Some((occurrence, part)) = was
                .value
                .occurrence
                .as_ref()
                .and_then(|occurrence| Some((occurrence, occurrence.part_or_hour.as_ref()?)))
            {
                whole = Uid::from_path(&domain, &format!("{path}/{}/{part}", occurrence.day.date));
            }
        }
        if let Some(uid) = uid {
            if has_several {
                self.report(
                    Problem::error(&uid.span, "one UID for several events")
                        .label("this session is one event for each of its days and hours")
                        .help("write a separate session for the event that had this UID"),
                );
            }
            whole = Uid::from_foreign(&uid.value.0);
        }
        Identity { whole, path, domain }
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
                self.report(problem("`was` has the current id").label("expected a former id").help("remove this line"));
            }
            Some(_) if has_several => self.report(
                problem("one former UID for several events")
                    .label("this session is one event for each of its days and hours")
                    .help("write a separate session with `was:` for the one that replaces the former event"),
            ),
            Some(occurrence) if occurrence.part_or_hour.is_none() => self.report(
                problem("ambiguous occurrence")
                    .label("expected its part of the day or starting hour after the day")
                    .help(format!("write {} {} morning, for example", was.value.id, occurrence.day.date)),
            ),
            Some(occurrence) => super::slots::report_weekday(occurrence.day, &was.span, self.problems),
            None => {}
        }
    }
}
