//! HTTP: routes and headers over answers that were prepared when the release was taken up.
//!
//! Looks up, and computes next to nothing. The listener and the end of the service are parameters. Source: clients.md H.

mod admin;
mod answer;
mod asked;
mod clock;
mod coding;
mod compressed;
mod conditions;
mod connections;
mod depot;
mod kind;
mod live;
mod meter;
mod page;
mod path;
mod places;
mod seen;
mod service;
mod shared;
mod site;
mod socket;
mod target;

pub use admin::serve_admin;
pub use answer::Body;
pub use connections::{Limits, Workers, serve};
pub use live::{Concern, Definitions, Live, Status};
pub use service::{Reply, Service};
pub use site::Site;
