//! Resolves definitions time after time: what a file came to is kept for as long as neither it nor any name that it may use
//! has changed.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::clashes::{self, Takers};
use super::identity::Claims;
use super::meeting::Resolved;
use super::names::{Names, Scope};
use super::{delegates, group, meeting};
use crate::body::Id;
use crate::definition::{self, Definitions, DelegatesFile, GroupFolder, MeetingFile};
use crate::problem::{Place, Problems};
use crate::timetable::{Delegates, Group, Timetable, Uid};

/// Resolves the definitions of a folder, time after time.
#[derive(Default)]
pub struct Resolver {
    /// What the names were that files use: what study groups' own files say.
    names: Vec<(Id, Arc<definition::Group>)>,
    /// By the number of the file.
    meetings: BTreeMap<usize, Kept<Arc<Resolved>>>,
    delegates: Option<Kept<Known>>,
}

/// What a file came to.
struct Kept<T> {
    /// A digest of the file.
    digest: [u8; 32],
    what: T,
}

/// What the file of the delegates came to.
struct Known {
    delegates: Arc<Delegates>,
    problems: Problems,
    /// The text, where there are problems to show in it.
    text: Option<Arc<str>>,
}

/// Where each identity stands in definitions.
pub struct Places(Vec<Arc<Resolved>>);

impl Places {
    /// Where an identity stands.
    pub fn get(&self, uid: &Uid) -> Option<&Place> {
        self.0.iter().find_map(|file| file.claims.place(uid))
    }
}

impl Resolver {
    /// What the definitions mean. Adds what is wrong to `problems`, and returns a timetable if none of them is an error.
    pub fn resolve(&mut self, definitions: &Definitions, problems: &mut Problems) -> Option<Timetable> {
        let folders = &definitions.groups;
        self.forget_other_names(folders);
        group::short_names_are_unique(folders, problems);
        let scopes: Vec<Scope> = folders.iter().map(|folder| group::scope(folder, problems)).collect();
        let mut before = std::mem::take(&mut self.meetings);
        let mut groups: Vec<Option<Group>> = Vec::new();
        for (folder, scope) in folders.iter().zip(&scopes) {
            let resolve = |file| meeting::resolve(file, &folder.group, scope, Names { scopes: &scopes });
            let mut meetings = Vec::new();
            for file in &folder.meetings {
                let known = before.remove(&file.place().file).filter(|known| known.digest == file.digest());
                let kept = known.unwrap_or_else(|| Kept { digest: file.digest(), what: Arc::new(resolve(file)) });
                problems.absorb(&kept.what.problems);
                meetings.extend(kept.what.meeting.clone());
                self.meetings.insert(file.place().file, kept);
            }
            groups.push(group::resolve(folder, scope, meetings));
        }
        self.report_what_files_share(folders, &scopes, problems);
        let delegates = self.delegates(definitions.delegates.as_ref(), &scopes, problems);
        let groups = groups.into_iter().flatten().collect();
        (!problems.stop_a_release()).then_some(Timetable { groups, delegates })
    }

    /// Where each identity stands in the definitions that were resolved last.
    pub fn places(&self) -> Places {
        Places(self.meetings.values().map(|kept| Arc::clone(&kept.what)).collect())
    }

    /// Forgets everything where other names are known than before.
    fn forget_other_names(&mut self, folders: &[GroupFolder]) {
        let names: Vec<_> = folders.iter().map(|folder| (folder.id.clone(), Arc::clone(&folder.group))).collect();
        if names != self.names {
            *self = Self { names, ..Self::default() };
        }
    }

    /// Reports identities, rooms, chairs and bodies that several files lay claim to.
    fn report_what_files_share(&self, folders: &[GroupFolder], scopes: &[Scope], problems: &mut Problems) {
        let in_order = folders.iter().flat_map(|folder| &folder.meetings);
        let resolved = |file: &MeetingFile| self.meetings.get(&file.place().file).map(|kept| &*kept.what);
        let in_order: Vec<&Resolved> = in_order.filter_map(resolved).collect();
        Claims::report(in_order.iter().map(|file| &file.claims), problems);
        let takers: Vec<&Takers> = in_order.iter().map(|file| &file.takers).collect();
        clashes::report(&takers, scopes, problems);
    }

    fn delegates(&mut self, file: Option<&DelegatesFile>, scopes: &[Scope], problems: &mut Problems) -> Arc<Delegates> {
        let Some(file) = file else { return Arc::default() };
        let known = self.delegates.take().filter(|known| known.digest == file.digest());
        let kept = self.delegates.insert(known.unwrap_or_else(|| {
            let mut found = Problems::default();
            let (delegates, text) = delegates::resolve(file, scopes, &mut found);
            let text = (!found.is_empty()).then_some(text);
            Kept { digest: file.digest(), what: Known { delegates, problems: found, text } }
        }));
        problems.absorb(&kept.what.problems);
        if let Some(text) = &kept.what.text {
            problems.sources[file.number()].text = Arc::clone(text);
        }
        Arc::clone(&kept.what.delegates)
    }
}
