//! Tests through the boundary: files in, bytes out. Data is in the folders beside this one; a new case is a folder.

#![allow(unreachable_pub, reason = "a test binary has no users")]

mod architecture;
mod assemblies;
mod browser;
mod changes;
mod commands;
mod crates;
mod edits;
mod facts;
mod faults;
mod formats;
mod golden;
mod guide;
mod histories;
mod hostile;
mod http;
mod icalendar_crate;
mod new;
mod operator;
mod pages;
mod pooler;
mod problems;
mod proxy;
mod publishing;
mod readers;
mod rechecks;
mod replicas;
mod schemas;
mod series;
mod stores;
mod stories;
mod support;
mod text;
mod weather;
mod wording;
mod zones;
