//! Notices that a body has no session at a meeting: they are dropped where another file gives it one on those days.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::id::Id;
use crate::timetable::{BodyIndex, Days, Group, Meeting, STUDY_GROUP};

/// When a meeting has sessions, for an audience or for everybody: the months, and the first and the last day. Computed once
/// for each file.
#[derive(Default)]
pub(super) struct SessionDays {
    months: BTreeSet<Month>,
    extent: Option<Days>,
}

/// Year and month.
type Month = (i16, i8);

impl SessionDays {
    /// Collects the days of a meeting.
    pub(super) fn from_meeting(meeting: &Meeting) -> Self {
        let all = meeting.sessions.iter().flat_map(|session| &session.occurrences).map(|occurrence| &occurrence.when);
        let (mut days, mut first, mut last) = (Self::default(), Date::MAX, Date::MIN);
        for when in all {
            days.months.extend(months(when.first_day(), when.last_day()));
            (first, last) = (first.min(when.first_day()), last.max(when.last_day()));
        }
        days.extent = Days::new(first, last);
        days
    }
}

/// A meeting, by the positions of its study group and of itself.
type Position = (usize, usize);

/// Drops the notices of bodies that have a session on the days of their meeting in another file: one of their own, of a body
/// below them, or of one above them other than the study group. `days_of` returns the days of a meeting's sessions.
pub(super) fn drop_untrue<'d>(groups: &mut [Group], days_of: impl Fn(&Arc<Meeting>) -> Option<&'d SessionDays>) {
    let mut by_month: BTreeMap<Month, Vec<(Position, Days)>> = BTreeMap::new();
    for (group_position, group) in groups.iter().enumerate() {
        for (index, meeting) in group.meetings.iter().enumerate() {
            let Some((days, extent)) = days_of(meeting).and_then(|days| Some((days, days.extent?))) else { continue };
            for month in &days.months {
                by_month.entry(*month).or_default().push(((group_position, index), extent));
            }
        }
    }
    let mut untrue: BTreeMap<Position, BTreeSet<BodyIndex>> = BTreeMap::new();
    for (group_position, group) in groups.iter().enumerate() {
        for (index, meeting) in group.meetings.iter().enumerate() {
            let Some(days) = meeting.days.filter(|_| !meeting.without_session.is_empty()) else { continue };
            let position = (group_position, index);
            let near = months(days.first(), days.last()).filter_map(|month| by_month.get(&month)).flatten();
            let overlaps = |extent: &Days| extent.first() <= days.last() && extent.last() >= days.first();
            let others: BTreeSet<Position> = near
                .filter(|(other, extent)| *other != position && overlaps(extent))
                .map(|(other, _)| *other)
                .collect();
            let named: BTreeSet<BodyIndex> = others
                .into_iter()
                .flat_map(|(home, other)| named_on(&groups[home].meetings[other], &groups[home].id, &group.id, days))
                .collect();
            let bodies = meeting.without_session.iter().map(|(body, _)| *body);
            let meets = |body: &BodyIndex| named.iter().any(|named| group.are_related(*named, *body));
            let bodies: BTreeSet<BodyIndex> = bodies.filter(meets).collect();
            if !bodies.is_empty() {
                untrue.insert(position, bodies);
            }
        }
    }
    for ((group, meeting), bodies) in untrue {
        let meeting = Arc::make_mut(&mut groups[group].meetings[meeting]);
        meeting.without_session.retain(|(body, _)| !bodies.contains(body));
    }
}

fn months(first: Date, last: Date) -> impl Iterator<Item = (i16, i8)> {
    let number = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month()) - 1;
    let month = |number: i32| {
        (i16::try_from(number.div_euclid(12)).unwrap_or(i16::MAX), i8::try_from(number.rem_euclid(12)).unwrap_or(0))
    };
    (number(first)..=number(last)).map(month)
}

/// Returns the bodies of a study group, other than the group itself, that sessions of a meeting name on some days.
/// `home` is the study group of the meeting.
fn named_on<'m>(meeting: &'m Meeting, home: &'m Id, group: &'m Id, days: Days) -> impl Iterator<Item = BodyIndex> + 'm {
    let on_days = meeting.sessions.iter().filter(move |session| {
        let mut all = session.occurrences.iter().map(|occurrence| &occurrence.when);
        all.any(|when| when.first_day() <= days.last() && when.last_day() >= days.first())
    });
    let named = on_days.flat_map(move |session| session.bodies_in(group, home));
    named.copied().filter(|body| *body != STUDY_GROUP)
}
