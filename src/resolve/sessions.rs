//! The sessions of a meeting: who, where, and when.

use super::context::{MeetingContext, add_waivers};
use super::identity::former_ids;
use crate::definition::{self, SessionKind, Spanned};
use crate::problem::{Problem, Span, Warning};
use crate::timetable::{Details, Interpretation, JoinLink, STUDY_GROUP, Session, Status};

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
    let sessions = context.raw.sessions.iter().flatten();
    sessions.filter_map(|session| context.session(session, shared.as_ref())).collect()
}

/// Resolves the link for remote participation that all sessions inherit.
fn inherited_join(context: &mut MeetingContext<'_>) -> Option<JoinLink> {
    let raw = context.raw;
    let audience = context.audiences(raw.join_audience.as_ref());
    if let Some(names) = raw.join_audience.as_ref().filter(|_| !raw.has("join")) {
        let problem = missing_link(&names.span);
        context.report(problem);
    }
    raw.join.as_ref().map(|url| JoinLink { url: url.value.clone(), audience })
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
        let details = self.details(raw, shared);
        let audience = self.audiences(raw.audience.as_ref());
        let (mut bodies, guests) = self.all.bodies(self.scope, raw.bodies.as_ref(), self.problems);
        if bodies.is_empty() && guests.is_empty() {
            self.report_missing_bodies(raw);
            bodies.push(STUDY_GROUP);
        }
        let is_private = raw.private.as_ref().is_some_and(|private| private.value);
        if let Some(private) = raw.private.as_ref().filter(|_| is_private && !raw.has("audience")) {
            self.report(
                Problem::error(&private.span, "a private session without an audience")
                    .label("expected `audience: […]` as well: a private session is only in the feeds of its audience")
                    .help("name the audience, or remove `private`"),
            );
        }
        let cancelled = self.cancellation(raw.cancelled.as_ref());
        let timing = self.timing(raw, &details)?;
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
            audience,
            is_private,
            interpretation: raw.interpretation.as_ref().map(interpretation),
            details,
            cancelled,
            occurrences: timing.occurrences,
            series: timing.series,
        };
        self.report_closed(&session, &spans);
        Some((session, spans))
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
            chair: self.line(raw.chair.as_ref()),
            status: raw.status.as_ref().map_or(Status::Confirmed, |status| status.value),
            join: url.map(|url| JoinLink { url: url.clone(), audience }),
            note: self.prose(raw.note.as_ref()),
            links: self.links(raw.links.as_ref()),
        }
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

fn interpretation(raw: &definition::Interpretation) -> Interpretation {
    let languages = raw.languages.iter().flat_map(|languages| &languages.values);
    Interpretation {
        languages: languages.map(|language: &Spanned<_>| language.value.clone()).collect(),
        on_request: raw.on_request.as_ref().is_some_and(|on_request| on_request.value),
    }
}
