//! From an answer to the bytes and headers of a response: codings, conditions, and the threads that render.

pub(super) mod answer;
pub(super) mod answer_kind;
pub(super) mod body_file;
pub(super) mod coding;
pub(super) mod compression_cache;
pub(super) mod conditions;
pub(super) mod fixed;
pub(super) mod worker_pool;
