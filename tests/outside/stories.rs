//! The same stories of edits, published on PostgreSQL.

use crate::support::stories::{play, stories};
use crate::tools::postgres;

#[test]
fn stories_give_the_expected_feeds_on_postgresql() {
    for story in stories() {
        play(&story, &postgres(), false);
    }
}
