//! The HTTP server. It looks up answers that were prepared when a release was activated, and renders the others on demand.
//!
//! The life of a request:
//!
//! 1. `net/accept.rs` accepts the connection, gives it a slot and an event loop, and lets hyper read the request.
//! 2. `net/connection_service.rs` passes the request to the service, and holds the response until it is ready.
//! 3. `routes/service.rs` checks the request, finds its target, and decides how it is answered: at once, or by the worker
//!    pool.
//! 4. `routes/target.rs` finds what the path leads to: a prepared answer, a document to render, a redirect, or nothing.
//! 5. `state/site.rs` has the answers of the served release, and renders the documents that are not prepared.
//! 6. `response/answer.rs` evaluates the conditions, chooses the content coding, and makes the response.
//!
//! The listener and the end of the service are parameters. Source: clients.md H.

mod net;
mod response;
mod routes;
mod state;

pub use net::accept::{EventLoops, Limits, serve};
pub use net::admin::serve_admin;
pub use net::client::{Client, TrustedProxies};
pub use net::connection_service::ResponseFuture;
pub use response::answer::ResponseBody;
pub use routes::service::Service;
pub use state::ServerState;
pub use state::site::Site;
pub use state::status::{Outage, RejectedDefinitions, StatusReport};
pub use state::tasks::{ServiceTask, TaskStates};
