//! Pages of every kind, and the definitions that they are made from.

use std::sync::{Arc, LazyLock};

use convene::definition::DefinitionFile;
use convene::publication::publish;
use convene::revision::Release;
use convene::server::{ServerState, Service};

use crate::support::{files, get, publish_request, repository, secret, timetable};

/// Pages of every kind and in every state, of [`all_sorts`].
pub const PAGES: [&str; 26] = [
    "",
    "status",
    "sg12/",
    "sg12/2025-01-geneva/",
    "sg12/2025-01-geneva/for/wp1/",
    "sg12/2025-01-geneva/for/management/",
    "sg12/2025-01-geneva/contributions/",
    "sg12/wp1/",
    "sg12/follow/",
    "sg12/follow/wp1_wp3_management/",
    "sg12/changes/",
    "embed/sg12/",
    "embed/sg12/wp1",
    "sg3/",
    "sg3/2025-01-busy/",
    "sg3/2025-01-busy/opening/",
    "sg3/2025-01-busy/q4/",
    "sg3/2025-interim/",
    "sg3/2025-09-lisbon/",
    "sg3/changes/",
    "sg3/follow/q1_q3/",
    "embed/sg3/2025-01-busy",
    "sg4/",
    "sg4/all/",
    "sg5/",
    "sg5/2025-04-quebec/",
];

/// The instant at which [`all_sorts`] is viewed: the third day of a meeting.
pub const INSTANT: &str = "2025-01-15T08:00:00Z";

/// Returns the definitions of `tests/browser` and the repository's own, before the last edit and after it.
pub fn all_sorts() -> [Vec<DefinitionFile>; 2] {
    let own = || files(&repository().join("meetings")).into_iter();
    let of = |folder: &str| files(&repository().join("tests/browser").join(folder));
    let before = of("before");
    let is_edited = |file: &DefinitionFile| before.iter().any(|before| before.path == file.path);
    let others: Vec<DefinitionFile> = of("meetings").into_iter().filter(|file| !is_edited(file)).collect();
    [own().chain(others).chain(before).collect(), own().chain(of("meetings")).collect()]
}

/// Returns the release of those definitions.
pub fn release_of_all_sorts() -> Release {
    let instant: jiff::Timestamp = INSTANT.parse().expect("an instant");
    let mut release = None;
    for (files, before) in all_sorts().into_iter().zip([3600, 60]) {
        let timetable = timetable(files).unwrap_or_else(|problems| panic!("{}", problems.report(false)));
        let publish_request = publish_request(timetable, instant - jiff::SignedDuration::from_secs(before));
        release = Some(publish(release.as_ref(), publish_request).expect("a release").release);
    }
    release.expect("a release")
}

/// Returns the service for a release at an instant.
pub fn service_at(release: &Release, instant: &str) -> Service {
    let state = ServerState::default().with_fixed_clock(instant.parse().expect("an instant"));
    state.activate_release(release.clone(), &secret());
    Service::new(Arc::new(state))
}

pub static SERVICE: LazyLock<Service> = LazyLock::new(|| service_at(&release_of_all_sorts(), INSTANT));

pub fn page(path: &str) -> String {
    get(&SERVICE, &format!("/{path}")).text().to_owned()
}
