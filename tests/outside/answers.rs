//! HTTP responses, checked by `REDbot`.

use convene::server::Limits;

use crate::support::http::Service;
use crate::support::{repository, secret, sg12};
use crate::tools::readers;

/// `REDbot` finds nothing wrong with any kind of response.
#[test]
fn redbot_finds_no_fault() {
    let service = Service::start(Limits::default());
    let release = sg12();
    let token = secret().token(&release.timetable.delegates.get(0).expect("a delegate"));
    let urls = [
        "/sg12/wp1.ics".to_owned(),
        "/sg12/wp1.zh.ics".to_owned(),
        "/sg12/2025-01-geneva.ics".to_owned(),
        "/sg12/2025-01-geneva/opening-plenary.ics".to_owned(),
        "/sg12/follow/wp1_q12.ics".to_owned(),
        format!("/delegate/{token}.ics"),
        format!("/delegate/{token}.json"),
        "/sg12/wp1.json".to_owned(),
        "/sg12/wp1.atom".to_owned(),
        "/".to_owned(),
        "/sg12/".to_owned(),
        "/sg12/changes/".to_owned(),
        "/fr/".to_owned(),
        "/zh/sg12/2025-01-geneva/for/wp1/".to_owned(),
        "/sg12/follow/wp1_q12/".to_owned(),
        "/embed/sg12/wp1".to_owned(),
        "/embed/sg12/wp1.js".to_owned(),
        "/assets/convene.css".to_owned(),
    ];
    let check = |arguments: &[&str], urls: &[String]| {
        let readers = readers();
        let mut command = std::process::Command::new(readers.join("redbot/bin/python"));
        command.arg(repository().join("tests/readers/answers.py")).arg("--quiet").args(arguments);
        command.args(urls.iter().map(|path| format!("http://{}{path}", service.address)));
        let done = command.output().expect("the checker");
        (
            done.status.code(),
            String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr),
        )
    };
    // `public` is redundant, but clients.md H10 requires it.
    let public = ["--allow", "STORE_PUBLIC_UNNECESSARY"];
    assert_eq!(check(&public, &urls), (Some(0), String::new()));
    let small = ["/robots.txt", "/assets/convene.js"].map(str::to_owned);
    assert_eq!(check(&[&public[..], &["--passes", "identity,head"]].concat(), &small), (Some(0), String::new()));
    let none = ["--status", "404", "--passes", "identity,head", "--no-etag", "--no-lm"];
    assert_eq!(check(&none, &["/none".to_owned()]), (Some(0), String::new()));
    let moved = ["--status", "308", "--passes", "identity,head", "--no-etag", "--no-lm"];
    assert_eq!(check(&[&public[..], &moved[..]].concat(), &["/sg12".to_owned()]), (Some(0), String::new()));
    // Pages that show the state of the service have no date.
    let state = [&public[..], &["--no-lm"]].concat();
    assert_eq!(check(&state, &["/sg12/wp1/".to_owned()]), (Some(0), String::new()));
    let small_and_live = [&state[..], &["--passes", "identity,head"]].concat();
    let status = ["/status", "/status.json"].map(str::to_owned);
    assert_eq!(check(&small_and_live, &status), (Some(0), String::new()));
    let (code, output) = check(&["--passes", "identity"], &["/none".to_owned()]);
    assert!(code == Some(1) && output.contains("X_STATUS"), "it finds fault with what is not there: {output}");
}
