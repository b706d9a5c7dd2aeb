//! Invented reports as texts, as many as are wanted and always the same: for measuring what is asked of many reports.
//!
//! The places are real ones of all levels with the years 2019 to 2024 each (a few years are missing), so that everything is
//! within a province. A report has some 4,500 characters: ten fields with two to four measures, problems, plans that mostly
//! answer them, citations of registered documents by Zipf's law beside local ones, the usual figures, and now and then a wrong
//! rate. One passage in twelve stands unchanged since the year before, one in six with new numbers, and one in thirty is taken from
//! another place, half of these with its numbers.

#![expect(clippy::non_ascii_literal, reason = "invented reports speak the language of the real ones")]
#![expect(clippy::unwrap_used, reason = "what makes examples panics when its own files are wrong")]

mod dice;
mod fill;

use fazhi::lexicon::{Lexicon, Region, townships_of};
use fazhi::report::Level;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

use dice::Dice;
use fill::Fill;

/// A page as a line of JSON has it.
#[derive(Serialize)]
pub struct Page {
    pub url: String,
    pub title: String,
    /// Day of publication.
    pub published: String,
    pub text: String,
}

/// `phrases.toml`.
#[derive(Deserialize)]
pub struct Phrases {
    place: Vec<String>,
    group: Vec<String>,
    topic: Vec<String>,
    way: Vec<String>,
    gain: Vec<String>,
    opens: Vec<String>,
    closes: Vec<String>,
    field: Vec<Field>,
}

#[derive(Deserialize)]
struct Field {
    heading: String,
    /// Name of a measure and the sentences it may have.
    items: Vec<Vec<String>>,
    /// A problem and the plan that answers it.
    pairs: Vec<[String; 2]>,
}

/// Who reports.
struct Place {
    code: String,
    name: String,
    level: Level,
    /// The region above it, or the region itself.
    above: String,
    number: u64,
}

/// Everything that reports are made of.
pub struct Corpus {
    places: Vec<Place>,
    phrases: Phrases,
    laws: Vec<String>,
    policies: Vec<String>,
}

const YEARS: std::ops::Range<u64> = 2019..2025;
/// These come first, so that every corpus has them: the places of the sample reports.
const FIRST: [&str; 3] = ["411481", "620524", "330726"];
const LAWS: [&str; 12] = [
    "中华人民共和国行政处罚法",
    "中华人民共和国行政复议法",
    "中华人民共和国民法典",
    "优化营商环境条例",
    "中华人民共和国行政诉讼法",
    "重大行政决策程序暂行条例",
    "中华人民共和国宪法",
    "中华人民共和国政府信息公开条例",
    "中华人民共和国行政许可法",
    "信访工作条例",
    "中华人民共和国安全生产法",
    "中华人民共和国合同法",
];
const POLICIES: [&str; 4] = [
    "法治政府建设实施纲要(2021-2025年)",
    "关于开展法治政府建设示范创建活动的意见",
    "法治中国建设规划(2020-2025年)",
    "法治社会建设实施纲要(2020-2025年)",
];

impl Corpus {
    pub fn new(lexicon: &Lexicon) -> Self {
        let titles = |first: &[&str], table: &str| {
            let mut rest: Vec<&str> = lexicon
                .documents
                .rows()
                .iter()
                .filter(|row| row.table == table)
                .map(|row| row.title.as_str())
                .collect();
            shuffle(&mut rest, |title| title.bytes().map(u64::from).collect());
            rest.retain(|title| !first.contains(title));
            first.iter().copied().chain(rest).map(str::to_owned).collect()
        };
        Self {
            places: places(lexicon),
            phrases: toml::from_str(include_str!("phrases.toml")).unwrap(),
            laws: titles(&LAWS, "data/laws/laws.csv"),
            policies: titles(&POLICIES, "data/policies/policies.csv"),
        }
    }

    /// The first `count` reports, the years of a place one after the other.
    pub fn pages(&self, count: usize) -> impl Iterator<Item = Page> {
        let reports = self.places.iter().flat_map(|place| YEARS.map(move |year| (place, year)));
        reports
            .filter(|(place, year)| !Dice::of(&[place.number, *year, 7]).chance(4))
            .take(count)
            .map(|(place, year)| self.page(place, year))
    }

    fn page(&self, place: &Place, year: u64) -> Page {
        let mut dice = Dice::of(&[place.number, year, 1]);
        let government = if place.level == Level::Township { "" } else { "人民政府关于" };
        let title = format!("{}{government}{year}年度法治政府建设情况的报告", place.name);
        let month = if dice.chance(12) { 4 + dice.below(4) } else { 1 + dice.below(3) };
        let day = 1 + dice.below(28);
        let signed = format!("{}年{month}月{day}日", year + 1);
        let mut text = format!(
            "{title}\n{}年,{}坚持以习近平法治思想为指导,扎实推进法治政府建设。现将有关情况报告如下:\n一、主要举措和成效\n",
            year, place.name
        );
        for (at, field) in self.phrases.field.iter().enumerate() {
            let _ = writeln!(text, "({}){}", NUMERALS[at], field.heading);
            for (number, item) in chosen(field.items.len(), &[place.number, year, 2, at as u64]).into_iter().enumerate()
            {
                let slot = (at * 10 + item) as u64;
                let _ = writeln!(text, "{}.{}", number + 1, self.measure(place, year, slot, &field.items[item]));
            }
        }
        let (problems, plans) = self.problems_and_plans(place, year);
        for (heading, list) in [("二、存在的问题", problems), ("三、下一步工作打算", plans)] {
            let _ = writeln!(text, "{heading}");
            for (at, passage) in list.iter().enumerate() {
                let _ = writeln!(text, "({}){passage}。", NUMERALS[at]);
            }
        }
        let _ = writeln!(text, "{}\n{signed}", place.name);
        Page {
            url: format!("https://example.org/{}/{year}.html", place.code),
            published: format!("{}-{month:02}-{:02}", year + 1, (day + 2).min(28)),
            title: wide(&title),
            text: wide(&text),
        }
    }

    fn measure(&self, place: &Place, year: u64, slot: u64, item: &[String]) -> String {
        let (words, numbers) = Self::seeds(place.number, year, slot);
        let mut fill = Fill::new(self, place, year, words, numbers);
        // The first sentence has the usual figures; of the others, every second one.
        let mut sentences: Vec<&String> = item[1..2].iter().collect();
        sentences.extend(item[2..].iter().filter(|_| fill.words.chance(45)));
        if fill.words.chance(40) {
            sentences.rotate_left(1);
        }
        let opening = fill.words.pick(&self.phrases.opens).clone();
        let closing = fill.words.pick(&self.phrases.closes).clone();
        let mut text = format!("{}。{}", item[0], opening);
        for sentence in sentences {
            text = format!("{text}。{sentence}");
        }
        fill.all(&format!("{text}。{closing}。"))
    }

    /// What the words and the numbers of a passage come from: the passage itself, that of the year before, or another place's.
    fn seeds(place: u64, year: u64, slot: u64) -> (u64, u64) {
        let own = Dice::of(&[place, year, slot, 3]).next();
        let mut dice = Dice::of(&[place, year, slot, 4]);
        match dice.below(100) {
            0..8 if year > YEARS.start => Self::seeds(place, year - 1, slot),
            8..25 if year > YEARS.start => (Self::seeds(place, year - 1, slot).0, own),
            97.. if place > 0 => {
                let (words, numbers) = Self::seeds(dice.next() % place, year, slot);
                (words, if dice.chance(50) { numbers } else { own })
            }
            _ => (own, own),
        }
    }

    fn problems_and_plans(&self, place: &Place, year: u64) -> (Vec<String>, Vec<String>) {
        let pairs: Vec<&[String; 2]> = self.phrases.field.iter().flat_map(|field| &field.pairs).collect();
        // A place keeps to its weak sides for some years.
        let mut dice = Dice::of(&[place.number, year / 4, 5]);
        let first = dice.below(pairs.len());
        let (mut problems, mut plans) = (Vec::new(), Vec::new());
        for step in 0..4 {
            let at = (first + 3 * step) % pairs.len();
            let (words, numbers) = Self::seeds(place.number, year, 200 + at as u64);
            let pair = |side: usize| Fill::new(self, place, year, words, numbers).all(&pairs[at][side]);
            problems.push(pair(0));
            if !Dice::of(&[words, 6]).chance(20) {
                plans.push(pair(1));
            }
        }
        if plans.is_empty() {
            plans.push("继续推进法治政府建设,补齐短板".to_owned());
        }
        (problems, plans)
    }
}

const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// Two to four of `length` things, in order.
fn chosen(length: usize, seed: &[u64]) -> Vec<usize> {
    let mut dice = Dice::of(seed);
    let mut list: Vec<usize> = (0..length).collect();
    while list.len() > 4 || (list.len() > 2 && dice.chance(30)) {
        list.remove(dice.below(list.len()));
    }
    list
}

fn places(lexicon: &Lexicon) -> Vec<Place> {
    let mut regions: Vec<&Region> =
        lexicon.regions.rows().iter().filter(|region| YEARS.clone().all(|year| valid(region, year))).collect();
    shuffle(&mut regions, |region| vec![region.code.parse().unwrap()]);
    regions.sort_by_key(|region| FIRST.iter().position(|first| *first == region.code).unwrap_or(FIRST.len()));
    let mut places: Vec<Place> = Vec::new();
    for region in regions {
        let place = |code: String, name: String, level, above: &str| Place {
            code,
            name,
            level,
            above: above.to_owned(),
            number: 0,
        };
        let above = lexicon.regions.parent(region, None).map_or(region.name.as_str(), |parent| parent.name.as_str());
        places.push(place(region.code.clone(), region.name.clone(), region.level, above));
        // Some townships report as well.
        if region.level == Level::County && Dice::of(&[places.len() as u64]).chance(12) {
            places.extend(townships_of(&region.code).take(1).map(|township| {
                let name = format!("{}{}", region.name, township.name);
                place(township.code.to_owned(), name, Level::Township, &region.name)
            }));
        }
    }
    for (place, number) in places.iter_mut().zip(0..) {
        place.number = number;
    }
    places
}

fn valid(region: &Region, year: u64) -> bool {
    u16::try_from(year).is_ok_and(|year| region.is_valid_in(year))
}

/// An order that has nothing to do with the list's own and is always the same.
fn shuffle<T>(list: &mut [T], key: impl Fn(&T) -> Vec<u64>) {
    list.sort_by_cached_key(|item| Dice::of(&key(item)).next());
}

/// Punctuation as it is printed.
fn wide(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            ',' => '，',
            ';' => '；',
            ':' => '：',
            '(' => '（',
            ')' => '）',
            other => other,
        })
        .collect()
}
