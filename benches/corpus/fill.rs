//! The words that go between the braces of a phrase.

use fazhi::report::Level;

use super::dice::Dice;
use super::{Corpus, Place};

const BODIES: [&str; 24] = [
    "司法",
    "公安",
    "市场监督管理",
    "财政",
    "教育",
    "民政",
    "自然资源",
    "生态环境",
    "交通运输",
    "农业农村",
    "应急管理",
    "卫生健康",
    "审计",
    "统计",
    "信访",
    "人力资源和社会保障",
    "水利",
    "综合行政执法",
    "住房和城乡建设",
    "商务",
    "文化和旅游",
    "医疗保障",
    "城市管理",
    "税务",
];

/// Fills phrases of one passage: the words from one seed, the numbers from another.
pub struct Fill<'a> {
    corpus: &'a Corpus,
    place: &'a Place,
    year: u64,
    pub words: Dice,
    numbers: Dice,
}

impl<'a> Fill<'a> {
    pub fn new(corpus: &'a Corpus, place: &'a Place, year: u64, words: u64, numbers: u64) -> Self {
        Self { corpus, place, year, words: Dice::of(&[words]), numbers: Dice::of(&[numbers, 1]) }
    }

    /// The phrase with everything filled in; what is filled in may have braces itself.
    pub fn all(&mut self, phrase: &str) -> String {
        let mut out = String::new();
        let mut rest = phrase;
        while let Some((before, after)) = rest.split_once('{') {
            let (slot, after) = after.split_once('}').unwrap_or((after, ""));
            out.push_str(before);
            let filled = self.slot(slot);
            out.push_str(&if filled.contains('{') { self.all(&filled) } else { filled });
            rest = after;
        }
        out + rest
    }

    fn slot(&mut self, slot: &str) -> String {
        let corpus = self.corpus;
        let words = match slot {
            "place" => &corpus.phrases.place,
            "group" => &corpus.phrases.group,
            "topic" => &corpus.phrases.topic,
            "way" => &corpus.phrases.way,
            "gain" => &corpus.phrases.gain,
            _ => return self.made(slot),
        };
        self.words.pick(words).clone()
    }

    fn made(&mut self, slot: &str) -> String {
        match slot {
            "R" => self.place.name.clone(),
            "u" => self.kind().to_owned(),
            "Y" => self.year.to_string(),
            "n" => (10 + self.numbers.zipf(4000)).to_string(),
            "s" => (2 + self.numbers.zipf(90)).to_string(),
            "p" => (70 + self.numbers.below(30)).to_string(),
            "law" => {
                let title = &self.corpus.laws[self.words.zipf(self.corpus.laws.len())];
                let short = title.strip_prefix("中华人民共和国").filter(|_| self.words.chance(70));
                format!("《{}》", short.unwrap_or(title))
            }
            "policy" => format!("《{}》", self.corpus.policies[self.words.zipf(self.corpus.policies.len())]),
            "own" => {
                format!("《{}{{topic}}{}》", self.place.name, self.words.pick(&["管理办法", "实施方案", "工作规程"]))
            }
            "upper" => {
                format!("《{}{{topic}}{}》", self.place.above, self.words.pick(&["管理办法", "实施意见", "工作规定"]))
            }
            "body" => self.body(),
            "review" => self.review(),
            "litigation" => self.litigation(),
            "normative" => {
                let made = 2 + self.numbers.below(30);
                format!("制定行政规范性文件{made}件,报送备案{made}件")
            }
            other => format!("{{{other}}}"),
        }
    }

    /// What the place calls itself.
    fn kind(&self) -> &'static str {
        const KINDS: [&str; 13] =
            ["自治区", "自治州", "自治县", "地区", "街道", "省", "市", "县", "区", "盟", "旗", "镇", "乡"];
        let kind = KINDS.iter().find(|kind| self.place.name.ends_with(**kind)).copied().unwrap_or("县");
        match kind {
            "自治州" => "州",
            "自治县" => "县",
            other => other,
        }
    }

    fn body(&mut self) -> String {
        let name = BODIES[self.words.zipf(BODIES.len())];
        match self.place.level {
            Level::Province if self.kind() != "市" => format!("{}{name}厅", self.kind()),
            Level::Township => "司法所".to_owned(),
            _ => format!("{}{name}局", self.kind()),
        }
    }

    fn review(&mut self) -> String {
        let filed = 12 + self.numbers.zipf(600);
        let accepted = filed - self.numbers.below(filed / 5 + 1);
        let concluded = accepted - self.numbers.below(accepted / 6 + 1);
        let upheld = concluded / 2;
        let quashed = self.numbers.below((concluded - upheld) / 2 + 1);
        format!("全年收到行政复议申请{filed}件,受理{accepted}件,审结{concluded}件,其中维持{upheld}件、撤销{quashed}件")
    }

    fn litigation(&mut self) -> String {
        let cases = 8 + self.numbers.zipf(300);
        let appearances = cases - self.numbers.below(cases / 4 + 1);
        let rate = (200 * appearances + cases) / (2 * cases);
        // Once in a while the rate that is printed is not that of the cases.
        let rate = if self.numbers.chance(4) { rate.saturating_sub(9) } else { rate };
        format!("全年发生行政应诉案件{cases}件,行政机关负责人出庭应诉{appearances}件,出庭应诉率{rate}%")
    }
}
