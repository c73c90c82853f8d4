//! From a request to the target of its path and to the way in which it is answered.

pub(super) mod checks;
pub(super) mod label;
pub(super) mod missing;
pub(super) mod page;
pub(super) mod path;
pub(super) mod request_info;
pub(super) mod service;
pub(super) mod target;
