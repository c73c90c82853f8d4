//! Feeds put together from cached fragments equal feeds rendered as a whole, and fragments taken over from the
//! previous release equal new ones.

use std::collections::BTreeMap;
use std::sync::Arc;

use convene::definition::DefinitionFile;
use convene::feed::{self, EntryIndex, Feed, Selection};
use convene::icalendar::{self, FragmentCache};
use convene::publication::{PublishRequest, publish};
use convene::revision::Release;
use convene::text::Language;
use convene::timetable::Follows;

use crate::support::cases::cases;
use crate::support::{files, first_of_changed, get, publish_request, repository, secret, sg12, site, timetable};

/// Returns every selection of a release, and some that a reader may follow: each body, and each audience with two
/// bodies.
fn selections(release: &Release) -> Vec<Selection> {
    let timetable = &release.timetable;
    let mut all: Vec<Selection> = feed::addresses(timetable).into_iter().map(|(_, selection)| selection).collect();
    for group in &timetable.groups {
        let bodies: Vec<_> = group.indexed_bodies().skip(1).map(|(body, _)| body).collect();
        let ends: Vec<_> = bodies.first().into_iter().chain(bodies.last()).copied().collect();
        let audiences = group.indexed_audiences().map(|(audience, _)| (ends.clone(), vec![audience]));
        let bodies = bodies.iter().map(|body| (vec![*body], Vec::new()));
        for (bodies, audiences) in bodies.chain(audiences) {
            all.push(Selection::Follow(Follows { group: group.id.clone(), bodies, audiences }));
        }
    }
    all.extend(timetable.delegates.iter().map(|delegate| Selection::Delegate(Arc::new(delegate))));
    all
}

/// Returns every feed of a release in each language, put together from fragments, with its entity tag.
fn assembled(shelf: &FragmentCache) -> BTreeMap<(Selection, Language), (Vec<u8>, String)> {
    let entry_index = shelf.entry_index();
    let release = entry_index.release();
    let mut all = BTreeMap::new();
    for selection in selections(release) {
        let languages: Vec<Language> =
            selection.groups(&release.timetable).into_iter().flat_map(|group| group.languages.clone()).collect();
        for language in languages {
            let assembly = shelf.render(Feed::new(entry_index, selection.clone(), Some(&language)));
            let bytes = assembly.bytes();
            assert_eq!(bytes.len(), assembly.byte_count(), "{selection:?}");
            all.insert((selection.clone(), language), (bytes, assembly.fingerprint().to_string()));
        }
    }
    all
}

fn shelf(release: Release) -> FragmentCache {
    FragmentCache::new(EntryIndex::new(Arc::new(release), None), None)
}

#[test]
fn feeds_put_together_are_what_rendering_them_gives() {
    let mut seen = 0;
    let releases = cases().into_iter().map(|case| case.release());
    for release in releases.chain([sg12()]) {
        let shelf = shelf(release);
        // The second pass uses cached fragments.
        for ((selection, language), (bytes, _)) in assembled(&shelf).into_iter().chain(assembled(&shelf)) {
            let feed = Feed::new(shelf.entry_index(), selection.clone(), Some(&language));
            let rendered = icalendar::render(&feed);
            assert_eq!(String::from_utf8(bytes).expect("UTF-8"), rendered, "{selection:?} {language}");
            seen += 1;
        }
    }
    assert!(seen > 500, "{seen}");
}

/// Checks each story of edits: other bytes have another entity tag, and the same bytes have the same one.
#[test]
fn fragments_of_the_previous_release_equal_new_ones() {
    let stories = repository().join("tests/history");
    let mut releases = 0;
    for story in std::fs::read_dir(&stories).expect("stories") {
        let story = story.expect("a story").path();
        let mut before: Option<(Release, FragmentCache)> = None;
        let mut prints: BTreeMap<(Selection, Language), BTreeMap<String, Vec<u8>>> = BTreeMap::new();
        for step in 1.. {
            let folder = story.join(step.to_string());
            if !folder.exists() {
                break;
            }
            // A step without files of its own does something else.
            let meetings = folder.join("meetings");
            if !meetings.exists() {
                continue;
            }
            let Ok(meant) = timetable(files(&meetings)) else { continue };
            // Each step is published twice: the second time nothing has changed, but the stamps rise.
            for is_recovery in [false, true] {
                let hour = 8 + u8::from(is_recovery);
                let instant = format!("2026-01-{step:02}T{hour:02}:00:00Z").parse().expect("an instant");
                let publish_request = PublishRequest { is_recovery, ..publish_request(meant.clone(), instant) };
                let made = publish(before.as_ref().map(|(release, _)| release), publish_request);
                let Ok(made) = made.map(|made| made.release) else { continue };
                let last = before.as_ref().map(|(_, shelf)| shelf);
                let entry_index = EntryIndex::new(Arc::new(made.clone()), last.map(FragmentCache::entry_index));
                let kept = FragmentCache::new(entry_index, last);
                let (kept_feeds, anew) = (assembled(&kept), assembled(&shelf(made.clone())));
                assert_eq!(kept_feeds, anew, "{} {step}", story.display());
                for (at, (bytes, print)) in kept_feeds {
                    let known = prints.entry(at).or_default().entry(print).or_insert_with(|| bytes.clone());
                    assert_eq!(*known, bytes, "one print, two bodies");
                }
                before = Some((made, kept));
                releases += 1;
            }
        }
        for bodies in prints.into_values() {
            let mut bodies: Vec<Vec<u8>> = bodies.into_values().collect();
            let prints = bodies.len();
            bodies.sort();
            bodies.dedup();
            assert_eq!(prints, bodies.len(), "one body, two prints");
        }
    }
    assert!(releases > 40, "{releases}");
}

/// Delegates who differ in one preference each, some of them twice, and some who follow empty feeds.
fn delegates(reminder: &str) -> String {
    let wishes = [
        "follows: [SG1/Q1]",
        "follows: [SG1/Q2]",
        "follows: [SG1/Q1, SG1/Q3]",
        "follows: [SG1/Q1], audiences: [SG1/management]",
        "follows: [SG1/Q1], language: zh",
        "follows: [SG1/Q1], cancelled: hide",
        "follows: [SG1/Q1], reminders: {sessions: 15 minutes}",
        "follows: [SG1/Q1], reminders: {deadlines: 15 minutes}",
        "follows: [SG1/Q1], key: 3",
        "follows: [SG2]",
    ];
    let twice = wishes.iter().enumerate().flat_map(|(number, wishes)| [(2 * number, wishes), (2 * number + 1, wishes)]);
    let lines = twice.map(|(number, wishes)| format!("- {{id: delegate-{number}, {wishes}}}\n"));
    // This delegate comes to have the preferences of others.
    lines.collect::<String>()
        + &format!("- {{id: rapporteur-q1, follows: [SG1/Q1], reminders: {{sessions: {reminder}}}}}\n")
}

/// Delegates with equal preferences share an answer, and nobody gets the answer of other preferences.
#[test]
fn delegates_get_their_own_preferences_whoever_asked_before() {
    let files = |reminder: &str| {
        let mut all = first_of_changed("", "");
        let group = all.iter().find(|file| file.path == "sg1/group.yaml").expect("a study group");
        let other = String::from_utf8(group.bytes().expect("bytes").into()).expect("UTF-8").replace("SG1", "SG2");
        all.push(DefinitionFile::new("sg2/group.yaml", other.replace("sg1.", "sg2.")));
        all.push(DefinitionFile::new("delegates.yaml", delegates(reminder)));
        timetable(all).unwrap_or_else(|problems| panic!("{}", problems.report(false)))
    };
    let at = |day: u32| format!("2025-01-0{day}T08:00:00Z").parse().expect("an instant");
    let first = publish(None, publish_request(files("30 minutes"), at(1))).expect("it is published").release;
    let second = publish(Some(&first), publish_request(files("15 minutes"), at(2))).expect("it is published").release;
    let site = site(&second);
    let entry_index = EntryIndex::new(Arc::new(second.clone()), None);
    let mut different: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for _ in 0..3 {
        for delegate in second.timetable.delegates.iter() {
            let token = secret().token(&delegate);
            let selection = Selection::Delegate(Arc::new(delegate.clone()));
            for (ending, language) in [("ics", None), ("zh.ics", Some(Language::from_tag("zh").expect("a language")))] {
                let rendered = icalendar::render(&Feed::new(&entry_index, selection.clone(), language.as_ref()));
                let answer = get(&site, &format!("/delegate/{token}.{ending}"));
                assert_eq!(answer.text(), rendered, "{}.{ending}", delegate.id);
                if language.is_none() {
                    different.entry(rendered).or_default().push(delegate.id.to_string());
                }
            }
        }
    }
    // Seven different ones (nothing is cancelled, and a key does not affect a feed), the notices of two empty feeds,
    // and the delegate who came to have the preferences of others, with other stamps.
    assert_eq!(different.len(), 7 + 2 + 1, "{:?}", different.values());
}
