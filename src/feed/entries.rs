//! The entries of a feed: what a selection holds, in order, and the notices that say what it does not.

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

use super::Selection;
use super::entry::{Entry, Instances, What};
use super::selection::overlap;
use crate::body::BodyName;
use crate::revision::Release;
use crate::timetable::{BodyIndex, Cancellation, Days, Follows, Group, Meeting, Occurrence, Session, Uid, When};

/// For whom entries are picked in one study group.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) follows: Option<&'a Follows>,
    hides_cancelled: bool,
}

impl Reader<'_> {
    /// Whoever sees everything that everybody sees.
    pub(super) const EVERYBODY: Self = Self { follows: None, hides_cancelled: false };
}

/// The entries of a session: one for each occurrence, or a series and its exceptions.
pub(super) fn of_session<'r>(session: &'r Session, reader: Reader<'_>) -> Vec<What<'r>> {
    let is_hidden = |occurrence: &Occurrence| reader.hides_cancelled && session.cancelled(occurrence).is_some();
    let shown = session.occurrences.iter().filter(|occurrence| !is_hidden(occurrence));
    let mut all = Vec::new();
    let is_exception = |occurrence: &&Occurrence| session.series.is_none() || occurrence.change.is_some();
    if let Some(series) = &session.series {
        let hidden = session.occurrences.iter().filter(|occurrence| is_hidden(occurrence));
        let hidden: Vec<&When> = hidden.map(|occurrence| &occurrence.original).collect();
        let instances = session.occurrences.iter().map(|occurrence| &occurrence.original).chain(&series.skipped);
        all.extend(
            Instances::of(instances.collect(), &hidden, series).map(|shown| What::Series(session, series, shown)),
        );
    }
    all.extend(shown.filter(is_exception).map(|occurrence| What::Session(session, occurrence)));
    all
}

/// What a selection holds of the meetings that are looked at, in order, at least one entry.
pub(super) fn entries<'r>(
    release: &'r Release,
    selection: &Selection,
    is_looked_at: impl Fn(&Meeting) -> bool,
) -> Vec<Entry<'r>> {
    let mut entries: Vec<Entry<'r>> = Vec::new();
    let delegate = selection.delegate(&release.timetable);
    for group in selection.groups(&release.timetable) {
        let follows = selection.follows(&release.timetable).iter().find(|follows| follows.group == group.id);
        let reader = Reader { follows, hides_cancelled: delegate.is_some_and(|delegate| delegate.hides_cancelled) };
        let mut add = |home: &'r Group, latest: Option<&Meeting>, meeting: &'r Meeting, all: Vec<What<'r>>| {
            // The group's latest meeting is in its feeds however long ago it was.
            let whole = selection.is_of_one_meeting() || latest.is_some_and(|latest| latest.id == meeting.id);
            // The audiences of a link are those of the session's own study group.
            let theirs = selection.follows(&release.timetable).iter().find(|follows| follows.group == home.id);
            let theirs = theirs.filter(|_| delegate.is_some());
            let all = all.into_iter().map(|what| entry((home, meeting), what, theirs));
            let shown = all.filter(|entry| !(reader.hides_cancelled && entry.cancelled().is_some()));
            entries.extend(shown.filter(|entry| whole || is_in_window(entry, release.instant)));
        };
        let latest = group.latest_meeting();
        for meeting in group.meetings.iter().filter(|meeting| is_looked_at(meeting) && selection.has_meeting(meeting)) {
            add(group, latest, meeting, selection.of_meeting(group, meeting, reader));
        }
        let has_guests = !matches!(selection, Selection::Meeting(..) | Selection::Event(..));
        for home in release.timetable.groups.iter().filter(|home| has_guests && home.id != group.id) {
            let latest = home.latest_meeting();
            for meeting in home.meetings.iter().filter(|meeting| is_looked_at(meeting)) {
                add(home, latest, meeting, selection.of_guests((home, group), meeting, reader));
            }
        }
        entries.extend(notices(release, selection, group));
        if let Some((body, closed)) = selection.closed(group) {
            // A series is kept or dropped with all of its exceptions.
            let is_open = |entry: &Entry<'_>| entry.begins().first_day() <= closed;
            // What went with the body is told to those who have it in their calendars.
            let is_its_own = |entry: &Entry<'_>| {
                let session = entry.session();
                session.is_some_and(|session| session.bodies_of(&group.id, &entry.group.id).contains(&body))
            };
            let is_gone = |entry: &Entry<'_>| {
                is_its_own(entry) && matches!(entry.cancelled(), Some(Cancellation::Gone | Cancellation::Replaced))
            };
            let is_renamed = |entry: &Entry<'_>| matches!(entry.what, What::Renamed(..));
            entries.retain(|entry| is_open(entry) || is_renamed(entry) || is_gone(entry));
        }
    }
    if entries.is_empty() {
        entries.extend(nothing(release, selection));
    }
    entries.sort_by(|a, b| a.order().cmp(&b.order()));
    // A joint session of two study groups that are both followed is one event.
    entries.dedup_by(|a, b| a.order() == b.order());
    entries
}

fn entry<'r>((group, meeting): (&'r Group, &'r Meeting), what: What<'r>, theirs: Option<&Follows>) -> Entry<'r> {
    let mut entry = Entry { group, meeting: Some(meeting), what, may_join: false };
    let join = entry.details().and_then(|details| details.join.as_ref());
    entry.may_join = join.zip(theirs).is_some_and(|(join, follows)| overlap(&join.audience, &follows.audiences));
    entry
}

/// Whether an entry is ahead of the release, or ended within 400 days before it.
fn is_in_window(entry: &Entry<'_>, release: Timestamp) -> bool {
    let opens = release.checked_sub((400 * 24).hours()).unwrap_or(Timestamp::MIN);
    entry.ends().end_instant() > opens
}

/// The notices of a body's feed that do not hang on a meeting: that it was closed, that it was renamed.
fn notices<'r>(release: &'r Release, selection: &Selection, group: &'r Group) -> Vec<Entry<'r>> {
    let mut notices = Vec::new();
    if let Selection::Former(_, body, former) = selection {
        notices.push(renamed(release, group, *body, former));
    }
    notices.extend(selection.closed(group).map(|(body, closed)| is_closed(group, body, closed)));
    notices
}

/// All notices of a study group that do not hang on a meeting, each once.
pub(super) fn notices_of_group<'r>(release: &'r Release, group: &'r Group) -> Vec<Entry<'r>> {
    let mut notices = Vec::new();
    for (index, body) in group.bodies.iter().enumerate() {
        notices.extend(body.former.iter().map(|former| renamed(release, group, index, former)));
        notices.extend(body.closed.map(|closed| is_closed(group, index, closed)));
    }
    let recorded = notice_uid(group, "nothing", "");
    let what = What::Nothing { when: day_of(release.instant), uid: recorded.clone(), recorded };
    notices.push(notice(group, what));
    notices
}

fn renamed<'r>(release: &Release, group: &'r Group, body: BodyIndex, former: &BodyName) -> Entry<'r> {
    let uid = notice_uid(group, "renamed", &former.address());
    // On the day on which readers were told first.
    let when = day_of(release.since(&uid));
    notice(group, What::Renamed(when, body, former.clone(), uid))
}

fn is_closed(group: &Group, body: BodyIndex, closed: Date) -> Entry<'_> {
    let uid = notice_uid(group, "closed", &group.bodies[body].name.address());
    notice(group, What::Closed(When::AllDay(Days::single(closed)), body, uid))
}

fn notice<'r>(group: &'r Group, what: What<'r>) -> Entry<'r> {
    Entry { group, meeting: None, what, may_join: false }
}

/// A colon stands in no id, so no session can lay claim to such a path.
fn notice_uid(group: &Group, what: &str, name: &str) -> Uid {
    Uid::of(&group.uid_domain, &format!("{}/{what}:{name}", group.id))
}

fn day_of(instant: Timestamp) -> When {
    When::AllDay(Days::single(Offset::UTC.to_datetime(instant).date()))
}

/// The notice of a feed that holds nothing else, dated by its release.
fn nothing<'r>(release: &'r Release, selection: &Selection) -> Option<Entry<'r>> {
    let group = *selection.groups(&release.timetable).first()?;
    let name = super::address::name(&release.timetable, selection);
    let uid = notice_uid(group, "nothing", &name);
    let recorded = notice_uid(group, "nothing", "");
    Some(notice(group, What::Nothing { when: day_of(release.instant), uid, recorded }))
}
