//! What share of planted copies is found, and what is found where nothing was planted?

use crate::Background;
use crate::sentences::{Clause, Dice, Stock, passage};
use fazhi::audit::{Alike, Collection, Source};
use fazhi::lexicon::Lexicon;
use fazhi::report::Span;
use std::collections::BTreeMap;

/// How a copy differs from its source, names and numbers aside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Way {
    /// Whole clauses are others.
    Clauses,
    /// Words are others, in every clause.
    Words,
    /// Clauses are left out.
    Shortened,
    /// Clauses are others, and the rest stands in another order.
    Reordered,
    /// Clauses are others, and the copy is two units with own text between them.
    Split,
    /// Clauses are others, and the copy goes on from, and into, own text without a break.
    Inside,
}

const WAYS: [Way; 6] = [Way::Clauses, Way::Words, Way::Shortened, Way::Reordered, Way::Split, Way::Inside];
const LEVELS: [usize; 4] = [90, 60, 45, 30];
const SEEDS: u64 = 24;
/// Every so many reports have a source and a copy, so that the words of the sentences stay as rare as words are.
const EVERY: usize = 25;
/// The places that the passages name; what they are does not matter, for names are not compared.
const PLACES: [&str; 2] = ["武山县", "永城市"];

pub fn run(backgrounds: &[Background], stock: &Stock, lexicon: &Lexicon) {
    println!("{} untouched reports", backgrounds.len());
    let texts: Vec<String> = backgrounds.iter().map(|background| background.text.clone()).collect();
    let (collection, found) = compared(backgrounds, &texts, true, lexicon);
    println!("false alarms: {}", found.len());
    for alike in &found {
        tell(alike, &collection, backgrounds, &texts);
    }
    for share in [100, 7] {
        let some = if share == 7 { &backgrounds[..backgrounds.len().min(7)] } else { backgrounds };
        println!(
            "\nplanted into {} reports: found, of so many planted; of the rest so many are missed by the sketches alone",
            some.len()
        );
        println!("{:12}{}", "", LEVELS.map(|level| format!("{level:>14} %")).concat());
        for way in WAYS {
            let counts = LEVELS.map(|level| planted(some, (way, level), stock, lexicon));
            let cells = counts.map(|(hit, all, unsketched)| format!("{hit:>5}/{all:<4} {unsketched:<4}"));
            println!("{:12}{}", format!("{way:?}"), cells.concat());
        }
    }
}

fn sources<'a>(backgrounds: &'a [Background], texts: &'a [String], is_untouched: bool) -> Vec<Source<'a>> {
    let mut regions: BTreeMap<&str, usize> = BTreeMap::new();
    texts
        .iter()
        .zip(backgrounds)
        .map(|(text, background)| {
            let next = regions.len();
            // Where something was planted, it is compared whatever the rest is.
            let parts: &[Span] = if is_untouched { &background.units } else { &[] };
            let region = *regions.entry(&background.region).or_insert(next);
            Source { text, parts, region, reporter: region }
        })
        .collect()
}

fn compared(
    backgrounds: &[Background],
    texts: &[String],
    is_untouched: bool,
    lexicon: &Lexicon,
) -> (Collection, Vec<Alike>) {
    let collection = Collection::new(&sources(backgrounds, texts, is_untouched), lexicon).unwrap();
    let found = collection.alike();
    (collection, found)
}

fn tell(alike: &Alike, collection: &Collection, backgrounds: &[Background], texts: &[String]) {
    let shared = &alike.shared;
    println!(
        "  {:.2} weight {:.1} {} | {}",
        shared.similarity, shared.weight, backgrounds[alike.left].name, backgrounds[alike.right].name
    );
    for (report, range) in [(alike.left, &shared.left), (alike.right, &shared.right)] {
        let span = collection.masked(report).unwrap().span(range);
        let words: String = texts[report].chars().skip(span.start).take(span.end - span.start).collect();
        println!("      {}", words.replace('\n', "/"));
    }
}

/// Plants a source into every so many reports and its copy into another one: how many are found, of how many, and how many
/// of the others would be if every report were compared with every other.
fn planted(
    backgrounds: &[Background],
    (way, level): (Way, usize),
    stock: &Stock,
    lexicon: &Lexicon,
) -> (usize, usize, usize) {
    let (mut hit, mut all, mut unsketched) = (0, 0, 0);
    for seed in 0..SEEDS {
        let mut dice = Dice(seed * 1000 + level as u64 * 10 + way as u64);
        let count = backgrounds.len();
        let mut inserts: Vec<Vec<String>> = vec![Vec::new(); count];
        let step = EVERY.min(count);
        let planted: Vec<usize> = (0..count).step_by(step).collect();
        for &at in &planted {
            let (source, copy) = source_and_copy((way, level), stock, &mut dice);
            inserts[at].push(source);
            inserts[(at + step / 2) % count].push(copy);
        }
        let (mut texts, mut spans) = (Vec::new(), Vec::new());
        for (background, inserts) in backgrounds.iter().zip(&inserts) {
            let (text, places) = insert(&background.text, inserts, &mut dice);
            texts.push(text);
            spans.push(places);
        }
        // Two texts of one place are told apart here, so that what is planted into them counts.
        let mut apart = backgrounds.to_vec();
        for (at, background) in apart.iter_mut().enumerate() {
            background.region = at.to_string();
        }
        let (collection, found) = compared(&apart, &texts, false, lexicon);
        let overlaps = |report: usize, range: &std::ops::Range<usize>, planted: Span| {
            let span = collection.masked(report).unwrap().span(range);
            span.end.min(planted.end).saturating_sub(span.start.max(planted.start)) * 4 >= planted.end - planted.start
        };
        let is_of = |alike: &Alike, source: usize| {
            let copy = (source + step / 2) % count;
            let sides = [(alike.left, &alike.shared.left), (alike.right, &alike.shared.right)];
            let at = |report: usize, planted: Span| {
                sides.iter().any(|(r, range)| *r == report && overlaps(report, range, planted))
            };
            at(source, spans[source][0]) && at(copy, spans[copy][0])
        };
        all += planted.len();
        hit += planted.iter().filter(|source| found.iter().any(|alike| is_of(alike, **source))).count();
        for &source in planted.iter().filter(|source| !found.iter().any(|alike| is_of(alike, **source))) {
            let copy = (source + step / 2) % count;
            let by_force = collection.compare(&[(source.min(copy), source.max(copy))]);
            unsketched += usize::from(by_force.iter().any(|alike| is_of(alike, source)));
        }
    }
    (hit, all, unsketched)
}

/// A passage and its copy; a mark in the copy stands where it is divided by own text.
fn source_and_copy((way, level): (Way, usize), stock: &Stock, dice: &mut Dice) -> (String, String) {
    let count = 6 + dice.below(7);
    let clauses: Vec<Clause> = (0..count).map(|_| Clause::draw(stock, dice)).collect();
    let all: usize = clauses.iter().map(Clause::length).sum();
    let mut copied: Vec<Clause> = clauses.iter().map(|clause| clause.renumbered(dice)).collect();
    // Kept characters are those at which the planted similarity (twice the shared by both) is the level.
    match way {
        Way::Words => copied = copied.iter().map(|clause| clause.reworded(100 - level, dice)).collect(),
        Way::Shortened => {
            let least = all * level / (200 - level);
            while copied.iter().map(Clause::length).sum::<usize>() > least && copied.len() > 1 {
                let shortest = copied.iter().map(Clause::length).sum::<usize>() - least;
                let fits = (0..copied.len()).filter(|at| copied[*at].length() <= shortest + 6).collect::<Vec<_>>();
                let Some(at) = (!fits.is_empty()).then(|| fits[dice.below(fits.len())]) else { break };
                copied.remove(at);
            }
        }
        _ => {
            let mut left = all * (100 - level) / 100;
            let mut order: Vec<usize> = (0..count).collect();
            for at in (1..count).rev() {
                order.swap(at, dice.below(at + 1));
            }
            for at in order {
                let length = copied[at].length();
                if length <= left + 3 {
                    left = left.saturating_sub(length);
                    copied[at] = Clause::draw(stock, dice);
                }
            }
        }
    }
    if way == Way::Reordered {
        let half = copied.len() / 2;
        copied.rotate_left(half);
    }
    let own: Vec<Clause> = (0..8).map(|_| Clause::draw(stock, dice)).collect();
    let source = passage(&clauses, PLACES[0], dice);
    let copy = match way {
        Way::Split => {
            let (first, second) = copied.split_at(copied.len() / 2);
            let between = passage(&own[..3], PLACES[1], dice);
            format!("{}\n{between}\n{}", passage(first, PLACES[1], dice), passage(second, PLACES[1], dice))
        }
        Way::Inside => {
            let before = passage(&own[..4], PLACES[1], dice);
            let behind = own[4..].iter().map(Clause::text).collect::<Vec<_>>().join(",");
            format!("{before}{}其间{behind}。", passage(&copied, PLACES[1], dice))
        }
        _ => passage(&copied, PLACES[1], dice),
    };
    (source, copy)
}

/// The text with the passages as lines of their own, in their order, and where they stand.
fn insert(text: &str, passages: &[String], dice: &mut Dice) -> (String, Vec<Span>) {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut at = 1 + dice.below(lines.len().max(4) / 4);
    let mut places = Vec::new();
    for passage in passages {
        at = (at + 1 + dice.below(lines.len().max(4) / 4)).min(lines.len());
        lines.insert(at, passage.clone());
        places.push(at);
    }
    let mut spans = Vec::new();
    let mut start = 0;
    for (number, line) in lines.iter().enumerate() {
        let length = line.chars().count();
        if places.contains(&number) {
            spans.push(Span { start, end: start + length });
        }
        start += length + 1;
    }
    (lines.join("\n"), spans)
}
