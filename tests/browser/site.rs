//! Serves definitions at one fixed instant, so that pages can be tested on any day:
//! `cargo run --example site -- meetings 2024-12-20T08:00:00Z [BASE_URL]`. What was published an hour before is in a folder
//! `before` beside them, if there is one. Prints its address as the first line, and ends when its input ends.

use std::error::Error;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::{env, fs, thread};

use convene::definition::{self, DefinitionFile};
use convene::private::Secret;
use convene::publication::{PublishRequest, publish};
use convene::resolve::resolve;
use convene::server::{self, EventLoops, Limits, RejectedDefinitions, ServerState, Service, StatusReport};
use convene::timetable::Timetable;
use jiff::{Timestamp, ToSpan};
use tokio::net::TcpListener;

type Fallible<T> = Result<T, Box<dyn Error>>;

fn main() -> Fallible<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [folder, instant, rest @ ..] = &arguments[..] else { return Err("site MEETINGS INSTANT [BASE_URL]".into()) };
    let (folder, instant): (&Path, Timestamp) = (Path::new(folder), instant.parse()?);
    tokio::runtime::Runtime::new()?.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let here = format!("http://{}/", listener.local_addr()?);
        let base_url: url::Url = rest.first().unwrap_or(&here).parse()?;
        let mut release = None;
        let before = Some(folder.with_file_name("before")).filter(|before| before.is_dir());
        for (folder, at) in before.iter().map(|before| (&**before, instant - 1.hour())).chain([(folder, instant)]) {
            let request = PublishRequest::from_definitions(timetable(folder)?, base_url.clone(), at);
            release = Some(publish(release.as_ref(), request).map_err(|_| "a UID means something else")?.release);
        }
        let state = ServerState::default().with_fixed_clock(instant);
        let site = state.activate_release(release.ok_or("nothing")?, &Secret::from_bytes(&[7; 32]).ok_or("no secret")?);
        let places = vec!["meetings/sg3/group.yaml:3".to_owned(), "meetings/sg3/2025-01-busy.yaml:27".to_owned()];
        state.set_status(StatusReport {
            release: site.release().number,
            published: Some(site.release().published),
            definitions: Some(RejectedDefinitions { errors: places.len(), places }),
            ..StatusReport::default()
        });
        println!("{here}");
        thread::spawn(|| {
            let _ = std::io::stdin().read_to_end(&mut Vec::new());
            std::process::exit(0);
        });
        let (event_loops, service) = (EventLoops::start(2)?, Service::new(Arc::new(state)));
        server::serve(listener, service, event_loops, Limits::default(), std::future::pending()).await;
        Ok(())
    })
}

/// Returns the timetable of a folder.
fn timetable(folder: &Path) -> Fallible<Timetable> {
    let (definitions, mut problems) = definition::read("meetings", files(folder, "")?);
    let timetable = resolve(&definitions, &mut problems);
    problems.apply_waivers();
    timetable.ok_or_else(|| problems.report(false).into())
}

/// Returns every YAML file below a folder, with its relative path.
fn files(folder: &Path, prefix: &str) -> Fallible<Vec<DefinitionFile>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let below = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            found.extend(files(&entry.path(), &format!("{below}/"))?);
        } else if below.ends_with(".yaml") {
            found.push(DefinitionFile::new(below, fs::read(entry.path())?));
        }
    }
    Ok(found)
}
