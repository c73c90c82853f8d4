//! HTTP: routes and headers over answers that were prepared when the release was taken up.
//!
//! Looks up, and computes next to nothing. The listener and the end of the service are parameters. Source: clients.md H.

mod admin;
mod answer;
mod asked;
mod body_file;
mod client;
mod clock;
mod coding;
mod compressed;
mod conditions;
mod connections;
mod kind;
mod live;
mod makers;
mod meter;
mod page;
mod path;
mod places;
mod reply;
mod request;
mod route;
mod seen;
mod service;
mod shared;
mod short;
mod site;
mod socket;
mod status;
mod supervisor;
mod target;

pub use admin::serve_admin;
pub use answer::ResponseBody;
pub use client::{Client, TrustedProxies};
pub use connections::{Limits, Workers, serve};
pub use live::ServerState;
pub use reply::Reply;
pub use service::Service;
pub use site::Site;
pub use status::{Outage, RejectedDefinitions, StatusReport};
pub use supervisor::{ServiceTask, TaskStates};
