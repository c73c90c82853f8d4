//! What is known while a meeting is read: its study group's names, its own days and clock, and where problems go.

use std::collections::BTreeSet;

use super::identity::Claims;
use super::names::{Names, Scope};
use super::texts::Texts;
use crate::body::Id;
use crate::definition::{Allow, Located, OneOrMany, TypedText, Words, is_no_reason};
use crate::problem::{Place, Problem, Problems, Waiver};
use crate::text::Text;
use crate::timetable::{AudienceIndex, Cancellation, Days, Link};
use crate::zone::Zone;

/// The context in which a meeting is read.
pub(super) struct Reading<'a> {
    /// The names of its study group.
    pub(super) scope: &'a Scope,
    /// Those of all study groups.
    pub(super) names: Names<'a>,
    /// Its part of UIDs: `sg12/2025-01-geneva`.
    pub(super) path: String,
    /// Where its file begins.
    pub(super) file: &'a Place,
    /// Its days, if it has any without a fault.
    pub(super) days: Option<Days>,
    /// The zone of its clocks.
    pub(super) zone: Zone,
    /// The places of ids that are taken already, which has been reported.
    pub(super) repeated: BTreeSet<Place>,
    /// To whom links of the session that is being read are kept.
    pub(super) link_audience: Vec<AudienceIndex>,
    /// How many occurrences the sessions have so far, skipped ones too.
    pub(super) slots_so_far: usize,
    /// How many rules were followed so far.
    pub(super) rules_so_far: usize,
    /// How many of them came to nothing.
    pub(super) faults_so_far: usize,
    /// The UIDs that are taken.
    pub(super) claims: &'a mut Claims,
    /// Where problems go.
    pub(super) problems: &'a mut Problems,
}

impl Reading<'_> {
    /// Reports a problem.
    pub(super) fn report(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Takes a UID for what stands at a place.
    pub(super) fn claim(&mut self, uid: &crate::timetable::Uid, place: &Place) {
        if !self.repeated.contains(place) {
            self.claims.claim(uid, place, self.problems);
        }
    }

    /// One line, if it was typed.
    pub(super) fn line(&mut self, typed: Option<&TypedText>) -> Option<Text> {
        self.scope.texts().line(typed, self.problems)
    }

    /// Why something does not take place, or is different. A word that says no more than that it is so is reported.
    pub(super) fn reason(&mut self, typed: Option<&TypedText>) -> Option<Text> {
        let text = self.line(typed)?;
        if let Some(typed) = typed.filter(|_| is_no_reason(text.first())) {
            self.report(
                Problem::error(typed.place(), "readers are told the reason")
                    .label(format!("expected the reason, found `{}`", text.first()))
                    .help("write it in a few words, for example: no contributions"),
            );
        }
        Some(text)
    }

    /// Why something does not take place, where the definitions say that it does not.
    pub(super) fn cancellation(&mut self, typed: Option<&TypedText>) -> Option<Cancellation> {
        self.reason(typed).map(Cancellation::Announced)
    }

    /// One or more lines, if they were typed.
    pub(super) fn prose(&mut self, typed: Option<&TypedText>) -> Option<Text> {
        self.scope.texts().prose(typed, self.problems)
    }

    /// The links that are whole.
    pub(super) fn links(&mut self, typed: Option<&Vec<crate::definition::Link>>) -> Vec<Link> {
        self.scope.texts().links(typed, self.problems)
    }

    /// The audiences of these names, in the order of the group.
    pub(super) fn audiences(&mut self, typed: Option<&OneOrMany<Located<Id>>>) -> Vec<AudienceIndex> {
        self.scope.audiences(typed, self.problems)
    }

    /// The zone of this name, else that of the meeting.
    pub(super) fn zone(&mut self, typed: Option<&Located<Words>>) -> Zone {
        super::zones::zone(typed, self.problems).unwrap_or_else(|| self.zone.clone())
    }
}

impl Scope {
    /// Texts in the languages of the study group.
    pub(super) fn texts(&self) -> Texts<'_> {
        Texts { languages: &self.languages }
    }
}

/// Adds the waivers of a record.
pub(super) fn waive(allow: Option<&Allow>, is_written: bool, record: &Place, problems: &mut Problems) {
    if is_written && allow.is_none_or(|allow| !allow.is_whole) {
        // What it would waive is not known: that is one mistake, which has been reported.
        problems.waive(Waiver { name: None, place: record.clone(), record: record.clone() });
    }
    // One without a reason has been reported, and waives all the same: that is one mistake.
    for (name, _) in allow.into_iter().flat_map(|allow| &allow.list) {
        let waiver = Waiver { name: Some(name.value.0.to_owned()), place: name.place.clone(), record: record.clone() };
        problems.waive(waiver);
    }
}
