//! Addresses last: what answered everybody once goes on answering after every edit.

use std::collections::BTreeSet;

use convene::definition::DefinitionFile;
use convene::publication::publish;
use convene::revision::Release;
use convene::server::Service;
use hyper::StatusCode;
use jiff::{Timestamp, ToSpan};

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
