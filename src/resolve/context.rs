//! The context in which a meeting is resolved: the names of its study group, its days and time zone, and where
//! problems go.

use std::collections::BTreeSet;

use super::clock::{AnnouncedEnds, HourAssumptions};
use super::identity::NamePaths;
use super::names::Scope;
use super::scopes::AllScopes;
use super::texts::Texts;
use super::uid_registry::{UidRegistry, UidSource};
use crate::definition::{self, Allow, BodyReference, LocalizedText, OneOrMany, Spanned, is_placeholder_reason};
use crate::id::Id;
use crate::problem::{Problem, Problems, Span, Waiver};
use crate::text::{Prose, Text};
use crate::timetable::{AudienceIndex, Cancellation, ConcernedBodies, Days, KnownDates, Link};
use crate::zone::Zone;

/// The context in which a meeting is resolved.
pub(super) struct MeetingContext<'a> {
    /// The meeting as written.
    pub(super) raw: &'a definition::Meeting,
    /// The scope of its study group.
    pub(super) scope: &'a Scope,
    /// The scopes of all study groups.
    pub(super) all: AllScopes<'a>,
    /// Its languages.
    pub(super) texts: Texts<'a>,
    /// The paths that its UIDs begin with: `sg12/2025-01-geneva`.
    pub(super) paths: NamePaths,
    /// Where its file begins.
    pub(super) file: &'a Span,
    /// Its days, if it has valid ones.
    pub(super) days: Option<Days>,
    /// What is known of its days.
    pub(super) known_dates: KnownDates,
    /// The bodies whose meeting it is.
    pub(super) concerns: ConcernedBodies,
    /// Its time zone.
    pub(super) zone: Zone,
    /// The spans of duplicate ids, which have been reported.
    pub(super) repeated: BTreeSet<Span>,
    /// What is assumed of the hours of its sessions, unless they say otherwise.
    pub(super) usual_assumptions: HourAssumptions,
    /// What is assumed of the hours of the session that is being resolved.
    pub(super) assumptions: HourAssumptions,
    /// When the sessions end to which others refer.
    pub(super) announced_ends: AnnouncedEnds,
    /// The audience of links of the session that is being resolved.
    pub(super) link_audience: Vec<AudienceIndex>,
    /// The number of slots of the sessions so far, including skipped ones.
    pub(super) slots_so_far: usize,
    /// The number of recurrence rules expanded so far.
    pub(super) rules_so_far: usize,
    /// The number of rules so far that were invalid.
    pub(super) faults_so_far: usize,
    /// The UIDs in use.
    pub(super) uids: &'a mut UidRegistry,
    /// Where problems go.
    pub(super) problems: &'a mut Problems,
}

impl MeetingContext<'_> {
    /// Reports a problem.
    pub(super) fn report(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Registers the UID of an entry. `id` is the span of its id.
    pub(super) fn register(&mut self, uid: &crate::timetable::Uid, id: &Span, source: &UidSource) {
        if !self.repeated.contains(id) {
            self.uids.register(uid, source.clone(), self.problems);
        }
    }

    /// Resolves a text of one line, if there is one.
    pub(super) fn line(&mut self, raw: Option<&LocalizedText>) -> Option<Text> {
        self.texts.line(raw, self.problems)
    }

    /// Resolves a reason. Reports a word such as "yes" that is not a reason.
    pub(super) fn reason(&mut self, raw: Option<&LocalizedText>) -> Option<Text> {
        self.reason_or(raw, "write it in a few words, for example: no contributions")
    }

    /// Resolves `cancelled` and `postponed`, each `true` or the reason. Reports both together.
    pub(super) fn cancellation(
        &mut self,
        cancelled: Option<&LocalizedText>,
        postponed: Option<&LocalizedText>,
    ) -> Option<Cancellation> {
        if let (Some(cancelled), Some(postponed)) = (cancelled, postponed) {
            self.report(
                Problem::error(cancelled.span(), "both `cancelled` and `postponed` are written")
                    .label("expected one of the two")
                    .related(postponed.span(), "the other one")
                    .help("write `postponed` if it will take place at another time that is not known yet"),
            );
        }
        let cancelled = cancelled.map(|raw| Cancellation::Announced(self.optional_reason(raw)));
        cancelled.or_else(|| postponed.map(|raw| Cancellation::Postponed(self.optional_reason(raw))))
    }

    /// Resolves a reason, or `true` for none.
    fn optional_reason(&mut self, raw: &LocalizedText) -> Option<Text> {
        if matches!(raw, LocalizedText::Same(text) if &*text.value.0 == "true") {
            return None;
        }
        let help = "remove the key if it takes place as announced; else write the reason, or `true` if none was given";
        self.reason_or(Some(raw), help)
    }

    fn reason_or(&mut self, raw: Option<&LocalizedText>, help: &str) -> Option<Text> {
        let text = self.line(raw)?;
        if let Some(raw) = raw.filter(|_| is_placeholder_reason(text.first())) {
            let label = format!("expected the reason, found `{}`", text.first());
            self.report(Problem::error(raw.span(), "missing reason").label(label).help(help));
        }
        Some(text)
    }

    /// Resolves a text of one or more lines, if there is one.
    pub(super) fn prose(&mut self, raw: Option<&LocalizedText>) -> Option<Text<Prose>> {
        self.texts.prose(raw, self.problems)
    }

    /// Resolves the links that are complete.
    pub(super) fn links(&mut self, raw: Option<&Vec<crate::definition::Link>>) -> Vec<Link> {
        self.texts.links(raw, self.problems)
    }

    /// Resolves names of audiences, in the order of the group.
    pub(super) fn audiences(&mut self, raw: Option<&OneOrMany<Spanned<Id>>>) -> Vec<AudienceIndex> {
        self.scope.audiences(raw, self.problems)
    }

    /// Resolves names of bodies, if there are any.
    pub(super) fn concerns(&mut self, raw: Option<&OneOrMany<Spanned<BodyReference>>>) -> ConcernedBodies {
        self.all.bodies(self.scope, raw, self.problems)
    }
}

impl Scope {
    /// Returns a resolver for texts in the languages of the study group.
    pub(super) fn texts(&self) -> Texts<'_> {
        Texts { languages: &self.languages, of_group: &self.languages }
    }
}

/// Adds the waivers of a record.
pub(super) fn add_waivers(allow: Option<&Allow>, is_written: bool, record: &Span, problems: &mut Problems) {
    if is_written && allow.is_none_or(|allow| !allow.is_whole) {
        // It is not known which warnings it would waive, and its error has been reported.
        problems.waive(Waiver { warning: None, span: record.clone(), record: record.clone() });
    }
    // A waiver without a reason has been reported, and is valid all the same: that is one mistake.
    for (name, _) in allow.into_iter().flat_map(|allow| &allow.list) {
        let waiver = Waiver { warning: Some(name.value), span: name.span.clone(), record: record.clone() };
        problems.waive(waiver);
    }
}
