//! UIDs: which an entry has, and that no two entries have the same.

use std::collections::{BTreeMap, HashMap};

use super::reading::Reading;
use crate::body::Id;
use crate::definition::{ForeignUid, Located, Was};
use crate::problem::{Place, Problem, Problems};
use crate::timetable::Uid;

/// The UIDs that a file takes, each with where it does.
#[derive(Default)]
pub(super) struct Claims(BTreeMap<Uid, Place>);

impl Claims {
    /// Where a UID is taken.
    pub(super) fn place(&self, uid: &Uid) -> Option<&Place> {
        self.0.get(uid)
    }

    /// Takes a UID for what stands at a place. Reports it if it is taken.
    pub(super) fn claim(&mut self, uid: &Uid, place: &Place, problems: &mut Problems) {
        match self.0.get(uid) {
            None => {
                self.0.insert(uid.clone(), place.clone());
            }
            Some(first) => problems.push(taken(place, first)),
        }
    }

    /// Reports what more than one file takes, at the later of them.
    pub(super) fn report<'a>(files: impl Iterator<Item = &'a Self>, problems: &mut Problems) {
        let mut all: HashMap<&Uid, &Place> = HashMap::new();
        for (uid, place) in files.flat_map(|file| &file.0) {
            if let Some(first) = all.insert(uid, place) {
                problems.push(taken(place, first));
                all.insert(uid, first);
            }
        }
    }
}

fn taken(place: &Place, first: &Place) -> Problem {
    Problem::error(place, "two entries lay claim to one identity (UID)")
        .label("expected an identity of its own")
        .related(first, "it is taken here")
        .help("a session that hands it on with `was:` no longer has it: take the day out of its `days`, or put it into its `skip`")
}

/// What the UIDs of an entry are made of.
pub(super) struct Identity {
    /// The UID of the entry as a whole: of its only occurrence, or of its series.
    pub(super) whole: Uid,
    /// The path before the date of one of several occurrences.
    path: String,
    domain: String,
}

impl Identity {
    /// The UID of one of several occurrences, by its original day and part or starting hour.
    pub(super) fn dated(&self, date: jiff::civil::Date, part_or_hour: &str) -> Uid {
        Uid::of(&self.domain, &format!("{}/{date}/{part_or_hour}", self.path))
    }
}

/// The earlier ids of an entry. One that was a part of another has none: what else became of that is not said.
pub(super) fn former(was: Option<&Located<Was>>) -> Vec<Id> {
    was.filter(|was| was.value.occasion.is_none()).map(|was| was.value.id.clone()).into_iter().collect()
}

impl Reading<'_> {
    /// The identity of an entry with this id. `has_several` occurrences, each with a UID of its own, leave no UID for
    /// the whole.
    pub(super) fn identity(
        &mut self,
        id: &Id,
        was: Option<&Located<Was>>,
        uid: Option<&Located<ForeignUid>>,
        has_several: bool,
    ) -> Identity {
        let domain = self.scope.uid_domain.clone();
        let former = was.map_or(id, |was| &was.value.id);
        let path = format!("{}/{former}", self.path);
        let mut whole = Uid::of(&domain, &path);
        if let Some(was) = was {
            self.report_was(id, was, uid.is_some(), has_several);
            if let Some((occasion, part)) =
                was.value.occasion.as_ref().and_then(|occasion| Some((occasion, occasion.part_or_hour.as_ref()?)))
            {
                whole = Uid::of(&domain, &format!("{path}/{}/{part}", occasion.day.date));
            }
        }
        if let Some(uid) = uid {
            if has_several {
                self.report(
                    Problem::error(&uid.place, "a UID cannot be that of several events")
                        .label("this session is one event for each of its days and hours")
                        .help("make a session of its own of the one that had this UID"),
                );
            }
            whole = Uid::foreign(&uid.value.0);
        }
        Identity { whole, path, domain }
    }

    fn report_was(&mut self, id: &Id, was: &Located<Was>, has_uid: bool, has_several: bool) {
        let problem = |title: &str| Problem::error(&was.place, title);
        match &was.value.occasion {
            _ if has_uid => self.report(
                problem("an entry has `was` or `uid`, not both")
                    .label("either gives it an identity")
                    .help("keep `uid` if the event came from another system, `was` if it came from this file"),
            ),
            None if was.value.id == *id => self
                .report(problem("this is the id that it has").label("expected an earlier id").help("remove this line")),
            Some(_) if has_several => self.report(
                problem("several events cannot all have been this one")
                    .label("this session is one event for each of its days and hours")
                    .help("write a session for each of them, and `was:` for the one that takes this event's place"),
            ),
            Some(occasion) if occasion.part_or_hour.is_none() => self.report(
                problem("which one of that day?")
                    .label("expected its part of the day or starting hour behind the day")
                    .help(format!("write {} {} morning, for example", was.value.id, occasion.day.date)),
            ),
            Some(occasion) => super::slots::report_weekday(occasion.day, &was.place, self.problems),
            None => {}
        }
    }
}
