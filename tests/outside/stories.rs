//! The same stories of edits, published on PostgreSQL.

use crate::support::stories::{run_story, stories};
use crate::tools::postgres;

#[test]
fn stories_give_the_expected_feeds_on_postgresql() {
    for story in stories() {
        run_story(&story, &postgres(), false);
    }
}
