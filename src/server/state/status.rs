//! The status of the service, as far as it is public.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::pages::{self, PageRequest, StatusProblem};
use crate::problem::{Problem, Problems, Severity};
use crate::server::state::ServerState;
use crate::server::state::tasks::ServiceTask;
use crate::text::Language;
use crate::wording::Messages;

/// The status of the service. It contains nothing private.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StatusReport {
    /// The number of the release that is served, or 0.
    pub release: u32,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// The errors that keep the definitions from being published: their number, and the public places.
    pub definitions: Option<RejectedDefinitions>,
    /// The path in the folder that cannot be read, and why: `meetings/sg12/group.yaml: Permission denied`.
    pub folder: Option<String>,
    /// The outage of the ledger, if any.
    pub ledger: Option<Outage>,
    /// Whether this server has another secret than the publisher, and so other private addresses.
    pub has_other_secret: bool,
}

/// A fault, as far as it is public: it names no path and no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outage {
    /// The folder of definitions cannot be read.
    Folder,
    /// The ledger does not respond.
    Ledger,
    /// The clock is behind the latest release.
    Clock,
    /// The release was made by another version of convene.
    Version,
    /// A newer version of convene publishes, and this one no longer does.
    Outdated,
    /// The secret is not that of the publisher.
    Secret,
    /// The served release is not kept up to date.
    Stale,
    /// Another task of the service has panicked.
    Part,
}

impl Outage {
    /// Returns the name of its message on pages.
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

    /// Returns its message in English, for machines.
    fn text(self) -> String {
        Messages::for_language(&Language::english()).format(self.message(), &[])
    }
}

/// Definitions with errors.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RejectedDefinitions {
    /// The number of errors.
    pub errors: usize,
    /// Their places: `meetings/sg12/group.yaml:7`. Nothing about delegates.yaml.
    pub places: Vec<String>,
}

/// The maximum number of public places.
const MAX_PLACES: usize = 50;

impl RejectedDefinitions {
    /// Returns the public part of some problems.
    pub fn from_problems(problems: &Problems) -> Self {
        let place = |problem: &Problem| {
            let source = &problems.sources[problem.span.file];
            let (line, _) = problems.position(problem.span.file, problem.span.start);
            (!source.is_private()).then(|| format!("{}:{line}", source.path))
        };
        let errors = problems.sorted().into_iter().filter(|problem| problem.severity == Severity::Error);
        Self { errors: problems.count(Severity::Error), places: errors.filter_map(place).take(MAX_PLACES).collect() }
    }
}

impl ServerState {
    /// Returns all faults except those of the definitions.
    pub(in crate::server) fn outages(&self) -> Vec<Outage> {
        let status = self.status();
        let folder = status.folder.is_some().then_some(Outage::Folder);
        let secret = status.has_other_secret.then_some(Outage::Secret);
        let down: Vec<ServiceTask> = self.tasks().down().collect();
        let stale = (down.contains(&ServiceTask::Publisher) || self.is_overdue()).then_some(Outage::Stale);
        let part = down.iter().any(|part| *part != ServiceTask::Publisher).then_some(Outage::Part);
        [folder, status.ledger, secret, stale, part].into_iter().flatten().collect()
    }

    /// `{"release": 3, "published": "2025-01-10T09:00:00Z", "errors": 1, "places": […], "folder": null, "ledger": null,
    /// "faults": []}`
    pub(in crate::server) fn status_json(&self) -> String {
        let (status, outages) = (self.status(), self.outages());
        let folder = status.folder.as_ref().map(|path| format!("{} {path}", Outage::Folder.text()));
        let is_of_service = |outage: &&Outage| matches!(outage, Outage::Secret | Outage::Stale | Outage::Part);
        let faults: Vec<String> = outages.iter().filter(is_of_service).map(|outage| outage.text()).collect();
        let document: Value = json!({
            "release": status.release,
            "published": status.published.map(|instant| instant.to_string()),
            "errors": status.definitions.as_ref().map_or(0, |definitions| definitions.errors),
            "places": status.definitions.as_ref().map(|definitions| &definitions.places[..]).unwrap_or_default(),
            "folder": folder,
            "ledger": status.ledger.map(Outage::text),
            "faults": faults,
        });
        format!("{document:#}\n")
    }

    pub(in crate::server) fn status_page(&self, page_request: &PageRequest<'_>) -> String {
        let status = self.status();
        let mut troubles = Vec::new();
        if let Some(RejectedDefinitions { errors, places }) = &status.definitions {
            troubles.push(StatusProblem { what: "status-errors", number: Some(*errors), places: places.clone() });
        }
        for outage in self.outages() {
            let places = status.folder.iter().filter(|_| outage == Outage::Folder).cloned().collect();
            troubles.push(StatusProblem { what: outage.message(), number: None, places });
        }
        pages::status(status.release, status.published, &troubles, page_request)
    }
}
