//! How the service fares, as everybody may know it.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::live::ServerState;
use super::supervisor::ServiceTask;
use crate::pages::{self, PageRequest, StatusProblem};
use crate::problem::{Problem, Problems, Severity};
use crate::text::Language;
use crate::wording::Messages;

/// How the service fares. Holds nothing that is not for everybody's eyes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StatusReport {
    /// The number of the release that is served; 0 for none.
    pub release: u32,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// What keeps the definitions from being published: how many errors there are, and where the public ones are.
    pub definitions: Option<RejectedDefinitions>,
    /// What cannot be read in the folder of definitions, and why: `meetings/sg12/group.yaml: Permission denied`.
    pub folder: Option<String>,
    /// What is wrong with the ledger.
    pub ledger: Option<Outage>,
    /// Whether delegates have other addresses here than the publisher gives them.
    pub has_other_secret: bool,
}

/// What everybody may know of what is wrong: it names no path and no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outage {
    /// The folder of definitions cannot be read.
    Folder,
    /// The ledger does not answer.
    Ledger,
    /// The clock is behind the latest release.
    Clock,
    /// Another version of convene made the release.
    Version,
    /// A newer version of convene publishes, and this one does not.
    Outdated,
    /// The secret is not that of the publisher.
    Secret,
    /// What is served is not kept up to date.
    Stale,
    /// Another part of convene ended because of a fault.
    Part,
}

impl Outage {
    /// What is said of it, as a message of the pages.
    fn message(self) -> &'static str {
        match self {
            Self::Folder => "status-folder",
            Self::Ledger => "status-ledger",
            Self::Clock => "status-clock",
            Self::Version => "status-version",
            Self::Outdated => "status-outdated",
            Self::Secret => "status-secret",
            Self::Stale => "status-stale",
            Self::Part => "status-part",
        }
    }

    /// What machines are told of it, in English.
    fn said(self) -> String {
        Messages::for_language(&Language::english()).format(self.message(), &[])
    }
}

/// Definitions that cannot be published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RejectedDefinitions {
    /// How many errors they have.
    pub errors: usize,
    /// Where: `meetings/sg12/group.yaml:7`. Nothing of delegates.yaml.
    pub places: Vec<String>,
}

/// Most places of errors that are told in public.
const MOST_PLACES: usize = 50;

impl RejectedDefinitions {
    /// What everybody may know of problems.
    pub fn from_problems(problems: &Problems) -> Self {
        let place = |problem: &Problem| {
            let source = &problems.sources[problem.span.file];
            let (line, _) = problems.position(problem.span.file, problem.span.start);
            (!source.is_private()).then(|| format!("{}:{line}", source.path))
        };
        let errors = problems.sorted().into_iter().filter(|problem| problem.severity == Severity::Error);
        Self { errors: problems.count(Severity::Error), places: errors.filter_map(place).take(MOST_PLACES).collect() }
    }
}

impl ServerState {
    /// What is wrong, but for the definitions.
    pub(super) fn concerns(&self) -> Vec<Outage> {
        let status = self.status();
        let folder = status.folder.is_some().then_some(Outage::Folder);
        let secret = status.has_other_secret.then_some(Outage::Secret);
        let down: Vec<ServiceTask> = self.parts().down().collect();
        let stale = (down.contains(&ServiceTask::Publisher) || self.is_overdue()).then_some(Outage::Stale);
        let part = down.iter().any(|part| *part != ServiceTask::Publisher).then_some(Outage::Part);
        [folder, status.ledger, secret, stale, part].into_iter().flatten().collect()
    }

    /// `{"release": 3, "published": "2025-01-10T09:00:00Z", "errors": 1, "places": […], "folder": null, "ledger": null,
    /// "faults": []}`
    pub(super) fn status_json(&self) -> String {
        let (status, concerns) = (self.status(), self.concerns());
        let folder = status.folder.as_ref().map(|path| format!("{} {path}", Outage::Folder.said()));
        let is_of_service = |concern: &&Outage| matches!(concern, Outage::Secret | Outage::Stale | Outage::Part);
        let faults: Vec<String> = concerns.iter().filter(is_of_service).map(|concern| concern.said()).collect();
        let document: Value = json!({
            "release": status.release,
            "published": status.published.map(|instant| instant.to_string()),
            "errors": status.definitions.as_ref().map_or(0, |definitions| definitions.errors),
            "places": status.definitions.as_ref().map(|definitions| &definitions.places[..]).unwrap_or_default(),
            "folder": folder,
            "ledger": status.ledger.map(Outage::said),
            "faults": faults,
        });
        format!("{document:#}\n")
    }

    pub(super) fn status_page(&self, setting: &PageRequest<'_>) -> String {
        let status = self.status();
        let mut troubles = Vec::new();
        if let Some(RejectedDefinitions { errors, places }) = &status.definitions {
            troubles.push(StatusProblem { what: "status-errors", number: Some(*errors), places: places.clone() });
        }
        for concern in self.concerns() {
            let places = status.folder.iter().filter(|_| concern == Outage::Folder).cloned().collect();
            troubles.push(StatusProblem { what: concern.message(), number: None, places });
        }
        pages::status(status.release, status.published, &troubles, setting)
    }
}
