//! Notices: entries in which a feed tells something about itself, without a meeting.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::Selection;
use super::entry::{Entry, EntryKind, Notice, NoticeKind};
use crate::id::BodyName;
use crate::revision::Release;
use crate::timetable::{BodyIndex, Days, Group, Uid, When};

/// Returns the notices of a body's feed: that it was closed, that it was renamed.
pub(super) fn feed_notices<'r>(release: &'r Release, selection: &Selection, group: &'r Group) -> Vec<Entry<'r>> {
    let mut notices = Vec::new();
    if let Selection::Former { body, former, .. } = selection {
        notices.push(renamed(release, group, *body, former));
    }
    notices.extend(selection.closed(group).map(|(body, closed)| closed_notice(group, body, closed)));
    notices
}

/// Returns all notices of a study group that belong to no meeting, each once.
pub(super) fn group_notices<'r>(release: &'r Release, group: &'r Group) -> Vec<Entry<'r>> {
    let mut notices = Vec::new();
    for (index, body) in group.indexed_bodies() {
        notices.extend(body.former.iter().map(|former| renamed(release, group, index, former)));
        notices.extend(body.closed.map(|closed| closed_notice(group, index, closed)));
    }
    let uid = uid(group, "nothing", "");
    notices.push(entry(group, Notice::new(day_of(release.instant), uid, NoticeKind::EmptyFeed)));
    notices
}

/// Returns the notice of a feed without other entries, on the day of the release.
pub(super) fn otherwise_empty<'r>(release: &'r Release, selection: &Selection) -> Option<Entry<'r>> {
    let group = *selection.groups(&release.timetable).first()?;
    let name = super::address::name(&release.timetable, selection);
    // The ledger records all of them under one UID, because readers can combine any number of feeds.
    let (uid, ledger_uid) = (uid(group, "nothing", &name), uid(group, "nothing", ""));
    Some(entry(group, Notice { when: day_of(release.instant), uid, ledger_uid, kind: NoticeKind::EmptyFeed }))
}

fn renamed<'r>(release: &Release, group: &'r Group, body: BodyIndex, former: &BodyName) -> Entry<'r> {
    let uid = uid(group, "renamed", &former.address());
    // On the day of the release that first had it.
    let when = day_of(release.since(&uid));
    entry(group, Notice::new(when, uid, NoticeKind::Renamed(body, former.clone())))
}

fn closed_notice(group: &Group, body: BodyIndex, closed: Date) -> Entry<'_> {
    let uid = uid(group, "closed", &group.bodies[body].address());
    entry(group, Notice::new(When::AllDay(Days::from_date(closed)), uid, NoticeKind::Closed(body)))
}

fn entry(group: &Group, notice: Notice) -> Entry<'_> {
    Entry { group, meeting: None, kind: EntryKind::Notice(notice), has_link_access: false }
}

/// No id contains a colon, so no session can have such a path.
fn uid(group: &Group, what: &str, name: &str) -> Uid {
    Uid::from_path(&group.uid_domain, &format!("{}/{what}:{name}", group.id))
}

fn day_of(instant: Timestamp) -> When {
    When::AllDay(Days::from_date(Offset::UTC.to_datetime(instant).date()))
}
