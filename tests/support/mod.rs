//! What several tests need: folders of definitions, their releases, and a client.

pub mod cases;
pub mod edits;
pub mod folder;
pub mod histories;
pub mod http;
pub mod pages;
pub mod program;
pub mod promises;
pub mod series;
pub mod stories;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use convene::definition::{self, DefinitionFile};
use convene::private::Secret;
use convene::problem::Problems;
use convene::publication::PublishRequest;
use convene::resolve::resolve;
use convene::revision::Release;
use convene::server::{ServerState, Service};
use convene::timetable::Timetable;
use http_body_util::BodyExt;
use hyper::{HeaderMap, Request, StatusCode};
use jiff::Timestamp;

/// Returns the top folder of the repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Edits the text of a file.
pub fn rewrite(file: &mut DefinitionFile, edit: impl FnOnce(String) -> String) {
    let text = String::from_utf8(file.bytes().expect("bytes").into()).expect("UTF-8");
    *file = DefinitionFile::new(file.path.clone(), edit(text));
}

/// Writes a file, and creates its folder if necessary.
pub fn write_file(path: &Path, bytes: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("to make a folder");
    fs::write(path, bytes).expect("to write");
}

/// Returns every YAML file in a folder, with its path.
pub fn files(folder: &Path) -> Vec<DefinitionFile> {
    let yaml = tree(folder).into_iter().filter(|path| path.ends_with(".yaml"));
    yaml.map(|path| DefinitionFile::new(path.clone(), fs::read(folder.join(&path)).expect("a definition"))).collect()
}

/// Returns the paths of all files in a folder, sorted.
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

/// Returns the timetable of files, or their problems.
pub fn timetable(files: Vec<DefinitionFile>) -> Result<Timetable, Box<Problems>> {
    let (definitions, mut problems) = definition::read("meetings", files);
    let timetable = resolve(&definitions, &mut problems);
    problems.apply_waivers();
    timetable.ok_or_else(|| Box::new(problems))
}

/// Returns the files of the first step of the story `changed`, with a text replaced.
pub fn first_of_changed(from: &str, to: &str) -> Vec<DefinitionFile> {
    let mut all = files(&repository().join("tests/history/changed/1/meetings"));
    for file in &mut all {
        rewrite(file, |text| text.replace(from, to));
    }
    all
}

/// Returns a request to publish a timetable at an instant, for `https://convene.example/`.
pub fn publish_request(timetable: Timetable, instant: Timestamp) -> PublishRequest {
    PublishRequest::from_definitions(timetable, "https://convene.example/".parse().expect("a URL"), instant)
}

/// Returns the release of files at an instant, for `https://convene.example/`. Panics with the report if they have
/// errors.
pub fn release(files: Vec<DefinitionFile>, instant: &str) -> Release {
    let timetable = timetable(files).unwrap_or_else(|problems| panic!("{}", problems.report(false)));
    Release::draft(timetable, instant.parse().expect("an instant"), "https://convene.example/".parse().expect("a URL"))
}

/// Returns the release of the repository's own definitions, shortly before their meeting.
pub fn sg12() -> Release {
    release(files(&repository().join("meetings")), SG12_INSTANT)
}

/// An instant shortly before the meeting of the repository's own definitions.
pub const SG12_INSTANT: &str = "2024-12-20T08:00:00Z";

/// Returns a secret that everybody knows.
pub fn secret() -> Secret {
    Secret::from_bytes(b"a secret that everybody may know").expect("enough bytes")
}

/// Returns the service for a release, with the clock fixed at its instant.
pub fn site(release: &Release) -> Service {
    let state = ServerState::default().with_fixed_clock(release.instant);
    state.activate_release(release.clone(), &secret());
    Service::new(Arc::new(state))
}

/// Returns the service for the repository's own definitions, created once.
pub fn sg12_site() -> &'static Service {
    static SITE: LazyLock<Service> = LazyLock::new(|| site(&sg12()));
    &SITE
}

/// A response.
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
    /// Returns the body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("a body in UTF-8")
    }
}

/// The runtime for everything that a service does in the background.
static RUNTIME: LazyLock<tokio::runtime::Runtime> =
    LazyLock::new(|| tokio::runtime::Runtime::new().expect("a runtime"));

/// Requests an address of a service.
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

/// Requests an address that must exist.
pub fn get(service: &Service, path: &str) -> Answer {
    let answer = ask(service, "GET", path, &[]);
    assert_eq!(answer.status, StatusCode::OK, "{path}");
    answer
}

/// Returns every address of a release, with the path to request: public feeds without a language and in each
/// language, some feeds of the builder, and private feeds, named by the delegate's id in place of the token.
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

/// Returns the file name of the schema of a definition.
pub fn schema_of(path: &str) -> &'static str {
    match path.rsplit('/').next() {
        Some("delegates.yaml") => "delegates.schema.json",
        Some("group.yaml") => "group.schema.json",
        _ => "meeting.schema.json",
    }
}
