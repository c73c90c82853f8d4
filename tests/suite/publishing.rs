//! `publish`, `diff`, `history` and `rollback`, with their output.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use convene::definition::DefinitionFile;
use convene::publication::{PublishRequest, ReleaseContent, publish};
use convene::revision::Release;
use tempfile::TempDir;

use crate::support::program::{convene, run};
use crate::support::{files, publish_request, repository, rewrite, timetable, write_file};

/// Returns a folder with definitions of a meeting in the future.
fn work_dir() -> TempDir {
    let work_dir = tempfile::tempdir().expect("a folder");
    for mut file in files(&repository().join("tests/history/changed/1/meetings")) {
        rewrite(&mut file, |text| text.replace("2025-", "2081-"));
        let path = work_dir.path().join("meetings").join(file.path.replace("2025", "2081"));
        write_file(&path, file.bytes().expect("bytes"));
    }
    work_dir
}

fn edit(work_dir: &Path, from: &str, to: &str) {
    let file = work_dir.join("meetings/sg1/2081-03-geneva.yaml");
    let text = fs::read_to_string(&file).expect("a definition");
    assert!(text.contains(from), "{text}");
    fs::write(&file, text.replace(from, to)).expect("to write");
}

/// Runs a command that must succeed, and returns its output.
fn output(work_dir: &Path, command: &str) -> String {
    let (code, output, error) = run(convene(work_dir).args(command.split(' ')));
    assert_eq!((code, error.as_str()), (0, ""), "{command}: {output}");
    output
}

/// Returns the output of `history` without the instants.
fn history(work_dir: &Path) -> Vec<String> {
    let without =
        |line: &str| line.split_whitespace().filter(|word| !word.ends_with('Z')).collect::<Vec<_>>().join(" ");
    output(work_dir, "history").lines().map(without).collect()
}

/// Private addresses are those of the service that published, not of this machine.
#[test]
fn delegates_are_given_the_addresses_of_the_service() {
    let work_dir = work_dir();
    let work_dir = work_dir.path();
    fs::write(work_dir.join("meetings/delegates.yaml"), "- {id: delegate-1, follows: [SG1/Q1]}\n").expect("to write");
    assert!(output(work_dir, "delegates").starts_with("delegate-1\thttp://127.0.0.1:8080/delegate/"));
    output(work_dir, "publish --base-url https://convene.example");
    assert!(output(work_dir, "delegates").starts_with("delegate-1\thttps://convene.example/delegate/"));
    let other = output(work_dir, "delegates --base-url https://other.example");
    assert!(other.starts_with("delegate-1\thttps://other.example/delegate/"));
}

#[test]
fn a_secretary_sees_what_would_change_publishes_it_and_takes_it_back() {
    let work_dir = work_dir();
    let work_dir = work_dir.path();
    assert_eq!(output(work_dir, "history"), "nothing has been published yet\n");
    assert_eq!(
        output(work_dir, "diff"),
        "SG1 is new: meetings: 1, sessions: 3, deadlines: 1\nrelease 1 would follow\n"
    );
    assert!(!work_dir.join("state").exists(), "to look makes nothing");
    assert_eq!(output(work_dir, "publish --base-url https://convene.example"), "release 1: 7 entries\n");
    assert_eq!(output(work_dir, "publish"), "nothing was published: the latest release has the same content\n");
    assert_eq!(output(work_dir, "diff"), "nothing that readers see would change\n");
    edit(work_dir, "day: 2081-03-04, at: 14:30-16:00, room: K", "day: 2081-03-05, at: 09:30-11:00, room: L2");
    let moved = "sg1/2081-03-geneva:\n  SG1: Q1/1 – Question meeting: Tue 2081-03-04 14:30, room K -> Wed 2081-03-05 \
                 09:30, room L2; 5 feeds";
    let feeds = "sg1/2081-03-geneva, sg1/2081-03-geneva/q1, sg1/all, sg1/q1, sg1/wp1";
    assert_eq!(output(work_dir, "diff"), format!("{moved}\nrelease 2 would follow: 1 changed\n"));
    assert_eq!(output(work_dir, "diff --feeds"), format!("{moved}: {feeds}\nrelease 2 would follow: 1 changed\n"));
    let (code, told, _) = run(convene(work_dir).arg("publish"));
    assert_eq!((code, told.as_str()), (0, "release 2: 1 changed\n"));
    assert_eq!(history(work_dir), ["2 1 changed", "1 7 entries"]);
    assert!(output(work_dir, "history 2").ends_with(&format!("{moved}\n")));
    assert!(output(work_dir, "history 2 --feeds").ends_with(&format!("{moved}: {feeds}\n")));
    let taken_back = "release 3: 1 changed (restores release 1)\n\
                      the folder of definitions is ignored until its files change. `convene restore 1` writes the files of that \
                      release into it, so that the next edit does not undo the rollback\n";
    assert_eq!(output(work_dir, "rollback 1"), taken_back);
    let (_, told, _) = run(convene(work_dir).arg("publish"));
    assert_eq!(
        told,
        "nothing was published: a rollback to release 1 superseded these files, and they have not changed since. Change \
         them, or choose another release with `convene rollback`\n"
    );
    assert!(
        output(work_dir, "diff").starts_with("nothing was published: a rollback to release 1 superseded these files")
    );
    edit(work_dir, "room: L2", "room: L3");
    let (_, told, _) = run(convene(work_dir).arg("publish"));
    assert_eq!(told, "release 4: 1 changed\n");
    assert_eq!(history(work_dir), ["4 1 changed", "3 1 changed (restores release 1)", "2 1 changed", "1 7 entries"]);
    for (command, expected) in [
        ("rollback 9", "there is no release 9: `convene history` lists them"),
        ("history 9", "there is no release 9: `convene history` lists them"),
        ("publish --database mysql://user:pass@host/x", "expected an address such as postgres://user@host/convene"),
        ("serve --database postgres:///x?host=/nowhere", "a ledger in PostgreSQL also needs `--secret-file FILE`"),
    ] {
        let (code, _, error) = run(convene(work_dir).args(command.split(' ')));
        assert!(code == 2 && error.contains(expected), "{command}: {error}");
        assert!(!error.contains("pass"), "{command}: a password is told: {error}");
    }
}

#[test]
fn removed_sessions_are_reported_and_errors_publish_nothing() {
    let work_dir = work_dir();
    let work_dir = work_dir.path();
    output(work_dir, "publish --base-url https://convene.example");
    edit(work_dir, "- {id: q1, kind: question, for: [Q1], day: 2081-03-04, at: 14:30-16:00, room: K}\n", "");
    let (_, told, _) = run(convene(work_dir).arg("publish"));
    assert_eq!(told, "release 2: 1 no longer announced\n");
    edit(work_dir, "room: Popov", "rom: Popov");
    for command in ["publish", "diff"] {
        let (code, told, error) = run(convene(work_dir).arg(command));
        assert_eq!((code, told.as_str()), (1, ""), "{command}");
        assert!(error.contains("did you mean `room`?"), "{command}: {error}");
    }
    assert_eq!(history(work_dir).len(), 2);
}

/// clients.md C2
#[test]
fn a_uid_that_would_change_its_meaning_is_refused_with_its_place() {
    let work_dir = work_dir();
    let work_dir = work_dir.path();
    output(work_dir, "publish --base-url https://convene.example");
    edit(work_dir, "id: q1,", "id: q1, uid: \"4711@old.example\",");
    assert_eq!(output(work_dir, "publish").lines().count(), 1);
    edit(
        work_dir,
        "- {id: q1, uid: \"4711@old.example\",",
        "- {id: q9, uid: \"4711@old.example\", kind: question, for: [Q2], day: 2081-03-07, at: 09:30-10:00}\n- {id: q1,",
    );
    assert_eq!(run(convene(work_dir).arg("check")).0, 0, "the definitions alone are good");
    for command in ["publish", "diff"] {
        let (code, _, error) = run(convene(work_dir).arg(command));
        assert_eq!(code, 1, "{error}");
        assert!(error.contains("error: this identity (UID) already belongs to another entry"), "{error}");
        assert!(error.contains("readers know it as `session sg1/2081-03-geneva/q1`"), "{error}");
        assert!(error.contains("--> meetings/sg1/2081-03-geneva.yaml:"), "{error}");
    }
    assert_eq!(history(work_dir).len(), 2);
}

/// A rename without `was:` is reported by every command that sees the ledger, with the line to write. With that line the
/// event goes on.
#[test]
fn a_rename_without_was_is_reported_with_the_line_to_write() {
    let work_dir = work_dir();
    let work_dir = work_dir.path();
    output(work_dir, "publish --base-url https://convene.example");
    edit(work_dir, "id: q1,", "id: first-question,");
    assert_eq!(run(convene(work_dir).arg("check")).2, "", "the definitions alone are good");
    for command in ["check --state state", "diff", "publish"] {
        let (code, _, error) = run(convene(work_dir).args(command.split(' ')));
        assert_eq!(code, 0, "{command}: {error}");
        assert!(error.contains("warning[likely-rename]: this entry seems to have been renamed"), "{command}: {error}");
        assert!(error.contains("if it was renamed, write `was: q1` here"), "{command}: {error}");
        assert!(error.contains("--> meetings/sg1/2081-03-geneva.yaml:"), "{command}: {error}");
    }
    edit(work_dir, "id: first-question,", "id: first-question, was: q1,");
    assert_eq!(run(convene(work_dir).args(["check", "--state", "state"])).2, "");
    let (_, diff, error) = run(convene(work_dir).arg("diff"));
    assert!(diff.contains("announced again"), "{diff}");
    assert_eq!(error, "");
    let (code, _, error) = run(convene(work_dir).args(["check", "--state", "elsewhere"]));
    assert_eq!((code, error.contains("there is no ledger in `elsewhere`")), (2, true), "{error}");
}

/// An address that only the ledger remembers goes to another body with a warning.
#[test]
fn an_address_of_another_body_is_taken_over_with_a_warning() {
    let work_dir = work_dir();
    let work_dir = work_dir.path();
    let place = work_dir.join("meetings/sg1/group.yaml");
    let group = fs::read_to_string(&place).expect("a group");
    let with_bodies = |bodies: &str| fs::write(&place, format!("{group}\nbodies:\n{bodies}")).expect("to write");
    with_bodies("  kerberos: {name: Kerberos}\n  tls: {name: Transport}\n");
    output(work_dir, "publish --base-url https://convene.example");
    let steps = [
        ("  krb-wg: {name: Kerberos, was: kerberos, address: krb}\n  tls: {name: Transport}\n", ""),
        (
            "  krb-wg: {name: Kerberos, address: krb}\n  tls: {name: Transport, address: kerberos}\n",
            "the address `kerberos` was that of `krb-wg/1`",
        ),
        ("  tls: {name: Transport, address: krb}\n", "the address `krb` was that of `krb-wg/1`"),
        ("  KERB: {name: Kerberos, was: krb-wg}\n  tls: {name: Transport}\n", ""),
        ("  KERB: {name: Kerberos}\n  tls: {name: Transport}\n", ""),
        (
            "  KERB: {name: Kerberos}\n  krb-wg: {name: Another}\n  tls: {name: Transport}\n",
            "the address `krb-wg` was that of `KERB/1`",
        ),
    ];
    for (bodies, message) in steps {
        with_bodies(bodies);
        assert_eq!(run(convene(work_dir).arg("check")).2, "", "the definitions alone are good: {bodies}");
        for command in ["check --state state", "diff", "publish"] {
            let (code, _, error) = run(convene(work_dir).args(command.split(' ')));
            assert_eq!(code, 0, "{command}: {error}");
            if message.is_empty() {
                assert_eq!(error, "", "{command}, {bodies}");
            } else {
                assert!(
                    error.contains(&format!("warning[taken-address]: {message}\n")),
                    "{command}, {bodies}: {error}"
                );
                assert!(error.contains("--> meetings/sg1/group.yaml:"), "{command}: {error}");
            }
        }
    }
}

/// A file, or a deadline, that was renamed without `was:` is recognized too.
#[test]
fn renames_of_files_and_deadlines_are_recognized() {
    let work_dir = work_dir();
    let work_dir = work_dir.path();
    let file = |name: &str| work_dir.join("meetings/sg1").join(name);
    edit(work_dir, "sessions:", "sessions: # \n");
    let with_deadline = |id: &str| {
        let text = fs::read_to_string(file("2081-03-geneva.yaml")).expect("a definition");
        let line = format!("deadlines:\n- {{id: {id}, title: Papers, due: 2081-02-01}}\n");
        text.split("deadlines:\n").next().unwrap_or_default().to_owned()
            + &line
            + &text[text.find("sessions:").expect("sessions")..]
    };
    fs::write(file("2081-03-geneva.yaml"), with_deadline("papers")).expect("to write");
    run(convene(work_dir).args(["publish", "--base-url", "https://convene.example"]));
    fs::write(file("2081-03-geneva.yaml"), with_deadline("contributions-2")).expect("to write");
    let check = || run(convene(work_dir).args(["check", "--state", "state"])).2;
    assert!(check().contains("write `was: papers` here"), "{}", check());
    fs::write(file("2081-03-geneva.yaml"), with_deadline("papers")).expect("to write");
    fs::rename(file("2081-03-geneva.yaml"), file("2081-spring.yaml")).expect("to rename");
    assert!(check().contains("write `was: 2081-03-geneva` here"), "{}", check());
    assert!(check().contains("no errors, 1 warning"), "one line is enough: {}", check());
}

/// A release that is published again has the identities of its day, even if a name has been given to something else.
#[test]
fn a_rollback_over_a_reused_name_keeps_identities() {
    let step = |number: usize| {
        let folder = repository().join("tests/history/name-used-anew");
        let mut all: BTreeMap<String, DefinitionFile> = BTreeMap::new();
        for file in (1..=number).flat_map(|step| files(&folder.join(format!("{step}/meetings")))) {
            all.insert(file.path.clone(), file);
        }
        timetable(all.into_values().collect()).unwrap_or_else(|problems| panic!("{}", problems.report(false)))
    };
    let uid = |release: &Release, id: &str| {
        let sessions = &release.timetable.groups[0].meetings[0].sessions;
        let session = sessions.iter().find(|session| session.id.as_str() == id && session.cancelled.is_none());
        session.map(|session| session.occurrences[0].uid.clone())
    };
    let instant = |day: usize| format!("2025-01-{:02}T09:00:00Z", 10 + day).parse().expect("an instant");
    let mut release: Option<Release> = None;
    for day in 1..=3 {
        let request = publish_request(step(day), instant(day));
        release = Some(publish(release.as_ref(), request).expect("no conflict").release);
    }
    let before = release.expect("a release");
    let (renamed, anew) = (uid(&before, "first-question"), uid(&before, "q1"));
    assert!(renamed.is_some() && anew.is_some() && renamed != anew);
    let request = PublishRequest { content: ReleaseContent::Restored(step(1)), ..publish_request(step(1), instant(4)) };
    let restored = publish(Some(&before), request).expect("no conflict").release;
    assert_eq!(uid(&restored, "q1"), renamed, "the first release called it so");
}

/// Events that lose their identity together, and hours that shift with a zone, are reported with what to write.
#[test]
fn events_that_become_others_and_hours_that_shift_are_reported() {
    let work_dir = work_dir();
    let work_dir = work_dir.path();
    let place = work_dir.join("meetings/sg1/2081-03-geneva.yaml");
    let meeting = fs::read_to_string(&place).expect("a meeting");
    let with = |more: &str| fs::write(&place, format!("{more}\n{meeting}")).expect("to write");
    let block = |at: &str| {
        format!("{meeting}- {{id: block, kind: ad-hoc, for: [Q2], days: [2081-03-04..2081-03-07], at: {at}}}\n")
    };
    fs::write(&place, block("morning")).expect("to write");
    output(work_dir, "publish --base-url https://convene.example");
    fs::write(&place, block("10:00-12:00")).expect("to write");
    for command in ["check --state state", "diff"] {
        let (code, _, error) = run(convene(work_dir).args(command.split(' ')));
        assert_eq!(code, 0, "{command}: {error}");
        assert!(error.contains("warning[replaced-events]: 4 events of `block` become others"), "{command}: {error}");
    }
    with("zone: America/New_York");
    for command in ["check --state state", "diff", "publish"] {
        let (code, _, error) = run(convene(work_dir).args(command.split(' ')));
        assert_eq!(code, 0, "{command}: {error}");
        assert!(error.contains("warning[shifted-hours]: "), "{command}: {error}");
        assert!(error.contains("if only the venue is to change, write `zone: Europe/Zurich`"), "{command}: {error}");
    }
    assert_eq!(run(convene(work_dir).args(["check", "--state", "state"])).2, "");
}

/// The files of a release are written as they were, so that the next edit does not undo a rollback.
#[test]
fn the_files_of_a_release_are_written_back() {
    let work_dir = work_dir();
    let work_dir = work_dir.path();
    let meeting = work_dir.join("meetings/sg1/2081-03-geneva.yaml");
    let first = std::fs::read(&meeting).expect("a file");
    output(work_dir, "publish --base-url https://convene.example");
    edit(work_dir, "room: K}", "room: L2}  # the other room");
    let added = work_dir.join("meetings/sg1/2081-09-calls.yaml");
    std::fs::write(&added, "title: Calls\nsessions: []\n").expect("to write");
    output(work_dir, "publish");
    let rolled_back = output(work_dir, "rollback 1");
    assert!(rolled_back.contains("`convene restore 1` writes the files of that release into it"), "{rolled_back}");
    assert_eq!(
        output(work_dir, "restore 1"),
        "wrote meetings/sg1/2081-03-geneva.yaml\nremoved meetings/sg1/2081-09-calls.yaml\n\
         the folder has the files of release 1 now; `delegates.yaml` stays as it is\n"
    );
    assert!(std::fs::read(&meeting).expect("a file") == first && !added.exists());
    assert_eq!(output(work_dir, "restore 1"), "the folder has the files of release 1 already\n");
    assert_eq!(output(work_dir, "diff"), "nothing that readers see would change\n");
    // What nobody has published would be lost.
    edit(work_dir, "room: K", "room: M");
    let edited = std::fs::read(&meeting).expect("a file");
    let (code, told, error) = run(convene(work_dir).args(["restore", "2"]));
    assert_eq!((code, told.as_str()), (1, ""));
    assert_eq!(
        error,
        "nothing was written: these files have edits that no release has, and would be lost:\n  \
         meetings/sg1/2081-03-geneva.yaml\nPublish them, move them away, or write over them with `--force`\n"
    );
    assert!(std::fs::read(&meeting).expect("a file") == edited && !added.exists());
    output(work_dir, "restore 2 --force");
    assert!(std::fs::read_to_string(&meeting).expect("a file").contains("# the other room") && added.exists());
    std::fs::remove_dir_all(work_dir.join("meetings")).expect("to remove");
    output(work_dir, "restore 1");
    assert!(std::fs::read(&meeting).expect("a file") == first, "a folder that was lost is written anew");
    let (code, _, error) = run(convene(work_dir).args(["restore", "9"]));
    assert!(code == 2 && error.contains("there is no release 9"), "{error}");
}
