//! The same stories of edits, published on PostgreSQL.

use crate::support::stories::{play, stories};
use crate::tools::postgres;

#[test]
fn stories_come_out_the_same_on_postgresql() {
    for story in stories() {
        play(&story, &postgres(), false);
    }
}
