//! How changes are described, and what must not be disclosed.

use std::collections::{BTreeMap, BTreeSet};

use convene::definition::DefinitionFile;
use convene::ledger::{EventChange, TitleBase};
use convene::publication::publish;
use convene::revision::Release;
use convene::text::line;
use convene::wording::describe_change_in_list;
use jiff::{Timestamp, ToSpan};

use crate::support::histories::releases;
use crate::support::pages::release_of_all_sorts;
use crate::support::{
    addresses, ask, files, first_of_changed, get, publish_request, repository, secret, site, timetable, tree,
};

/// A list of changes has the titles of events in the reader's language, from their stored parts. Titles of older
/// releases, which have no parts, stay as they are.
#[test]
fn titles_of_changes_are_in_the_language_of_the_reader() {
    let mut release = release_of_all_sorts();
    let group = release.timetable.group("sg3").expect("a study group").clone();
    let is_of_it = |change: &&EventChange| change.group == group.id;
    let changes: Vec<&EventChange> =
        release.changes.iter().flat_map(|changes| &changes.list).filter(is_of_it).collect();
    let untitled = |change: &&&EventChange| {
        let name = change.title_parts.as_ref().expect("a name");
        !change.is_private && matches!(&name.base, TitleBase::Kind(_, bodies) if !bodies.is_empty())
    };
    assert!(changes.len() >= 4 && changes.iter().filter(untitled).count() >= 3, "{changes:?}");
    // In the languages of its study group, the list has the stored title.
    for change in &changes {
        for language in &group.languages {
            let output = line(&describe_change_in_list(change, &group, language).0.to_string());
            assert_eq!(output, change.title.wording(language));
        }
    }
    let page = |release: &Release| get(&site(release), &format!("/ru/{}/changes/", group.id)).text().to_owned();
    let told = page(&release);
    assert!(told.contains("собрание"), "in the words of the reader: {told}");
    for change in release.changes.iter_mut().flat_map(|changes| &mut changes.list) {
        let mut kept = serde_json::to_value(&*change).expect("JSON");
        assert!(kept.as_object_mut().expect("an object").remove("name").is_some());
        *change = serde_json::from_value(kept).expect("a change of before");
        assert!(change.title_parts.is_none());
    }
    let before = page(&release);
    assert!(!before.contains("собрание") && before.contains(" meeting</span></strong>"), "{before}");
}

/// A feed lists a change if and only if its calendar has or had the event, or entries of the meeting that changed.
#[test]
fn a_feed_lists_the_changes_of_its_events() {
    for seed in [3, 5] {
        let releases = releases(seed);
        for pair in releases.windows(2) {
            let (before, after) = (site(&pair[0]), site(&pair[1]));
            let Some(changes) = pair[1].changes.first().filter(|changes| changes.release == pair[1].number) else {
                continue;
            };
            for change in changes.list.iter().filter(|change| !change.is_private) {
                for path in ["sg1/all", "sg1/q1", "sg1/q2", "sg1/wp1", "sg1/plenaries", "sg1/deadlines", "sg1/meetings"]
                {
                    let has = |service| {
                        get(service, &format!("/{path}.ics")).text().replace("\r\n ", "").contains(change.uid.as_str())
                    };
                    let is_in = has(&before) || has(&after);
                    let is_listed = change.feeds.contains(&path.to_owned());
                    // A change of a meeting is told for all of its entries.
                    let is_of_meeting =
                        change.title_parts.as_ref().is_some_and(|title| matches!(title.base, TitleBase::Meeting(..)));
                    assert!(is_in == is_listed || (is_of_meeting && is_listed), "{seed}: {path} {change:?}");
                    let atom = get(&after, &format!("/{path}.atom"));
                    let id = format!("{}/{}<", change.uid.as_str(), pair[1].number);
                    assert!(!is_in || atom.text().contains(&id), "{seed}: {path}.atom does not tell of {change:?}");
                }
            }
        }
    }
}

/// Publishes files half a day after a release.
fn next(before: Option<&Release>, files: Vec<DefinitionFile>) -> Release {
    let first: Timestamp = "2025-01-11T09:00:00Z".parse().expect("an instant");
    let instant = before.map_or(first, |before| before.published + 12.hours());
    let timetable = timetable(files).unwrap_or_else(|problems| panic!("{}", problems.report(false)));
    publish(before, publish_request(timetable, instant)).expect("no conflict").release
}

/// Returns the files of the first step of the story, with another delegates.yaml and some text replaced.
fn with_delegates(delegates: &str, from: &str, to: &str) -> Vec<DefinitionFile> {
    let mut all = first_of_changed(from, to);
    all.push(DefinitionFile::new("delegates.yaml", delegates.to_owned()));
    all
}

/// clients.md H8, H9: a delegate's feed changes with delegates.yaml, and no public feed does.
#[test]
fn a_changed_private_feed_is_sent_again() {
    let steps = [
        "- {id: delegate-1, follows: [SG1/Q1]}\n",
        "- {id: delegate-1, follows: [SG1/Q1], reminders: {sessions: 15 minutes}}\n",
        "- {id: delegate-1, follows: [SG1/Q3], reminders: {sessions: 15 minutes}}\n",
    ];
    let mut release: Option<Release> = None;
    let mut had: Option<String> = None;
    for delegates in steps {
        let made = next(release.as_ref(), with_delegates(delegates, "", ""));
        let service = site(&made);
        let path = format!("/delegate/{}.ics", secret().token(&made.timetable.delegates.get(0).expect("a delegate")));
        let now = get(&service, &path);
        if let Some(had) = &had {
            let answer = ask(&service, "GET", &path, &[("if-modified-since", had)]);
            assert_eq!((answer.status.as_u16(), &answer.body), (200, &now.body), "{delegates}");
        }
        let modified = now.headers["last-modified"].to_str().expect("a date").to_owned();
        assert_eq!(ask(&service, "GET", &path, &[("if-modified-since", &modified)]).status.as_u16(), 304);
        (release, had) = (Some(made), Some(modified));
    }
}

/// The stamps of a delegate's events change with what the delegate sees, and not with the position of an audience in
/// a list.
#[test]
fn equal_preferences_are_no_revision() {
    let delegates = "- {id: delegate-1, follows: [SG1/Q1], audiences: [SG1/management]}\n";
    let first = next(None, with_delegates(delegates, "", ""));
    let other = "  fellows: {name: Fellows}\n  management:";
    let second = next(Some(&first), with_delegates(delegates, "  management:", other));
    assert_eq!(second.timetable.groups[0].audiences.len(), 2);
    assert_eq!(second.ledger.preferences, first.ledger.preferences);
    let fellow = delegates.replace("SG1/management", "SG1/management, SG1/fellows");
    let third = next(Some(&second), with_delegates(&fellow, "  management:", other));
    assert_ne!(third.ledger.preferences, second.ledger.preferences);
}

/// Delegates, what they follow, their tokens and their links are in their own calendars alone.
#[test]
fn private_data_are_not_disclosed() {
    keeps_secrets("other-feeds", 7, &["delegate-1", "rapporteur-q3", "meet.example"]);
    // What changed while a session was private stays private after it is opened.
    keeps_secrets("opened", 5, &["delegate-1", "Dismissal", "Villa secret", "Somebody hidden"]);
}

fn keeps_secrets(story: &str, steps: usize, secrets: &[&str]) {
    let is_linked = secrets.contains(&"meet.example");
    let story = repository().join("tests/history").join(story);
    let mut folder = BTreeMap::new();
    let mut release: Option<Release> = None;
    let mut tokens = BTreeSet::new();
    for step in 1..=steps {
        for file in files(&story.join(step.to_string()).join("meetings")) {
            folder.insert(file.path.clone(), file);
        }
        let timetable = timetable(folder.values().cloned().collect()).expect("definitions that are good");
        tokens.extend(timetable.delegates.iter().map(|delegate| secret().token(&delegate)));
        let instant = format!("2025-01-1{step}T09:00:00Z").parse().expect("an instant");
        let before = release.clone();
        let made = publish(before.as_ref(), publish_request(timetable, instant)).expect("a release").release;
        let service = site(&made);
        let public = addresses(&made).into_iter().map(|(_, path)| path).filter(|path| !path.starts_with("/delegate/"));
        let mut all: Vec<(String, String)> = Vec::new();
        for path in public.flat_map(|path| [path.replace(".ics", ".atom"), path]).chain([
            "/".to_owned(),
            "/sg1/".to_owned(),
            "/sg1/changes/".to_owned(),
            "/status".to_owned(),
            "/status.json".to_owned(),
            "/robots.txt".to_owned(),
        ]) {
            let answer = ask(&service, "GET", &path, &[]);
            // Lines of calendars are folded.
            let text = answer.text().replace("\r\n ", "");
            all.push((format!("{path} {:?}", answer.headers), text));
        }
        let lines =
            made.changes.first().map(|changes| convene::cli::changes::lines(&changes.list, true)).unwrap_or_default();
        let notes = convene::cli::changes::notes(before.as_ref(), &made);
        all.push(("diff and history".to_owned(), lines.into_iter().chain(notes).collect::<Vec<_>>().join("\n")));
        // The secretary, who wrote titles and rooms, sees them.
        let public = all.iter().filter(|(work_dir, _)| is_linked || work_dir != "diff and history");
        for (work_dir, text) in public {
            for secret in secrets.iter().map(|secret| (*secret).to_owned()).chain(tokens.iter().cloned()) {
                assert!(
                    !text.contains(&secret) && !work_dir.contains(&secret),
                    "step {step}: {work_dir} tells {secret}"
                );
            }
        }
        // The changes of a private session are not public while it is private, and its delegates see them.
        if is_linked && step == 5 {
            let told = all
                .iter()
                .filter(|(work_dir, _)| work_dir.contains(".atom "))
                .any(|(_, text)| text.contains("link for remote participation changed"));
            assert!(!told, "the link of a private session is nobody's business");
            let token = secret().token(&made.timetable.delegates.get(0).expect("a delegate"));
            assert!(
                get(&service, &format!("/delegate/{token}.atom"))
                    .text()
                    .contains("link for remote participation changed")
            );
        }
        release = Some(made);
    }
    assert_eq!(tree(&story).iter().filter(|path| path.ends_with("/at")).count(), steps);
}
