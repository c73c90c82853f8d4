//! Clashes: a room, a chair or a body in two places at once.
//!
//! A session of several bodies counts once. A body meets with everything inside it: a working party's plenary clashes
//! with meetings of its Questions. The bodies of parallel sessions do not clash.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::DateTime;

use super::names::{Scope, Section};
use super::scopes::AllScopes;
use super::sessions::SessionSpans;
use crate::id::Id;
use crate::problem::{Problem, Problems, Span, Warning};
use crate::text::Text;
use crate::timetable::{BodyIndex, Meeting, Session, SessionKind, SessionOrder, SessionPlace, When};

/// The largest number of clashes reported for one room, chair or body.
const MAX_CLASHES: usize = 50;
/// The largest number of overlapping pairs that are examined for it.
const MAX_PAIRS: usize = 100_000;

/// Something that can be in one place only.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Resource {
    /// A room of a venue, or of a study group's meetings without a venue.
    Room { venue: String, room: String },
    /// A person.
    Chair(String),
    /// A body of a study group.
    Body(Id, BodyIndex),
}

/// The time for which a session books a resource.
struct Booking {
    /// In Unix seconds.
    start: i64,
    /// In Unix seconds.
    end: i64,
    /// The start on the wall clock, for messages.
    wall: DateTime,
    /// Whether an override says so, and not the session as a whole.
    is_overridden: bool,
    /// Whether the body itself meets, and not one inside it. Always `true` for rooms and chairs.
    is_itself: bool,
    /// The session, as an index in [`Bookings::sessions`].
    session: usize,
}

/// A session that books resources.
struct BookingSession {
    name: String,
    meeting: String,
    id: Span,
    room: Span,
    chair: Span,
    bodies: Span,
}

/// The bookings of the sessions of one file.
#[derive(Default)]
pub(super) struct Bookings {
    by_resource: BTreeMap<Resource, Vec<Booking>>,
    sessions: Vec<BookingSession>,
    /// The names of rooms and chairs as first written, by their normalized form.
    written: BTreeMap<String, String>,
}

impl Bookings {
    /// Returns the bookings of a meeting's sessions. `spans` are those of the sessions.
    pub(super) fn from_meeting(meeting: &Meeting, spans: &[SessionSpans], scope: &Scope, all: AllScopes<'_>) -> Self {
        let mut bookings = Self::default();
        // Without the study group's own names, names cannot be compared.
        if meeting.cancelled.is_some() || !scope.is_complete(Section::Short) {
            return bookings;
        }
        let venue = meeting.venue.as_ref().map_or_else(|| scope.id.to_string(), |venue| normalized(venue.name.first()));
        for (session, spans) in meeting.sessions.iter().zip(spans).filter(|(_, spans)| spans.has_no_errors) {
            let span = |own: &Option<Span>| own.clone().unwrap_or_else(|| spans.bodies.clone());
            bookings.sessions.push(BookingSession {
                name: session.id.to_string(),
                meeting: meeting.id.to_string(),
                id: spans.id.clone(),
                room: span(&spans.room),
                chair: span(&spans.chair),
                bodies: spans.bodies.clone(),
            });
            bookings.book(session, &venue, &booked_bodies(session, scope, all));
        }
        bookings
    }

    /// Adds the bookings of the last of the sessions. `bodies` are those that it books.
    fn book(&mut self, session: &Session, venue: &str, bodies: &BTreeMap<Resource, bool>) {
        let index = self.sessions.len() - 1;
        for occurrence in session.occurrences.iter().filter(|it| session.cancelled(it).is_none()) {
            // Hours that nobody announced clash with nothing.
            let (When::Timed(span), false) = (&occurrence.when, occurrence.hours.is_start_assumed()) else { continue };
            let details = session.details(occurrence);
            let start = span.start().instant.as_second();
            // An end that nobody announced clashes with nothing.
            let end = if occurrence.hours.is_end_assumed() { start + 1 } else { span.end().instant.as_second() };
            let booking = |is_itself: bool, is_overridden: bool| Booking {
                start,
                end,
                wall: span.start().wall,
                is_overridden,
                is_itself,
                session: index,
            };
            if let Some(room) = &details.room {
                let venue = match details.place.as_deref() {
                    Some(SessionPlace::Venue(venue)) => normalized(venue.name.first()),
                    Some(SessionPlace::City(city)) => normalized(city.first()),
                    Some(SessionPlace::Online) | None => venue.to_owned(),
                };
                let room = Resource::Room { venue, room: self.normalize(room) };
                self.add(room, booking(true, details.room != session.details.room));
            }
            if let Some(chair) = &details.chair {
                let chair = Resource::Chair(self.normalize(chair));
                self.add(chair, booking(true, details.chair != session.details.chair));
            }
            for (body, is_itself) in bodies {
                self.add(body.clone(), booking(*is_itself, false));
            }
        }
    }

    fn add(&mut self, resource: Resource, booking: Booking) {
        self.by_resource.entry(resource).or_default().push(booking);
    }

    /// Returns the normalized form of a name, and remembers how it was written.
    fn normalize(&mut self, name: &Text) -> String {
        let normalized = normalized(name.first());
        self.written.entry(normalized.clone()).or_insert_with(|| name.first().to_owned());
        normalized
    }
}

/// A booking and the file that it is in.
#[derive(Clone, Copy)]
struct FileBooking<'a> {
    file: usize,
    bookings: &'a Bookings,
    booking: &'a Booking,
}

impl<'a> FileBooking<'a> {
    /// Returns the position of the session in the order of the files.
    fn position(self) -> (usize, usize) {
        (self.file, self.booking.session)
    }

    fn session(self) -> &'a BookingSession {
        &self.bookings.sessions[self.booking.session]
    }

    /// Returns the span at which a clash of this booking is shown.
    fn span(self, resource: &Resource) -> &'a Span {
        let session = self.session();
        match resource {
            _ if self.booking.is_overridden => &session.id,
            Resource::Room { .. } => &session.room,
            Resource::Chair(_) => &session.chair,
            Resource::Body(..) => &session.bodies,
        }
    }
}

/// Reports each clashing pair of sessions once for each kind of resource. The files are in order.
pub(super) fn report(files: &[&Bookings], scopes: &[Scope], problems: &mut Problems) {
    let mut all: BTreeMap<&Resource, Vec<FileBooking<'_>>> = BTreeMap::new();
    for (file, bookings) in files.iter().enumerate() {
        for (resource, of_file) in &bookings.by_resource {
            all.entry(resource).or_default().extend(of_file.iter().map(|booking| FileBooking {
                file,
                bookings,
                booking,
            }));
        }
    }
    let mut reported = BTreeSet::new();
    for (resource, mut entries) in all {
        entries.sort_by_key(|entry| (entry.booking.start, entry.booking.end, entry.position()));
        let (mut pairs, mut clashes) = (0, 0);
        // The entries that have not ended: those of the body itself, and those of bodies inside it.
        let mut open: [Vec<FileBooking<'_>>; 2] = [Vec::new(), Vec::new()];
        for entry in entries {
            for earlier in &mut open {
                earlier.retain(|earlier| earlier.booking.end > entry.booking.start);
            }
            // Two bodies inside the same body do not clash for that body.
            let others = open[0].iter().chain(open[1].iter().filter(|_| entry.booking.is_itself));
            for earlier in others {
                pairs += 1;
                let mut pair = [*earlier, entry];
                pair.sort_by_key(|entry| entry.position());
                let positions = pair.map(FileBooking::position);
                if clashes < MAX_CLASHES && reported.insert((warning(resource), positions)) {
                    clashes += 1;
                    problems.push(problem(resource, pair, entry.booking.wall, scopes));
                }
            }
            open[usize::from(!entry.booking.is_itself)].push(entry);
            if clashes == MAX_CLASHES || pairs > MAX_PAIRS {
                break;
            }
        }
    }
}

fn warning(resource: &Resource) -> Warning {
    match resource {
        Resource::Room { .. } => Warning::RoomClash,
        Resource::Chair(_) => Warning::ChairClash,
        Resource::Body(..) => Warning::BodyClash,
    }
}

/// Returns the problem of two bookings that overlap at `wall`, in the order of the files. It is shown at the second.
fn problem(resource: &Resource, pair: [FileBooking<'_>; 2], wall: DateTime, scopes: &[Scope]) -> Problem {
    let written = |name: &String| {
        let of_each = pair.map(|entry| entry.bookings.written.get(name));
        of_each.into_iter().flatten().next().unwrap_or(name).clone()
    };
    let title = match resource {
        Resource::Room { room, .. } => format!("the room `{}` is booked twice at a time", written(room)),
        Resource::Chair(chair) => format!("`{}` is in two places at once", written(chair)),
        Resource::Body(group, body) => {
            let scope = scopes.iter().find(|scope| scope.id == *group);
            let name = scope.map_or("a body", |scope| scope.bodies[*body].written.first());
            format!("{name} is in two places at once")
        }
    };
    let warning = warning(resource);
    let [first, second] = pair.map(FileBooking::session);
    let problem = Problem::warning(pair[1].span(resource), warning, title);
    let at = wall.strftime("%a %Y-%m-%d %H:%M");
    if first.id == second.id {
        return problem.label(format!("two occurrences of `{}` overlap at {at}", second.name)).help(format!(
            "correct the hours or the day, or add `allow: {{{}: REASON}}` to the session",
            warning.name()
        ));
    }
    // Ids are unique within a meeting.
    let name = |session: &BookingSession| {
        let is_elsewhere = first.meeting != second.meeting;
        if is_elsewhere { format!("`{}` of {}", session.name, session.meeting) } else { format!("`{}`", session.name) }
    };
    problem
        .label(format!("{} and {} overlap at {at}", name(second), name(first)))
        .related(pair[0].span(resource), format!("here for {}", name(first)))
        .help(format!("move one of the two, or add `allow: {{{}: REASON}}` to one of the sessions", warning.name()))
}

/// Returns the bodies that a session books: those it names (`true`), and those that contain them, which meet only in part
/// (`false`).
fn booked_bodies(session: &Session, scope: &Scope, all: AllScopes<'_>) -> BTreeMap<Resource, bool> {
    // Registration, receptions and the management team do not keep bodies from meeting. A session for an audience is not one of its
    // bodies.
    let meets = matches!(
        session.kind,
        SessionKind::Plenary
            | SessionKind::WorkingParty
            | SessionKind::Question
            | SessionKind::Meeting
            | SessionKind::AdHoc
    );
    if !meets || !session.audience.is_empty() || session.order == Some(SessionOrder::Parallel) {
        return BTreeMap::new();
    }
    let mut booked: BTreeMap<Resource, bool> = BTreeMap::new();
    let mut book = |scope: &Scope, bodies: &[BodyIndex]| {
        for body in bodies {
            booked.insert(Resource::Body(scope.id.clone(), *body), true);
            let mut parent = scope.bodies[*body].parent;
            while let Some(body) = parent {
                booked.entry(Resource::Body(scope.id.clone(), body)).or_insert(false);
                parent = scope.bodies[body].parent;
            }
        }
    };
    book(scope, &session.bodies);
    for guest in &session.guests {
        if let Some(scope) = all.scopes.iter().find(|scope| scope.id == guest.group) {
            book(scope, &guest.bodies);
        }
    }
    booked
}

/// Normalizes a name for comparison.
fn normalized(name: &str) -> String {
    name.to_lowercase()
}
