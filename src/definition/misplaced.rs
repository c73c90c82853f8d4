//! Misplaced entries: sessions under `deadlines:` and deadlines under `sessions:`, as when the line between them was
//! lost.
//!
//! Moves each to its list and reports that once, instead of every key of every entry.

use super::node::{Node, Value};
use crate::problem::{Problem, Problems};

/// The two lists of a meeting, each with the keys that identify its entries.
const LISTS: [(&str, &str, &[&str]); 2] =
    [("deadlines", "a deadline", &["due", "printed"]), ("sessions", "a session", &["kind", "day", "days", "at"])];

/// Returns a meeting's tree with every entry in its own list.
pub(super) fn relocate(mut node: Node, problems: &mut Problems) -> Node {
    for (wrong, right) in [(0, 1), (1, 0)] {
        let Some(misplaced) = take_misplaced(&mut node, wrong, right) else { continue };
        let ((_, what, _), (key, here, _)) = (LISTS[right], LISTS[wrong]);
        if let Some(first) = misplaced.first() {
            let label = if list(&mut node, LISTS[right].0).is_some() {
                format!("expected {here}: the line `{}:` is elsewhere in the file", LISTS[right].0)
            } else {
                format!("expected {here}, or a line `{}:` before this one", LISTS[right].0)
            };
            problems.push(
                Problem::error(&first.span, format!("{what} is listed under `{key}:`")).label(label).help(format!(
                    "{} under `{}:`",
                    counted(misplaced.len()),
                    LISTS[right].0
                )),
            );
        }
        put(&mut node, LISTS[right].0, misplaced);
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

/// Removes the entries of one list that have keys of the other and none of its own.
fn take_misplaced(node: &mut Node, wrong: usize, right: usize) -> Option<Vec<Node>> {
    let entries = list(node, LISTS[wrong].0)?;
    let is_misplaced = |entry: &Node| has_any(entry, LISTS[right].2) && !has_any(entry, LISTS[wrong].2);
    let (misplaced, own): (Vec<Node>, Vec<Node>) = std::mem::take(entries).into_iter().partition(is_misplaced);
    *entries = own;
    (!misplaced.is_empty()).then_some(misplaced)
}

fn has_any(entry: &Node, keys: &[&str]) -> bool {
    let Value::Map(pairs) = &entry.value else { return false };
    pairs.iter().any(|(key, _)| matches!(&key.value, Value::Scalar(name) if keys.contains(&name.as_str())))
}

/// Returns the list that is the value of a key.
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
    let (span, end) = (first.span.clone(), first.end);
    let name = Node { span: span.clone(), end, value: Value::Scalar(key.to_owned()) };
    // A key with another kind of value has its own error.
    if let Value::Map(pairs) = &mut node.value
        && !pairs.iter().any(|(name, _)| matches!(&name.value, Value::Scalar(name) if name == key))
    {
        pairs.push((name, Node { span, end, value: Value::List(entries) }));
    }
}
