//! Growth.

fn main() {}
