//! Whose and where: random definitions, and what each body's feed says of them. A body is not told that it has no session
//! while a file gives it one, gets its own deadlines and nobody else's, and no entry has a place or a link that neither it
//! nor its meeting has.

use std::fmt::Write;
use std::sync::Arc;

use convene::definition::DefinitionFile;
use convene::feed::{self, EntryIndex, Feed};
use convene::icalendar;
use convene::publication::publish;
use serde_json::Value;

use crate::support::edits::Random;
use crate::support::{files, get, publish_request, release, repository, site, timetable};

/// The bodies: name, address, and the position of the one that it is under.
const BODIES: [(&str, &str, Option<usize>); 7] = [
    ("SC 1", "sc-1", None),
    ("SC 2", "sc-2", None),
    ("WG 3", "wg-3", Some(0)),
    ("WG 4", "wg-4", Some(0)),
    ("TG 5/6", "tg-5-6", Some(2)),
    ("TG 5/7", "tg-5-7", Some(2)),
    ("krb-wg", "krb-wg", Some(1)),
];

/// Something of bodies: none for the whole group.
#[derive(Debug, Clone)]
struct Thing {
    id: String,
    /// `None` if it names none, so that it is of those of its meeting.
    bodies: Option<Vec<usize>>,
    /// The day in March.
    day: usize,
    readers: Readers,
    is_cancelled: bool,
    place: Place,
    has_link: bool,
}

/// Whom it is for, among those whom it concerns.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Readers {
    Everybody,
    Audience,
    /// The delegates of an audience alone.
    Private,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    Meeting,
    Venue,
    City,
    Online,
}

#[derive(Debug)]
struct Meeting {
    id: String,
    bodies: Option<Vec<usize>>,
    /// The first and the last day in March; `None` for calls.
    days: Option<(usize, usize)>,
    has_link: bool,
    sessions: Vec<Thing>,
    deadlines: Vec<Thing>,
}

fn some_bodies(random: &mut Random) -> Option<Vec<usize>> {
    let mut bodies = vec![random.below(BODIES.len())];
    if random.one_in(3) {
        bodies.push(random.below(BODIES.len()));
    }
    bodies.sort_unstable();
    bodies.dedup();
    (!random.one_in(4)).then_some(bodies)
}

fn thing(random: &mut Random, id: String) -> Thing {
    Thing {
        id,
        bodies: some_bodies(random),
        day: 2 + random.below(12),
        readers: random.pick(&[
            Readers::Everybody,
            Readers::Everybody,
            Readers::Everybody,
            Readers::Audience,
            Readers::Private,
        ]),
        is_cancelled: random.one_in(6),
        place: random.pick(&[Place::Meeting, Place::Meeting, Place::Venue, Place::City, Place::Online]),
        has_link: random.one_in(3),
    }
}

fn meeting(random: &mut Random, number: usize) -> Meeting {
    let first = 2 + 7 * (number % 2);
    Meeting {
        id: format!("m{number}"),
        bodies: if random.one_in(2) { some_bodies(random) } else { None },
        days: (number < 3).then_some((first, first + 4)),
        has_link: random.one_in(3),
        sessions: (0..random.below(5)).map(|session| thing(random, format!("s{number}-{session}"))).collect(),
        deadlines: (0..random.below(3)).map(|deadline| thing(random, format!("d{number}-{deadline}"))).collect(),
    }
}

fn names(bodies: Option<&Vec<usize>>) -> String {
    let names = |bodies: &Vec<usize>| bodies.iter().map(|body| BODIES[*body].0).collect::<Vec<_>>().join(", ");
    bodies.map(|bodies| format!("for: [{}]", names(bodies))).unwrap_or_default()
}

fn file(meeting: &Meeting) -> DefinitionFile {
    let mut text = format!("title: Meeting\n{}\n", names(meeting.bodies.as_ref()));
    if let Some((first, last)) = meeting.days {
        write!(text, "starts: 2026-03-{first:02}\nends: 2026-03-{last:02}\nvenue: hall\n").expect("a string");
    }
    if meeting.has_link {
        text.push_str("join: https://meet.example/meeting\n");
    }
    let key = |thing: &Thing| {
        let mut keys = vec![format!("id: {}", thing.id), names(thing.bodies.as_ref())];
        let audience = if thing.readers == Readers::Everybody { "" } else { "audience: [chairs]" };
        keys.push(audience.to_owned());
        keys.retain(|key| !key.is_empty());
        keys.join(", ")
    };
    for (index, deadline) in meeting.deadlines.iter().enumerate() {
        text.push_str(if index == 0 { "deadlines:\n" } else { "" });
        writeln!(text, "- {{{}, title: Papers, due: 2026-02-{:02}}}", key(deadline), deadline.day).expect("a string");
    }
    for (index, session) in meeting.sessions.iter().enumerate() {
        text.push_str(if index == 0 { "sessions:\n" } else { "" });
        let place = match session.place {
            Place::Meeting => "",
            Place::Venue => ", venue: annex",
            Place::City => ", place: Lyon",
            Place::Online => ", place: online",
        };
        let link =
            if session.has_link { format!(", join: \"https://meet.example/{}\"", session.id) } else { String::new() };
        let cancelled = if session.is_cancelled { ", cancelled: no papers" } else { "" };
        let private = if session.readers == Readers::Private { ", private: true" } else { "" };
        let (keys, day) = (key(session), session.day);
        writeln!(
            text,
            "- {{{keys}, kind: meeting, day: 2026-03-{day:02}, at: 10:00-11:00{place}{link}{cancelled}{private}}}"
        )
        .expect("a string");
    }
    DefinitionFile::new(format!("tg/{}.yaml", meeting.id), text)
}

fn group() -> DefinitionFile {
    let mut text = "short: ISO/TC 1\nname: Test\ntimezone: Europe/Zurich\nlanguages: [en]\nuid-domain: tg.example\n\
        audiences: {chairs: {name: chairs}}\nvenues:\n  hall: {name: Great Hall, place: Geneva}\n  \
        annex: {name: The Annex, place: Basel}\nbodies:\n"
        .to_owned();
    for (name, _, under) in BODIES {
        let under = under.map(|under| format!(", under: {}", BODIES[under].0)).unwrap_or_default();
        writeln!(text, "  {name}: {{name: Title of {name}{under}}}").expect("a string");
    }
    DefinitionFile::new("tg/group.yaml", text)
}

/// Returns `true` if one is the other, or above or below it.
fn are_related(one: usize, other: usize) -> bool {
    let above = |body: usize| std::iter::successors(Some(body), |body| BODIES[*body].2);
    above(one).any(|body| body == other) || above(other).any(|body| body == one)
}

/// Returns the bodies of something; empty for the whole group.
fn bodies_of(thing: &Thing, meeting: &Meeting) -> Vec<usize> {
    thing.bodies.clone().or_else(|| meeting.bodies.clone()).unwrap_or_default()
}

fn concerns(bodies: &[usize], body: usize) -> bool {
    bodies.is_empty() || bodies.iter().any(|named| are_related(*named, body))
}

fn text<'v>(entry: &'v Value, key: &str) -> &'v str {
    entry[key].as_str().unwrap_or_default()
}

/// Checks the feed of one body.
fn check(seed: usize, body: usize, entries: &[Value], meetings: &[Meeting]) {
    let name = BODIES[body].0;
    let has = |id: &str| entries.iter().any(|entry| text(entry, "id") == id);
    for meeting in meetings {
        for deadline in &meeting.deadlines {
            let is_its_own = concerns(&bodies_of(deadline, meeting), body);
            // One for an audience that names no bodies is in every feed of its meeting's bodies.
            assert_eq!(has(&deadline.id), is_its_own, "{seed}: {} in the feed of {name}", deadline.id);
        }
        for session in &meeting.sessions {
            let is_its_own = concerns(&bodies_of(session, meeting), body);
            let is_public = match session.readers {
                Readers::Everybody => true,
                Readers::Audience => session.bodies.is_some(),
                Readers::Private => false,
            };
            assert_eq!(has(&session.id), is_its_own && is_public, "{seed}: {} in the feed of {name}", session.id);
        }
    }
    for entry in entries.iter().filter(|entry| text(entry, "title").contains("no time announced")) {
        assert!(text(entry, "title").ends_with(name), "{seed}: {entry}");
        let of = meetings.iter().find(|meeting| meeting.id == text(entry, "meeting")).expect("its meeting");
        assert!(concerns(of.bodies.as_deref().unwrap_or_default(), body), "{seed}: {entry}");
        let (first, last) = of.days.expect("its days");
        let gives = |meeting: &Meeting| {
            let is_on_days = |session: &&Thing| (first..=last).contains(&session.day) || meeting.id == of.id;
            let on_days = meeting.sessions.iter().filter(is_on_days);
            let mut named = on_days.flat_map(|session| bodies_of(session, meeting));
            named.any(|named| are_related(named, body))
        };
        assert!(!meetings.iter().any(gives), "{seed}: {entry}");
    }
}

/// Checks where an entry of a session is said to be.
fn check_place(seed: usize, entry: &Value, session: &Thing, meeting: &Meeting) {
    let location = text(entry, "location");
    let has_hall = session.place == Place::Meeting && meeting.days.is_some();
    assert_eq!(location.contains("Great Hall, Geneva"), has_hall, "{seed}: {entry}");
    assert_eq!(location.contains("The Annex, Basel"), session.place == Place::Venue, "{seed}: {entry}");
    assert_eq!(location.contains("Lyon"), session.place == Place::City, "{seed}: {entry}");
    let link = match (session.is_cancelled, session.has_link, meeting.has_link) {
        (true, ..) | (_, false, false) => String::new(),
        (_, true, _) => format!("https://meet.example/{}", session.id),
        (_, false, true) => "https://meet.example/meeting".to_owned(),
    };
    assert_eq!(text(entry, "join"), link, "{seed}: {entry}");
    assert_eq!(location.contains("https://"), !link.is_empty(), "{seed}: {entry}");
    let is_online = session.place == Place::Online && link.is_empty();
    assert_eq!(location.contains("online"), is_online, "{seed}: {entry}");
}

/// `CONVENE_FOLDERS=1000 cargo test whose` tries more.
#[test]
fn nothing_is_told_that_is_not_so() {
    let folders = std::env::var("CONVENE_FOLDERS").map_or(25, |number| number.parse().expect("a number"));
    let (mut notices, mut deadlines) = (0, 0);
    for seed in 0..folders {
        let mut random = Random::from_seed(seed);
        let meetings: Vec<Meeting> = (0..4).map(|number| meeting(&mut random, number)).collect();
        let files = std::iter::once(group()).chain(meetings.iter().map(file)).collect();
        let service = site(&release(files, "2026-01-10T08:00:00Z"));
        let entries = |path: &str| {
            let document: Value = serde_json::from_str(get(&service, path).text()).expect("JSON");
            document["entries"].as_array().expect("entries").clone()
        };
        for (body, (_, address, _)) in BODIES.iter().enumerate() {
            let entries = entries(&format!("/tg/{address}.json"));
            check(seed, body, &entries, &meetings);
            notices += entries.iter().filter(|entry| text(entry, "title").contains("no time announced")).count();
        }
        let all = entries("/tg/all.json");
        deadlines += all.iter().filter(|entry| text(entry, "kind") == "deadline").count();
        for meeting in &meetings {
            for session in meeting.sessions.iter().filter(|session| session.readers != Readers::Private) {
                let own = all.iter().find(|entry| text(entry, "id") == session.id);
                check_place(seed, own.expect("the group's feed has it"), session, meeting);
            }
        }
    }
    assert!(notices > 20 && deadlines > 20, "{notices} notices, {deadlines} deadlines: too few to prove anything");
}

/// ITU-T's words, in each language. No page or feed of another group has them.
const WORDS_OF_ITU_T: [(&str, &[&str]); 6] = [
    ("en", &["tudy group", "orking part", "uestion"]),
    ("fr", &["ommission d’études", "roupe de travail", "Question"]),
    ("es", &["omisión de Estudio", "rupo de Trabajo", "Cuesti"]),
    ("ru", &["сследовательск", "абочая группа", "абочие группы", "Вопрос"]),
    ("ar", &["لجنة دراسات", "لجنة الدراسات", "فرق العمل", "المسائل"]),
    ("zh", &["研究组", "工作组", "课题"]),
];

/// The three groups of `tests/golden` that are not of ITU-T.
const OTHERS: [(&str, &str, &str); 3] = [
    ("three-levels", "iso-tc68", "2026-03-geneva"),
    ("several-cities", "wp29", "2026-06-session"),
    ("calls-only", "ietf", "2026-interim"),
];

fn case(name: &str) -> convene::server::Service {
    let folder = repository().join("tests/golden").join(name).join("meetings");
    site(&release(files(&folder), "2026-01-10T08:00:00Z"))
}

/// Returns the text of a page without its tags, scripts and styles.
pub fn visible(page: &str) -> String {
    let pieces = page.split('<').filter(|piece| !piece.starts_with("script") && !piece.starts_with("style"));
    pieces.filter_map(|piece| piece.split_once('>')).map(|(_, text)| text).collect::<Vec<_>>().join(" ")
}

#[test]
fn pages_and_feeds_have_the_words_of_the_definitions_alone() {
    for (name, group, meeting) in OTHERS {
        let service = case(name);
        for (language, words) in WORDS_OF_ITU_T {
            let pages =
                ["", "follow/", "changes/", "all/", &format!("{meeting}/")].map(|page| format!("{group}/{page}"));
            for page in pages.into_iter().chain([String::new(), format!("embed/{group}/"), "status".to_owned()]) {
                let text = visible(get(&service, &format!("/{language}/{page}")).text());
                // French working groups of ISO are called so in their definitions.
                let foreign =
                    |word: &&&str| text.contains(**word) && !(name == "three-levels" && **word == "roupe de travail");
                let found = words.iter().find(foreign);
                assert_eq!(found, None, "/{language}/{page}");
            }
            for feed in ["all", "meetings", "deadlines", "plenaries"] {
                let text = get(&service, &format!("/{group}/{feed}.{language}.ics")).text().replace("\r\n ", "");
                let found = words.iter().find(|word| text.contains(**word));
                assert_eq!(found, None, "{group}/{feed}.{language}.ics");
            }
        }
    }
    let page = get(&case("three-levels"), "/iso-tc68/").text().to_owned();
    assert!(page.contains("<h3>Subcommittees, Working groups, Task groups</h3>"), "{page}");
    assert!(get(&case("three-levels"), "/fr/iso-tc68/").text().contains("<h1>TC 68</h1>"));
}

/// The structured data of a page says where each session is, and how one can take part.
#[test]
fn structured_data_says_where_sessions_are() {
    let page = get(&case("several-cities"), "/wp29/2026-06-session/").text().to_owned();
    let data = page.split("<script type=\"application/ld+json\">").nth(1).expect("structured data");
    let data: Value = serde_json::from_str(data.split("</script>").next().expect("its end")).expect("JSON");
    let session = |id: &str| {
        let all = data["subEvent"].as_array().expect("sessions");
        all.iter().find(|session| text(session, "url").ends_with(&format!("/{id}/"))).expect("the session")
    };
    let mode = |id: &str| text(session(id), "eventAttendanceMode").rsplit('/').next().map(str::to_owned);
    assert_eq!(session("vehicles")["location"]["address"], "Marunouchi 1, Tokyo");
    assert_eq!(session("dinner")["location"]["name"], "Restaurant du Parc");
    assert_eq!(mode("dinner").as_deref(), Some("OfflineEventAttendanceMode"));
    assert_eq!(session("visit")["location"]["name"], "Versoix");
    assert_eq!(session("steering")["location"]["@type"], "VirtualLocation");
    assert_eq!(mode("steering").as_deref(), Some("OnlineEventAttendanceMode"));
    assert_eq!(mode("opening").as_deref(), Some("MixedEventAttendanceMode"));
    assert_eq!(mode("drafting").as_deref(), Some("OfflineEventAttendanceMode"), "what is cancelled has no link");
}

/// A group of two bodies, of which one has this line.
fn group_with(id: &str, short: &str, line: &str) -> DefinitionFile {
    let text = format!(
        "short: {short}\nname: Group {id}\ntimezone: Europe/Zurich\nlanguages: [en, fr]\nuid-domain: {id}.example\n\
        deadlines:\n  papers: {{title: Papers, due: 7 days before, for: [A]}}\n\
        bodies:\n  A: {{name: First}}\n  {line}\n"
    );
    DefinitionFile::new(format!("{id}/group.yaml"), text)
}

fn meeting_with(id: &str, head: &str, sessions: &str) -> DefinitionFile {
    let text = format!("title: Meeting\n{head}starts: 2027-02-01\nends: 2027-02-05\nsessions:\n{sessions}");
    DefinitionFile::new(format!("{id}/m.yaml"), text)
}

/// The short name may be the same in two languages.
const SHORT: &str = "{en: SG5, fr: SG5}";

/// A new body may have the address of one that went: its feed, its page and combinations are then the new one's.
#[test]
fn an_address_is_that_of_a_body_of_today() {
    let steps = [
        ("B: {name: Old}", "- {id: b, kind: meeting, for: [B], day: 2027-02-02, at: 10:00-11:00}\n"),
        ("C: {name: Other}", "- {id: c, kind: meeting, for: [C], day: 2027-02-02, at: 10:00-11:00}\n"),
        ("Bee: {name: New, address: b}", "- {id: bee, kind: meeting, for: [Bee], day: 2027-02-03, at: 10:00-11:00}\n"),
    ];
    let mut known = None;
    for (day, (line, sessions)) in (10..).zip(steps) {
        let files = vec![group_with("g", SHORT, line), meeting_with("g", "", sessions)];
        let timetable = timetable(files).unwrap_or_else(|problems| panic!("{}", problems.report(false)));
        let instant = format!("2027-01-{day}T08:00:00Z").parse().expect("an instant");
        known = Some(publish(known.as_ref(), publish_request(timetable, instant)).expect("no conflicts").release);
    }
    let service = site(&known.expect("a release"));
    for path in ["/g/b.ics", "/g/follow/b.ics"] {
        let feed = get(&service, path).text().replace("\r\n ", "");
        assert!(feed.contains("SUMMARY:SG5: Bee – meeting"), "{path}: {feed}");
        assert!(!feed.contains("completed its work"), "{path}: {feed}");
    }
    assert!(
        get(&service, "/g/c.ics").text().contains("SG5: C has completed its work"),
        "another one that went keeps its feed"
    );
}

/// An audience may have the address of a body that went: combinations with that name are then the audience's.
#[test]
fn an_audience_may_have_the_name_of_a_body_that_went() {
    let group = |line: &str| {
        let text = format!(
            "short: SG5\nname: Group\ntimezone: Europe/Zurich\nlanguages: [en]\nuid-domain: g.example\nbodies:\n  \
             A: {{name: First}}\n{line}"
        );
        DefinitionFile::new("g/group.yaml", text)
    };
    let steps = [
        (group("  B: {name: Old}\n"), "- {id: b, kind: meeting, for: [B], day: 2027-02-02, at: 10:00-11:00}\n"),
        (
            group("audiences:\n  b: {name: board}\n"),
            "- {id: board, kind: meeting, audience: [b], day: 2027-02-03, at: 10:00-11:00, title: Board}\n",
        ),
    ];
    let mut known = None;
    for (day, (group, sessions)) in (10..).zip(steps) {
        let timetable = timetable(vec![group, meeting_with("g", "", sessions)]);
        let timetable = timetable.unwrap_or_else(|problems| panic!("{}", problems.report(false)));
        let instant = format!("2027-01-{day}T08:00:00Z").parse().expect("an instant");
        known = Some(publish(known.as_ref(), publish_request(timetable, instant)).expect("no conflicts").release);
    }
    let service = site(&known.expect("a release"));
    assert!(get(&service, "/g/follow/b.ics").text().contains("SUMMARY:SG5: Board"));
    assert!(get(&service, "/g/b.ics").text().contains("SG5: B has completed its work"), "the body's own feed stays");
}

/// In a joint session, a body of another group has the name of its group, if no suffix says which it is. A meeting inherits
/// the rules for its own bodies.
#[test]
fn bodies_of_two_groups_are_told_apart() {
    let joint = "- {id: joint, kind: meeting, for: [A, ISO/TC 46/A], day: 2027-02-02, at: 10:00-11:00}\n";
    let files = vec![
        group_with("g", "SG5", "B: {name: Second}"),
        meeting_with("g", "for: [B]\n", joint),
        group_with("tc46", "ISO/TC 46", "B: {name: Second}"),
        meeting_with("tc46", "", "- {id: a, kind: meeting, day: 2027-02-02, at: 10:00-11:00}\n"),
    ];
    let service = site(&release(files, "2027-01-10T08:00:00Z"));
    let feed = get(&service, "/tc46/a.ics").text().replace("\r\n ", "");
    assert!(feed.contains("SUMMARY:SG5: A\\, ISO/TC 46/A – meeting"), "{feed}");
    assert!(feed.contains("SUMMARY:ISO/TC 46 deadline: Papers (A)"), "{feed}");
    let feed = get(&service, "/g/all.ics").text().to_owned();
    assert!(!feed.contains("Papers"), "the rule is for A, the meeting for B: {feed}");
}

/// The deadlines of one study group are in the feeds of another one's bodies, and follow the structure of that group.
#[test]
fn an_index_that_is_built_on_an_earlier_one_is_as_a_new_one() {
    let file = |path: &str, text: &str| DefinitionFile::new(path.to_owned(), text.to_owned());
    let group = |id: &str, rest: &str| {
        let text = format!(
            "short: {id}\nname: A group\ntimezone: Europe/Zurich\nlanguages: [en]\nuid-domain: example.org\n{rest}"
        );
        file(&format!("{}/group.yaml", id.to_lowercase()), &text)
    };
    let kinds = "kinds: {tg: {one: Group, many: Groups}}\nbodies:\n  A: {name: First, kind: tg}\n";
    for thing in [
        "for: [C, SG2/B]",
        "deadlines: [{id: d, title: Texts, for: [C, SG2/B], due: 2025-02-20}]",
        "sessions: [{id: s, kind: meeting, for: [C, SG2/B], day: 2025-03-03, at: 11:00-12:00}]",
    ] {
        let home = group("SG1", "kinds: {tg: {one: Group, many: Groups}}\nbodies: {C: {name: Third, kind: tg}}\n");
        let meeting = file("sg1/m.yaml", &format!("starts: 2025-03-03\nends: 2025-03-04\n{thing}\n"));
        let then = group("SG2", &format!("{kinds}  B: {{name: Second, kind: tg}}\n"));
        let now = group("SG2", &format!("{kinds}  B: {{name: Second, kind: tg, under: A}}\n"));
        let index = |other: DefinitionFile, before: Option<&EntryIndex>| {
            let files = vec![home.clone(), meeting.clone(), other];
            EntryIndex::new(Arc::new(release(files, "2025-01-10T09:00:00Z")), before)
        };
        let (earlier, new) = (index(then, None), index(now.clone(), None));
        let built_on_it = index(now, Some(&earlier));
        let feeds = |index: &EntryIndex| -> Vec<String> {
            let group = index.release().timetable.group("sg2").expect("a group");
            let selections = feed::selections_of_bodies(group).into_iter();
            selections.map(|selection| icalendar::render(&Feed::new(index, selection, None))).collect()
        };
        assert_ne!(feeds(&earlier), feeds(&new), "{thing}");
        assert_eq!(feeds(&built_on_it), feeds(&new), "{thing}");
    }
}
