//! Resolves definitions again and again. The result for a file is cached until the file or a name that it may use
//! changes.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::clashes::{self, Bookings};
use super::meeting::ResolvedMeeting;
use super::names::Scope;
use super::notices::{self, SessionDays};
use super::scopes::AllScopes;
use super::uid_registry::UidRegistry;
use super::{delegates, group, meeting};
use crate::definition::{self, Definitions, DelegatesFile, GroupFolder, MeetingFile, Spanned};
use crate::id::{BodyName, Id};
use crate::problem::{Problems, Span};
use crate::timetable::{Group, Meeting, PackedDelegates, Timetable, Uid};

/// Resolves the definitions of a folder again and again.
///
/// See [`resolve`](super::resolve) for an example.
#[derive(Default)]
pub struct Resolver {
    /// The names that the cached results depend on: the decoded `group.yaml` files.
    names: Vec<(Id, Arc<definition::Group>)>,
    /// By the index of the file.
    meetings: BTreeMap<usize, Cached<Arc<ResolvedMeeting>>>,
    delegates: Option<Cached<CachedDelegates>>,
}

/// A cached result for a file.
struct Cached<T> {
    /// The SHA-256 of the file.
    digest: [u8; 32],
    value: T,
}

/// The cached result for the file of the delegates.
struct CachedDelegates {
    delegates: Arc<PackedDelegates>,
    problems: Problems,
    /// The text of the file, if there are problems to show in it.
    text: Option<Arc<str>>,
}

/// Where entries and bodies are defined.
pub struct DefinedSpans {
    meetings: Vec<Arc<ResolvedMeeting>>,
    groups: Vec<(Id, Arc<definition::Group>)>,
}

impl DefinedSpans {
    /// Returns the span of what gives an entry this UID.
    pub fn entry(&self, uid: &Uid) -> Option<&Span> {
        self.meetings.iter().find_map(|file| file.uids.span(uid))
    }

    /// Returns the span of the name of a body.
    pub fn body(&self, group: &Id, name: &BodyName) -> Option<&Span> {
        let (_, raw) = self.groups.iter().find(|(id, _)| id == group)?;
        body_names(raw).find(|known| known.value == *name).map(|known| &known.span)
    }
}

impl Resolver {
    /// Resolves definitions to a timetable. Adds the problems found to `problems`, and returns `None` if any of them
    /// is an error.
    ///
    /// ```
    /// # use convene::definition::{DefinitionFile, read};
    /// # use convene::resolve::resolve;
    /// # let file = |path: &str| DefinitionFile::new(path, std::fs::read(format!("meetings/{path}")).expect("a file"));
    /// # let files = vec![file("sg12/group.yaml"), file("sg12/2025-01-geneva.yaml")];
    /// # let (definitions, mut problems) = read("meetings", files);
    /// # let timetable = resolve(&definitions, &mut problems).expect("no errors");
    /// let mut resolver = convene::resolve::Resolver::default();
    /// let first = resolver.resolve(&definitions, &mut problems).expect("no errors");
    /// // Nothing has changed: the meeting is not resolved again.
    /// let second = resolver.resolve(&definitions, &mut problems).expect("no errors");
    /// assert!(std::sync::Arc::ptr_eq(&first.groups[0].meetings[0], &second.groups[0].meetings[0]));
    /// ```
    pub fn resolve(&mut self, definitions: &Definitions, problems: &mut Problems) -> Option<Timetable> {
        let folders = &definitions.groups;
        self.clear_if_names_changed(folders);
        group::report_shared_short_names(folders, problems);
        let scopes: Vec<Scope> = folders.iter().map(|folder| group::scope(folder, problems)).collect();
        let mut before = std::mem::take(&mut self.meetings);
        let mut groups: Vec<Option<Group>> = Vec::new();
        for (folder, scope) in folders.iter().zip(&scopes) {
            let resolve = |file| {
                meeting::resolve(file, &folder.group, scope, AllScopes { scopes: &scopes, are_others_known: true })
            };
            let mut meetings = Vec::new();
            for file in &folder.meetings {
                let known = before.remove(&file.span().file).filter(|known| known.digest == file.digest());
                let kept = known.unwrap_or_else(|| Cached { digest: file.digest(), value: Arc::new(resolve(file)) });
                problems.merge(&kept.value.problems);
                meetings.extend(kept.value.meeting.clone());
                self.meetings.insert(file.span().file, kept);
            }
            groups.push(group::resolve(folder, scope, meetings));
        }
        self.report_shared(folders, &scopes, problems);
        let delegates = self.delegates(definitions.delegates.as_ref(), &scopes, problems);
        let mut groups: Vec<Group> = groups.into_iter().flatten().collect();
        let resolved = self.meetings.values().map(|kept| &kept.value);
        let days: HashMap<*const Meeting, &SessionDays> =
            resolved.filter_map(|file| Some((Arc::as_ptr(file.meeting.as_ref()?), &file.session_days))).collect();
        notices::drop_untrue(&mut groups, |meeting| days.get(&Arc::as_ptr(meeting)).copied());
        (!problems.has_errors()).then_some(Timetable { groups, delegates })
    }

    /// Returns where entries and bodies are defined in the definitions that were resolved last.
    pub fn defined_spans(&self) -> DefinedSpans {
        let meetings = self.meetings.values().map(|kept| Arc::clone(&kept.value)).collect();
        DefinedSpans { meetings, groups: self.names.clone() }
    }

    /// Clears the cache if the names have changed.
    fn clear_if_names_changed(&mut self, folders: &[GroupFolder]) {
        let names: Vec<_> = folders.iter().map(|folder| (folder.id.clone(), Arc::clone(&folder.group))).collect();
        if names != self.names {
            *self = Self { names, ..Self::default() };
        }
    }

    /// Reports UIDs, rooms, chairs and bodies that several files use.
    fn report_shared(&self, folders: &[GroupFolder], scopes: &[Scope], problems: &mut Problems) {
        let in_order = folders.iter().flat_map(|folder| &folder.meetings);
        let resolved = |file: &MeetingFile| self.meetings.get(&file.span().file).map(|kept| &*kept.value);
        let in_order: Vec<&ResolvedMeeting> = in_order.filter_map(resolved).collect();
        UidRegistry::report_shared(in_order.iter().map(|file| &file.uids), problems);
        let bookings: Vec<&Bookings> = in_order.iter().map(|file| &file.bookings).collect();
        clashes::report(&bookings, scopes, problems);
    }

    fn delegates(
        &mut self,
        file: Option<&DelegatesFile>,
        scopes: &[Scope],
        problems: &mut Problems,
    ) -> Arc<PackedDelegates> {
        let Some(file) = file else { return Arc::default() };
        let known = self.delegates.take().filter(|known| known.digest == file.digest());
        let kept = self.delegates.insert(known.unwrap_or_else(|| {
            let mut found = Problems::default();
            let (delegates, text) = delegates::resolve(file, scopes, &mut found);
            let text = (!found.is_empty()).then_some(text);
            Cached { digest: file.digest(), value: CachedDelegates { delegates, problems: found, text } }
        }));
        problems.merge(&kept.value.problems);
        if let Some(text) = &kept.value.text {
            problems.sources[file.index()].text = Arc::clone(text);
        }
        Arc::clone(&kept.value.delegates)
    }
}

/// Iterates over the names of the bodies of the three sections.
fn body_names(raw: &definition::Group) -> impl Iterator<Item = &Spanned<BodyName>> {
    let parties = raw.working_parties.iter().flat_map(|parties| &parties.list).map(|(name, _)| name);
    let questions = raw.questions.iter().flat_map(|questions| &questions.list).map(|(name, _)| name);
    let others = raw.bodies.iter().flat_map(|bodies| &bodies.list).map(|(name, _)| name);
    parties.chain(questions).chain(others)
}
