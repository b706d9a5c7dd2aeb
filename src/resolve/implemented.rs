//! Which higher document does a title say that it puts into effect?

use crate::lexicon::{Lexicon, RegisteredDocument};
use crate::recognize::regions::regions;
use crate::text::mark;

/// The national document that a folded title names behind a word such as 贯彻落实, or whose title it has with 实施方案 in
/// the place of 实施纲要: the edition that ends in the same year, and without years the one of the report's time.
#[must_use]
pub fn implemented<'l>(title: &'l str, year: Option<u16>, lexicon: &'l Lexicon) -> Option<&'l RegisteredDocument> {
    let cues = &lexicon.citations.carried_out;
    let opens = |c| matches!(c, mark::TITLE_OPEN | mark::INNER_TITLE_OPEN | mark::QUOTE_OPEN | '<');
    let named = lexicon.documents.names_in(title).find(|(range, _)| {
        let before = title[..range.start].trim_end_matches(opens);
        cues.before.iter().any(|word| before.ends_with(word.as_str()))
    });
    named.map(|(_, document)| document).or_else(|| {
        let issuer = regions(title, lexicon).into_iter().take_while(|region| region.range.start == 0).last();
        let own = &title[issuer.map_or(0, |region| region.range.end)..];
        let mut higher = cues.ends.iter().filter(|(local, _)| own.contains(local.as_str()));
        higher.find_map(|(local, national)| edition(&own.replacen(local.as_str(), national, 1), year, lexicon))
    })
}

/// The edition of a planning document that a title means.
fn edition<'l>(title: &str, year: Option<u16>, lexicon: &'l Lexicon) -> Option<&'l RegisteredDocument> {
    let documents = &lexicon.documents;
    let (stem, period) = title.split_once('(').map_or((title, None), |(stem, period)| (stem, Some(period)));
    let Some(period) = period else {
        return documents.titled(stem).or_else(|| year.and_then(|_| documents.weakly_named(stem, year)));
    };
    let last = |words: &str| words.trim_end_matches([')', YEAR]).rsplit('-').next().map(str::to_owned);
    documents.titled(title).or_else(|| {
        documents.rows().iter().find(|row| {
            row.title.split_once('(').is_some_and(|(other, years)| {
                other == stem && years.contains('-') && period.contains('-') && last(years) == last(period)
            })
        })
    })
}

/// 年
const YEAR: char = '\u{5E74}';

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;

    #[test]
    fn a_title_says_what_it_puts_into_effect() {
        let lexicon = Lexicon::shared().unwrap();
        for (title, higher) in [
            (
                "关于贯彻落实党政主要负责人履行推进法治建设第一责任人职责规定的实施细则",
                Some("党政主要负责人履行推进法治建设第一责任人职责规定"),
            ),
            ("甘肃省法治政府建设实施方案(2021-2025年)", Some("法治政府建设实施纲要(2021-2025年)")),
            ("浙江省实施《中华人民共和国行政处罚法》办法", Some("中华人民共和国行政处罚法")),
            ("甘肃省法治政府建设实施方案(2022-2026年)", None),
            ("甘肃省法治政府建设实施方案(2016-2020)", Some("法治政府建设实施纲要(2015-2020年)")),
            ("武山县法治政府建设实施方案", Some("法治政府建设实施纲要(2021-2025年)")),
            ("关于学习宣传《中华人民共和国民法典》的通知", None),
            ("永城市人民政府重大行政决策程序规定", None),
        ] {
            let found = implemented(title, Some(2022), lexicon).map(|document| document.title.as_str());
            assert_eq!(found, higher, "{title}");
        }
    }
}
