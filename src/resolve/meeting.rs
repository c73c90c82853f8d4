//! A meeting: its days, venue and documents, then its deadlines and sessions.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::clashes::Bookings;
use super::clock::{AnnouncedEnds, HourAssumptions};
use super::context::{MeetingContext, add_waivers};
use super::identity::{NamePaths, ResolvedUid, current_id};
use super::meeting_dates::meeting_dates;
use super::names::{ResolvedVenue, Scope};
use super::notices::SessionDays;
use super::scopes::AllScopes;
use super::sessions::SessionSpans;
use super::texts::Texts;
use super::uid_registry::{UidRegistry, UidSource, UidSourceKind};
use super::{UniqueValues, deadlines, sessions, zones};
use crate::definition::{self, MeetingFile, Spanned};
use crate::id::Id;
use crate::problem::{Problems, Span};
use crate::text::{Language, Line, Text, UiLanguage};
use crate::timetable::{
    BodyIndex, ConcernedBodies, Deadline, KnownDates, Letter, Meeting, STUDY_GROUP, Session, Status, Uid,
};

/// A resolved meeting file.
#[derive(Default)]
pub(super) struct ResolvedMeeting {
    /// The meeting, if it could be resolved.
    pub(super) meeting: Option<Arc<Meeting>>,
    /// The UIDs that it uses.
    pub(super) uids: UidRegistry,
    /// When it has sessions.
    pub(super) session_days: SessionDays,
    /// What its sessions book.
    pub(super) bookings: Bookings,
    /// The problems of this file alone, without those between files.
    pub(super) problems: Problems,
}

/// Resolves the file of a meeting.
pub(super) fn resolve(
    file: &MeetingFile,
    group: &definition::Group,
    scope: &Scope,
    all: AllScopes<'_>,
) -> ResolvedMeeting {
    let mut resolved = ResolvedMeeting::default();
    let ResolvedMeeting { uids, problems, .. } = &mut resolved;
    let Some(raw) = file.decode(problems) else { return resolved };
    add_waivers(raw.allow.as_ref(), raw.has("allow"), &raw.whole, problems);
    let repeated = report_duplicate_ids(&raw, group, problems);
    let dates = meeting_dates(&raw, problems);
    let venue = raw.venue.as_ref().and_then(|name| scope.venue(name, problems));
    let zone_of_venue = venue.as_ref().and_then(|venue| venue.zone.clone());
    // The time zone of the study group may be that of another city than the one that the file names.
    let is_zone_of_city = raw.zone.is_some() || zone_of_venue.is_some() || (venue.is_some() && raw.place.is_none());
    let zone = zones::zone(raw.zone.as_ref(), problems).or(zone_of_venue).unwrap_or_else(|| scope.zone.clone());
    let paths = NamePaths::from_group(&scope.id).join(&file.id, raw.was.as_ref().map(|was| &was.value));
    if let Some(was) = raw.was.as_ref().filter(|was| was.value == file.id) {
        problems.push(current_id(&was.span));
    }
    let languages = languages(&raw, scope, problems);
    let mut context = MeetingContext {
        raw: &raw,
        texts: Texts { languages: &languages, of_group: &scope.languages },
        scope,
        all,
        paths,
        file: file.span(),
        days: dates.days,
        known_dates: dates.known,
        concerns: ConcernedBodies::default(),
        zone,
        repeated,
        usual_assumptions: HourAssumptions::new(&raw, venue.as_ref(), scope),
        assumptions: HourAssumptions::default(),
        announced_ends: AnnouncedEnds::new(),
        link_audience: Vec::new(),
        slots_so_far: 0,
        rules_so_far: 0,
        faults_so_far: 0,
        uids,
        problems,
    };
    context.concerns = context.concerns(raw.bodies.as_ref());
    let (sessions, spans): (Vec<Session>, Vec<SessionSpans>) = sessions::resolve(&mut context).into_iter().unzip();
    context.report_former_occurrences(&sessions);
    let deadlines = deadlines::resolve(&sessions, &mut context);
    if let Some(mut meeting) = meeting(file, venue, deadlines, sessions, &mut context) {
        meeting.zone = is_zone_of_city.then(|| context.zone.clone());
        resolved.session_days = SessionDays::from_meeting(&meeting);
        resolved.bookings = Bookings::from_meeting(&meeting, &spans, scope, all);
        resolved.meeting = Some(Arc::new(meeting));
    }
    resolved
}

/// Returns the languages of the meeting's texts: its own, else those of the group.
fn languages(raw: &definition::Meeting, scope: &Scope, problems: &mut Problems) -> Vec<Language> {
    let mut seen: UniqueValues<Language> = UniqueValues::new();
    let mut languages = Vec::new();
    for language in raw.languages.iter().flat_map(|languages| &languages.values) {
        if seen.insert(language.clone(), "language", problems) {
            languages.push(language.value.clone());
        }
    }
    if languages.is_empty() { scope.languages.clone() } else { languages }
}

/// Puts the meeting together.
fn meeting(
    file: &MeetingFile,
    venue: Option<ResolvedVenue>,
    deadlines: Vec<Deadline>,
    sessions: Vec<Session>,
    context: &mut MeetingContext<'_>,
) -> Option<Meeting> {
    let raw = context.raw;
    // Private sessions do not affect what is public.
    let is_public = |session: &definition::Session| !session.private.as_ref().is_some_and(|private| private.value);
    let has_sessions = raw.sessions.iter().flatten().any(is_public);
    let ResolvedUid { uid, named } = context.paths.uid(&context.scope.uid_domain);
    let source = match &raw.was {
        Some(was) => UidSource { kind: UidSourceKind::FormerId, span: was.span.clone() },
        None => UidSource { kind: UidSourceKind::Id, span: context.file.clone() },
    };
    context.uids.register_meeting(&uid, source);
    let title = match &raw.title {
        Some(raw) => context.line(Some(raw)),
        None => Some(default_title(context.scope)),
    };
    let is_certain = has_sessions && context.known_dates != KnownDates::Month;
    let default_status = if is_certain { Status::Confirmed } else { Status::Tentative };
    Some(Meeting {
        id: file.id.clone(),
        former: raw.was.iter().map(|was| was.value.clone()).collect(),
        days: context.days,
        known_dates: context.known_dates,
        venue: venue.map(|venue| venue.venue),
        place: context.line(raw.place.as_ref()),
        zone: None,
        status: raw.status.as_ref().map_or(default_status, |status| status.value),
        cancelled: context.cancellation(raw.cancelled.as_ref(), raw.postponed.as_ref()),
        former_days: None,
        letter: raw.letter.as_ref().and_then(letter),
        agenda: document(raw, |documents| documents.agenda.as_ref()),
        timetable: document(raw, |documents| documents.timetable.as_ref()),
        note: context.prose(raw.note.as_ref()),
        links: context.links(raw.links.as_ref()),
        without_session: without_session(&sessions, raw.has("cancelled") || raw.has("postponed"), context),
        uid,
        named,
        is_archived: false,
        concerns: context.concerns.clone(),
        deadlines,
        sessions,
        title: title?,
    })
}

/// Returns the title of a meeting that has none of its own.
fn default_title(scope: &Scope) -> Text {
    Text::in_own_words(&scope.languages, |own, language| {
        let short = scope.short_in(language);
        match own {
            UiLanguage::Arabic => format!("اجتماع {short}"),
            UiLanguage::Chinese => format!("{short}会议"),
            UiLanguage::English => format!("{short} meeting"),
            UiLanguage::French => format!("Réunion {short}"),
            UiLanguage::Russian => format!("Собрание {short}"),
            UiLanguage::Spanish => format!("Reunión {short}"),
        }
    })
}

/// Reports duplicate ids among the file's sessions and deadlines, including inherited ones. Returns the spans of the
/// duplicates.
fn report_duplicate_ids(
    raw: &definition::Meeting,
    group: &definition::Group,
    problems: &mut Problems,
) -> BTreeSet<Span> {
    let deadlines = raw.deadlines.iter().flatten().filter_map(|deadline| deadline.id.as_ref());
    let sessions = || raw.sessions.iter().flatten().filter_map(|session| session.id.as_ref());
    let mut seen: UniqueValues<Id> = UniqueValues::new();
    let mut repeated = BTreeSet::new();
    for id in deadlines.chain(sessions()) {
        if !seen.insert(id.clone(), &format!("id `{}`", id.value), problems) {
            repeated.insert(id.span.clone());
        }
    }
    let mut rules: UniqueValues<Id> = UniqueValues::new();
    for (id, _) in group.deadlines.iter().flat_map(|rules| &rules.list).filter(|_| raw.has("starts")) {
        rules.0.insert(id.value.clone(), id.span.clone());
    }
    for id in sessions() {
        if rules.report_duplicate(id, &format!("id `{}`", id.value), problems) {
            repeated.insert(id.span.clone());
        }
    }
    repeated
}

fn letter(raw: &definition::Letter) -> Option<Letter> {
    Some(Letter {
        number: Line::from(&raw.number.as_ref()?.value.0).truncated_to_limit(),
        date: raw.date.as_ref().map(|date| date.value),
        url: raw.url.as_ref().map(|url| url.value.clone()),
    })
}

fn document(
    raw: &definition::Meeting,
    which: impl Fn(&definition::Documents) -> Option<&Spanned<definition::NonEmptyText>>,
) -> Option<Line> {
    let number = which(raw.documents.as_ref()?)?;
    Some(Line::from(&number.value.0).truncated_to_limit())
}

/// Returns the bodies that no session of the meeting names, for an audience or for everybody, and none of a body above or
/// below them other than the study group. Bodies that the meeting does not concern, or that were closed before, are not
/// expected to meet.
fn without_session(sessions: &[Session], is_cancelled: bool, context: &MeetingContext<'_>) -> Vec<(BodyIndex, Uid)> {
    let scope = context.scope;
    let is_public = sessions.iter().any(|session| !session.is_private);
    // On which days the meeting is has to be known.
    let is_known = context.known_dates == KnownDates::All;
    let Some(days) = context.days.filter(|_| is_known && is_public && !is_cancelled) else { return Vec::new() };
    let named: BTreeSet<BodyIndex> = sessions.iter().flat_map(|session| &session.bodies).copied().collect();
    let is_expected = |body: &BodyIndex| {
        let concerned = &context.concerns;
        concerned.is_empty() || concerned.bodies.iter().any(|named| scope.are_related(*named, *body))
    };
    let is_open = |body: &BodyIndex| scope.bodies[*body].closed.is_none_or(|closed| closed >= days.first());
    let meets = |body: &BodyIndex| named.iter().any(|named| *named != STUDY_GROUP && scope.are_related(*named, *body));
    let uid = |body: BodyIndex| {
        // No id contains a colon, so no session can have this path.
        let path = context.paths.was();
        Uid::from_path(&scope.uid_domain, &format!("{path}/no-session:{}", scope.bodies[body].address()))
    };
    (1..scope.bodies.len())
        .map(BodyIndex::new)
        .filter(|body| is_expected(body) && !meets(body) && is_open(body))
        .map(|body| (body, uid(body)))
        .collect()
}
