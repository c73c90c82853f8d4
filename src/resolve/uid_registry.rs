//! The UIDs of all entries: no two entries share one.

use std::collections::BTreeMap;

use foldhash::{HashMap, HashMapExt};

use crate::problem::{Problem, Problems, Span};
use crate::timetable::Uid;

/// The UIDs of a file, each with what gave it to its entry.
#[derive(Default)]
pub(super) struct UidRegistry {
    /// The UID of the meeting.
    meeting: Option<(Uid, UidSource)>,
    /// The UIDs of its sessions and deadlines.
    entries: BTreeMap<Uid, UidSource>,
}

/// What gave an entry its UID.
#[derive(Clone)]
pub(super) struct UidSource {
    pub(super) kind: UidSourceKind,
    pub(super) span: Span,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum UidSourceKind {
    /// Its id.
    Id,
    /// An id after `was:`.
    FormerId,
    /// An occurrence of another session, after `was:`.
    FormerOccurrence,
    /// Another system, after `uid:`.
    Foreign,
}

impl UidRegistry {
    /// Returns the span of what gave an entry this UID.
    pub(super) fn span(&self, uid: &Uid) -> Option<&Span> {
        let of_meeting = self.meeting.as_ref().filter(|(own, _)| own == uid).map(|(_, source)| source);
        self.entries.get(uid).or(of_meeting).map(|source| &source.span)
    }

    /// Registers the UID of the meeting.
    pub(super) fn register_meeting(&mut self, uid: &Uid, source: UidSource) {
        self.meeting = Some((uid.clone(), source));
    }

    /// Registers the UID of an entry. Reports it if it is a duplicate.
    pub(super) fn register(&mut self, uid: &Uid, source: UidSource, problems: &mut Problems) {
        match self.entries.get(uid) {
            None => {
                self.entries.insert(uid.clone(), source);
            }
            Some(first) => problems.push(duplicate_uid(&source, first)),
        }
    }

    /// Reports UIDs that several files use, at the later file. Of two meetings with the same UID, the entries are not
    /// reported as well.
    pub(super) fn report_shared<'a>(files: impl Iterator<Item = &'a Self> + Clone, problems: &mut Problems) {
        let number = files.clone().map(|file| file.entries.len()).sum();
        let mut meetings: HashMap<&Uid, &UidSource> = HashMap::new();
        let mut all: HashMap<&Uid, &UidSource> = HashMap::with_capacity(number);
        for file in files {
            if let Some((uid, source)) = &file.meeting {
                if let Some(first) = meetings.get(uid) {
                    problems.push(duplicate_uid(source, first));
                    continue;
                }
                meetings.insert(uid, source);
            }
            for (uid, source) in &file.entries {
                if let Some(first) = all.insert(uid, source) {
                    problems.push(duplicate_uid(source, first));
                    all.insert(uid, first);
                }
            }
        }
    }
}

fn duplicate_uid(later: &UidSource, first: &UidSource) -> Problem {
    use UidSourceKind::{Foreign, FormerId, FormerOccurrence, Id};
    let problem = |title: &str, label: &str| Problem::error(&later.span, title).label(label);
    // Of an entry that was and one that is, the mistake is with the one that was.
    let (was, id) = if later.kind == Id { (first, later) } else { (later, first) };
    match (was.kind, id.kind) {
        (FormerId | FormerOccurrence, FormerId | FormerOccurrence) => {
            problem("duplicate `was`", "expected a former id that nothing else has")
                .related(&first.span, "first used here")
                .help("keep `was` where the same event goes on, and remove it from the other, which is a new event")
        }
        (FormerId, Id) => Problem::error(&was.span, "`was` has an id that is in use")
            .label("expected an id that is not used any more")
            .related(&id.span, "used here")
            .help("if the two are different, remove `was`")
            .help(
                "if the id was given to something new, publish the rename first and remove `was` then: it is remembered",
            ),
        (FormerOccurrence, Id) => Problem::error(&was.span, "the other session still has this occurrence")
            .label("expected an occurrence that it does not have any more")
            .related(&id.span, "this session")
            .help("remove the day from its `days`, or add it to its `skip`"),
        _ => {
            let title =
                if Foreign == first.kind && Foreign == later.kind { "duplicate `uid`" } else { "duplicate UID" };
            problem(title, "expected a UID that nothing else has")
                .related(&first.span, "first used here")
                .help("keep `uid` at the event that had it in the other system, and remove it from the other")
        }
    }
}
