//! One document from text to [`Report`]: the stages from outline to relate in their order.

use crate::lexicon::{Lexicon, townships_of};
use crate::outline::{Outline, outline};
use crate::read::Document;
use crate::recognize::bodies::Surroundings;
use crate::recognize::citations::CitationMention;
use crate::recognize::{bodies, citations, figures, period, regions};
use crate::relate::{carriers, categories, findings, implementations, plans, units};
use crate::report::{
    Basis, BodyMention, Change, Citation, Figure, Level, Metadata, Report, Role, Span, Statement, Unit, UnitKind,
};
use crate::resolve::metadata::Frontmatter;
use crate::resolve::reporter::Reporter;
use crate::text::Text;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::ops::Range;

/// Reads everything that the report in `document` says.
#[must_use]
pub fn extract(document: &Document, lexicon: &Lexicon) -> Report {
    let text = Text::new(&document.text);
    let outline = outline(&text, &lexicon.outline);
    let front = Frontmatter::read(document, &text, &outline, lexicon);
    let regions = regions::regions(text.folded(), lexicon);
    let folded = front.fold(text.folded());
    let reporter = Reporter::tell(&front.signs(text.folded(), &folded), &regions, lexicon);
    let cited = citations::citations(text.folded(), &lexicon.documents, &lexicon.citations);
    let titles = title_ranges(&cited);
    let named = named_bodies(&text, &titles, &regions, &reporter, lexicon);
    let read = Reading { text: &text, outline: &outline, lexicon, reporter: &reporter };
    let statements = read.statements();
    let (citations, mut bodies) = (read.citations(&cited), read.bodies(&named));
    let metadata = metadata(&text, &front, &reporter, &bodies, lexicon);
    let figures = read.figures(&titles, metadata.year);
    let units = read.units(&citations, &named, &mut bodies, &figures);
    let evidence = findings::Evidence {
        text: &text,
        body: front.body.clone(),
        title: &folded.title,
        reporter: &reporter,
        regions: &regions,
        statements: &statements,
        bodies: &bodies,
        citations: &citations,
        figures: &figures,
        lexicon,
    };
    let findings = findings::findings(&evidence);
    Report {
        id: identifier(&metadata, &document.text),
        source: document.source.clone(),
        metadata,
        statements,
        units,
        citations,
        bodies,
        figures,
        findings,
        text: document.text.clone(),
    }
}

/// `{region code}-{year}-{12 hex digits of the SHA-256 of the text}`; zeros where code or year are not told.
fn identifier(metadata: &Metadata, text: &str) -> String {
    let region = metadata.region.as_ref();
    let code = region
        .and_then(|region| region.township.clone().or_else(|| region.code.clone()))
        .unwrap_or_else(|| "000000".to_owned());
    let year = metadata.year.unwrap_or(0);
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(6).fold(format!("{code}-{year:04}-"), |mut identifier, byte| {
        // Writing to a string cannot fail.
        let _ = write!(identifier, "{byte:02x}");
        identifier
    })
}

fn title_ranges(cited: &[CitationMention]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for mention in cited {
        if ranges.last().is_none_or(|last| last.end <= mention.range.start) {
            ranges.push(mention.range.clone());
        }
    }
    ranges
}

/// A body as printed and as meant.
type Named<'l> = (bodies::BodyNamed<'l>, crate::resolve::bodies::ResolvedBody);

fn named_bodies<'l>(
    text: &Text<'_>,
    titles: &[Range<usize>],
    regions: &[regions::RegionMention],
    reporter: &Reporter<'l>,
    lexicon: &'l Lexicon,
) -> Vec<Named<'l>> {
    let mut townships: Vec<&str> = reporter
        .region
        .map(|region| townships_of(&region.code).map(|township| township.name).collect())
        .unwrap_or_default();
    townships.extend(reporter.township.as_ref().map(|township| township.name.as_str()));
    let around = Surroundings {
        text: text.folded(),
        titles,
        regions,
        table: &lexicon.regions,
        townships: &townships,
        own: reporter.region.map(|region| region.name.as_str()),
        of_township: reporter.township.is_some(),
    };
    let named = bodies::bodies(&around, &lexicon.bodies);
    let resolved = crate::resolve::bodies::resolve(text.folded(), &named, reporter, lexicon);
    named.into_iter().zip(resolved).filter_map(|(named, resolved)| Some((named, resolved?))).collect()
}

fn metadata(
    text: &Text<'_>,
    front: &Frontmatter,
    reporter: &Reporter<'_>,
    bodies: &[BodyMention],
    lexicon: &Lexicon,
) -> Metadata {
    Metadata {
        title: front.title.clone(),
        region: reporter.region_ref(lexicon),
        issuer: crate::resolve::issuer::issuer(text, front, reporter, bodies, lexicon),
        addressee: front.addressee.clone(),
        year: reporter.year,
        published: front.published.clone(),
        dated: front.dated.clone(),
        index_number: front.index_number.clone(),
    }
}

/// A change of the figure before the one of the year before, where it was read as a change of that: 今年46件,去年40件,
/// 同比增长15%, or 去年40件,今年46件,同比增长15%.
/// `figures` are those of the statement so far, the first of them at `first` among all.
fn of_this_year(change: Change, figures: &[Figure], first: usize) -> Change {
    let at = change.of.and_then(|of| of.checked_sub(first));
    let Some((at, then)) = at.and_then(|at| Some((at, figures.get(at)?))) else { return change };
    let ends = |figure: &Figure| figure.period.as_ref().and_then(|period| period.to.clone());
    let is_later = |now: &usize| {
        figures.get(*now).is_some_and(|now| {
            let earlier = then.period.is_some() && (now.period.is_none() || ends(then) < ends(now));
            earlier && now.unit == then.unit && now.change.is_none()
        })
    };
    let now = [Some(at + 1), at.checked_sub(1)].into_iter().flatten().find(is_later);
    Change { of: now.map_or(change.of, |now| Some(first + now)), ..change }
}

/// What the later stages need of the earlier ones.
struct Reading<'a, 'l> {
    text: &'a Text<'a>,
    outline: &'a Outline,
    lexicon: &'l Lexicon,
    reporter: &'a Reporter<'l>,
}

impl Reading<'_, '_> {
    fn statements(&self) -> Vec<Statement> {
        let pieces = self.outline.pieces.iter().zip(&self.outline.roles).zip(&self.outline.bases);
        pieces
            .map(|((piece, role), basis)| Statement {
                span: self.text.span(piece.range.clone()),
                role: *role,
                basis: basis.clone(),
            })
            .collect()
    }

    fn citations(&self, cited: &[CitationMention]) -> Vec<Citation> {
        let resolved = crate::resolve::citations::resolve(self.text, cited, self.reporter, self.lexicon);
        let mut citations = Vec::new();
        for (mention, document) in cited.iter().zip(resolved) {
            let Some(document) = document else { continue };
            citations.push(Citation {
                span: self.text.span(mention.range.clone()),
                quote: self.text.quote(mention.range.clone()).to_owned(),
                title: document.title,
                canonical: document.canonical,
                kind: document.kind,
                kind_by_name: document.kind_by_name,
                how: document.how,
                number: mention.number.clone().map(|range| self.text.quote(range).to_owned()),
                articles: mention.articles.iter().map(|range| self.text.quote(range.clone()).to_owned()).collect(),
                level: document.level,
                region: document.region.filter(|_| document.level != Level::National),
                implements: document.implements.into_iter().collect(),
                revision: document.revision,
                basis: document.basis,
            });
        }
        implementations::complete(self.text, &mut citations, &self.lexicon.citations.carried_out);
        citations
    }

    fn bodies(&self, named: &[Named<'_>]) -> Vec<BodyMention> {
        named
            .iter()
            .map(|(body, resolved)| BodyMention {
                span: self.text.span(body.range.clone()),
                quote: self.text.quote(body.range.clone()).to_owned(),
                name: resolved.name.clone(),
                region: resolved.region.clone(),
                kind: resolved.kind.clone(),
                carries: None,
                basis: resolved.basis.clone(),
            })
            .collect()
    }

    fn figures(&self, titles: &[Range<usize>], year: Option<u16>) -> Vec<Figure> {
        let mut found: Vec<Figure> = Vec::new();
        let mut indicators = figures::Indicators::new(self.text.folded(), &self.lexicon.figures);
        for (index, (piece, role)) in self.outline.pieces.iter().zip(&self.outline.roles).enumerate() {
            // What is planned are targets, what stands in the frame are dates and numbers of the page.
            if !matches!(role, Role::Action | Role::Background | Role::Problem) {
                continue;
            }
            let mentions = figures::figures(self.text.folded(), &piece.range, titles, &self.lexicon.figures);
            let ranges: Vec<Range<usize>> = mentions.iter().map(|mention| mention.range.clone()).collect();
            let units: Vec<&str> = mentions.iter().map(|mention| mention.unit.as_str()).collect();
            let topic = self.topic(index);
            let statement = piece.range.clone();
            let cues = &self.lexicon.figures.period;
            let periods = period::periods(self.text.folded(), &statement, (&ranges, titles), year, cues);
            let indicated =
                indicators.read(&figures::Counted { statement, figures: &ranges, units: &units, topic: &topic });
            let first = found.len();
            for ((mention, indicated), period) in mentions.iter().zip(indicated).zip(periods) {
                let indicator = indicated.phrase;
                // A part inherits the words of its total, and is not the total's indicator once more.
                let is_part = |concept: &String| {
                    let same =
                        |other: &&Figure| other.concept.as_ref() == Some(concept) && other.indicator != indicator;
                    found[first..].iter().filter(same).any(|other| other.value > mention.value)
                };
                let concept = self.concept(&indicator, &mention.unit);
                let concept = concept.filter(|concept| indicated.change.is_none() && !is_part(concept));
                found.push(Figure {
                    span: self.text.span(mention.range.clone()),
                    quote: self.text.quote(mention.range.clone()).to_owned(),
                    value: mention.value,
                    concept,
                    unit: mention.unit.clone(),
                    indicator,
                    approx: mention.approx,
                    period,
                    change: indicated.change.map(|change| of_this_year(change, &found[first..], first)),
                    basis: indicated.basis,
                });
            }
        }
        found
    }

    /// The common indicator that a phrase names, its figure being in `unit`.
    fn concept(&self, phrase: &str, unit: &str) -> Option<String> {
        let cues = &self.lexicon.figures;
        let fits = |usual: &str| {
            usual == unit || cues.alike.get(usual).is_some_and(|units| units.iter().any(|other| other == unit))
        };
        self.lexicon.categories.indicator(phrase, &cues.indicator, fits).map(str::to_owned)
    }

    /// The heading or lead sentence of the item that a statement stands in.
    fn topic(&self, piece: usize) -> String {
        let tree = &self.outline.tree;
        let node = &tree.nodes[tree.node_of[piece]];
        let heading = if tree.node_of[piece] == 0 { piece } else { node.pieces.start };
        if heading == piece { String::new() } else { self.outline.words(self.text, heading).to_owned() }
    }

    fn units(
        &self,
        citations: &[Citation],
        named: &[Named<'_>],
        bodies: &mut [BodyMention],
        figures: &[Figure],
    ) -> Vec<Unit> {
        let mut found: Vec<Unit> = Vec::new();
        for leaf in units::units(self.text, self.outline) {
            let span = self.text.span(leaf.range.clone());
            let name = self.text.quote(leaf.name.clone()).trim().to_owned();
            let headings = self.headings(leaf.node, &leaf.range);
            let words = categories::UnitWords {
                name: &self.text.folded()[leaf.name.clone()],
                named: leaf.named,
                lead: &self.text.folded()[leaf.range.start..leaf.name.start.max(leaf.range.start)],
                headings: headings.iter().map(String::as_str).collect(),
                text: &self.text.folded()[leaf.range.clone()],
            };
            let field = categories::categorize(&words, &self.lexicon.categories);
            found.push(Unit {
                span,
                kind: leaf.kind,
                name,
                category: field.main,
                also: field.also,
                topics: field.topics,
                bodies: self.carriers(&leaf.range, named, bodies),
                citations: inside(span, citations, |citation| citation.span),
                figures: inside(span, figures, |figure| figure.span),
                addresses: Vec::new(),
                basis: Basis { entry: field.cue, doubt: field.doubt, ..leaf.basis },
            });
        }
        self.answer(&mut found);
        found
    }

    /// The headings above a unit that are not part of its own text, from the section down.
    fn headings(&self, node: usize, range: &Range<usize>) -> Vec<String> {
        let tree = &self.outline.tree;
        let first = |node: &usize| self.outline.pieces[tree.nodes[*node].pieces.start].range.clone();
        tree.path(node)
            .iter()
            .map(first)
            .filter(|heading| heading.end <= range.start)
            .map(|heading| self.text.folded()[heading].to_owned())
            .collect()
    }

    /// Full names of the bodies that carry out the unit at `unit`, in the order of their first mention; each mention is
    /// told why.
    fn carriers(&self, unit: &Range<usize>, named: &[Named<'_>], bodies: &mut [BodyMention]) -> Vec<String> {
        let first = named.partition_point(|(body, _)| body.range.start < unit.start);
        let inside = named[first..].iter().take_while(|(body, _)| body.range.start < unit.end);
        let inside: Vec<carriers::Named> = inside
            .filter(|(body, _)| body.range.end <= unit.end)
            .map(|(body, resolved)| carriers::Named { range: body.range.clone(), superior: resolved.superior })
            .collect();
        let carries = carriers::carriers(self.text.folded(), unit, &inside, &self.lexicon.relations);
        let mut found: Vec<String> = Vec::new();
        for (body, carries) in bodies[first..].iter_mut().zip(carries) {
            body.carries = carries;
            if body.carries.is_some() && !found.contains(&body.name) {
                found.push(body.name.clone());
            }
        }
        found
    }

    /// Links every plan with the problems that it answers.
    fn answer(&self, found: &mut [Unit]) {
        let cues = &self.lexicon.relations;
        let problems: Vec<(usize, Span, String)> = found
            .iter()
            .enumerate()
            .filter(|(_, unit)| unit.kind == UnitKind::Problem)
            .map(|(at, unit)| (at, unit.span, unit.category.clone()))
            .collect();
        let matters: Vec<plans::Matter<'_>> = problems
            .iter()
            .map(|(_, span, category)| plans::Matter::new(self.text.folded_at(*span), category, cues))
            .collect();
        let planned = found.iter().filter(|unit| unit.kind == UnitKind::Plan).count();
        let parallel = planned == problems.len() && planned > 1;
        let plans = found.iter_mut().filter(|unit| unit.kind == UnitKind::Plan);
        for (place, unit) in plans.enumerate() {
            let plan = plans::Matter::new(self.text.folded_at(unit.span), &unit.category, cues);
            let answered = plans::addressed(&plan, parallel.then_some(place), &matters, cues);
            let by_place = answered.iter().all(|answered| answered.by_place) && !answered.is_empty();
            unit.addresses = answered.into_iter().map(|answered| problems[answered.problem].0).collect();
            if by_place && unit.basis.doubt.is_none() {
                unit.basis.doubt = Some("weak-link".to_owned());
            }
        }
    }
}

/// Which of these, in the order of the text, stand within a span.
fn inside<T>(span: Span, mentions: &[T], of: impl Fn(&T) -> Span) -> Vec<usize> {
    let first = mentions.partition_point(|mention| of(mention).start < span.start);
    let near = mentions.iter().enumerate().skip(first).take_while(|(_, mention)| of(mention).start < span.end);
    near.filter(|(_, mention)| span.contains(&of(mention))).map(|(at, _)| at).collect()
}
