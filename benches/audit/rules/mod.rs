//! What share of planted errors do the rules within a report find (sums, rates, another place's name), and what do they
//! find where none was planted?

mod fresh;
mod known;
mod unseen;

use crate::Background;
use crate::sentences::Dice;
use fazhi::extract;
use fazhi::lexicon::{Lexicon, short_name, townships_of};
use fazhi::read::Document;
use std::collections::BTreeMap;

pub use fresh::FRESH;
pub use known::KNOWN;
pub use unseen::UNSEEN;

/// The rules that are counted.
const RULES: [&str; 4] = ["sum_mismatch", "rate_mismatch", "impossible_percentage", "foreign_region"];

/// Sentences to plant.
pub struct Wording {
    /// A total and its parts: the first number is the sum of the others.
    sums: &'static [&'static str],
    /// Parts and their total, which is the last number.
    summed: &'static [&'static str],
    /// A whole `{w}`, a part `{p}` and their rate `{r}` in per cent.
    rates: &'static [&'static str],
    /// A number of last year `{t}`, one of this year `{n}`, the word for the change `{g}` and its rate `{r}` in per cent.
    growths: &'static [&'static str],
    /// Where a copier forgets to put the name of the own place.
    names: Names,
    /// Where another place is rightly named.
    innocent_names: &'static [&'static str],
    /// A number `{t}` with two smaller ones, `{a}` and `{b}`, that need not be all its parts.
    innocent_sums: &'static [&'static str],
}

/// Where names stand, and the places whose names are planted: none of them is a background's own.
struct Names {
    full: &'static [&'static str],
    short: &'static [&'static str],
    township: &'static [&'static str],
    body: &'static [&'static str],
    places: &'static [(&'static str, &'static str)],
}

/// A sentence that is right, if there is one, and one that must be warned of, if there is one.
type Case = (Option<String>, Option<String>);

pub fn run(wording: &Wording, backgrounds: &[Background], lexicon: &Lexicon) {
    untouched(backgrounds, lexicon);
    let names = &wording.names;
    count("sum", "sum_mismatch", wording.sums, backgrounds, lexicon, |form, _, dice| sum(form, false, dice));
    count("sum", "sum_mismatch", wording.summed, backgrounds, lexicon, |form, _, dice| sum(form, true, dice));
    count("rate", "rate_mismatch", wording.rates, backgrounds, lexicon, |form, _, dice| rate(form, dice));
    count("growth", "rate_mismatch", wording.growths, backgrounds, lexicon, |form, _, dice| growth(form, dice));
    let foreign = "foreign_region";
    count("full name", foreign, names.full, backgrounds, lexicon, |form, background, dice| {
        name(form, &background.place, &other(names, background, dice).0)
    });
    count("short name", foreign, names.short, backgrounds, lexicon, |form, background, dice| {
        let other = other(names, background, dice).0;
        name(form, short_name(&background.place).unwrap_or("本地"), short_name(&other).unwrap_or(&other))
    });
    count("township", foreign, names.township, backgrounds, lexicon, |form, background, dice| {
        let own: Vec<_> = townships_of(&background.region).map(|township| township.name.to_owned()).collect();
        let own = own.get(dice.below(own.len().max(1))).unwrap_or(&background.place);
        name(form, own, &other(names, background, dice).1)
    });
    count("body", foreign, names.body, backgrounds, lexicon, |form, background, dice| {
        name(form, &background.place, &other(names, background, dice).0)
    });
    count("innocent name", foreign, wording.innocent_names, backgrounds, lexicon, |form, background, dice| {
        (Some(form.replace("{}", &other(names, background, dice).0)), None)
    });
    count("innocent sum", "sum_mismatch", wording.innocent_sums, backgrounds, lexicon, |form, _, dice| {
        let (a, b) = (3 + dice.below(40), 3 + dice.below(40));
        let total = if dice.below(3) == 0 { a.max(b) + 1 + dice.below(5) } else { a + b + 2 + dice.below(90) };
        let fill = |form: &str, mark: &str, number: usize| form.replace(mark, &number.to_string());
        (Some(fill(&fill(&fill(form, "{t}", total), "{a}", a), "{b}", b)), None)
    });
}

fn untouched(backgrounds: &[Background], lexicon: &Lexicon) {
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for background in backgrounds {
        for (rule, words) in findings(&background.text, lexicon) {
            if let Some(known) = RULES.iter().find(|known| **known == rule) {
                *found.entry(known).or_default() += 1;
                println!("untouched {}: {rule}: {words}", background.name);
            }
        }
    }
    println!("{} untouched reports: {found:?}", backgrounds.len());
}

/// Plants the sentences of each form into every background and prints how many are warned of.
fn count(
    what: &str,
    rule: &str,
    forms: &[&str],
    backgrounds: &[Background],
    lexicon: &Lexicon,
    draw: impl Fn(&str, &Background, &mut Dice) -> Case,
) {
    let (mut all_found, mut all_planted, mut all_alarms, mut all_right) = (0, 0, 0, 0);
    for (kind, form) in forms.iter().enumerate() {
        let (mut found, mut planted, mut alarms, mut right) = (0, 0, 0, 0);
        for (at, background) in backgrounds.iter().enumerate() {
            let mut dice = Dice(at as u64 * 31 + kind as u64 * 7_919 + 5);
            let (truth, error) = draw(form, background, &mut dice);
            if let Some(truth) = truth {
                right += 1;
                alarms += usize::from(is_found(background, &truth, rule, &mut dice, lexicon));
            }
            if let Some(error) = error {
                planted += 1;
                found += usize::from(is_found(background, &error, rule, &mut dice, lexicon));
            }
        }
        println!("  {what}: of {planted} wrong ones found {found}, of {right} right ones {alarms}: {form}");
        (all_found, all_planted) = (all_found + found, all_planted + planted);
        (all_alarms, all_right) = (all_alarms + alarms, all_right + right);
    }
    println!("{what}: of {all_planted} wrong ones found {all_found}, of {all_right} right ones {all_alarms}");
}

/// A total that is the sum of its parts, and one that is wrong by one.
fn sum(form: &str, total_is_last: bool, dice: &mut Dice) -> Case {
    let parts: Vec<usize> = (0..form.matches("{}").count() - 1).map(|_| 2 + dice.below(180)).collect();
    let total: usize = parts.iter().sum();
    let fill = |total: usize| {
        let mut numbers = parts.clone();
        numbers.insert(if total_is_last { numbers.len() } else { 0 }, total);
        Some(numbers.iter().fold(form.to_owned(), |text, number| text.replacen("{}", &number.to_string(), 1)))
    };
    (fill(total), fill(if dice.below(2) == 0 { total + 1 } else { total - 1 }))
}

/// The rate of a part, and one that is wrong by one point.
fn rate(form: &str, dice: &mut Dice) -> Case {
    let whole = 20 + dice.below(180);
    let part = whole / 2 + dice.below(whole / 2);
    let rate = (part * 1000 + whole / 2) / whole;
    let fill = |tenths: usize| {
        let rate = format!("{}.{}", tenths / 10, tenths % 10);
        let text = form.replace("{w}", &whole.to_string()).replace("{p}", &part.to_string());
        Some(text.replace("{r}", &rate))
    };
    (fill(rate), fill(if rate > 980 || dice.below(2) == 0 { rate - 10 } else { rate + 10 }))
}

/// The growth from last year, and one that is wrong by one point.
fn growth(form: &str, dice: &mut Dice) -> Case {
    let then = 20 + dice.below(180);
    let difference = 2 + dice.below(then / 2);
    let grows = dice.below(2) == 0;
    let now = if grows { then + difference } else { then - difference };
    let rate = (difference * 1000 + then / 2) / then;
    let fill = |tenths: usize| {
        let rate = format!("{}.{}", tenths / 10, tenths % 10);
        let text = form.replace("{t}", &then.to_string()).replace("{n}", &now.to_string());
        Some(text.replace("{g}", if grows { "增长" } else { "下降" }).replace("{r}", &rate))
    };
    (fill(rate), fill(rate + 10))
}

/// The own place's name, and another's.
fn name(form: &str, own: &str, other: &str) -> Case {
    let own = if own.is_empty() { "本地" } else { own };
    (Some(form.replace("{}", own)), Some(form.replace("{}", other)))
}

/// A place that is not the background's, and a township of it.
fn other(names: &Names, background: &Background, dice: &mut Dice) -> (String, String) {
    let others: Vec<_> = names.places.iter().filter(|(place, _)| *place != background.place).collect();
    let (place, township) = others[dice.below(others.len())];
    ((*place).to_owned(), (*township).to_owned())
}

fn is_found(background: &Background, sentence: &str, rule: &str, dice: &mut Dice, lexicon: &Lexicon) -> bool {
    let mut lines: Vec<&str> = background.text.lines().collect();
    let at = place(background, rule == "foreign_region", lines.len(), dice);
    lines.insert(at, sentence);
    let start: usize = lines[..at].iter().map(|line| line.chars().count() + 1).sum();
    let end = start + sentence.chars().count();
    let report = extract(&Document { text: lines.join("\n"), ..Document::default() }, lexicon);
    report.findings.iter().any(|finding| {
        let is_there = finding.span.start < end && start < finding.span.end;
        is_there && finding.kind == rule
    })
}

/// Behind which line a sentence is planted: any of the middle third for a name, for numbers one that tells what was done.
fn place(background: &Background, anywhere: bool, lines: usize, dice: &mut Dice) -> usize {
    if !anywhere && !background.deeds.is_empty() {
        return background.deeds[dice.below(background.deeds.len())] + 1;
    }
    (lines / 3 + dice.below((lines / 3).max(1))).min(lines)
}

fn findings(text: &str, lexicon: &Lexicon) -> Vec<(String, String)> {
    let report = extract(&Document { text: text.to_owned(), ..Document::default() }, lexicon);
    let slice = |start: usize, end: usize| text.chars().skip(start).take(end - start).collect::<String>();
    report.findings.iter().map(|finding| (finding.kind.clone(), slice(finding.span.start, finding.span.end))).collect()
}
