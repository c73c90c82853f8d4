//! The sessions of a meeting: who, where, and when.

use super::clock::HourAssumptions;
use super::context::{MeetingContext, add_waivers};
use super::identity::former_ids;
use super::zones;
use crate::definition::{self, LocalizedText, SessionKind, Spanned};
use crate::problem::{Problem, Problems, Span, Warning};
use crate::text::Text;
use crate::timetable::{
    ConcernedBodies, Details, Interpretation, JoinLink, STUDY_GROUP, Session, SessionPlace, Status, Venue,
};
use url::Url;

/// The spans at which clashes of a session are shown.
pub(super) struct SessionSpans {
    /// Whether the session has no errors. An error in its day or hour must not be reported as a clash too.
    pub(super) has_no_errors: bool,
    /// The session's id.
    pub(super) id: Span,
    /// The bodies, or the session's id.
    pub(super) bodies: Span,
    /// The room, where there is one.
    pub(super) room: Option<Span>,
    /// The chair, where there is one.
    pub(super) chair: Option<Span>,
}

/// Resolves the sessions of a meeting, in the order of the file, each with its spans.
pub(super) fn resolve(context: &mut MeetingContext<'_>) -> Vec<(Session, SessionSpans)> {
    let shared = inherited_join(context);
    let raw: Vec<&definition::Session> = context.raw.sessions.iter().flatten().collect();
    let mut resolved: Vec<Option<(Session, SessionSpans)>> = raw.iter().map(|_| None).collect();
    for index in context.order_of_sessions(&raw) {
        resolved[index] = context.session(raw[index], shared.as_ref());
        if let Some((session, _)) = &resolved[index] {
            context.record_ends(session);
        }
    }
    resolved.into_iter().flatten().collect()
}

/// Resolves the link for remote participation that all sessions inherit.
fn inherited_join(context: &mut MeetingContext<'_>) -> Option<JoinLink> {
    let raw = context.raw;
    let audience = context.audiences(raw.join_audience.as_ref());
    if let Some(names) = raw.join_audience.as_ref().filter(|_| !raw.has("join")) {
        let problem = missing_link(&names.span);
        context.report(problem);
    }
    if audience.is_empty() {
        raw.join.iter().for_each(|url| report_password(url, context.problems));
    }
    raw.join.as_ref().map(|url| JoinLink { url: url.value.clone(), audience })
}

/// Reports a link with a password in it.
fn report_password(url: &Spanned<Url>, problems: &mut Problems) {
    const NAMES: [&str; 4] = ["pwd", "passcode", "password", "pin"];
    if let Some((name, _)) = url.value.query_pairs().find(|(name, _)| NAMES.contains(&name.to_lowercase().as_str())) {
        problems.push(
            Problem::warning(&url.span, Warning::PublicPassword, "a link that everybody sees has a password in it")
                .label(format!("`{name}=` lets everybody in who reads a public calendar or page"))
                .help("add `join-audience: […]` to give the link to delegates of these audiences only")
                .help("if it is public, add `allow: {public-password: REASON}`"),
        );
    }
}

fn missing_link(span: &Span) -> Problem {
    Problem::error(span, "`join-audience` without a link")
        .label("expected a line `join: https://…` as well")
        .help("use `audience:` for a session that is only for an audience")
}

impl MeetingContext<'_> {
    fn session(&mut self, raw: &definition::Session, shared: Option<&JoinLink>) -> Option<(Session, SessionSpans)> {
        add_waivers(raw.allow.as_ref(), raw.has("allow"), &raw.whole, self.problems);
        let errors = self.problems.error_count();
        let venue = raw.venue.as_ref().and_then(|name| self.scope.venue(name, self.problems));
        let zone_of_venue = venue.as_ref().and_then(|venue| venue.zone.clone());
        self.assumptions = match (&venue, raw.has("place")) {
            (None, false) => self.usual_assumptions,
            (venue, _) => HourAssumptions::new(self.raw, venue.as_ref(), self.scope),
        };
        if let Some(length) = &raw.usual_length {
            self.assumptions.usual_length = Some(length.value);
        }
        let zone = zones::zone(raw.zone.as_ref(), self.problems).or(zone_of_venue);
        let zone = zone.unwrap_or_else(|| self.zone.clone());
        let place = self.place(venue.map(|venue| venue.venue), raw.place.as_ref());
        let details = Details { place, ..self.details(raw, shared) };
        let is_private = raw.private.as_ref().is_some_and(|private| private.value);
        self.report_passwords(raw, is_private);
        let audience = self.audiences(raw.audience.as_ref());
        let ConcernedBodies { mut bodies, mut guests } = self.concerns(raw.bodies.as_ref());
        if bodies.is_empty() && guests.is_empty() {
            if self.concerns.is_empty() || raw.has("for") {
                self.report_missing_bodies(raw);
                bodies.push(STUDY_GROUP);
            } else {
                ConcernedBodies { bodies, guests } = self.concerns.clone();
            }
        }
        if let Some(private) = raw.private.as_ref().filter(|_| is_private && !raw.has("audience")) {
            self.report(
                Problem::error(&private.span, "a private session without an audience")
                    .label("expected `audience: […]` as well: a private session is only in the feeds of its audience")
                    .help("name the audience, or remove `private`"),
            );
        }
        let cancelled = self.cancellation(raw.cancelled.as_ref(), raw.postponed.as_ref());
        let timing = self.timing(raw, &details, &zone)?;
        let at_bodies = raw.bodies.as_ref().map(|bodies| &bodies.span);
        let is_whole =
            raw.bodies.as_ref().is_none_or(|bodies| bodies.is_complete) && (raw.bodies.is_some() || !raw.has("for"));
        let spans = SessionSpans {
            has_no_errors: self.problems.error_count() == errors && is_whole,
            id: raw.id.as_ref().map_or(&raw.span, |id| &id.span).clone(),
            bodies: at_bodies.or(raw.id.as_ref().map(|id| &id.span)).unwrap_or(&raw.span).clone(),
            room: raw.room.as_ref().map(|room| room.span().clone()),
            chair: raw.chair.as_ref().map(|chair| chair.span().clone()),
        };
        let session = Session {
            id: raw.id.as_ref()?.value.clone(),
            former: former_ids(raw.was.as_ref()),
            kind: raw.kind.as_ref()?.value,
            bodies,
            guests,
            order: raw.order.as_ref().map(|order| order.value),
            is_in_feeds_of_bodies: !audience.is_empty() && raw.bodies.is_some() && !is_private,
            audience,
            is_private,
            is_free: raw.busy.as_ref().map_or_else(|| raw.kind.as_ref().is_some_and(is_free), |busy| !busy.value),
            languages: raw.languages.iter().flat_map(|all| &all.values).map(|one| one.value.clone()).collect(),
            interpretation: raw.interpretation.as_ref().map(interpretation),
            details,
            cancelled,
            occurrences: timing.occurrences,
            series: timing.series,
            skipped: timing.skipped,
        };
        self.report_closed(&session, &spans);
        Some((session, spans))
    }

    /// Reports links of a session that everybody sees and that have a password in them.
    fn report_passwords(&mut self, raw: &definition::Session, is_private: bool) {
        if is_private || !self.link_audience.is_empty() {
            return;
        }
        let of_changes = raw.changes.iter().flatten().filter_map(|change| change.join.as_ref());
        raw.join.iter().chain(of_changes).for_each(|url| report_password(url, self.problems));
    }

    fn details(&mut self, raw: &definition::Session, shared: Option<&JoinLink>) -> Details {
        // Registration and social events have no remote participation.
        let is_there = |kind: &Spanned<SessionKind>| {
            matches!(kind.value, SessionKind::Registration | SessionKind::Social | SessionKind::Break)
        };
        let inherited = shared.filter(|_| !raw.kind.as_ref().is_some_and(is_there));
        let own = self.audiences(raw.join_audience.as_ref());
        let url = raw.join.as_ref().map(|url| &url.value).or(inherited.map(|join| &join.url));
        if let Some(names) = raw.join_audience.as_ref().filter(|_| url.is_none() && !raw.has("join")) {
            let problem = missing_link(&names.span);
            self.report(problem);
        }
        // A session's own link has the audience of the meeting's link, unless it has its own.
        let of_all = || shared.map(|join| join.audience.clone()).unwrap_or_default();
        let audience = if own.is_empty() { of_all() } else { own };
        self.link_audience.clone_from(&audience);
        Details {
            title: self.line(raw.title.as_ref()),
            room: self.line(raw.room.as_ref()),
            place: None,
            chair: self.line(raw.chair.as_ref()),
            status: raw.status.as_ref().map_or(Status::Confirmed, |status| status.value),
            join: url.map(|url| JoinLink { url: url.clone(), audience }),
            note: self.prose(raw.note.as_ref()),
            links: self.links(raw.links.as_ref()),
        }
    }

    /// Returns where a session or an occurrence is, if not where its meeting is.
    pub(super) fn place(&mut self, venue: Option<Venue>, raw: Option<&LocalizedText>) -> Option<Box<SessionPlace>> {
        let is_online = |words: &Text| words.first().eq_ignore_ascii_case("online");
        let place = self.line(raw);
        if let (Some(words), Some(raw), Some(_)) = (&place, raw, &venue)
            && is_online(words)
        {
            self.report(
                Problem::error(raw.span(), "both a venue and `place: online`").label("expected one of the two"),
            );
        }
        let place = match (venue, place) {
            (Some(venue), None) => SessionPlace::Venue(venue),
            (Some(venue), place) => SessionPlace::Venue(Venue { place, ..venue }),
            (None, Some(words)) if is_online(&words) => SessionPlace::Online,
            (None, Some(words)) => SessionPlace::City(words),
            (None, None) => return None,
        };
        Some(Box::new(place))
    }

    /// Reports a session of Questions or working parties that names none: it would be in everybody's feed.
    fn report_missing_bodies(&mut self, raw: &definition::Session) {
        let Some(kind) = &raw.kind else { return };
        if matches!(kind.value, SessionKind::Question | SessionKind::WorkingParty) && !raw.has("for") {
            self.report(
                Problem::warning(
                    &kind.span,
                    Warning::Nobody,
                    format!("missing key `for` in a session of kind `{}`", kind.value.word()),
                )
                .label("without `for`, it is in the feeds of all bodies")
                .help("add `for: […]` with the bodies concerned, or the study group for all"),
            );
        }
    }

    /// Reports a session of a body that was closed before it.
    fn report_closed(&mut self, session: &Session, spans: &SessionSpans) {
        let Some(last) = session.occurrences.iter().map(|occurrence| occurrence.when.first_day()).max() else { return };
        for body in session.bodies.iter().map(|body| &self.scope.bodies[*body]) {
            let Some(closed) = body.closed.filter(|closed| last > *closed) else { continue };
            let problem =
                Problem::warning(&spans.bodies, Warning::ClosedBody, format!("`{}` was closed on {closed}", body.name))
                    .label(format!("this session is on {last}"))
                    .help("name the body that took over its work: the feed of this one ends on that day")
                    .help("if it is correct, add `allow: {closed-body: REASON}` to the session");
            self.problems.push(problem);
        }
    }
}

/// Returns `true` for sessions that are no work, so that calendars show their time as free.
fn is_free(kind: &Spanned<SessionKind>) -> bool {
    matches!(kind.value, SessionKind::Registration | SessionKind::Break | SessionKind::Newcomers | SessionKind::Social)
}

fn interpretation(raw: &definition::Interpretation) -> Interpretation {
    let languages = raw.languages.iter().flat_map(|languages| &languages.values);
    Interpretation {
        languages: languages.map(|language: &Spanned<_>| language.value.clone()).collect(),
        on_request: raw.on_request.as_ref().is_some_and(|on_request| on_request.value),
    }
}
