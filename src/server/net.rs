//! Connections: accepting them, bounding what a client may use, and the operator's port.

pub(super) mod accept;
pub(super) mod admin;
pub(super) mod client;
pub(super) mod connection_pool;
pub(super) mod connection_service;

pub(super) mod socket;
