//! Addresses last: what answered everybody once goes on answering after every edit.

use std::collections::BTreeSet;

use convene::definition::DefinitionFile;
use convene::publication::publish;
use convene::revision::Release;
use convene::server::Service;
use hyper::StatusCode;
use jiff::{Timestamp, ToSpan};

use crate::support::edits::{Definitions, Random};
use crate::support::{addresses, ask, publish_request, site, timetable};

/// A study group with these Questions, in this order, and a meeting with a session for each.
fn definitions(questions: &[&str]) -> Vec<DefinitionFile> {
    let names: Vec<&str> = questions.iter().map(|question| &question[..question.find(':').expect("a key")]).collect();
    let group = format!(
        "short: SG1\nsuffix: /1\nname: A study group\ntimezone: Europe/Zurich\nlanguages: [en]\nuid-domain: sg1.example\n\
         working-parties:\n  WP1: {{name: First party, questions: [{}]}}\nquestions:\n  {}\n",
        names.join(", "),
        questions.join("\n  ")
    );
    let id = |question: &str| question.split([':', ',', '}']).nth(2).expect("a title").trim().to_lowercase();
    let session = |(question, name): (&&str, &&str)| {
        format!("- {{id: {}, kind: question, for: [{name}], day: 2025-06-10, at: 09:30-10:30}}\n", id(question))
    };
    let sessions: String = questions.iter().zip(&names).map(session).collect();
    let meeting = format!("title: Meeting\nstarts: 2025-06-10\nends: 2025-06-12\nsessions:\n{sessions}");
    vec![DefinitionFile::new("sg1/group.yaml", group), DefinitionFile::new("sg1/m.yaml", meeting)]
}

/// Returns the status of the address that an address leads to, and its path.
fn follow(service: &Service, path: &str) -> (StatusCode, String) {
    let mut path = path.to_owned();
    for _ in 0..4 {
        let answer = ask(service, "GET", &path, &[]);
        let Some(location) = answer.headers.get("location") else { return (answer.status, path) };
        let location = location.to_str().expect("ASCII");
        path = format!("/{}", location.strip_prefix("https://convene.example/").expect("an address of the service"));
    }
    panic!("{path} redirects again and again")
}

/// Publishes steps one after the other, and returns the last release. Every public address of every release must lead
/// to a document in all later ones.
fn publish_steps(steps: &[Vec<DefinitionFile>]) -> Release {
    let mut instant: Timestamp = "2025-06-01T08:00:00Z".parse().expect("an instant");
    let mut release: Option<Release> = None;
    let mut known: BTreeSet<String> = BTreeSet::new();
    for (number, step) in steps.iter().enumerate() {
        let timetable = timetable(step.clone()).unwrap_or_else(|problems| panic!("{}", problems.report(false)));
        let made = publish(release.as_ref(), publish_request(timetable, instant)).expect("no conflicts").release;
        let public = addresses(&made).into_iter().map(|(_, path)| path).filter(|path| !path.starts_with("/delegate/"));
        known.extend(public);
        let service = site(&made);
        for path in &known {
            let (status, to) = follow(&service, path);
            assert_eq!(status, StatusCode::OK, "step {number}: {path} leads to {to}");
        }
        release = Some(made);
        instant = instant.checked_add(1.hour()).expect("an instant");
    }
    assert!(known.len() > 10, "{known:?}");
    release.expect("a step")
}

#[test]
fn another_order_of_questions_ends_no_address() {
    let release = publish_steps(&[
        definitions(&["Q1: {name: First}", "Q2: {name: Second}", "Q3: {name: Third}"]),
        definitions(&["Q3: {name: Third}", "Q2: {name: Second}", "Q1: {name: First}"]),
    ]);
    let service = site(&release);
    for (path, own) in [
        ("/sg1/follow/q1_q2.ics", "/sg1/follow/q2_q1.ics"),
        ("/sg1/m/for/q1_q2/", "/sg1/m/for/q2_q1/"),
        ("/embed/sg1/follow/q1_q2", "/embed/sg1/follow/q2_q1"),
    ] {
        assert_eq!(follow(&service, path), (StatusCode::OK, own.to_owned()));
    }
}

/// A name that a Question had leads to it, whether the definitions go on to say so or not.
#[test]
fn former_names_of_bodies_lead_to_them() {
    let of = |question: &str| definitions(&["Q1: {name: First}", question]);
    let renamed = [of("Q2: {name: Second}"), of("Q8: {name: Second, was: Q2}")];
    for (rest, names) in [
        (vec![of("Q8: {name: Second}")], vec!["q2"]),
        (vec![of("Q9: {name: Second, was: Q8}")], vec!["q2", "q8"]),
        (vec![of("Q9: {name: Second, was: Q2}")], vec!["q2", "q8"]),
        (vec![of("Q9: {name: Second, was: Q8}"), of("Q9: {name: Second}")], vec!["q2", "q8"]),
        (vec![of("Q9: {name: Second, was: Q8}"), of("Q2: {name: Second, was: Q9}")], vec!["q8", "q9"]),
    ] {
        let release = publish_steps(&[&renamed[..], &rest].concat());
        let group = &release.timetable.groups[0];
        assert_eq!(group.bodies.iter().filter(|body| body.closed.is_none()).count(), 4, "{:?}", group.bodies);
        let service = site(&release);
        for name in names {
            for path in [format!("/sg1/{name}.ics"), format!("/sg1/follow/q1_{name}.ics"), format!("/sg1/{name}/")] {
                let answer = ask(&service, "GET", &path, &[]);
                assert!(answer.text().contains("Question meeting"), "{path}: {}", answer.text());
            }
        }
    }
}

/// A name that is given to another Question is that Question's.
#[test]
fn a_name_that_is_used_again_leads_to_its_new_owner() {
    let release = publish_steps(&[
        definitions(&["Q1: {name: First}", "Q2: {name: Second}"]),
        definitions(&["Q1: {name: First}", "Q8: {name: Second, was: Q2}"]),
        definitions(&["Q1: {name: First}", "Q8: {name: Second}", "Q2: {name: Another}"]),
    ]);
    let service = site(&release);
    let titles = |path: &str| ask(&service, "GET", path, &[]).text().matches("SUMMARY:SG1: Q2/1 ").count();
    assert_eq!((titles("/sg1/q2.ics"), titles("/sg1/q8.ics")), (1, 0));
}

/// Returns every public address of a release, of pages and of documents, also of combinations.
fn public_addresses(release: &Release) -> BTreeSet<String> {
    let documents = addresses(release).into_iter().map(|(_, path)| path);
    let mut all: BTreeSet<String> = documents.filter(|path| !path.starts_with("/delegate/")).collect();
    for (path, _) in convene::feed::addresses(&release.timetable) {
        let forms = ["{}/", "{}.json", "{}.atom", "embed/{}", "zh/{}/"];
        all.extend(forms.iter().map(|form| format!("/{}", form.replace("{}", &path))));
    }
    for group in &release.timetable.groups {
        let names: Vec<String> = group.bodies[1..].iter().map(|body| body.name.address()).collect();
        for pair in names.windows(2) {
            let pair = pair.join("_");
            all.extend([format!("/{}/follow/{pair}.ics", group.id), format!("/{}/follow/{pair}/", group.id)]);
            all.extend(group.listed_meetings().map(|meeting| format!("/{}/{}/for/{pair}/", group.id, meeting.id)));
        }
    }
    all
}

/// Returns what the addresses of a release's private sessions contain.
fn private_addresses(release: &Release) -> BTreeSet<String> {
    let meetings = release.timetable.groups.iter().flat_map(|group| &group.meetings);
    let private = meetings.flat_map(|meeting| meeting.sessions.iter().filter(|session| session.is_private));
    private.flat_map(|session| session.former.iter().chain([&session.id])).map(ToString::to_string).collect()
}

/// Random histories, in which meetings come to be over. After each edit every address that ever was leads to a document,
/// except those of sessions that were made private. `CONVENE_WALKS=100 cargo test walk` tries more.
#[test]
fn addresses_last_through_a_random_walk() {
    let walks = std::env::var("CONVENE_WALKS").map_or(3, |number| number.parse().expect("a number"));
    let (mut releases, mut asked, mut known_in_all, mut archived) = (0, 0, 0, 0);
    for seed in 0..walks {
        let mut random = Random::from_seed(1_000 + seed);
        let mut definitions = Definitions::first(&mut random);
        let mut instant: Timestamp = "2025-06-01T08:00:00Z".parse().expect("an instant");
        let mut release: Option<Release> = None;
        let (mut known, mut private) = (BTreeSet::new(), BTreeSet::new());
        for step in 0..24 {
            let mut edited = definitions.clone();
            let edit = if step == 0 { "first" } else { edited.edit(&mut random, &[]) };
            instant = instant.checked_add(random.pick(&[1, 60, 80_000, 250_000]).seconds()).expect("an instant");
            let Ok(timetable) = timetable(edited.files()) else { continue };
            let made = publish(release.as_ref(), publish_request(timetable, instant)).expect("no conflicts").release;
            known.extend(public_addresses(&made));
            private.extend(private_addresses(&made));
            let service = site(&made);
            let is_public = |path: &&String| !path.split(['/', '.']).any(|part| private.contains(part));
            for path in known.iter().filter(is_public) {
                let (status, to) = follow(&service, path);
                assert_eq!(status, StatusCode::OK, "walk {seed}, edit {step}, {edit}: {path} leads to {to}");
                asked += 1;
            }
            releases += 1;
            archived +=
                made.timetable.groups.iter().flat_map(|group| &group.meetings).filter(|m| m.is_archived).count();
            (definitions, release) = (edited, Some(made));
        }
        known_in_all += known.len();
    }
    println!("{walks} walks, {releases} releases, {known_in_all} addresses, asked {asked} times, {archived} archived");
    assert!(archived > 0 && asked > 1_000 * walks, "the walks are eventful");
}

/// What is over and whose file went is shown at its own addresses as it last was, and nowhere else.
#[test]
fn a_past_meeting_whose_file_went_is_shown_as_it_last_was() {
    let both = definitions(&["Q1: {name: First}", "Q2: {name: Second}"]);
    let text = String::from_utf8(both[1].bytes().expect("its bytes").to_vec()).expect("UTF-8");
    let one_session = text.lines().filter(|line| !line.contains("id: second")).map(|line| format!("{line}\n"));
    let later = text.replace("2025-06", "2025-12");
    let files = |meetings: &[(&str, &str)]| {
        let meetings = meetings.iter().map(|(path, text)| DefinitionFile::new(*path, (*text).to_owned()));
        [both[0].clone()].into_iter().chain(meetings).collect::<Vec<_>>()
    };
    let one_session: String = one_session.collect();
    let publish_at = |before: Option<&Release>, files: Vec<DefinitionFile>, instant: &str| {
        let timetable = timetable(files).unwrap_or_else(|problems| panic!("{}", problems.report(false)));
        publish(before, publish_request(timetable, instant.parse().expect("an instant"))).expect("no conflicts").release
    };
    let first = publish_at(None, files(&[("sg1/m.yaml", &text), ("sg1/n.yaml", &later)]), "2025-06-01T08:00:00Z");
    let steps = [
        vec![("sg1/m.yaml", &one_session[..]), ("sg1/n.yaml", &later[..])],
        vec![("sg1/n.yaml", &later[..])],
        vec![("sg1/n.yaml", &one_session[..])],
    ];
    let body = |release: &Release, path: &str| {
        let answer = ask(&site(release), "GET", path, &[]);
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        answer.text().to_owned()
    };
    let mut release = first.clone();
    for (step, month) in steps.into_iter().zip(["07", "08", "09"]) {
        let meetings = step.len();
        release = publish_at(Some(&release), files(&step), &format!("2025-{month}-01T08:00:00Z"));
        let stamps = |text: &str| text.lines().filter(|line| line.contains("second/")).collect::<Vec<_>>().join("\n");
        for path in ["/sg1/m/second.ics", "/sg1/m/first.ics"] {
            assert_eq!(stamps(&body(&release, path)), stamps(&body(&first, path)), "{path}");
            assert!(body(&release, path).contains("BEGIN:VEVENT"), "{path}");
        }
        assert!(body(&release, "/sg1/m/second/").contains("Question meeting"));
        assert!(body(&release, "/sg1/m/").contains("Question meeting"));
        assert!(!body(&release, "/sg1/all.ics").contains("/sg1/m/second/"), "no feed of several meetings has it");
        assert_eq!(body(&release, "/sg1/").contains("sg1/m/\""), meetings == 2, "no list has it");
    }
}
