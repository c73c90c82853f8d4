//! The facts about a single session or deadline.

use std::ops::Deref;

use super::cancelled_mark::CancelledMark;
use super::layout::{Layout, MarkedText, Markup};
use super::meeting::{self, MeetingSummary};
use crate::feed::{Entry, EntryKind, Selection};
use crate::revision::Release;
use crate::text::Text;
use crate::timetable::{AudienceIndex, Cancellation, DateSource, Deadline, Group, Session};
use crate::wording::{self, DateFormat, LastChange, TaggedText};

/// The facts about a single session or deadline.
pub(super) struct EventFacts {
    pub(super) title: TaggedText,
    pub(super) list: Vec<Fact>,
    /// Why it does not take place.
    pub(super) cancelled: Option<CancelledMark>,
    /// The last change: when it was published, and what changed.
    pub(super) changed: Option<Markup>,
}

/// One fact.
pub(super) struct Fact {
    pub(super) name: String,
    pub(super) values: Vec<FactValue>,
}

/// A value, with its link.
pub(super) struct FactValue {
    pub(super) content: MarkedText,
    pub(super) href: Option<String>,
}

impl FactValue {
    fn own(text: String) -> Self {
        Self { content: Layout::own(text), href: None }
    }
}

/// Collects facts.
struct FactsBuilder<'a> {
    layout: &'a Layout,
    group: &'a Group,
    list: Vec<Fact>,
}

impl EventFacts {
    /// Collects the facts of a selection, if it is of a single session or deadline.
    pub(super) fn new(
        selection: &Selection,
        entries: &[Entry<'_>],
        release: &Release,
        layout: &Layout,
    ) -> Option<Self> {
        let (Selection::Event { .. }, Some(first)) = (selection, entries.first()) else { return None };
        let group = first.group;
        // The facts are those of most occurrences, not of overrides and cancelled ones.
        let is_different = |entry: &Entry<'_>| matches!(&entry.kind, EntryKind::Session(_, occurrence) if occurrence.overridden_by.is_some());
        let is_usual = |entry: &&Entry<'_>| entry.cancelled().is_none() && !is_different(entry);
        let entry = entries.iter().find(is_usual).unwrap_or(first);
        let is_off = entries.iter().all(|entry| entry.cancelled().is_some());
        let mut facts = FactsBuilder { layout, group, list: Vec::new() };
        if let Some(meeting) = entry.meeting {
            let place = meeting::place(entry, layout);
            if let Some(session) = entry.session() {
                facts.session(entry, session);
                facts.add("label-place", place.into_iter().map(|content| FactValue { content, href: None }).collect());
            }
            if let EntryKind::Deadline(deadline) = &entry.kind {
                let bodies = deadline.concerns.names(group);
                let bodies = bodies.map(|name| FactValue::own(name.in_language(&layout.language).to_owned()));
                facts.add("label-bodies", bodies.collect());
                facts.deadline(deadline);
            }
            if let (Some(note), Some(_)) = (&meeting.note, entry.session()) {
                facts.add_text("label-note", note);
            }
            facts.source(entry);
        }
        let title = TaggedText::from(wording::heading(entry, &layout.language));
        // The latest change of several occurrences. What was removed beside them tells nothing of the rest.
        let is_removed = |entry: &&Entry<'_>| entry.cancelled().is_some_and(Cancellation::is_removal);
        let told = entries.iter().filter(|entry| is_off || !is_removed(entry));
        let last_changes = told.filter_map(|entry| LastChange::from_entry(entry, release));
        let changed = last_changes.max_by_key(LastChange::published).map(|change| {
            let date = layout.messages.untranslated(&layout.date(change.date(), DateFormat::Date));
            let what = wording::describe_last_change(&change, group, &layout.language);
            layout.markup(&layout.messages.format_tagged("changed", &[("date", &date), ("what", &what)]))
        });
        Some(Self {
            title,
            list: facts.list,
            cancelled: CancelledMark::from_entry(entry, layout).filter(|_| is_off),
            changed,
        })
    }
}

impl FactsBuilder<'_> {
    fn add(&mut self, message: &str, values: Vec<FactValue>) {
        if !values.is_empty() {
            self.list.push(Fact { name: self.layout.say(message), values });
        }
    }

    fn add_text<W: Deref<Target = str>>(&mut self, message: &str, text: &Text<W>) {
        let content = self.layout.text(text, self.group);
        self.add(message, vec![FactValue { content, href: None }]);
    }

    fn add_link(&mut self, message: &str, url: &url::Url) {
        let content = Layout::own(url.to_string());
        self.add(message, vec![FactValue { content, href: Some(url.to_string()) }]);
    }

    fn audiences(&mut self, message: &str, audiences: &[AudienceIndex]) {
        let name = |audience: &AudienceIndex| self.layout.text(&self.group.audiences[*audience].name, self.group);
        let values = audiences.iter().map(|audience| FactValue { content: name(audience), href: None }).collect();
        self.add(message, values);
    }

    fn session(&mut self, entry: &Entry<'_>, session: &Session) {
        let Some(details) = entry.details() else { return };
        self.add(
            "label-bodies",
            wording::bodies(entry, &self.layout.language).into_iter().map(FactValue::own).collect(),
        );
        self.audiences("label-audience", &session.audience);
        if let Some(chair) = &details.chair {
            self.add_text("label-chair", chair);
        }
        if !session.languages.is_empty() {
            let names = wording::language_names(&session.languages, self.layout.messages);
            self.add("label-language", vec![FactValue::own(names)]);
        }
        if let Some(offer) = &session.interpretation {
            let offered = wording::interpretation(offer, self.layout.messages);
            self.add("label-interpretation", vec![FactValue::own(offered)]);
        }
        if let Some(note) = &details.note {
            self.add_text("label-note", note);
        }
        let links = details.links.iter().map(|link| FactValue {
            content: self.layout.text(&link.label, self.group),
            href: Some(link.url.to_string()),
        });
        self.add("label-links", links.collect());
    }

    fn deadline(&mut self, deadline: &Deadline) {
        self.audiences("label-concerns", &deadline.audience);
        if let Some(how) = &deadline.how {
            self.add_text("label-how", how);
        }
        if let Some(url) = &deadline.url {
            self.add_link("label-web", url);
        }
        if let Some(contact) = &deadline.contact {
            self.add("label-contact", vec![FactValue::own(contact.to_string())]);
        }
        if let Some(note) = &deadline.note {
            self.add_text("label-note", note);
        }
    }

    /// Adds the documents. A date that a rule gives must not be taken for one that the letter prints.
    fn source(&mut self, entry: &Entry<'_>) {
        let Some(meeting) = entry.meeting else { return };
        let MeetingSummary { letter, documents, .. } = MeetingSummary::new(meeting, self.group, self.layout);
        let source = match &entry.kind {
            EntryKind::Deadline(deadline) => deadline.source,
            _ => DateSource::Printed,
        };
        let mut values = Vec::new();
        match (letter, source) {
            (Some((text, href)), DateSource::Printed) => values.push(FactValue { content: Layout::own(text), href }),
            (Some(_), DateSource::Rule) => values.push(FactValue::own(self.layout.say("not-printed"))),
            _ => {}
        }
        if entry.session().is_some() {
            values.extend(documents.into_iter().map(FactValue::own));
        }
        self.add("label-source", values);
    }
}
