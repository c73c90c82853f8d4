//! Parses YAML into a tree of [`Node`]s, or into the one error at which the syntax breaks.
//!
//! The only file that knows the YAML crate. Scalars keep the text that was typed: `0755`, `no` and `11:00` stay as
//! they are.

use std::collections::BTreeMap;
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle};

use super::node::{Node, Value};
use crate::problem::{Problem, Span, Warning};

/// The deepest nesting, far more than a definition needs.
const MAX_DEPTH: usize = 32;
/// The largest number of nodes in a file: 100,000 delegates fit.
const MAX_NODES: usize = 2_000_000;
/// The largest number of nodes that aliases repeat, counted each time. This stops YAML bombs.
const MAX_REPEATED_NODES: usize = 200_000;
/// This many bytes of text count as one more node.
const BYTES_PER_NODE: usize = 64;

/// Parses the text of a file, with warnings about text that the syntax hides.
///
/// # Errors
///
/// Returns the problem at which the syntax breaks.
pub(super) fn parse(text: &str, file: usize) -> Result<(Node, Vec<Problem>), Box<Problem>> {
    read(text, file, None)
}

/// Parses the text of a file that is a long list, and passes each entry to `show` as soon as it is complete. The list
/// in the returned node is empty.
///
/// # Errors
///
/// Returns the problem at which the syntax breaks. The entries shown until then must be discarded.
pub(super) fn parse_entries(
    text: &str,
    file: usize,
    show: &mut dyn FnMut(&Node),
) -> Result<(Node, Vec<Problem>), Box<Problem>> {
    read(text, file, Some(show))
}

fn read<'a>(
    text: &'a str,
    file: usize,
    show: Option<&'a mut dyn FnMut(&Node)>,
) -> Result<(Node, Vec<Problem>), Box<Problem>> {
    let mut builder = TreeBuilder {
        show,
        file,
        text,
        open: Vec::new(),
        anchors: BTreeMap::new(),
        unused_anchors: BTreeMap::new(),
        nodes: 0,
        repeated: 0,
        lost: Vec::new(),
        root: None,
    };
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| builder.syntax_error(error.marker().byte_offset(), &error.info()))?;
        builder.event(event, &span)?;
    }
    builder.lost.extend(std::mem::take(&mut builder.unused_anchors).into_values());
    let nothing = Node { span: builder.span(0..0), end: 0, value: Value::Nothing };
    Ok((builder.root.unwrap_or(nothing), builder.lost))
}

struct TreeBuilder<'a> {
    /// Takes the entries of a top-level list, which are then not kept.
    show: Option<&'a mut dyn FnMut(&Node)>,
    file: usize,
    text: &'a str,
    open: Vec<OpenCollection>,
    anchors: BTreeMap<usize, (Node, usize)>,
    /// The warnings of anchors before a text that no alias has used.
    unused_anchors: BTreeMap<usize, Problem>,
    nodes: usize,
    repeated: usize,
    lost: Vec<Problem>,
    root: Option<Node>,
}

/// A list or a map that is not complete.
struct OpenCollection {
    span: Span,
    anchor: usize,
    is_map: bool,
    nodes_before: usize,
    key: Option<Node>,
    list: Vec<Node>,
    map: Vec<(Node, Node)>,
}

impl TreeBuilder<'_> {
    /// Returns the syntax error at this offset, or a little before it.
    fn syntax_error(&self, at: Option<usize>, what: &str) -> Problem {
        let mut at = at.unwrap_or(0).min(self.text.len());
        let tab = self.text.get(at..).and_then(|rest| rest.find('\t')).filter(|_| what.contains("tab"));
        at += tab.unwrap_or(0);
        let span = self.span(at..at);
        // The parser's own limit, for brackets that are never closed.
        if what.contains("recursion limit") {
            return too_deep(&span);
        }
        let problem = Problem::error(&span, "YAML syntax error here, or in the line before");
        let problem = match tab {
            Some(_) => problem.label("expected spaces, found a tab").help("replace the tab with spaces"),
            None => problem
                .label(format!("the YAML parser says: {what}"))
                .help("put text with a colon, or that begins with one of @ # & * [ {, in quotes: \"Plenary: opening\"")
                .help("write a colon and a space after a key, and a hyphen and a space before a list entry")
                .help("align the keys of a map, and close each [ and {"),
        };
        problem.help("fix this first: the rest of the file is not checked yet")
    }

    fn span(&self, range: Range<usize>) -> Span {
        let on_character = |mut at: usize| {
            at = at.min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        Span { file: self.file, start: on_character(range.start), end: on_character(range.end) }
    }

    fn event(&mut self, event: Event<'_>, at: &granit_parser::Span) -> Result<(), Box<Problem>> {
        let span = self.span(at.byte_range().unwrap_or(0..0));
        match event {
            Event::Scalar(_, _, _, Some(_))
            | Event::SequenceStart(_, _, Some(_))
            | Event::MappingStart(_, _, Some(_)) => {
                return Err(Problem::error(&span, "YAML tags are not supported")
                    .label("expected a value without a tag")
                    .help("remove the word that begins with `!`")
                    .into());
            }
            Event::Scalar(text, style, anchor, None) => {
                let nothing = style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null");
                let value = if nothing { Value::Nothing } else { Value::Scalar(text.into_owned()) };
                if style == ScalarStyle::Plain {
                    self.report_lost_text(&span);
                    self.note_anchor(&span, anchor);
                }
                let end = span.end;
                self.complete(Node { span, end, value }, anchor, 1)?;
            }
            Event::SequenceStart(_, anchor, None) => self.begin(span, anchor, false)?,
            Event::MappingStart(_, anchor, None) => self.begin(span, anchor, true)?,
            Event::SequenceEnd | Event::MappingEnd => self.end(&span)?,
            Event::Alias(anchor) => self.alias(&span, anchor)?,
            Event::DocumentStart(..) if self.root.is_some() => {
                return Err(Problem::error(&span, "more than one YAML document")
                    .label("expected the end of the file, found a second document")
                    .help("remove the line `---`, or move what follows it to another file")
                    .into());
            }
            _ => {}
        }
        Ok(())
    }

    /// Reports text that YAML takes for a comment: a `#` after a space with a word right behind it (`K1 #2`).
    fn report_lost_text(&mut self, span: &Span) {
        let comment = self.text[span.end..].strip_prefix(' ').unwrap_or_default();
        if comment.strip_prefix('#').is_some_and(|word| word.starts_with(|letter: char| letter.is_alphanumeric())) {
            let comment = comment.lines().next().unwrap_or_default();
            let at = span.end + 1;
            let lost = Span { file: span.file, start: at, end: at + comment.trim_end().len() };
            self.lost.push(
                Problem::warning(&lost, Warning::LostText, "` #` begins a comment, so this text is lost")
                    .label("expected the end of the text, or a comment with a space after its #")
                    .help("put the whole text in quotes, or a space after the # of a comment"),
            );
        }
    }

    /// Notes a word that YAML takes for the name of a text: `&Co. kick-off`. It is reported unless an alias uses the name.
    fn note_anchor(&mut self, span: &Span, anchor: usize) {
        if anchor == 0 {
            return;
        }
        let before = self.text[..span.start].trim_end();
        let begin = before.rfind('&').filter(|at| !before[*at..].contains(char::is_whitespace));
        let Some(start) = begin else { return };
        let name = Span { file: span.file, start, end: before.len() };
        let problem = Problem::warning(&name, Warning::LostText, "`&` begins a name of YAML, so this word is lost")
            .label("expected a text, or a name that is used elsewhere in the file (`*name`)")
            .help("put the whole text in quotes");
        self.unused_anchors.insert(anchor, problem);
    }

    fn begin(&mut self, span: Span, anchor: usize, is_map: bool) -> Result<(), Box<Problem>> {
        if self.open.len() == MAX_DEPTH {
            return Err(too_deep(&span).into());
        }
        let nodes_before = self.nodes + self.repeated;
        self.open.push(OpenCollection {
            span,
            anchor,
            is_map,
            nodes_before,
            key: None,
            list: Vec::new(),
            map: Vec::new(),
        });
        Ok(())
    }

    fn end(&mut self, at: &Span) -> Result<(), Box<Problem>> {
        let Some(mut open) = self.open.pop() else { return Ok(()) };
        let value = if open.is_map { Value::Map(open.map) } else { Value::List(open.list) };
        // The parser gives the first byte only. A collection is shown by its first line.
        let rest = &self.text[open.span.start..at.start.max(open.span.start)];
        let first_line = rest.lines().next().unwrap_or_default().trim_end();
        open.span.end = open.span.start + first_line.len();
        let nodes = 1 + self.nodes + self.repeated - open.nodes_before;
        let end = at.end.max(open.span.end);
        self.complete(Node { span: open.span, end, value }, open.anchor, nodes)
    }

    fn alias(&mut self, span: &Span, anchor: usize) -> Result<(), Box<Problem>> {
        let Some((node, nodes)) = self.anchors.get(&anchor) else {
            return Err(Problem::error(span, "this alias is inside its own anchor").label("expected a value").into());
        };
        let nodes = *nodes;
        self.unused_anchors.remove(&anchor);
        if self.repeated + nodes > MAX_REPEATED_NODES {
            return Err(too_much(span).into());
        }
        let node = node.clone();
        self.repeated += nodes;
        self.add_to_open(node);
        Ok(())
    }

    /// Counts a complete node, which contains `nodes` nodes, and adds it to its parent.
    fn complete(&mut self, node: Node, anchor: usize, nodes: usize) -> Result<(), Box<Problem>> {
        // A long text takes as much memory as many short ones.
        let bytes = if let Value::Scalar(text) = &node.value { text.len() } else { 0 };
        self.nodes += 1 + bytes / BYTES_PER_NODE;
        if self.nodes > MAX_NODES {
            return Err(too_much(&node.span).into());
        }
        let nodes = nodes + bytes / BYTES_PER_NODE;
        if anchor != 0 {
            self.anchors.insert(anchor, (node.clone(), nodes));
        }
        self.add_to_open(node);
        Ok(())
    }

    /// Adds a node to the open collection, or makes it the root.
    fn add_to_open(&mut self, node: Node) {
        let is_entry = self.open.len() == 1 && !self.open[0].is_map;
        if let Some(show) = self.show.as_mut().filter(|_| is_entry) {
            return show(&node);
        }
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(open) if !open.is_map => open.list.push(node),
            Some(open) => match open.key.take() {
                None => open.key = Some(node),
                Some(key) => open.map.push((key, node)),
            },
        }
    }
}

fn too_deep(span: &Span) -> Problem {
    Problem::error(span, "nesting too deep")
        .label(format!("expected at most {MAX_DEPTH} levels"))
        .help("close any open bracket or brace; docs/definitions.md describes the keys")
}

fn too_much(span: &Span) -> Problem {
    Problem::error(span, "too many values in this file")
        .label(format!("expected at most {MAX_NODES} values, and {MAX_REPEATED_NODES} repeated by aliases"))
        .help("split the file, or remove the aliases")
}
