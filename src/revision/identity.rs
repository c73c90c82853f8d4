//! Identity: an entry keeps its UID through any number of renames, and a name that is used anew gives another one.
//!
//! The definitions alone give an entry the UID of the name after `was:`, else of its own name. What had that name in the
//! previous release may have been renamed before, so that readers know it by another UID.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::Release;
use super::likeness::{Likeness, LikenessDegree, for_each_uid};
use crate::ledger::Ledger;
use crate::timetable::{Cancellation, Group, Meeting, NamedUids, Timetable, Uid};

/// Gives every entry of new definitions the UID by which readers know it.
///
/// What it continues is found in the previous release: by a `was:` that was not there before, by its own name, by the
/// name that it had first. An entry that continues nothing has the UID of its name, unless something else has that.
pub fn keep_identities(mut timetable: Timetable, before: &Release, instant: Timestamp, is_restored: bool) -> Timetable {
    timetable.reuse_unchanged_from(&before.timetable);
    for group in &mut timetable.groups {
        if let Some(then) = before.timetable.group(group.id.as_str()) {
            keep_identities_of_group(group, then, Circumstances { ledger: &before.ledger, instant, is_restored });
        }
    }
    timetable
}

/// The circumstances of a release.
#[derive(Clone, Copy)]
struct Circumstances<'a> {
    ledger: &'a Ledger,
    instant: Timestamp,
    /// Whether the definitions are those of an earlier release.
    is_restored: bool,
}

fn keep_identities_of_group(group: &mut Group, before: &Group, circumstances: Circumstances<'_>) {
    let then: HashSet<*const Meeting> = before.meetings.iter().map(Arc::as_ptr).collect();
    let is_changed = |(_, meeting): &(usize, &Arc<Meeting>)| !then.contains(&Arc::as_ptr(meeting));
    let changed: Vec<usize> = group.meetings.iter().enumerate().filter(is_changed).map(|(index, _)| index).collect();
    if changed.is_empty() {
        return;
    }
    let now: HashSet<*const Meeting> = group.meetings.iter().map(Arc::as_ptr).collect();
    let then = before.meetings.iter().filter(|meeting| !now.contains(&Arc::as_ptr(meeting)));
    // What the definitions had comes first: something that they lacked may have had the same name.
    let (removed, living): (Vec<&Arc<Meeting>>, Vec<&Arc<Meeting>>) =
        then.partition(|meeting| meeting.is_archived || meeting.cancelled == Some(Cancellation::Gone));
    let then: Vec<&Meeting> = living.into_iter().chain(removed).map(|meeting| &**meeting).collect();
    let known = then.iter().map(|meeting| KnownEntry {
        uid: &meeting.uid,
        named: meeting.named.as_deref(),
        meeting: None,
        is_archived: meeting.is_archived,
        likeness: Likeness::from_meeting(before, meeting),
    });
    let meeting_claims = changed.iter().map(|index| {
        let meeting = &group.meetings[*index];
        Claim {
            named: NamedUids::from_entry(&meeting.uid, meeting.named.as_deref()),
            meeting: None,
            is_of_renamed: false,
            likeness: Likeness::from_meeting(group, meeting),
        }
    });
    let meeting_claims: Vec<Claim<'_>> = meeting_claims.collect();
    let uids = Assignment::new(known, &group.uid_domain, circumstances).assign(&meeting_claims);
    let known = then.iter().flat_map(|meeting| known_entries(before, meeting));
    let claims = changed.iter().zip(&uids).flat_map(|(index, own)| claims(group, &group.meetings[*index], &own.uid));
    let claims: Vec<Claim<'_>> = claims.collect();
    let entry_uids = Assignment::new(known, &group.uid_domain, circumstances).assign(&claims);
    let owns = claims.into_iter().map(|claim| claim.named.own);
    let entry_uids: HashMap<Uid, AssignedUid> = owns.zip(entry_uids).collect();
    for (index, assigned) in changed.into_iter().zip(&uids) {
        let uid = &assigned.uid;
        let earlier = then.iter().find(|meeting| meeting.uid == *uid).map(|meeting| (*meeting, before));
        let notices = (group.meetings[index].uid != *uid).then(|| notice_uids(group, index, uid, earlier));
        let meeting = Arc::make_mut(&mut group.meetings[index]);
        for ((_, uid), notice) in meeting.without_session.iter_mut().zip(notices.into_iter().flatten()) {
            *uid = notice;
        }
        set_uid(&mut meeting.uid, &mut meeting.named, assigned);
        set_entry_uids(meeting, &entry_uids);
    }
}

/// An entry of the previous release.
#[derive(Clone, Copy)]
struct KnownEntry<'a> {
    uid: &'a Uid,
    /// The UIDs of its names, if they differ.
    named: Option<&'a NamedUids>,
    /// The UID of its meeting; `None` for meetings.
    meeting: Option<&'a Uid>,
    is_archived: bool,
    likeness: Likeness<'a>,
}

impl<'a> KnownEntry<'a> {
    fn own(&self) -> &'a Uid {
        self.named.map_or(self.uid, |named| &named.own)
    }

    /// Returns `true` if it has, or had, the name that gives this UID.
    fn has_name(&self, uid: &Uid) -> bool {
        self.names().any(|name| name == uid)
    }

    fn names(&self) -> impl Iterator<Item = &'a Uid> {
        let named = self.named.into_iter();
        std::iter::once(self.uid)
            .chain(named.flat_map(|named| [&named.own, &named.was].into_iter().chain(&named.former)))
    }
}

/// What the definitions say about the UID of an entry.
struct Claim<'a> {
    named: NamedUids,
    /// The UID of its meeting; `None` for meetings.
    meeting: Option<Uid>,
    /// Whether its meeting has another UID than that of its names, so that the ledger may know the names of its entries
    /// from another meeting.
    is_of_renamed: bool,
    likeness: Likeness<'a>,
}

/// The UID that an entry is given.
struct AssignedUid {
    uid: Uid,
    /// The UIDs of the names that it had before.
    former: Vec<Uid>,
}

fn known_entries<'a>(group: &'a Group, meeting: &'a Meeting) -> Vec<KnownEntry<'a>> {
    let mut known = Vec::new();
    let (of_meeting, is_archived) = (Some(&meeting.uid), meeting.is_archived);
    for_each_uid(group, meeting, |uid, named, likeness| {
        known.push(KnownEntry { uid, named, meeting: of_meeting, is_archived, likeness });
    });
    known
}

/// Returns what the definitions say about the entries of a meeting, which has the UID `of`, once for each name.
fn claims<'a>(group: &'a Group, meeting: &'a Meeting, of: &Uid) -> Vec<Claim<'a>> {
    let (mut claims, mut seen) = (Vec::new(), HashSet::new());
    let is_of_renamed = meeting.uid != *of;
    for_each_uid(group, meeting, |uid, names, likeness| {
        let named = NamedUids::from_entry(uid, names);
        if seen.insert(named.own.clone()) {
            claims.push(Claim { named, meeting: Some(of.clone()), is_of_renamed, likeness });
        }
    });
    claims
}

/// Assigns UIDs to entries.
struct Assignment<'a> {
    by_own: HashMap<&'a Uid, KnownEntry<'a>>,
    by_uid: HashMap<&'a Uid, KnownEntry<'a>>,
    /// By the UID of any name that they had.
    by_name: HashMap<&'a Uid, Vec<KnownEntry<'a>>>,
    domain: &'a str,
    circumstances: Circumstances<'a>,
}

impl<'a> Assignment<'a> {
    /// Creates an assignment. Where two entries of the previous release have the same name, the first one counts.
    fn new(known: impl Iterator<Item = KnownEntry<'a>>, domain: &'a str, circumstances: Circumstances<'a>) -> Self {
        let (mut by_own, mut by_uid) = (HashMap::new(), HashMap::new());
        let mut by_name: HashMap<&Uid, Vec<KnownEntry<'a>>> = HashMap::new();
        for entry in known {
            by_own.entry(entry.own()).or_insert(entry);
            by_uid.entry(entry.uid).or_insert(entry);
            for name in entry.names() {
                by_name.entry(name).or_default().push(entry);
            }
        }
        Self { by_own, by_uid, by_name, domain, circumstances }
    }

    /// Returns the UID of each entry.
    fn assign(&self, claims: &[Claim<'_>]) -> Vec<AssignedUid> {
        let mut continued: Vec<Option<KnownEntry<'a>>> = vec![None; claims.len()];
        let mut taken: HashSet<Uid> = HashSet::new();
        let steps: [fn(&Self, &Claim<'_>) -> Option<KnownEntry<'a>>; 4] =
            [Self::restored, Self::renamed, Self::same, Self::first];
        for step in steps {
            for (claim, continues) in claims.iter().zip(&mut continued).filter(|(_, known)| known.is_none()) {
                *continues = step(self, claim).filter(|known| taken.insert(known.uid.clone()));
            }
        }
        let assigned = claims.iter().zip(continued).map(|(claim, continues)| {
            let uid = continues.map_or_else(|| self.new_uid(claim, &taken), |known| known.uid.clone());
            taken.insert(uid.clone());
            let former = continues.iter().flat_map(KnownEntry::names).cloned().collect();
            AssignedUid { uid, former }
        });
        assigned.collect()
    }

    /// Returns what had the name when it was on the same day with the same title and bodies, if old definitions are
    /// published again: the name may have been given to something else since.
    fn restored(&self, claim: &Claim<'_>) -> Option<KnownEntry<'a>> {
        let named = self.by_name.get(&claim.named.own).filter(|_| self.circumstances.is_restored)?;
        named.iter().find(|known| known.likeness.degree(&claim.likeness) == LikenessDegree::Same).copied()
    }

    /// Returns what an entry says to continue by a `was:` that it did not have before. If it did have it, and the name
    /// belonged to something else since, it is that which it looks more like.
    fn renamed(&self, claim: &Claim<'_>) -> Option<KnownEntry<'a>> {
        let NamedUids { own, was, .. } = &claim.named;
        if own == was {
            return None;
        }
        if let Some(known) = self.by_own.get(own).filter(|known| known.has_name(was)) {
            let other = self.by_own.get(was).copied();
            return other
                .filter(|other| other.likeness.degree(&claim.likeness) > known.likeness.degree(&claim.likeness));
        }
        let names = || std::iter::once(was).chain(&claim.named.former);
        let find = |known: &HashMap<&Uid, KnownEntry<'a>>| names().find_map(|name| known.get(name).copied());
        let by_name = || names().find_map(|name| self.by_name.get(name)?.first().copied());
        find(&self.by_own).or_else(|| find(&self.by_uid)).or_else(by_name)
    }

    /// Returns what had the same name. What is over and was removed is back only on the same day: else the name is used
    /// anew.
    fn same(&self, claim: &Claim<'_>) -> Option<KnownEntry<'a>> {
        let known = self.by_own.get(&claim.named.own).copied()?;
        (!known.is_archived || known.likeness.has_same_day(&claim.likeness)).then_some(known)
    }

    /// Returns what had the name first, and has been renamed since: it is renamed back, if it is ahead and looks the same.
    fn first(&self, claim: &Claim<'_>) -> Option<KnownEntry<'a>> {
        let known = self.by_uid.get(&claim.named.own).copied()?;
        let is_same_meeting = known.meeting == claim.meeting.as_ref();
        let is_ahead = !known.is_archived && known.likeness.ends.is_none_or(|end| end > self.circumstances.instant);
        (is_same_meeting && is_ahead && known.likeness.degree(&claim.likeness) > LikenessDegree::Different)
            .then_some(known)
    }

    /// Returns the UID of an entry that continues nothing.
    fn new_uid(&self, claim: &Claim<'_>, taken: &HashSet<Uid>) -> Uid {
        let was = &claim.named.was;
        let is_in_use = |uid: &Uid| taken.contains(uid) || self.by_uid.contains_key(uid);
        let is_in_ledger = |uid: &Uid| self.circumstances.ledger.records.contains_key(uid);
        let is_another = is_in_use(was) || (claim.is_of_renamed && is_in_ledger(was));
        if !is_another {
            return was.clone();
        }
        let others = (2..).map(|number: usize| Uid::from_path(self.domain, &format!("{}/{number}", was.as_str())));
        let is_free = |uid: &Uid| !is_in_use(uid) && !is_in_ledger(uid);
        others.into_iter().find(is_free).unwrap_or_else(|| was.clone())
    }
}

/// Returns the UIDs of the notices that bodies have no session at a meeting, if the UID of the meeting is not that of
/// its names: those of the meeting in the previous release, else such as no other meeting can have.
fn notice_uids(group: &Group, meeting: usize, uid: &Uid, earlier: Option<(&Meeting, &Group)>) -> Vec<Uid> {
    let without = &group.meetings[meeting].without_session;
    let notice = |body: &str| {
        let known = earlier.and_then(|(meeting, group)| {
            let mut notices = meeting.without_session.iter();
            notices.find(|(index, _)| group.bodies[*index].name.as_str() == body).map(|(_, uid)| uid.clone())
        });
        known.unwrap_or_else(|| Uid::from_path(&group.uid_domain, &format!("{}/no-session:{body}", uid.as_str())))
    };
    without.iter().map(|(body, _)| notice(group.bodies[*body].name.as_str())).collect()
}

/// Sets the UID of an entry, and keeps the UIDs of its names if they differ.
fn set_uid(uid: &mut Uid, names: &mut Option<Box<NamedUids>>, assigned: &AssignedUid) {
    let NamedUids { own, was, former } = NamedUids::from_entry(uid, names.as_deref());
    uid.clone_from(&assigned.uid);
    let is_other = |name: &&Uid| ![&own, &was, &assigned.uid].contains(name);
    let mut former: Vec<Uid> = former.iter().chain(&assigned.former).filter(is_other).cloned().collect();
    former.sort();
    former.dedup();
    let is_same = own == *uid && was == *uid && former.is_empty();
    *names = (!is_same).then(|| Box::new(NamedUids { own, was, former }));
}

fn set_entry_uids(meeting: &mut Meeting, uids: &HashMap<Uid, AssignedUid>) {
    let set = |uid: &mut Uid, names: &mut Option<Box<NamedUids>>| {
        let own = names.as_ref().map_or(&*uid, |named| &named.own);
        if let Some(assigned) = uids.get(own) {
            set_uid(uid, names, assigned);
        }
    };
    for session in &mut meeting.sessions {
        session.series.iter_mut().for_each(|series| set(&mut series.uid, &mut series.named));
        session.occurrences.iter_mut().for_each(|occurrence| set(&mut occurrence.uid, &mut occurrence.named));
    }
    meeting.deadlines.iter_mut().for_each(|deadline| set(&mut deadline.uid, &mut deadline.named));
}
