//! Notices: what a feed says of itself, as entries that hang on no meeting.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::Selection;
use super::entry::{Entry, What};
use crate::id::BodyName;
use crate::revision::Release;
use crate::timetable::{BodyIndex, Days, Group, Uid, When};

/// The notices of a body's feed that do not hang on a meeting: that it was closed, that it was renamed.
pub(super) fn of_feed<'r>(release: &'r Release, selection: &Selection, group: &'r Group) -> Vec<Entry<'r>> {
    let mut notices = Vec::new();
    if let Selection::Former(_, body, former) = selection {
        notices.push(renamed(release, group, *body, former));
    }
    notices.extend(selection.closed(group).map(|(body, closed)| is_closed(group, body, closed)));
    notices
}

/// All notices of a study group that do not hang on a meeting, each once.
pub(super) fn of_group<'r>(release: &'r Release, group: &'r Group) -> Vec<Entry<'r>> {
    let mut notices = Vec::new();
    for (index, body) in group.bodies.iter().enumerate() {
        notices.extend(body.former.iter().map(|former| renamed(release, group, index, former)));
        notices.extend(body.closed.map(|closed| is_closed(group, index, closed)));
    }
    let recorded = uid(group, "nothing", "");
    let what = What::Nothing { when: day_of(release.instant), uid: recorded.clone(), recorded };
    notices.push(notice(group, what));
    notices
}

/// The notice of a feed that holds nothing else, dated by its release.
pub(super) fn nothing<'r>(release: &'r Release, selection: &Selection) -> Option<Entry<'r>> {
    let group = *selection.groups(&release.timetable).first()?;
    let name = super::address::name(&release.timetable, selection);
    let (uid, recorded) = (uid(group, "nothing", &name), uid(group, "nothing", ""));
    Some(notice(group, What::Nothing { when: day_of(release.instant), uid, recorded }))
}

fn renamed<'r>(release: &Release, group: &'r Group, body: BodyIndex, former: &BodyName) -> Entry<'r> {
    let uid = uid(group, "renamed", &former.address());
    // On the day on which readers were told first.
    let when = day_of(release.since(&uid));
    notice(group, What::Renamed(when, body, former.clone(), uid))
}

fn is_closed(group: &Group, body: BodyIndex, closed: Date) -> Entry<'_> {
    let uid = uid(group, "closed", &group.bodies[body].name.address());
    notice(group, What::Closed(When::AllDay(Days::from_date(closed)), body, uid))
}

fn notice<'r>(group: &'r Group, what: What<'r>) -> Entry<'r> {
    Entry { group, meeting: None, what, may_join: false }
}

/// A colon stands in no id, so no session can lay claim to such a path.
fn uid(group: &Group, what: &str, name: &str) -> Uid {
    Uid::from_path(&group.uid_domain, &format!("{}/{what}:{name}", group.id))
}

fn day_of(instant: Timestamp) -> When {
    When::AllDay(Days::from_date(Offset::UTC.to_datetime(instant).date()))
}
