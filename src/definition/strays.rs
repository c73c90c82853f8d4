//! Sessions among the deadlines, and deadlines among the sessions: what is left where the line between them was lost.
//!
//! Puts each where it belongs and says so once, instead of reporting every key of every entry.

use super::tree::{Node, Value};
use crate::problem::{Problem, Problems};

/// The two lists of a meeting, each with the keys by which its entries are known.
const LISTS: [(&str, &str, &[&str]); 2] =
    [("deadlines", "a deadline", &["due", "printed"]), ("sessions", "a session", &["kind", "day", "days", "at"])];

/// The file of a meeting with every entry in the list that it belongs to.
pub(super) fn put_right(mut node: Node, problems: &mut Problems) -> Node {
    for (wrong, right) in [(0, 1), (1, 0)] {
        let Some(strays) = take_strays(&mut node, wrong, right) else { continue };
        let ((_, what, _), (key, here, _)) = (LISTS[right], LISTS[wrong]);
        if let Some(first) = strays.first() {
            let label = if list(&mut node, LISTS[right].0).is_some() {
                format!("expected {here}: the line `{}:` stands in another place", LISTS[right].0)
            } else {
                format!("expected {here}, or a line `{}:` before this one", LISTS[right].0)
            };
            problems.push(
                Problem::error(&first.place, format!("{what} stands under `{key}:`")).label(label).help(format!(
                    "{} under `{}:`",
                    counted(strays.len()),
                    LISTS[right].0
                )),
            );
        }
        put(&mut node, LISTS[right].0, strays);
    }
    node
}

fn counted(entries: usize) -> String {
    if entries == 1 {
        "one entry of this list belongs".to_owned()
    } else {
        format!("{entries} entries of this list belong")
    }
}

/// The entries of one list that have keys of the other and none of its own.
fn take_strays(node: &mut Node, wrong: usize, right: usize) -> Option<Vec<Node>> {
    let entries = list(node, LISTS[wrong].0)?;
    let is_stray = |entry: &Node| has_any(entry, LISTS[right].2) && !has_any(entry, LISTS[wrong].2);
    let (strays, own): (Vec<Node>, Vec<Node>) = std::mem::take(entries).into_iter().partition(is_stray);
    *entries = own;
    (!strays.is_empty()).then_some(strays)
}

fn has_any(entry: &Node, keys: &[&str]) -> bool {
    let Value::Map(pairs) = &entry.value else { return false };
    pairs.iter().any(|(key, _)| matches!(&key.value, Value::Scalar(name) if keys.contains(&name.as_str())))
}

/// The list behind a key.
fn list<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Vec<Node>> {
    let Value::Map(pairs) = &mut node.value else { return None };
    let named = |name: &Node| matches!(&name.value, Value::Scalar(name) if name == key);
    pairs.iter_mut().find(|(name, _)| named(name)).and_then(|(_, value)| match &mut value.value {
        Value::List(entries) => Some(entries),
        _ => None,
    })
}

fn put(node: &mut Node, key: &str, entries: Vec<Node>) {
    if let Some(known) = list(node, key) {
        known.extend(entries);
        return;
    }
    let Some(first) = entries.first() else { return };
    let (place, end) = (first.place.clone(), first.end);
    let name = Node { place: place.clone(), end, value: Value::Scalar(key.to_owned()) };
    // A key with something else behind it is a fault of its own.
    if let Value::Map(pairs) = &mut node.value
        && !pairs.iter().any(|(name, _)| matches!(&name.value, Value::Scalar(name) if name == key))
    {
        pairs.push((name, Node { place, end, value: Value::List(entries) }));
    }
}
