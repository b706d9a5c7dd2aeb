//! How does the text of a report look with what was read in it? Paragraphs of pieces, each with what marks it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::content::{Content, Fact, Kind};
use super::evidence::Evidence;
use super::headings::Heading;
use super::wish::Wish;
use crate::lexicon::RuleSentence;
use crate::report::Span;
use crate::serve::explorer::cut::{Characters, cut, paragraphs};
use crate::serve::explorer::{concepts, link};
use crate::vocab::property;

/// A line of the text.
#[derive(Serialize, Default)]
pub(super) struct Paragraph {
    /// Its anchor.
    pub(super) id: String,
    /// The code point of the text at which it begins.
    start: usize,
    /// `p`, or `h3` and on for a heading alone on its line.
    tag: &'static str,
    groups: Vec<Group>,
    /// What begins in it: units with their fields, and findings.
    notes: Vec<Note>,
    /// What is told of a fact that begins in it.
    pub(super) evidence: Option<Evidence>,
    #[serde(skip)]
    pub(super) span: Span,
}

/// Pieces of one unit, inside or outside of the passage that was asked for.
#[derive(Serialize)]
struct Group {
    /// `measure`, `problem-unit`, `plan` or nothing.
    unit: &'static str,
    passage: bool,
    /// Whether it is the first group of the passage.
    first: bool,
    pieces: Vec<Shown>,
}

/// A piece of the text as it is shown.
#[derive(Serialize)]
struct Shown {
    text: String,
    /// Names for the style; empty of plain text.
    class: String,
    /// Where its evidence is; empty of plain text.
    href: String,
}

/// What stands in the margin.
#[derive(Serialize)]
struct Note {
    kind: &'static str,
    href: String,
    /// Its rule, of a finding.
    rule: Option<&'static RuleSentence>,
    links: Vec<Link>,
    doubted: bool,
    chosen: bool,
}

/// A thing by its name.
#[derive(Serialize, Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) text: String,
    pub(super) href: String,
}

/// The paragraphs of a report.
pub(super) fn paragraphs_of(content: &Content, headings: &[Heading], wish: &Wish, base: &str) -> Vec<Paragraph> {
    let shown = |kind: Kind| match kind {
        Kind::Citation => wish.shows("citations"),
        Kind::Body => wish.shows("bodies"),
        Kind::Figure => wish.shows("figures"),
        Kind::Finding => wish.shows("findings"),
        _ => wish.shows("units"),
    };
    let kept = |facts: &'_ [Fact]| facts.iter().filter(|fact| shown(fact.kind)).cloned().collect::<Vec<Fact>>();
    let (units, mentions, findings) = (kept(&content.units), kept(&content.mentions), kept(&content.findings));
    let passage: Vec<Span> = wish.passage.into_iter().collect();
    let characters = Characters::new(&content.text);
    let levels: BTreeMap<usize, usize> = headings.iter().map(|heading| (heading.at, heading.level)).collect();
    let mut view = View { units, mentions, findings, passage, wish, content, base, met: false };
    let lines = paragraphs(&content.text);
    let mut found: Vec<Paragraph> = Vec::with_capacity(lines.len());
    for (at, span) in lines.iter().enumerate() {
        let until = lines.get(at + 1).map_or(usize::MAX, |next| next.start);
        let tag = levels.range(span.start..span.end).next().map_or("p", |(_, level)| tag(*level));
        found.push(Paragraph {
            id: format!("p{}", at + 1),
            start: span.start,
            tag,
            groups: view.groups(*span, &characters),
            notes: view.notes(span.start, until),
            evidence: None,
            span: *span,
        });
    }
    found
}

const fn tag(level: usize) -> &'static str {
    match level {
        0 | 1 => "h3",
        2 => "h4",
        _ => "h5",
    }
}

struct View<'a> {
    units: Vec<Fact>,
    mentions: Vec<Fact>,
    findings: Vec<Fact>,
    passage: Vec<Span>,
    wish: &'a Wish,
    content: &'a Content,
    base: &'a str,
    /// Whether a piece of the passage was met.
    met: bool,
}

/// The facts of a list in the order of their spans that touch a stretch, as spans with their places in the list.
fn touching(facts: &[Fact], whole: Span) -> (Vec<Span>, Vec<usize>) {
    let until = facts.partition_point(|fact| fact.span.start < whole.end);
    let there = facts[..until].iter().enumerate().filter(|(_, fact)| fact.span.end > whole.start);
    there.map(|(at, fact)| (fact.span, at)).unzip()
}

impl View<'_> {
    fn groups(&mut self, whole: Span, characters: &Characters<'_>) -> Vec<Group> {
        let (units, unit_at) = touching(&self.units, whole);
        let (mentions, mention_at) = touching(&self.mentions, whole);
        let (findings, finding_at) = touching(&self.findings, whole);
        let mut groups: Vec<(Option<usize>, Group)> = Vec::new();
        for piece in cut(whole, &[&units, &mentions, &findings, &self.passage]) {
            let of = |layer: usize, places: &[usize]| piece.marks[layer].and_then(|mark| places.get(mark).copied());
            let unit = of(0, &unit_at);
            let mention = of(1, &mention_at).map(|at| &self.mentions[at]);
            let finding = of(2, &finding_at).map(|at| &self.findings[at]);
            let passage = piece.marks[3].is_some();
            let shown = self.shown(characters.slice(piece.span), mention, finding);
            match groups.last_mut() {
                Some((last, group)) if *last == unit && group.passage == passage => group.pieces.push(shown),
                _ => {
                    let first = passage && !self.met;
                    self.met |= passage;
                    let kind = unit.map_or("", |at| self.units[at].kind.name());
                    groups.push((unit, Group { unit: kind, passage, first, pieces: vec![shown] }));
                }
            }
        }
        groups.into_iter().map(|(_, group)| group).collect()
    }

    fn shown(&self, text: &str, mention: Option<&Fact>, finding: Option<&Fact>) -> Shown {
        let mut class: Vec<&str> = Vec::new();
        for fact in [mention, finding].into_iter().flatten() {
            class.push(fact.kind.name());
            if fact.value(property::DOUBT).is_some() {
                class.push("doubted");
            }
            if self.wish.fact.as_deref() == Some(fact.place.as_str()) {
                class.push("chosen");
            }
        }
        let href = mention.or(finding).map(|fact| self.href(fact)).unwrap_or_default();
        Shown { text: text.to_owned(), class: class.join(" "), href }
    }

    fn href(&self, fact: &Fact) -> String {
        self.wish.telling_of(&fact.place) + "#evidence"
    }

    /// The units and findings that begin from `start` on and before `end`.
    fn notes(&self, start: usize, end: usize) -> Vec<Note> {
        let begins = |fact: &&Fact| start <= fact.span.start && fact.span.start < end;
        self.units.iter().chain(&self.findings).filter(begins).map(|fact| self.note(fact)).collect()
    }

    fn note(&self, fact: &Fact) -> Note {
        let name = |iri: &str| concepts::name(iri).map_or_else(|| link::local(iri).to_owned(), |name| name.zh.clone());
        let fields = fact.values(property::CATEGORY).chain(fact.values(property::ALSO_CATEGORY));
        let mut links: Vec<Link> = fields.map(|iri| Link { text: name(iri), href: link::to(self.base, iri) }).collect();
        for body in fact.values(property::RESPONSIBLE_BODY) {
            let text = self.content.label(body).unwrap_or_else(|| link::local(body)).to_owned();
            links.push(Link { text, href: link::to(self.base, body) });
        }
        Note {
            kind: fact.kind.name(),
            href: self.href(fact),
            rule: fact.value(property::RULE).and_then(concepts::name),
            links,
            doubted: fact.value(property::DOUBT).is_some(),
            chosen: self.wish.fact.as_deref() == Some(fact.place.as_str()),
        }
    }
}
