//! Everything that a release serves, rendered once: from a path to its answer.

use std::collections::BTreeMap;

use super::answer::{Answer, Kind};
use crate::atom;
use crate::feed::{self, Feed, Selection};
use crate::icalendar;
use crate::pages;
use crate::private::{Secret, TokenDigest};
use crate::revision::Release;
use crate::text::Language;

/// What a release serves.
pub struct Site {
    release: Release,
    public: BTreeMap<String, Answer>,
    private: BTreeMap<TokenDigest, Answer>,
}

impl Site {
    /// Renders every feed and page of a release, and the private feeds under the tokens that a secret gives.
    pub fn of(release: Release, secret: &Secret) -> Self {
        let mut public = BTreeMap::new();
        for (path, selection) in feed::addresses(&release.timetable) {
            for language in languages(&release, &selection) {
                let feed = Feed::of(&release, selection.clone(), language);
                let address = |ending| format!("/{}", file(&path, language, ending));
                public.insert(address("ics"), answer(Kind::Feed, &feed, &file(name(&path), language, "ics")));
                public.insert(address("atom"), Answer::of(Kind::Atom, atom::render(&feed), release.instant));
            }
        }
        let page = |body| Answer::of(Kind::Page, body, release.instant);
        public.insert("/".to_owned(), page(pages::index(&release)));
        for group in &release.timetable.groups {
            public.insert(format!("/{}/", group.id), page(pages::group(&release, group)));
            public.insert(format!("/{}/changes/", group.id), page(pages::changes(&release, group)));
        }
        let still = |kind, body: &str| Answer::of(kind, body.to_owned(), release.instant);
        public.insert("/assets/convene.css".to_owned(), still(Kind::Style, pages::STYLE));
        public.insert("/assets/copy.js".to_owned(), still(Kind::Script, pages::SCRIPT));
        // clients.md H5: Google's importer asks for it and obeys it
        public.insert("/robots.txt".to_owned(), still(Kind::Text, "User-agent: *\nAllow: /\n"));
        let private = private(&release, secret);
        Self { release, public, private }
    }

    /// The answer at a public path that was prepared.
    pub(super) fn public(&self, path: &str) -> Option<&Answer> {
        self.public.get(path)
    }

    /// The answer for what a reader picked: `wp1_q12.ics`, `wp1_q12.zh.ics` or `wp1_q12.atom` in a study group.
    pub(super) fn follow(&self, group: &str, file: &str) -> Option<Answer> {
        let group = self.release.timetable.group(group)?;
        let (stem, ending) = file.rsplit_once('.')?;
        let (names, tag) = stem.split_once('.').map_or((stem, None), |(names, tag)| (names, Some(tag)));
        let language = match tag {
            None => None,
            Some(tag) => Some(group.languages.iter().find(|language| language.tag() == tag)?),
        };
        let feed = Feed::of(&self.release, feed::follow(group, names)?, language);
        match ending {
            "ics" => Some(answer(Kind::Feed, &feed, file)),
            "atom" => Some(Answer::of(Kind::Atom, atom::render(&feed), self.release.instant)),
            _ => None,
        }
    }

    /// The answer for a delegate's file, `TOKEN.ics` or `TOKEN.zh.ics`.
    pub(super) fn delegate(&self, file: &str) -> Option<&Answer> {
        self.private.get(&TokenDigest::of(file))
    }

    /// The release.
    pub fn release(&self) -> &Release {
        &self.release
    }

    /// How many feeds are prepared, those of delegates and of other languages not counted.
    pub fn feeds(&self) -> usize {
        feed::addresses(&self.release.timetable).len()
    }
}

/// No language for the address without one, then each language of the study groups drawn from.
fn languages<'r>(release: &'r Release, selection: &Selection) -> Vec<Option<&'r Language>> {
    let groups = selection.groups(&release.timetable);
    let mut languages: Vec<&Language> = groups.into_iter().flat_map(|group| &group.languages).collect();
    languages.sort();
    languages.dedup();
    std::iter::once(None).chain(languages.into_iter().map(Some)).collect()
}

/// `wp1.ics`, or `wp1.zh.ics`.
fn file(stem: &str, language: Option<&Language>, ending: &str) -> String {
    match language {
        None => format!("{stem}.{ending}"),
        Some(language) => format!("{stem}.{language}.{ending}"),
    }
}

/// The last part of a path.
fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

fn answer(kind: Kind, feed: &Feed<'_>, file: &str) -> Answer {
    Answer::of(kind, icalendar::render(feed), feed.release.instant).named(file)
}

fn private(release: &Release, secret: &Secret) -> BTreeMap<TokenDigest, Answer> {
    let mut private = BTreeMap::new();
    for delegate in &release.timetable.delegates {
        let selection = Selection::Delegate(delegate.id.clone());
        let token = secret.token(delegate);
        for language in languages(release, &selection) {
            let feed = Feed::of(release, selection.clone(), language);
            // What a delegate follows may change without anything that everybody sees. clients.md H9
            // The name of the file is not the token: it ends up in folders of downloads.
            let calendar = Answer::of(Kind::PrivateFeed, icalendar::render(&feed), release.published);
            let calendar = calendar.named(&file("convene", language, "ics"));
            let changes = Answer::of(Kind::PrivateAtom, atom::render(&feed), release.published);
            private.insert(TokenDigest::of(&file(&token, language, "ics")), calendar);
            private.insert(TokenDigest::of(&file(&token, language, "atom")), changes);
        }
    }
    private
}
