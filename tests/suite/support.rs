//! What several tests need: folders of definitions, releases of them, and a client.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, LazyLock};

use convene::definition::{self, DefinitionFile};
use convene::private::Secret;
use convene::problem::Problems;
use convene::publication::PublishRequest;
use convene::resolve::resolve;
use convene::revision::Release;
use convene::server::{ServerState, Service};
use convene::store::Location;
use convene::timetable::Timetable;
use http_body_util::BodyExt;
use hyper::{HeaderMap, Request, StatusCode};
use jiff::Timestamp;

/// The top of the repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Edits the text of a file.
pub fn rewrite(file: &mut DefinitionFile, edit: impl FnOnce(String) -> String) {
    let text = String::from_utf8(file.bytes().expect("octets").into()).expect("UTF-8");
    *file = DefinitionFile::new(file.path.clone(), edit(text));
}

/// Every YAML file below a folder, with its path below it.
pub fn files(folder: &Path) -> Vec<DefinitionFile> {
    let yaml = tree(folder).into_iter().filter(|path| path.ends_with(".yaml"));
    yaml.map(|path| DefinitionFile::new(path.clone(), fs::read(folder.join(&path)).expect("a definition"))).collect()
}

/// The paths of all files below a folder, sorted.
pub fn tree(folder: &Path) -> Vec<String> {
    fn walk(folder: &Path, prefix: &str, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let entry = entry.expect("an entry of a folder");
            let below = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{below}/"), found);
            } else {
                found.push(below);
            }
        }
    }
    let mut found = Vec::new();
    walk(folder, "", &mut found);
    found.sort();
    found
}

/// What files mean, or everything wrong in them.
pub fn timetable(files: Vec<DefinitionFile>) -> Result<Timetable, Box<Problems>> {
    let (definitions, mut problems) = definition::read("meetings", files);
    let timetable = resolve(&definitions, &mut problems);
    problems.apply_waivers();
    timetable.ok_or_else(|| Box::new(problems))
}

/// The files of the first step of the story `changed`, with one text in the place of another.
pub fn first_of_changed(from: &str, to: &str) -> Vec<DefinitionFile> {
    let mut all = files(&repository().join("tests/history/changed/1/meetings"));
    for file in &mut all {
        rewrite(file, |text| text.replace(from, to));
    }
    all
}

/// To publish a timetable at an instant, for `https://convene.example/`.
pub fn intent(timetable: Timetable, instant: Timestamp) -> PublishRequest {
    PublishRequest::from_definitions(timetable, "https://convene.example/".parse().expect("a URL"), instant)
}

/// The release of files at an instant, for `https://convene.example/`. Panics with the report if they have an error.
pub fn release(files: Vec<DefinitionFile>, instant: &str) -> Release {
    let timetable = timetable(files).unwrap_or_else(|problems| panic!("{}", problems.report(false)));
    Release::draft(timetable, instant.parse().expect("an instant"), "https://convene.example/".parse().expect("a URL"))
}

/// The release of the repository's own definitions, shortly before their meeting.
pub fn sg12() -> Release {
    release(files(&repository().join("meetings")), SG12_INSTANT)
}

/// Shortly before the meeting of the repository's own definitions.
pub const SG12_INSTANT: &str = "2024-12-20T08:00:00Z";

/// A secret that everybody knows.
pub fn secret() -> Secret {
    Secret::from_bytes(b"a secret that everybody may know").expect("enough octets")
}

/// The service over a release, at its instant for ever.
pub fn site(release: &Release) -> Service {
    let live = ServerState::default().with_fixed_clock(release.instant);
    live.activate_release(release.clone(), &secret());
    Service::new(Arc::new(live))
}

/// The service over the release of the repository's own definitions, made once.
pub fn sg12_site() -> &'static Service {
    static SITE: LazyLock<Service> = LazyLock::new(|| site(&sg12()));
    &SITE
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("a body in UTF-8")
    }
}

/// Where what a service makes beside its connections is made.
static RUNTIME: LazyLock<tokio::runtime::Runtime> =
    LazyLock::new(|| tokio::runtime::Runtime::new().expect("a runtime"));

/// Asks a service.
pub fn ask(service: &Service, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::builder().method(method).uri(path).header("Host", "convene.example");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(()).expect("a request");
    RUNTIME.block_on(async {
        let response = service.answer(&request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("a body").to_bytes().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    })
}

/// Gets a body that must be there.
pub fn get(service: &Service, path: &str) -> Answer {
    let answer = ask(service, "GET", path, &[]);
    assert_eq!(answer.status, StatusCode::OK, "{path}");
    answer
}

/// Every address of a release: public ones without a language and in each language, some that a reader picks, and the
/// private ones with the delegate's id in the place of the token, each with the path to ask for.
pub fn addresses(release: &Release) -> Vec<(String, String)> {
    let mut addresses = Vec::new();
    for (path, selection) in convene::feed::addresses(&release.timetable) {
        addresses.push((format!("{path}.ics"), format!("/{path}.ics")));
        for language in selection.groups(&release.timetable)[0].languages.clone() {
            addresses.push((format!("{path}.{language}.ics"), format!("/{path}.{language}.ics")));
        }
    }
    for delegate in release.timetable.delegates.iter() {
        let token = secret().token(&delegate);
        addresses.push((format!("delegate/{}.ics", delegate.id), format!("/delegate/{token}.ics")));
        let selection = convene::feed::Selection::Delegate(Arc::new(delegate.clone()));
        let groups = selection.groups(&release.timetable);
        let languages: BTreeSet<_> = groups.into_iter().flat_map(|group| &group.languages).collect();
        for language in languages {
            addresses.push((
                format!("delegate/{}.{language}.ics", delegate.id),
                format!("/delegate/{token}.{language}.ics"),
            ));
        }
    }
    addresses
}

/// Where `tests/run` puts the outside readers.
pub fn readers() -> PathBuf {
    let readers = repository().join("target/readers");
    assert!(
        readers.join("ready").exists(),
        "the outside readers are not installed in {}: run tests/run once, which installs them",
        readers.display()
    );
    readers
}

/// Runs a program with a text on its standard input, and gives its standard output. It must succeed.
pub fn run_with_input(command: &mut Command, input: &str) -> String {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a program that starts");
    child.stdin.take().expect("its standard input").write_all(input.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{command:?} ended with {}", output.status);
    String::from_utf8(output.stdout).expect("its output in UTF-8")
}

/// Does something with a `PostgreSQL` that the tests have for themselves: `["start"]`, `["kill", "faults"]`. What it says.
pub fn server(arguments: &[&str]) -> String {
    let done = Command::new(repository().join("tests/postgres")).args(arguments).output().expect("tests/postgres");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).expect("UTF-8").trim().to_owned()
}

/// A new database in the `PostgreSQL` that the tests have for themselves, which is started if it does not run.
pub fn postgres() -> Location {
    Location::Postgres(database(&server(&["start"])).parse().expect("an address"))
}

/// A new database of a server.
pub fn database(server: &str) -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let name = format!("test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    let made = Command::new("psql").args([server, "-qc", &format!("CREATE DATABASE {name}")]).output().expect("psql");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    server.replace("/postgres?", &format!("/{name}?"))
}
