//! The delegates: what each follows in every study group.

use crate::definition::{self, Located, Qualified};
use crate::problem::{Problem, Problems};
use crate::text::Language;
use crate::timetable::{AudienceIndex, BodyIndex, Delegate, Follows, Group, STUDY_GROUP};

/// The delegates by id. Names of unknown study groups are reported only where all of these are known.
pub(super) fn resolve(
    typed: &[definition::Delegate],
    groups: &[Group],
    all_known: bool,
    problems: &mut Problems,
) -> Vec<Delegate> {
    let mut seen = Vec::new();
    for id in typed.iter().filter_map(|delegate| delegate.id.as_ref()) {
        super::is_new(id.clone(), &mut seen, &format!("the id `{}`", id.value), problems);
    }
    let finder = Finder { groups, all_known };
    let mut delegates: Vec<Delegate> =
        typed.iter().filter_map(|delegate| finder.delegate(delegate, problems)).collect();
    delegates.sort_by(|a, b| a.id.cmp(&b.id));
    delegates
}

struct Finder<'a> {
    groups: &'a [Group],
    all_known: bool,
}

impl Finder<'_> {
    fn delegate(&self, typed: &definition::Delegate, problems: &mut Problems) -> Option<Delegate> {
        let (mut bodies, mut audiences) = (Vec::new(), Vec::new());
        let mut seen = Vec::new();
        for name in typed.follows.iter().chain(&typed.audiences).flat_map(|names| &names.values) {
            super::is_new(name.clone(), &mut seen, "this name", problems);
        }
        for name in typed.follows.iter().flat_map(|names| &names.values) {
            bodies.extend(self.body(name, problems));
        }
        for name in typed.audiences.iter().flat_map(|names| &names.values) {
            audiences.extend(self.audience(name, problems));
        }
        let follows = self.follows(&bodies, &audiences);
        self.report_language(typed, &follows, problems);
        Some(Delegate {
            id: typed.id.as_ref()?.value.clone(),
            key: typed.key.as_ref().map_or(1, |key| key.value.0),
            follows,
            language: typed.language.as_ref().map(|language| language.value.clone()),
        })
    }

    fn group(&self, name: &Located<Qualified>, problems: &mut Problems) -> Option<usize> {
        let group = self.groups.iter().position(|group| group.short() == name.value.group);
        if group.is_none() && self.all_known {
            problems.push(
                Problem::error(&name.place, format!("unknown study group `{}`", name.value.group))
                    .label("expected the short name of a study group")
                    .suggest(&name.value.group, self.groups.iter().map(Group::short)),
            );
        }
        group
    }

    fn body(&self, name: &Located<Qualified>, problems: &mut Problems) -> Option<(usize, BodyIndex)> {
        let index = self.group(name, problems)?;
        let group = &self.groups[index];
        let Some(wanted) = &name.value.name else { return Some((index, STUDY_GROUP)) };
        let body = group.bodies.iter().skip(1).position(|body| body.name.as_str() == wanted);
        if body.is_none() {
            problems.push(
                Problem::error(&name.place, format!("unknown body `{wanted}` in {}", group.short()))
                    .label("expected a working party or a Question of this study group")
                    .suggest(wanted, group.bodies.iter().skip(1).map(|body| body.name.as_str())),
            );
        }
        Some((index, 1 + body?))
    }

    fn audience(&self, name: &Located<Qualified>, problems: &mut Problems) -> Option<(usize, AudienceIndex)> {
        let index = self.group(name, problems)?;
        let group = &self.groups[index];
        let Some(wanted) = name.value.name.as_deref() else {
            problems.push(
                Problem::error(&name.place, "this names a study group, not an audience")
                    .label("expected an audience with its study group")
                    .suggest("", group.audiences.iter().map(|audience| audience.id.as_str())),
            );
            return None;
        };
        let audience = group.audiences.iter().position(|audience| audience.id.as_str() == wanted);
        if audience.is_none() {
            problems.push(
                Problem::error(&name.place, format!("unknown audience `{wanted}` in {}", group.short()))
                    .label("expected an audience of this study group")
                    .suggest(wanted, group.audiences.iter().map(|audience| audience.id.as_str())),
            );
        }
        Some((index, audience?))
    }

    /// The names by study group, each in the order of its group.
    fn follows(&self, bodies: &[(usize, BodyIndex)], audiences: &[(usize, AudienceIndex)]) -> Vec<Follows> {
        let of = |named: &[(usize, usize)], index: usize| {
            let mut of: Vec<usize> = named.iter().filter(|(group, _)| *group == index).map(|(_, name)| *name).collect();
            of.sort_unstable();
            of
        };
        self.groups
            .iter()
            .enumerate()
            .map(|(index, group)| Follows {
                group: group.id.clone(),
                bodies: of(bodies, index),
                audiences: of(audiences, index),
            })
            .filter(|follows| !follows.bodies.is_empty() || !follows.audiences.is_empty())
            .collect()
    }

    fn report_language(&self, typed: &definition::Delegate, follows: &[Follows], problems: &mut Problems) {
        let Some(language) = &typed.language else { return };
        let followed = |group: &&Group| follows.iter().any(|follows| follows.group == group.id);
        let spoken: Vec<&Language> = self.groups.iter().filter(followed).flat_map(|group| &group.languages).collect();
        if !spoken.is_empty() && !spoken.contains(&&language.value) {
            problems.push(
                Problem::error(&language.place, format!("no study group followed here speaks `{}`", language.value))
                    .label("expected one of their languages")
                    .suggest(language.value.tag(), spoken.iter().map(|language| language.tag())),
            );
        }
    }
}
