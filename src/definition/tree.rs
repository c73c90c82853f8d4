//! YAML as a tree in which every key and value knows its place, or the one problem at which its syntax broke.
//!
//! The only file that knows the YAML crate. Gives scalars as the text that was typed: `0755`, `no` and `11:00` stay
//! what they look like.

use std::collections::BTreeMap;
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, Span};

use crate::problem::{Place, Problem};

/// A value and its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    /// Where it is shown: a list or a map by its first line.
    pub(super) place: Place,
    /// One past its last octet; that of a list or a map may take in comments behind it.
    pub(super) end: usize,
    pub(super) value: Value,
}

/// What a node holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// Nothing behind a key.
    Nothing,
    /// A text as it was typed; escapes of a quoted one are resolved.
    Scalar(String),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping in the order of the file, repeated keys included.
    Map(Vec<(Node, Node)>),
}

/// What was found where there is no value, or one without anything to see.
pub(super) const NOTHING: &str = "nothing";

impl Value {
    /// What was found, in words.
    pub(super) fn found(&self) -> String {
        match self {
            Self::Nothing => NOTHING.to_owned(),
            Self::Scalar(text) if text.trim().is_empty() => NOTHING.to_owned(),
            Self::Scalar(text) => format!("`{}`", crate::text::line(text)),
            Self::List(_) => "a list".to_owned(),
            Self::Map(_) => "a map of keys".to_owned(),
        }
    }
}

/// Deepest nesting that a definition needs, with room to spare.
const MOST_LEVELS: usize = 32;
/// Most nodes of one file: 100,000 delegates fit.
const MOST_NODES: usize = 2_000_000;
/// Most nodes that aliases repeat, counted each time: a YAML bomb ends here.
const MOST_REPEATED: usize = 200_000;
/// So many octets of a text count as one node more.
const OCTETS_OF_A_NODE: usize = 64;

/// Reads the text of one file, with warnings about what its form hides.
///
/// # Errors
///
/// The problem at which the syntax broke.
pub(super) fn tree(text: &str, file: usize) -> Result<(Node, Vec<Problem>), Box<Problem>> {
    read(text, file, None)
}

/// Reads the text of one file that is a long list, and shows each of its entries as soon as it is read: the list that is
/// given back is empty.
///
/// # Errors
///
/// The problem at which the syntax broke: what was shown until then is not to be looked at.
pub(super) fn entries(
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
    let mut builder = Builder {
        show,
        file,
        text,
        open: Vec::new(),
        anchors: BTreeMap::new(),
        nodes: 0,
        repeated: 0,
        lost: Vec::new(),
        root: None,
    };
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| builder.broken(error.marker().byte_offset(), &error.info()))?;
        builder.event(event, &span)?;
    }
    let nothing = Node { place: builder.place(0..0), end: 0, value: Value::Nothing };
    Ok((builder.root.unwrap_or(nothing), builder.lost))
}

struct Builder<'a> {
    /// To whom entries of a list that is the whole file are shown instead of being kept.
    show: Option<&'a mut dyn FnMut(&Node)>,
    file: usize,
    text: &'a str,
    open: Vec<Open>,
    anchors: BTreeMap<usize, (Node, usize)>,
    nodes: usize,
    repeated: usize,
    lost: Vec<Problem>,
    root: Option<Node>,
}

/// A list or a map that has not ended yet.
struct Open {
    place: Place,
    anchor: usize,
    is_map: bool,
    nodes_before: usize,
    key: Option<Node>,
    list: Vec<Node>,
    map: Vec<(Node, Node)>,
}

impl Builder<'_> {
    /// The syntax broke here, or a little before.
    fn broken(&self, at: Option<usize>, what: &str) -> Problem {
        let mut at = at.unwrap_or(0).min(self.text.len());
        let tab = self.text.get(at..).and_then(|rest| rest.find('\t')).filter(|_| what.contains("tab"));
        at += tab.unwrap_or(0);
        let place = self.place(at..at);
        // The parser has a limit of its own, for brackets that stay open.
        if what.contains("recursion limit") {
            return too_deep(&place);
        }
        let problem = Problem::error(&place, "the form of this file breaks here, or in the line before");
        let problem = match tab {
            Some(_) => problem.label("expected blanks, found a tab").help("replace the tab by blanks"),
            None => problem
                .label(format!("the reader of YAML says: {what}"))
                .help("a text with a colon, or one that begins with a sign such as @ # & * [ {, needs quotes: \"Plenary: opening\"")
                .help("a key needs a colon and a blank behind it, an entry of a list a hyphen and a blank before it")
                .help("keys of one map stand exactly under each other; each [ and { needs its ] and }"),
        };
        problem.help("the rest of this file is looked at when this is mended")
    }

    fn place(&self, range: Range<usize>) -> Place {
        let on_character = |mut at: usize| {
            at = at.min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        Place { file: self.file, start: on_character(range.start), end: on_character(range.end) }
    }

    fn event(&mut self, event: Event<'_>, span: &Span) -> Result<(), Box<Problem>> {
        let place = self.place(span.byte_range().unwrap_or(0..0));
        match event {
            Event::Scalar(_, _, _, Some(_))
            | Event::SequenceStart(_, _, Some(_))
            | Event::MappingStart(_, _, Some(_)) => {
                return Err(Problem::error(&place, "YAML tags are not used in definitions")
                    .label("expected a plain value, found one with a tag")
                    .help("remove the word that begins with `!`")
                    .into());
            }
            Event::Scalar(text, style, anchor, None) => {
                let nothing = style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null");
                let value = if nothing { Value::Nothing } else { Value::Scalar(text.into_owned()) };
                if style == ScalarStyle::Plain {
                    self.report_lost_text(&place);
                }
                let end = place.end;
                self.complete(Node { place, end, value }, anchor, 1)?;
            }
            Event::SequenceStart(_, anchor, None) => self.begin(place, anchor, false)?,
            Event::MappingStart(_, anchor, None) => self.begin(place, anchor, true)?,
            Event::SequenceEnd | Event::MappingEnd => self.end(&place)?,
            Event::Alias(anchor) => self.alias(&place, anchor)?,
            Event::DocumentStart(..) if self.root.is_some() => {
                return Err(Problem::error(&place, "a file holds one definition")
                    .label("expected the end of the file, found a second document")
                    .help("remove the line `---`, or move what follows it to a file of its own")
                    .into());
            }
            _ => {}
        }
        Ok(())
    }

    /// A number sign behind a blank begins a comment. Where a word follows it at once (`K1 #2`), a text was meant.
    fn report_lost_text(&mut self, place: &Place) {
        let comment = self.text[place.end..].strip_prefix(' ').unwrap_or_default();
        if comment.strip_prefix('#').is_some_and(|word| word.starts_with(|letter: char| letter.is_alphanumeric())) {
            let comment = comment.lines().next().unwrap_or_default();
            let at = place.end + 1;
            let lost = Place { file: place.file, start: at, end: at + comment.trim_end().len() };
            self.lost.push(
                Problem::warning(&lost, "lost-text", "a number sign behind a blank begins a comment: this is not read")
                    .label("expected the end of the text, or a comment with a blank behind its #")
                    .help("write the whole text in quotes, or put a blank behind the # of a comment"),
            );
        }
    }

    fn begin(&mut self, place: Place, anchor: usize, is_map: bool) -> Result<(), Box<Problem>> {
        if self.open.len() == MOST_LEVELS {
            return Err(too_deep(&place).into());
        }
        let nodes_before = self.nodes + self.repeated;
        self.open.push(Open { place, anchor, is_map, nodes_before, key: None, list: Vec::new(), map: Vec::new() });
        Ok(())
    }

    fn end(&mut self, at: &Place) -> Result<(), Box<Problem>> {
        let Some(mut open) = self.open.pop() else { return Ok(()) };
        let value = if open.is_map { Value::Map(open.map) } else { Value::List(open.list) };
        // The parser gives the place of the first octet only; a collection is shown by its first line.
        let rest = &self.text[open.place.start..at.start.max(open.place.start)];
        let first_line = rest.lines().next().unwrap_or_default().trim_end();
        open.place.end = open.place.start + first_line.len();
        let nodes = 1 + self.nodes + self.repeated - open.nodes_before;
        let end = at.end.max(open.place.end);
        self.complete(Node { place: open.place, end, value }, open.anchor, nodes)
    }

    fn alias(&mut self, place: &Place, anchor: usize) -> Result<(), Box<Problem>> {
        let Some((node, nodes)) = self.anchors.get(&anchor) else {
            return Err(Problem::error(place, "this alias stands inside what it repeats")
                .label("expected a value")
                .into());
        };
        let nodes = *nodes;
        if self.repeated + nodes > MOST_REPEATED {
            return Err(too_much(place).into());
        }
        let node = node.clone();
        self.repeated += nodes;
        self.place_in_open(node);
        Ok(())
    }

    /// Counts a finished node, which holds this many nodes, and keeps it where it belongs.
    fn complete(&mut self, node: Node, anchor: usize, nodes: usize) -> Result<(), Box<Problem>> {
        // A long text costs memory like many short ones.
        let octets = if let Value::Scalar(text) = &node.value { text.len() } else { 0 };
        self.nodes += 1 + octets / OCTETS_OF_A_NODE;
        if self.nodes > MOST_NODES {
            return Err(too_much(&node.place).into());
        }
        let nodes = nodes + octets / OCTETS_OF_A_NODE;
        if anchor != 0 {
            self.anchors.insert(anchor, (node.clone(), nodes));
        }
        self.place_in_open(node);
        Ok(())
    }

    /// Hands a node to the collection that is open, or makes it the root.
    fn place_in_open(&mut self, node: Node) {
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

fn too_deep(place: &Place) -> Problem {
    Problem::error(place, "this is nested too deeply")
        .label(format!("expected at most {MOST_LEVELS} levels"))
        .help("is a bracket or a brace left open? The keys of a definition are described in docs/definitions.md")
}

fn too_much(place: &Place) -> Problem {
    Problem::error(place, "this file holds too much")
        .label(format!("expected at most {MOST_NODES} values, and {MOST_REPEATED} that aliases repeat"))
        .help("split the file, or remove the aliases")
}
