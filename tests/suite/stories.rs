//! Stories of edits, published to SQLite, and ledgers that an earlier program wrote.

use std::fs;
use std::sync::{Mutex, PoisonError};

use convene::store::Location;

use crate::support::stories::{StoryRun, edit, run_story, steps, stories};
use crate::support::{repository, tree};

/// The files of a story are not read while they are written anew.
static FILES: Mutex<()> = Mutex::new(());

#[test]
fn stories_give_the_expected_feeds_on_sqlite() {
    let _files = FILES.lock().unwrap_or_else(PoisonError::into_inner);
    for story in stories() {
        let folder = tempfile::tempdir().expect("a folder");
        run_story(&story, &Location::in_folder(folder.path()), std::env::var_os("CONVENE_BLESS").is_some());
    }
}

/// The ledgers in `tests/ledgers` were written by the program of commit 72bf1d4, from all steps of a story but the
/// last. Today's program reads them, and the last step gives the same result as on a new ledger, apart from the stamps,
/// because its words are others. (There is none of stories in which that program told another change, or refused a step.)
#[test]
fn ledgers_of_an_earlier_program_are_continued() {
    let _files = FILES.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = repository().join("tests/ledgers");
    let ledgers = tree(&folder);
    assert!(ledgers.len() >= 8, "the ledgers are gone");
    for ledger in ledgers {
        let story = repository().join("tests/history").join(ledger.trim_end_matches(".sqlite"));
        let copies = tempfile::tempdir().expect("a folder");
        let copy = copies.path().join("ledger.sqlite");
        fs::copy(folder.join(&ledger), &copy).expect("to copy the ledger");
        let mut story_run = StoryRun::on(&Location::File(copy));
        story_run.ignores_stamps = true;
        story_run.known = story_run.runtime.block_on(story_run.ledger.latest(None)).expect("it reads");
        assert!(story_run.known.is_some(), "{ledger} holds no release");
        let steps = steps(&story);
        let (last, earlier) = steps.split_last().expect("steps");
        for step in earlier {
            edit(&mut story_run.folder, step);
        }
        story_run.step(last, false);
        story_run.runtime.block_on(story_run.ledger.close());
    }
}
