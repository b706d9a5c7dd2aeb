//! What share of planted errors do the rules within a report find (sums, rates, another place's name), and what do they
//! find where none was planted?

use crate::Background;
use crate::sentences::Dice;
use fazhi::extract;
use fazhi::lexicon::Lexicon;
use fazhi::read::Document;
use std::collections::BTreeMap;

const SEEDS: u64 = 2;
/// The rules that are counted.
const RULES: [&str; 4] = ["sum_mismatch", "rate_mismatch", "impossible_percentage", "foreign_region"];
/// Ways to say a total and its parts: the first number is the sum of the others.
const SUMS: [&str; 6] = [
    "全年收到行政复议申请{}件,其中受理{}件,不予受理{}件。",
    "审结行政复议案件{}件,其中维持{}件、撤销{}件、驳回{}件。",
    "各执法单位办理行政处罚案件{}件,其中简易程序{}件,普通程序{}件。",
    "共清理行政规范性文件{}件,其中继续有效{}件、修改{}件、废止{}件。",
    "人民调解组织化解纠纷{}件,其中婚姻家庭纠纷{}件、邻里纠纷{}件、其他纠纷{}件。",
    "受理法律援助案件{}件,其中民事案件{}件,刑事案件{}件。",
];
/// Ways to say a part, a whole and their rate in hundredths.
const RATES: [&str; 4] = [
    "行政机关负责人应出庭{w}件,实际出庭{p}件,出庭应诉率{r}%。",
    "办理人大代表建议{w}件,办结{p}件,办结率为{r}%。",
    "排查矛盾纠纷{w}起,成功调处{p}起,调处成功率{r}%。",
    "抽查执法案卷{w}卷,合格{p}卷,合格率{r}%。",
];
/// Where a copier forgets to put the name of the own place.
const NAMES: [&str; 4] = [
    "持续推进法治{}建设,营造良好的营商环境。",
    "为{}高质量发展提供有力的法治保障。",
    "进一步推动{}法治政府建设再上新台阶。",
    "{}各乡镇均设立公共法律服务站。",
];
/// Places whose names are planted: none of them stands in a background's own region.
const OTHERS: [&str; 4] = ["浦江县", "永城市", "武山县", "抚松县"];

pub fn run(backgrounds: &[Background], lexicon: &Lexicon) {
    let mut untouched: BTreeMap<&str, usize> = BTreeMap::new();
    for background in backgrounds {
        for (rule, words) in findings(&background.text, lexicon) {
            if let Some(known) = RULES.iter().find(|known| **known == rule) {
                *untouched.entry(known).or_default() += 1;
                println!("untouched {}: {rule}: {words}", background.name);
            }
        }
    }
    println!("{} untouched reports: {untouched:?}", backgrounds.len());
    for (rule, kinds) in [("sum_mismatch", SUMS.len()), ("rate_mismatch", RATES.len()), ("foreign_region", NAMES.len())]
    {
        for kind in 0..kinds {
            let (mut right, mut wrong, mut all) = (0, 0, 0);
            for (at, background) in backgrounds.iter().enumerate() {
                for seed in 0..SEEDS {
                    let mut dice = Dice(seed * 7_919 + at as u64 * 31 + kind as u64);
                    let (truth, error) = sentences(rule, kind, background, &mut dice);
                    all += 1;
                    right += usize::from(is_found(background, &truth, rule, &mut dice, lexicon));
                    wrong += usize::from(is_found(background, &error, rule, &mut dice, lexicon));
                }
            }
            println!("{rule:16} way {kind}: of {all} wrong ones found {wrong}, of as many right ones {right}");
        }
    }
}

/// A sentence that is right and one that is wrong by one, or names another place.
fn sentences(rule: &str, kind: usize, background: &Background, dice: &mut Dice) -> (String, String) {
    match rule {
        "sum_mismatch" => {
            let form = SUMS[kind];
            let parts: Vec<usize> = (0..form.matches("{}").count() - 1).map(|_| 2 + dice.below(180)).collect();
            let total: usize = parts.iter().sum();
            let fill = |total: usize| {
                let numbers = std::iter::once(total).chain(parts.iter().copied());
                numbers.fold(form.to_owned(), |text, number| text.replacen("{}", &number.to_string(), 1))
            };
            (fill(total), fill(if dice.below(2) == 0 { total + 1 } else { total - 1 }))
        }
        "rate_mismatch" => {
            let whole = 20 + dice.below(180);
            let part = whole / 2 + dice.below(whole / 2);
            let rate = (part * 1000 + whole / 2) / whole;
            let fill = |tenths: usize| {
                let rate = format!("{}.{}", tenths / 10, tenths % 10);
                let text = RATES[kind].replace("{w}", &whole.to_string()).replace("{p}", &part.to_string());
                text.replace("{r}", &rate)
            };
            (fill(rate), fill(if rate > 980 || dice.below(2) == 0 { rate - 10 } else { rate + 10 }))
        }
        _ => {
            let others: Vec<&str> = OTHERS.into_iter().filter(|other| *other != background.place).collect();
            let own = if background.place.is_empty() { "本地" } else { &background.place };
            let form = NAMES[kind];
            (form.replace("{}", own), form.replace("{}", others[dice.below(others.len())]))
        }
    }
}

fn is_found(background: &Background, sentence: &str, rule: &str, dice: &mut Dice, lexicon: &Lexicon) -> bool {
    // Behind a paragraph of the report's own, after its beginning.
    let mut lines: Vec<&str> = background.text.lines().collect();
    let at = lines.len() / 3 + dice.below((lines.len() / 3).max(1));
    lines.insert(at.min(lines.len()), sentence);
    let start: usize = lines[..at].iter().map(|line| line.chars().count() + 1).sum();
    let end = start + sentence.chars().count();
    let report = extract(&Document { text: lines.join("\n"), ..Document::default() }, lexicon);
    report.findings.iter().any(|finding| {
        let is_there = finding.span.start < end && start < finding.span.end;
        is_there && finding.kind == rule
    })
}

fn findings(text: &str, lexicon: &Lexicon) -> Vec<(String, String)> {
    let report = extract(&Document { text: text.to_owned(), ..Document::default() }, lexicon);
    let slice = |start: usize, end: usize| text.chars().skip(start).take(end - start).collect::<String>();
    report.findings.iter().map(|finding| (finding.kind.clone(), slice(finding.span.start, finding.span.end))).collect()
}
