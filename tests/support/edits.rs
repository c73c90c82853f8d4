//! Random edits of definitions, as a secretary would make them.

use std::fmt::Write;

use convene::definition::DefinitionFile;

/// Random numbers that are the same for the same seed. Source: xorshift64*, Vigna 2016
pub struct Random(u64);

impl Random {
    pub fn from_seed(seed: usize) -> Self {
        Self(0x9E37_79B9_7F4A_7C15 ^ ((seed as u64 + 1) << 17))
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11
    }

    /// Returns a number below another one.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next()).unwrap_or(0) % end.max(1)
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    pub fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }
}

/// A session, as in a definition.
#[derive(Clone, PartialEq, Debug)]
struct Session {
    id: String,
    was: Option<String>,
    /// The ids that it had before.
    former: Vec<String>,
    /// A number that distinguishes it from every other session that ever existed.
    serial: usize,
    bodies: &'static str,
    days: Vec<u8>,
    /// Whether the days are a list, so that each is an event of its own.
    is_list: bool,
    at: &'static str,
    zone: Option<&'static str>,
    repeat: Option<u8>,
    skip: Vec<u8>,
    moved: Option<(u8, u8)>,
    title: usize,
    room: Option<&'static str>,
    chair: Option<usize>,
    note: Option<usize>,
    cancelled: Option<usize>,
    status: &'static str,
    audience: Option<&'static str>,
    is_private: bool,
    join: Option<usize>,
}

#[derive(Clone, PartialEq, Debug)]
struct Deadline {
    id: String,
    title: usize,
    day: u8,
}

#[derive(Clone, PartialEq, Debug)]
struct Meeting {
    id: String,
    was: Option<String>,
    has_days: bool,
    last_day: u8,
    work_dir: usize,
    sessions: Vec<Session>,
    deadlines: Vec<Deadline>,
    cancelled: bool,
}

/// Returns what `was:` has after a rename: the name before it, or still the first one.
fn rename(was: Option<String>, id: String, random: &mut Random) -> Option<String> {
    was.filter(|_| random.one_in(2)).or(Some(id))
}

/// A folder of definitions: one study group and one delegate.
#[derive(Clone, PartialEq, Debug)]
pub struct Definitions {
    meetings: Vec<Meeting>,
    /// The bodies, each with its former name, as the definitions say.
    bodies: Vec<(&'static str, Option<&'static str>)>,
    languages: &'static str,
    contact: usize,
    reminder: usize,
    hides: bool,
    fresh: usize,
}

const ROOMS: [&str; 4] = ["K", "L", "Popov", "Room with a name, and a comma"];
/// The number of weeks that stands for a series until further notice.
const UNTIL_FURTHER_NOTICE: u8 = 20;
const HOURS: [&str; 10] = [
    "09:30-10:30",
    "14:30-16:00",
    "morning",
    "afternoon",
    "unknown",
    "22:00-01:00",
    "11:00",
    "until 16:00",
    "about 14:30-16:00",
    "09:30-10:30 at the latest",
];

impl Definitions {
    pub fn first(random: &mut Random) -> Self {
        let mut first = Self {
            meetings: Vec::new(),
            bodies: vec![("WP1", None), ("Q1", None), ("Q2", None), ("Q3", None)],
            languages: "[en, zh]",
            contact: 0,
            reminder: 15,
            hides: false,
            fresh: 0,
        };
        for _ in 0..2 {
            first.add_meeting(random);
        }
        first
    }

    fn fresh(&mut self) -> usize {
        self.fresh += 1;
        self.fresh
    }

    fn add_meeting(&mut self, random: &mut Random) {
        let number = self.fresh();
        let mut meeting = Meeting {
            id: format!("m{number}"),
            was: None,
            has_days: !random.one_in(4),
            last_day: 20 + u8::try_from(random.below(5)).unwrap_or(0),
            work_dir: number,
            sessions: Vec::new(),
            deadlines: vec![Deadline { id: format!("d{number}"), title: number, day: 5 }],
            cancelled: false,
        };
        for _ in 0..3 {
            meeting.sessions.push(self.session(random));
        }
        self.meetings.push(meeting);
    }

    fn session(&mut self, random: &mut Random) -> Session {
        let serial = self.fresh();
        let is_list = random.one_in(3);
        let days = if is_list { vec![10, 11, 12] } else { vec![u8::try_from(9 + random.below(8)).unwrap_or(9)] };
        let names: Vec<&'static str> = self.bodies.iter().map(|(name, _)| *name).collect();
        Session {
            id: format!("s{serial}"),
            was: None,
            former: Vec::new(),
            serial,
            bodies: random.pick(&names),
            days,
            is_list,
            at: random.pick(&HOURS),
            zone: None,
            repeat: (!is_list && random.one_in(3)).then_some(5),
            skip: Vec::new(),
            moved: None,
            title: serial,
            room: Some(random.pick(&ROOMS)),
            chair: None,
            note: None,
            cancelled: None,
            status: "confirmed",
            audience: None,
            is_private: false,
            join: None,
        }
    }

    /// Makes one edit, and returns its name.
    pub fn edit(&mut self, random: &mut Random, past: &[Self]) -> &'static str {
        if self.meetings.is_empty() || random.one_in(14) {
            return self.edit_meetings(random);
        }
        let fresh = self.fresh();
        let at = random.below(self.meetings.len());
        if random.one_in(10) && !past.is_empty() {
            let fresh = self.fresh;
            *self = past[random.below(past.len())].clone();
            self.fresh = fresh;
            return "revert";
        }
        if random.one_in(8) {
            return self.edit_group(random, fresh);
        }
        if random.one_in(8) {
            let deadlines = &mut self.meetings[at].deadlines;
            match random.below(4) {
                0 => deadlines.push(Deadline { id: format!("d{fresh}"), title: fresh, day: 6 }),
                1 => drop(deadlines.pop()),
                2 => deadlines.iter_mut().for_each(|deadline| deadline.day = 4 + (deadline.day + 1) % 20),
                _ => deadlines.iter_mut().for_each(|deadline| deadline.title = fresh),
            }
            return "deadlines";
        }
        if self.meetings[at].sessions.is_empty() || random.one_in(8) {
            let mut session = self.session(random);
            let names = self.meetings[at].sessions.iter().filter(|known| known.was.is_none());
            let names: Vec<&String> = names.flat_map(|known| &known.former).collect();
            if !names.is_empty() && random.one_in(2) {
                session.id.clone_from(random.pick(&names));
            }
            self.meetings[at].sessions.push(session);
            return "add";
        }
        let which = random.below(self.meetings[at].sessions.len());
        if random.one_in(7) {
            let gone = self.meetings[at].sessions.remove(which);
            if gone.is_list && random.one_in(2) {
                self.split(&gone, at, fresh);
                return "split";
            }
            return "delete";
        }
        let names: Vec<&'static str> = self.bodies.iter().map(|(name, _)| *name).collect();
        self.meetings[at].sessions[which].edit(random, fresh, &names)
    }

    /// Splits a session of several days into one for each day.
    fn split(&mut self, block: &Session, at: usize, fresh: usize) {
        let former = block.id.clone();
        let hour = block.at.split('-').next().unwrap_or_default().to_owned();
        for (index, day) in block.days.iter().enumerate() {
            let id = format!("{}-{fresh}-{index}", block.id);
            let was = Some(format!("{former} 2025-06-{day:02} {hour}"));
            let days = vec![*day];
            self.meetings[at].sessions.push(Session { id, was, days, is_list: false, ..block.clone() });
        }
    }

    fn edit_meetings(&mut self, random: &mut Random) -> &'static str {
        let at = random.below(self.meetings.len());
        match random.below(6) {
            0 => {
                self.meetings[at].was = None;
                "forget the former name"
            }
            1 if self.meetings.len() > 1 => {
                self.meetings.remove(at);
                "delete a meeting"
            }
            2 if !self.meetings.is_empty() => {
                let fresh = self.fresh();
                let meeting = &mut self.meetings[at];
                let id = std::mem::replace(&mut meeting.id, format!("m{fresh}"));
                meeting.was = rename(meeting.was.take(), id, random);
                "rename a meeting"
            }
            3 if !self.meetings.is_empty() => {
                let fresh = self.fresh();
                let meeting = &mut self.meetings[at];
                match random.below(4) {
                    0 => meeting.cancelled = !meeting.cancelled,
                    1 => meeting.work_dir = fresh,
                    2 => meeting.has_days = !meeting.has_days,
                    _ => meeting.last_day = 20 + (meeting.last_day + 1) % 5,
                }
                "change a meeting"
            }
            _ => {
                self.add_meeting(random);
                "add a meeting"
            }
        }
    }

    fn edit_group(&mut self, random: &mut Random, fresh: usize) -> &'static str {
        match random.below(8) {
            0 => self.contact = fresh,
            6 => self.rename_body(random),
            7 => self.bodies[1..].reverse(),
            1 => self.languages = random.pick(&["[en, zh]", "[en]", "[en, zh, fr]", "[zh, en]"]),
            2 => self.reminder = random.pick(&[15, 30, 60]),
            3 => self.hides = !self.hides,
            4 => self.bodies.retain(|(name, _)| *name != "Q3"),
            _ => {
                if !self.bodies.iter().any(|(name, former)| *name == "Q3" || *former == Some("Q3")) {
                    self.bodies.push(("Q3", None));
                }
            }
        }
        "group"
    }

    /// Gives a Question another name, or no longer says what it was called.
    fn rename_body(&mut self, random: &mut Random) {
        let at = 1 + random.below(self.bodies.len() - 1);
        let (name, former) = self.bodies[at];
        let is_free = |new: &&str| self.bodies.iter().all(|(name, former)| name != new && *former != Some(new));
        let free: Vec<&'static str> = ["Q4", "Q5", "Q6"].into_iter().filter(is_free).collect();
        if former.is_some() && random.one_in(2) {
            self.bodies[at].1 = None;
        } else if !free.is_empty() {
            let new = random.pick(&free);
            self.bodies[at] = (new, Some(name));
            let sessions = self.meetings.iter_mut().flat_map(|meeting| &mut meeting.sessions);
            sessions.filter(|session| session.bodies == name).for_each(|session| session.bodies = new);
        }
    }

    /// Returns the files, in an order without meaning.
    pub fn files(&self) -> Vec<DefinitionFile> {
        let mut files = vec![
            DefinitionFile::new("sg1/group.yaml", self.group()),
            DefinitionFile::new("delegates.yaml", self.delegates()),
        ];
        for meeting in &self.meetings {
            files.push(DefinitionFile::new(format!("sg1/{}.yaml", meeting.id), meeting.text()));
        }
        files
    }

    fn group(&self) -> String {
        let question = |(name, former): &(&str, Option<&str>)| {
            let was = former.map(|former| format!(", was: {former}")).unwrap_or_default();
            format!("\n  {name}: {{name: Question{was}}}")
        };
        let questions: String = self.bodies[1..].iter().map(question).collect();
        let inside: Vec<&str> = self.bodies[1..].iter().map(|(name, _)| *name).filter(|name| *name != "Q3").collect();
        let inside = inside.join(", ");
        format!(
            "short: SG1\nsuffix: /1\nname: A study group\ntimezone: Europe/Zurich\nlanguages: {}\nuid-domain: sg1.example\n\
             contact: contact{}@example.org\nhours: {{morning: 09:30-12:30, afternoon: 14:30-17:30}}\n\
             working-parties:\n  WP1: {{name: First party, questions: [{inside}]}}\n\
             questions:{questions}\naudiences:\n  management: {{name: Management}}\n",
            self.languages, self.contact
        )
    }

    fn delegates(&self) -> String {
        let hides = if self.hides { "hide" } else { "mark" };
        format!(
            "- {{id: delegate-1, follows: [SG1/WP1], audiences: [SG1/management], reminders: {{sessions: {} minutes}}, \
             cancelled: {hides}}}\n",
            self.reminder
        )
    }
}

impl Session {
    fn edit(&mut self, random: &mut Random, fresh: usize, bodies: &[&'static str]) -> &'static str {
        match random.below(20) {
            19 => {
                let zones = [None, Some("Europe/Berlin"), Some("Europe/London"), Some("America/New_York")];
                self.zone = random.pick(&zones);
            }
            0 => self.title = fresh,
            1 => self.room = random.pick(&[None, Some("K"), Some("L"), Some("Popov")]),
            2 => self.chair = random.pick(&[None, Some(fresh)]),
            3 => self.note = random.pick(&[None, Some(fresh)]),
            4 => self.cancelled = if self.cancelled.is_some() { None } else { Some(fresh) },
            5 => self.status = random.pick(&["confirmed", "tentative", "provisional"]),
            6 => {
                self.audience = random.pick(&[None, Some("management")]);
                self.is_private = self.audience.is_some() && random.one_in(2);
            }
            7 => self.join = random.pick(&[None, Some(fresh)]),
            8 => self.bodies = random.pick(bodies),
            9 => self.at = random.pick(&HOURS),
            10 => {
                let id = std::mem::replace(&mut self.id, format!("s{}-{fresh}", self.serial));
                self.former.push(id.clone());
                self.was = rename(self.was.take(), id, random);
                return "rename";
            }
            11 if self.repeat.is_some() => {
                self.skip = if self.skip.is_empty() { vec![self.days[0] + 7] } else { Vec::new() };
                return "skip";
            }
            12 if self.repeat.is_some() => {
                let week = self.days[0] + 7;
                self.moved = match self.moved {
                    None => Some((week, week + 1)),
                    Some((on, to)) if on != to => Some((week, week)),
                    Some(_) => None,
                };
                return "move one";
            }
            13 if self.repeat.is_some() => {
                self.repeat = Some(random.pick(&[2, 3, 5, UNTIL_FURTHER_NOTICE]));
                return "series";
            }
            14 if self.is_list => {
                match self.days.len() {
                    1 => self.days.push(if self.days[0] == 13 { 14 } else { 13 }),
                    many => drop(self.days.remove(random.below(many))),
                }
                return "days";
            }
            16 => {
                self.is_private = !self.is_private;
                self.audience = self.is_private.then_some("management");
                if random.one_in(2) {
                    self.title = fresh;
                }
                return "privacy";
            }
            18 if self.was.is_some() => {
                self.was = None;
                return "forget the former name";
            }
            17 if self.is_private => {
                self.title = fresh;
                return "a private title";
            }
            _ if self.is_list => self.days.iter_mut().for_each(|day| *day = 9 + (*day + 1) % 8),
            _ => self.days[0] = 9 + (self.days[0] + 1) % 8,
        }
        "change"
    }

    fn text(&self) -> String {
        let mut text = format!("- id: {}\n  kind: question\n  for: [{}]\n", self.id, self.bodies);
        let mut line = |key: &str, value: String| writeln!(text, "  {key}: {value}").expect("to memory");
        if let Some(was) = &self.was {
            line("was", was.clone());
        }
        let day = |day: &u8| format!("2025-06-{day:02}");
        if self.is_list {
            line("days", format!("[{}]", self.days.iter().map(day).collect::<Vec<_>>().join(", ")));
        } else {
            line("day", day(&self.days[0]));
        }
        line("at", self.at.to_owned());
        if let Some(zone) = self.zone {
            line("zone", zone.to_owned());
        }
        line("title", format!("Title {}, serial{}", self.title, self.serial));
        line("status", self.status.to_owned());
        if let Some(count) = self.repeat {
            let end = match count {
                UNTIL_FURTHER_NOTICE => " until further notice".to_owned(),
                count => format!(";COUNT={count}"),
            };
            line("repeat", format!("FREQ=WEEKLY{end}"));
            let last = self.days[0] + 7 * (count - 1);
            let within = |day: &&u8| **day <= last && (**day - self.days[0]).is_multiple_of(7) && **day <= 30;
            let skip: Vec<String> = self.skip.iter().filter(within).map(day).collect();
            if !skip.is_empty() {
                line("skip", format!("[{}]", skip.join(", ")));
            }
            let moved = self.moved.filter(|(on, to)| within(&on) && !self.skip.contains(on) && *to <= 30);
            if let Some((on, to)) = moved {
                let time = if on == to { "at: 20:00-21:00".to_owned() } else { format!("moved: {}", day(&to)) };
                line("changes", format!("[{{on: {}, {time}}}]", day(&on)));
            }
        }
        if let Some(room) = self.room {
            line("room", format!("\"{room}\""));
        }
        if let Some(chair) = self.chair {
            line("chair", format!("Chair {chair}"));
        }
        if let Some(note) = self.note {
            line("note", format!("Note {note}"));
        }
        if let Some(reason) = self.cancelled {
            let key = if reason.is_multiple_of(2) { "cancelled" } else { "postponed" };
            line(key, format!("because of {reason}"));
        }
        if let Some(audience) = self.audience {
            line("audience", format!("[{audience}]"));
        }
        if self.is_private {
            line("private", "true".to_owned());
        }
        if let Some(join) = self.join {
            line("join", format!("https://meet.example/{join}"));
            line("join-audience", "[management]".to_owned());
        }
        text
    }
}

impl Meeting {
    fn text(&self) -> String {
        let mut text = format!("title: Meeting {}\nplace: City {}\n", self.id, self.work_dir);
        if let Some(was) = &self.was {
            writeln!(text, "was: {was}").expect("to memory");
        }
        if self.has_days {
            write!(text, "starts: 2025-06-09\nends: 2025-06-{}\n", self.last_day).expect("to memory");
        }
        if self.cancelled {
            text.push_str("cancelled: nobody came\n");
        }
        if !self.deadlines.is_empty() {
            text.push_str("deadlines:\n");
        }
        for deadline in &self.deadlines {
            let Deadline { id, title, day } = deadline;
            writeln!(text, "- {{id: {id}, title: Deadline {title}, due: 2025-06-{day:02}}}").expect("to memory");
        }
        if !self.sessions.is_empty() {
            text.push_str("sessions:\n");
        }
        for session in &self.sessions {
            text.push_str(&session.text());
        }
        text
    }
}
