//! Arbitrary bytes as definitions give problems or a timetable, never a panic, a hang or memory without bound.

#![no_main]

#[path = "../tried.rs"]
mod tried;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| tried::definitions(input));
