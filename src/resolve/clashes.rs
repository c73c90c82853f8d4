//! Clashes: a room, a chair or a body in two places at once.
//!
//! A session of several bodies counts once. A body meets with all that is below it: a working party's plenary overlaps
//! the meetings of its Questions. Where sessions are told to be parallel, their bodies are not in one place.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::DateTime;

use super::names::{Scope, Section};
use super::sessions::Places;
use crate::body::Id;
use crate::problem::{Place, Problem, Problems};
use crate::timetable::{BodyIndex, Kind, Meeting, Order, Session, When};

/// Most clashes of one room, chair or body that are told.
const MOST_TOLD: usize = 50;
/// Most pairs of overlapping sessions that are looked at for it.
const MOST_PAIRS: usize = 100_000;

/// What may be in one place only.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    /// A room of a venue, or of a study group's meetings without one.
    Room(String, String),
    /// A person.
    Chair(String),
    /// A body of a study group.
    Body(Id, BodyIndex),
}

/// A stretch of time that something is taken for, in seconds since 1970.
struct Taken {
    start: i64,
    end: i64,
    /// The start on the wall clock, for people.
    wall: DateTime,
    /// Whether a change says so, and not the session as a whole.
    is_changed: bool,
    /// Whether the body itself meets, and not one below it. Always so for rooms and chairs.
    is_itself: bool,
    /// The session, by its number in the file.
    session: u32,
}

/// A stretch of time with the number of the file that says so.
type In<'a> = (usize, &'a Taken);

/// A session, by the number of its file and by its own in the file.
type SessionNumber = (usize, u32);

/// A session that takes something.
struct Taker {
    name: String,
    meeting: String,
    places: [Place; 3],
    id: Place,
}

/// What the sessions of a file take.
#[derive(Default)]
pub(super) struct Takers {
    taken: BTreeMap<What, Vec<Taken>>,
    sessions: Vec<Taker>,
    /// Names of rooms and chairs as they were written first.
    written: BTreeMap<String, String>,
}

impl Takers {
    /// Adds the sessions of a meeting.
    pub(super) fn add(&mut self, (scope, scopes): (&Scope, &[Scope]), meeting: &Meeting, places: &[Places]) {
        // Without a study group's own names nothing is known to be the same.
        if meeting.cancelled.is_some() || !scope.knows(Section::Short) {
            return;
        }
        let venue = meeting.venue.as_ref().map_or_else(|| scope.id.to_string(), |venue| same(first(&venue.name)));
        for (session, places) in meeting.sessions.iter().zip(places).filter(|(_, places)| places.is_faultless) {
            let Ok(number) = u32::try_from(self.sessions.len()) else { return };
            let place = |own: &Option<Place>| own.clone().unwrap_or_else(|| places.bodies.clone());
            self.sessions.push(Taker {
                name: session.id.to_string(),
                meeting: meeting.id.to_string(),
                places: [place(&places.room), place(&places.chair), places.bodies.clone()],
                id: places.id.clone(),
            });
            self.session((scope, scopes), session, (number, &venue));
        }
    }

    fn session(&mut self, (scope, scopes): (&Scope, &[Scope]), session: &Session, (number, venue): (u32, &str)) {
        let bodies = bodies(scope, scopes, session);
        for occurrence in &session.occurrences {
            if session.cancelled(occurrence).is_some() {
                continue;
            }
            let When::Timed(span) = &occurrence.when else { continue };
            let details = session.details(occurrence);
            let mut take = |what: What, is_itself: bool, is_changed: bool| {
                let (start, end, wall) =
                    (span.start().instant.as_second(), span.end().instant.as_second(), span.start().wall);
                let taken = Taken { start, end, wall, is_changed, is_itself, session: number };
                self.taken.entry(what).or_default().push(taken);
            };
            if let Some(room) = &details.room {
                self.written.entry(same(first(room))).or_insert_with(|| first(room).to_owned());
                take(What::Room(venue.to_owned(), same(first(room))), true, details.room != session.details.room);
            }
            if let Some(chair) = &details.chair {
                self.written.entry(same(first(chair))).or_insert_with(|| first(chair).to_owned());
                take(What::Chair(same(first(chair))), true, details.chair != session.details.chair);
            }
            for (what, is_itself) in &bodies {
                take(what.clone(), *is_itself, false);
            }
        }
    }
}

/// Reports each pair of sessions that clash, once. The files are given in their order.
pub(super) fn report(files: &[&Takers], scopes: &[Scope], problems: &mut Problems) {
    let mut all: BTreeMap<&What, Vec<In<'_>>> = BTreeMap::new();
    for (file, takers) in files.iter().enumerate() {
        for (what, taken) in &takers.taken {
            all.entry(what).or_default().extend(taken.iter().map(|taken| (file, taken)));
        }
    }
    let mut told: BTreeSet<(usize, SessionNumber, SessionNumber)> = BTreeSet::new();
    for (what, mut taken) in all {
        taken.sort_by_key(|(file, taken)| (taken.start, taken.end, *file, taken.session));
        let (mut seen, mut told_of_it) = (0, 0);
        let mut active: [Vec<In<'_>>; 2] = [Vec::new(), Vec::new()];
        for now in taken {
            for active in &mut active {
                active.retain(|(_, earlier)| earlier.end > now.1.start);
            }
            // Two bodies below one another do not clash for the one above them.
            let others = active[0].iter().chain(active[1].iter().filter(|_| now.1.is_itself));
            for earlier in others {
                seen += 1;
                let (one, other) = in_order(*earlier, now);
                if told_of_it < MOST_TOLD && told.insert((what.sort(), session(one), session(other))) {
                    told_of_it += 1;
                    problems.push(problem(files, what, (one, other), now.1.wall, scopes));
                }
            }
            active[usize::from(!now.1.is_itself)].push(now);
            if told_of_it == MOST_TOLD || seen > MOST_PAIRS {
                break;
            }
        }
    }
}

fn session((file, taken): In<'_>) -> SessionNumber {
    (file, taken.session)
}

/// Two in the order of the files: the later one is the one to look at.
fn in_order<'a>(earlier: In<'a>, now: In<'a>) -> (In<'a>, In<'a>) {
    if session(earlier) < session(now) { (earlier, now) } else { (now, earlier) }
}

fn problem(
    files: &[&Takers],
    what: &What,
    (first, second): (In<'_>, In<'_>),
    wall: DateTime,
    scopes: &[Scope],
) -> Problem {
    let written = |name: &String| files.iter().find_map(|file| file.written.get(name)).unwrap_or(name).clone();
    let (name, subject) = match what {
        What::Room(_, room) => ("room-clash", format!("the room `{}` is taken twice at a time", written(room))),
        What::Chair(chair) => ("chair-clash", format!("`{}` is to be in two places at once", written(chair))),
        What::Body(group, body) => {
            let written = scopes.iter().find(|scope| scope.id == *group).map(|scope| &scope.bodies[*body].written);
            ("body-clash", format!("{} is to be in two places at once", written.map_or("a body", String::as_str)))
        }
    };
    let taker = |(file, taken): In<'_>| &files[file].sessions[taken.session as usize];
    let place = |one: In<'_>| if one.1.is_changed { &taker(one).id } else { &taker(one).places[what.sort()] };
    let (place_of_first, place_of_second) = (place(first), place(second));
    let (first, second) = (taker(first), taker(second));
    let at = wall.strftime("%a %Y-%m-%d %H:%M");
    if first.id == second.id {
        return Problem::warning(place_of_second, name, subject)
            .label(format!("two occurrences of `{}` overlap at {at}", second.name))
            .help(format!("correct the hours or the day, or add `allow: {{{name}: why}}` to the session"));
    }
    // Ids are told apart by their meetings.
    let of = |taker: &Taker| {
        let is_elsewhere = first.meeting != second.meeting;
        if is_elsewhere { format!("`{}` of {}", taker.name, taker.meeting) } else { format!("`{}`", taker.name) }
    };
    Problem::warning(place_of_second, name, subject)
        .label(format!("{} and {} overlap at {at}", of(second), of(first)))
        .related(place_of_first, format!("here for {}", of(first)))
        .help(format!("move one of the two, or add `allow: {{{name}: why}}` to one of the sessions"))
}

impl What {
    /// Which of a session's places it is written at.
    fn sort(&self) -> usize {
        match self {
            Self::Room(..) => 0,
            Self::Chair(_) => 1,
            Self::Body(..) => 2,
        }
    }
}

/// The bodies that a session takes: those it names, and above them those that meet only in part.
fn bodies(scope: &Scope, scopes: &[Scope], session: &Session) -> Vec<(What, bool)> {
    // Registration and receptions keep nobody from meeting; a session for an audience is not that of its bodies.
    let meets =
        matches!(session.kind, Kind::Plenary | Kind::WorkingParty | Kind::Question | Kind::AdHoc | Kind::Management);
    if !meets || !session.audience.is_empty() || session.order == Some(Order::Parallel) {
        return Vec::new();
    }
    let mut taken: BTreeMap<What, bool> = BTreeMap::new();
    let mut take = |scope: &Scope, bodies: &[BodyIndex]| {
        for body in bodies {
            taken.insert(What::Body(scope.id.clone(), *body), true);
            let mut above = scope.bodies[*body].above;
            while let Some(body) = above {
                taken.entry(What::Body(scope.id.clone(), body)).or_insert(false);
                above = scope.bodies[body].above;
            }
        }
    };
    take(scope, &session.bodies);
    for guest in &session.guests {
        if let Some(scope) = scopes.iter().find(|scope| scope.id == guest.group) {
            take(scope, &guest.bodies);
        }
    }
    taken.into_iter().collect()
}

fn first(text: &crate::text::Text) -> &str {
    text.first()
}

/// A name without what does not tell names apart.
fn same(name: &str) -> String {
    name.to_lowercase()
}
