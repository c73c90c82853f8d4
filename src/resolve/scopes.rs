//! Resolves names of bodies in the scopes of all study groups.

use std::collections::BTreeMap;

use super::names::{Scope, Section, duplicate_name};
use crate::definition::{BodyReference, OneOrMany, Spanned};
use crate::id::Id;
use crate::problem::{Problem, Problems, Span};
use crate::timetable::{BodyIndex, ConcernedBodies, GuestBodies, STUDY_GROUP};

/// The scopes of all study groups.
#[derive(Clone, Copy)]
pub(super) struct AllScopes<'a> {
    pub(super) scopes: &'a [Scope],
    /// Whether all study groups are among them. In group.yaml only its own one is known.
    pub(super) are_others_known: bool,
}

impl<'a> AllScopes<'a> {
    /// Returns the study group with a short name, in any of its languages.
    pub(super) fn group(&self, short: &str) -> Option<&'a Scope> {
        let has_short = |scope: &&Scope| scope.is_complete(Section::Short) && scope.has_short(short);
        self.scopes.iter().find(has_short)
    }

    /// Splits a name with a study group, `SG9/Q2`, into the group and the rest. Both may have slashes: the rest is a name
    /// that the group `has`, if there is one.
    pub(super) fn split<'n>(
        &self,
        name: &'n str,
        has: impl Fn(&Scope, &str) -> bool,
    ) -> Option<(&'a Scope, Option<&'n str>)> {
        if let Some(scope) = self.group(name) {
            return Some((scope, None));
        }
        let splits = name.match_indices('/').map(|(at, _)| (&name[..at], &name[at + 1..]));
        let known: Vec<(&Scope, &str)> = splits.filter_map(|(of, rest)| Some((self.group(of)?, rest))).collect();
        let meant = known.iter().find(|(scope, rest)| has(scope, rest)).or(known.last())?;
        Some((meant.0, Some(meant.1)))
    }

    /// Returns `true` if every study group could be read, so that other names are errors.
    pub(super) fn are_all_known(&self) -> bool {
        self.scopes.iter().all(|scope| scope.is_complete(Section::Short))
    }

    /// Reports an unknown study group, unless one could not be read.
    pub(super) fn report_unknown(&self, short: &str, span: &Span, problems: &mut Problems) {
        if self.are_all_known() {
            problems.push(
                Problem::error(span, format!("unknown study group `{}`", crate::text::line(short)))
                    .label("expected the short name of a study group")
                    .suggest(short, self.scopes.iter().flat_map(Scope::shorts)),
            );
        }
    }

    /// Resolves names of bodies: those of `home` in its order, and those of other study groups.
    pub(super) fn bodies(
        &self,
        home: &Scope,
        names: Option<&OneOrMany<Spanned<BodyReference>>>,
        problems: &mut Problems,
    ) -> ConcernedBodies {
        let mut found: BTreeMap<&Id, (&Scope, Vec<BodyIndex>)> = BTreeMap::new();
        for name in names.into_iter().flat_map(|names| &names.values) {
            let Some((scope, body)) = self.body(home, name, problems) else { continue };
            let bodies = &mut found.entry(&scope.id).or_insert_with(|| (scope, Vec::new())).1;
            if bodies.contains(&body) {
                problems.push(duplicate_name(&name.span, name.value.as_str()));
            } else {
                bodies.push(body);
                bodies.sort_unstable();
            }
        }
        let own = found.remove(&home.id).map(|(_, bodies)| bodies).unwrap_or_default();
        let guests = found.into_values().map(|(scope, bodies)| GuestBodies {
            group: scope.id.clone(),
            written: bodies.iter().map(|body| scope.written_by_others(*body)).collect(),
            bodies,
        });
        ConcernedBodies { bodies: own, guests: guests.collect() }
    }

    fn body(
        &self,
        home: &'a Scope,
        name: &Spanned<BodyReference>,
        problems: &mut Problems,
    ) -> Option<(&'a Scope, BodyIndex)> {
        let (written, span) = (name.value.as_str(), &name.span);
        if let Some(own) = home.position(written) {
            return Some((home, own));
        }
        match self.split(written, Scope::has_body) {
            Some((scope, None)) => Some((scope, STUDY_GROUP)),
            // `SG12/Q5` in SG12 itself, or in another one.
            Some((scope, Some(rest))) => Some((scope, scope.body(rest, span, problems)?)),
            None => {
                self.report_unknown_body(home, written, span, problems);
                None
            }
        }
    }

    /// Reports a name that is neither a body of the study group nor one of another group.
    fn report_unknown_body(&self, home: &Scope, written: &str, span: &Span, problems: &mut Problems) {
        let meant = home.misspelt(written).or_else(|| home.written_out(written));
        let is_one_of_several = |word: &str| home.has_body(word) || self.group(word).is_some();
        let words = || written.split([' ', '/']).filter(|word| *word != "and" && *word != "&");
        let unknown = || {
            let title = format!("unknown body `{written}` in {}", home.short());
            Problem::error(span, title).label("expected a body of group.yaml")
        };
        if let Some(body) = meant {
            problems.push(unknown().help(format!("did you mean `{}`?", body.name)));
        } else if words().count() > 1 && words().all(is_one_of_several) {
            let names = words().collect::<Vec<_>>().join(", ");
            problems.push(unknown().help(format!("write several with commas in brackets: [{names}]")));
        } else if !self.are_others_known && written.contains('/') {
            problems.push(
                Problem::error(span, format!("`{written}` is not a body of this study group"))
                    .label("expected a body of this file: a rule is for the bodies of its own group")
                    .help("write the deadline in the meetings that they hold together"),
            );
        } else if let Some((of, _)) = written.rsplit_once('/').filter(|_| !home.has_name_with_slash()) {
            self.report_unknown(of, span, problems);
        } else if self.are_all_known() {
            // Else it may be a study group that could not be read.
            home.body(written, span, problems);
        }
    }
}
