//! The sessions of a meeting: who, where, and on which clock.

use super::identity::former;
use super::reading::{Reading, waive};
use crate::definition::{self, Kind, Located};
use crate::problem::{Place, Problem};
use crate::timetable::{Details, Interpretation, Join, STUDY_GROUP, Session, Status};

/// Where what may clash is written.
pub(super) struct Places {
    /// Whether the session has no fault of its own: what is wrong with its day or hour is one mistake, not a clash too.
    pub(super) is_faultless: bool,
    /// The session's id.
    pub(super) id: Place,
    /// The bodies, or the session's id.
    pub(super) bodies: Place,
    /// The room, where there is one.
    pub(super) room: Option<Place>,
    /// The chair, where there is one.
    pub(super) chair: Option<Place>,
}

/// The sessions of a meeting with their places, in the order of the file.
pub(super) fn resolve(typed: &definition::Meeting, reading: &mut Reading<'_>) -> Vec<(Session, Places)> {
    let shared = shared_join(typed, reading);
    let sessions = typed.sessions.iter().flatten();
    sessions.filter_map(|session| reading.session(session, shared.as_ref())).collect()
}

/// The link to take part from afar that holds for all sessions.
fn shared_join(typed: &definition::Meeting, reading: &mut Reading<'_>) -> Option<Join> {
    let audience = reading.audiences(typed.join_audience.as_ref());
    if let Some(names) = typed.join_audience.as_ref().filter(|_| !typed.has("join")) {
        let problem = without_link(&names.place);
        reading.report(problem);
    }
    typed.join.as_ref().map(|url| Join { url: url.value.clone(), audience })
}

fn without_link(place: &Place) -> Problem {
    Problem::error(place, "there is no link that could be kept to an audience")
        .label("expected a line `join: https://…` beside this one")
        .help("a session that is meant for an audience alone says so with `audience:`")
}

impl Reading<'_> {
    fn session(&mut self, typed: &definition::Session, shared: Option<&Join>) -> Option<(Session, Places)> {
        waive(typed.allow.as_ref(), typed.has("allow"), &typed.whole, self.problems);
        let errors = self.problems.errors();
        let details = self.details(typed, shared);
        let audience = self.audiences(typed.audience.as_ref());
        let (mut bodies, guests) = self.names.bodies(self.scope, typed.bodies.as_ref(), self.problems);
        if bodies.is_empty() && guests.is_empty() {
            self.report_nobodys(typed);
            bodies.push(STUDY_GROUP);
        }
        let is_private = typed.private.as_ref().is_some_and(|private| private.value);
        if let Some(private) = typed.private.as_ref().filter(|_| is_private && !typed.has("audience")) {
            self.report(
                Problem::error(&private.place, "nobody would see this session")
                    .label(
                        "expected `audience: […]` beside it: a private session is in the feeds of its audience alone",
                    )
                    .help("name the audience, or remove `private`"),
            );
        }
        let cancelled = self.cancellation(typed.cancelled.as_ref());
        let timing = self.timing(typed, &details)?;
        let at_bodies = typed.bodies.as_ref().map(|bodies| &bodies.place);
        let is_whole =
            typed.bodies.as_ref().is_none_or(|bodies| bodies.is_whole) && (typed.bodies.is_some() || !typed.has("for"));
        let places = Places {
            is_faultless: self.problems.errors() == errors && is_whole,
            id: typed.id.as_ref().map_or(&typed.place, |id| &id.place).clone(),
            bodies: at_bodies.or(typed.id.as_ref().map(|id| &id.place)).unwrap_or(&typed.place).clone(),
            room: typed.room.as_ref().map(|room| room.place().clone()),
            chair: typed.chair.as_ref().map(|chair| chair.place().clone()),
        };
        let session = Session {
            id: typed.id.as_ref()?.value.clone(),
            former: former(typed.was.as_ref()),
            kind: typed.kind.as_ref()?.value,
            bodies,
            guests,
            order: typed.order.as_ref().map(|order| order.value),
            audience,
            is_private,
            interpretation: typed.interpretation.as_ref().map(interpretation),
            details,
            cancelled,
            occurrences: timing.occurrences,
            series: timing.series,
        };
        self.report_closed(&session, &places);
        Some((session, places))
    }

    fn details(&mut self, typed: &definition::Session, shared: Option<&Join>) -> Details {
        // Nobody takes part in a registration or a reception from afar.
        let is_there = |kind: &Located<Kind>| matches!(kind.value, Kind::Registration | Kind::Social);
        let inherited = shared.filter(|_| !typed.kind.as_ref().is_some_and(is_there));
        let own = self.audiences(typed.join_audience.as_ref());
        let url = typed.join.as_ref().map(|url| &url.value).or(inherited.map(|join| &join.url));
        if let Some(names) = typed.join_audience.as_ref().filter(|_| url.is_none() && !typed.has("join")) {
            let problem = without_link(&names.place);
            self.report(problem);
        }
        // A link of its own is kept to the same audience as the meeting's, unless it says otherwise.
        let of_all = || shared.map(|join| join.audience.clone()).unwrap_or_default();
        let audience = if own.is_empty() { of_all() } else { own };
        self.link_audience.clone_from(&audience);
        Details {
            title: self.line(typed.title.as_ref()),
            room: self.line(typed.room.as_ref()),
            chair: self.line(typed.chair.as_ref()),
            status: typed.status.as_ref().map_or(Status::Confirmed, |status| status.value),
            join: url.map(|url| Join { url: url.clone(), audience }),
            note: self.prose(typed.note.as_ref()),
            links: self.links(typed.links.as_ref()),
        }
    }

    /// Reports a session of Questions or working parties that names none: it would be in everybody's feed.
    fn report_nobodys(&mut self, typed: &definition::Session) {
        let Some(kind) = &typed.kind else { return };
        if matches!(kind.value, Kind::Question | Kind::WorkingParty) && !typed.has("for") {
            self.report(
                Problem::warning(
                    &kind.place,
                    "nobody",
                    format!("a session of kind `{}` does not say whose it is", kind.value.word()),
                )
                .label("without `for`, it is in the feeds of all bodies")
                .help("add `for: […]` with the bodies concerned, or the study group if all are"),
            );
        }
    }

    /// Reports a session of a body that is closed by then.
    fn report_closed(&mut self, session: &Session, places: &Places) {
        let Some(last) = session.occurrences.iter().map(|occurrence| occurrence.when.first_day()).max() else { return };
        for body in session.bodies.iter().map(|body| &self.scope.bodies[*body]) {
            let Some(closed) = body.closed.filter(|closed| last > *closed) else { continue };
            let problem =
                Problem::warning(&places.bodies, "closed-body", format!("`{}` was closed on {closed}", body.name))
                    .label(format!("this session is on {last}"))
                    .help("its feed ends on that day: name the body that took over its work")
                    .help("if it is right, add `allow: {closed-body: why}` to the session");
            self.problems.push(problem);
        }
    }
}

fn interpretation(typed: &definition::Interpretation) -> Interpretation {
    let languages = typed.languages.iter().flat_map(|languages| &languages.values);
    Interpretation {
        languages: languages.map(|language: &Located<_>| language.value.clone()).collect(),
        on_request: typed.on_request.as_ref().is_some_and(|on_request| on_request.value),
    }
}
