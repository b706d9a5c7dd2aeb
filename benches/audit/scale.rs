//! How long does the comparison of many reports take, how much memory, and which pairs does it miss that a comparison of
//! every report with every other finds?

use crate::sentences::Dice;
use fazhi::audit::{Alike, Collection, Source};
use fazhi::lexicon::Lexicon;
use std::collections::BTreeSet;
use std::time::Instant;

/// Ideographs of which words are made, as many as such reports use; what they mean does not matter here, how often they stand
/// together does.
const CHARACTERS: usize = 2_000;
const FIRST_CHARACTER: u32 = 0x4e00;
const COUNTIES: usize = 2_500;
const WORDS: usize = 12_000;
const STOCK_PHRASES: usize = 400;
const STATEMENTS: usize = 110;
/// Of so many reports one copies a passage from another county.
const COPYING: usize = 30;
/// Reports of which every one is compared with every other.
const SAMPLE: usize = 400;

pub fn run(reports: usize, lexicon: &Lexicon) {
    let mut copies = Vec::new();
    let texts: Vec<String> = (0..reports).map(|report| text(report, reports, &mut copies)).collect();
    let characters: usize = texts.iter().map(|text| text.chars().count()).sum();
    println!(
        "{reports} reports, {characters} characters, {} with a copied passage; {} MB held",
        copies.len(),
        memory("VmRSS")
    );
    let begin = Instant::now();
    let collection = Collection::new(&sources(&texts, 0..reports), lexicon).unwrap();
    let masked = begin.elapsed().as_secs_f64();
    let candidates = collection.candidates();
    let sketched = begin.elapsed().as_secs_f64();
    let found = collection.compare(&candidates);
    let compared = begin.elapsed().as_secs_f64();
    println!("mask and count            {masked:7.1} s");
    println!("sketch and bring together {:7.1} s  {} pairs of reports", sketched - masked, candidates.len());
    println!("align                     {:7.1} s  {} pairs of passages", compared - sketched, found.len());
    println!("together                  {compared:7.1} s  {} MB at the peak", memory("VmHWM"));
    let pairs: BTreeSet<(usize, usize)> = found.iter().map(|alike| (alike.left, alike.right)).collect();
    for least in [90, 75, 60, 45] {
        let of_level: Vec<_> = copies.iter().filter(|copy| copy.kept >= least && copy.kept < least + 15).collect();
        let hit = of_level.iter().filter(|copy| pairs.contains(&copy.pair())).count();
        println!("copies with {least} to {} words in a hundred kept: found {hit} of {}", least + 14, of_level.len());
    }
    // What a county copied it may share with the other years of the county that it copied from.
    let counties = |(a, b): (usize, usize)| ((a % COUNTIES).min(b % COUNTIES), (a % COUNTIES).max(b % COUNTIES));
    let planted: BTreeSet<(usize, usize)> = copies.iter().map(|copy| counties(copy.pair())).collect();
    let others = pairs.iter().filter(|pair| !planted.contains(&counties(**pair))).count();
    println!("pairs of reports that share a passage, of counties neither of which copied from the other: {others}");
    brute_force(&texts, &copies, lexicon);
}

/// A sample, every report with every other, beside what the sketches bring together.
fn brute_force(texts: &[String], copies: &[Copy], lexicon: &Lexicon) {
    let mut sample: Vec<usize> = copies.iter().flat_map(|copy| [copy.from, copy.to]).take(SAMPLE).collect();
    sample.sort_unstable();
    sample.dedup();
    let texts: Vec<String> = sample.iter().filter_map(|report| texts.get(*report)).cloned().collect();
    let collection = Collection::new(&sources(&texts, sample.iter().copied()), lexicon).unwrap();
    let all: Vec<(usize, usize)> = (0..texts.len())
        .flat_map(|left| (left + 1..texts.len()).map(move |right| (left, right)))
        .filter(|(left, right)| sample[*left] % COUNTIES != sample[*right] % COUNTIES)
        .collect();
    let begin = Instant::now();
    let by_force = collection.compare(&all);
    let force = begin.elapsed().as_secs_f64();
    let begin = Instant::now();
    let sketched = collection.alike();
    let time = begin.elapsed().as_secs_f64();
    let key = |alike: &Alike| (alike.left, alike.right, alike.shared.left.start);
    let known: BTreeSet<_> = sketched.iter().map(key).collect();
    let missed: Vec<&Alike> = by_force.iter().filter(|alike| !known.contains(&key(alike))).collect();
    println!("{} reports by brute force: {force:.1} s for {} pairs, sketches {time:.2} s", texts.len(), all.len());
    println!("passages by brute force {}, missed by the sketches {}", by_force.len(), missed.len());
    for alike in missed.iter().take(20) {
        println!("  missed: similarity {:.2}, weight {:.1}", alike.shared.similarity, alike.shared.weight);
    }
}

struct Copy {
    from: usize,
    to: usize,
    /// Of a hundred words so many were kept.
    kept: usize,
}

impl Copy {
    fn pair(&self) -> (usize, usize) {
        (self.from.min(self.to), self.from.max(self.to))
    }
}

fn sources(texts: &[String], reports: impl Iterator<Item = usize>) -> Vec<Source<'_>> {
    let county = |report: usize| report % COUNTIES;
    texts
        .iter()
        .zip(reports)
        .map(|(text, report)| Source { text, parts: &[], region: county(report), reporter: county(report) })
        .collect()
}

fn text(report: usize, reports: usize, copies: &mut Vec<Copy>) -> String {
    let mut dice = Dice(report as u64 * 31 + 7);
    let mut statements: Vec<String> = (0..STATEMENTS).map(|at| statement(report, at, None)).collect();
    let from = dice.below(reports);
    if report.is_multiple_of(COPYING) && from % COUNTIES != report % COUNTIES {
        let kept = 45 + dice.below(56);
        let (first, count) = (dice.below(STATEMENTS - 8), 3 + dice.below(4));
        let at = dice.below(STATEMENTS - 8);
        for offset in 0..count {
            statements[at + offset] = statement(from, first + offset, Some((kept, report as u64)));
        }
        copies.push(Copy { from, to: report, kept });
    }
    statements.join("\n")
}

/// The `at`-th statement of a report: that of the county's last report with another number, or a new one; `copied` tells
/// how many of a hundred words a copy keeps, and by which dice.
fn statement(report: usize, at: usize, copied: Option<(usize, u64)>) -> String {
    let (county, year) = (report % COUNTIES, report / COUNTIES);
    let is_new = |year: usize| year == 0 || Dice((county * 1_000_003 + at * 101 + year) as u64).below(10) < 6;
    let since = (0..=year).rev().find(|year| is_new(*year)).unwrap_or(0);
    let mut dice = Dice((county * 7_000_003 + at * 1_009 + since) as u64);
    let mut other = copied.map(|(kept, seed)| (kept, Dice(seed * 977 + at as u64)));
    let mut text = String::new();
    for clause in 0..3 + dice.below(2) {
        if clause > 0 {
            text.push(',');
        }
        if dice.below(4) == 0 {
            let stock = dice.seldom(STOCK_PHRASES).min(dice.below(STOCK_PHRASES));
            let mut phrase = Dice(stock as u64 + 55);
            (0..5 + phrase.below(5)).for_each(|_| word(phrase.below(WORDS), &mut text));
            continue;
        }
        for _ in 0..5 + dice.below(4) {
            let mut drawn = zipf(&mut dice);
            if let Some((kept, other)) = &mut other
                && other.below(100) >= *kept
            {
                drawn = zipf(other);
            }
            word(drawn, &mut text);
        }
        if dice.below(3) == 0 {
            let number = Dice((report * 131 + at) as u64).below(900);
            text.push_str(&number.to_string());
            text.push('件');
        }
    }
    text + "。"
}

/// The number of a word: those of low number often, as words of a language are.
fn zipf(dice: &mut Dice) -> usize {
    // Of words within a doubling of their rank each is as likely as of those within any other.
    let doublings = WORDS.ilog2();
    let doubling = u32::try_from(dice.below(doublings as usize)).unwrap_or(0);
    (1 << doubling) + dice.below(1 << doubling) - 1
}

fn word(number: usize, text: &mut String) {
    let mut dice = Dice(number as u64 + 1_000_000);
    for _ in 0..2 {
        let drawn = u32::try_from(dice.below(CHARACTERS)).unwrap_or(0);
        text.push(char::from_u32(FIRST_CHARACTER + 9 * drawn).unwrap_or('\u{4e00}'));
    }
}

/// Megabytes that the system says this process holds, or held at most; zero where it does not say.
fn memory(field: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(field));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok()).unwrap_or(0) / 1000
}
