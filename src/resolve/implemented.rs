//! Which higher document does a title say that it puts into effect?

use crate::lexicon::{LONGEST_TOWNSHIP, Lexicon, RegisteredDocument, Series, townships_named};
use crate::recognize::regions::regions;
use crate::report::{Basis, Implemented, Level};
use crate::text::mark;

/// The national document that a folded title of a document of `level` names behind a word such as 贯彻落实; of one below the
/// national level also the one whose subject and period it shares, with a word such as 实施方案 for what puts one into effect.
#[must_use]
pub fn implemented(title: &str, level: Level, year: Option<u16>, lexicon: &Lexicon) -> Option<Implemented> {
    let (document, basis) = match named(title, lexicon) {
        Some(document) => (document, Basis::rule("citations/named-in-title")),
        None if level != Level::National => {
            let series = series(title, lexicon)?;
            let cues = &lexicon.citations.series;
            let document = lexicon.subjects.higher(&series, year, &lexicon.documents, cues)?;
            (document, Basis::entry("citations/same-subject", "data/citations.toml", "series.plans", &series.form))
        }
        None => return None,
    };
    Some(Implemented { title: document.title.clone(), level: Level::National, region: None, basis })
}

/// The registered document whose name stands in a title behind a word of carrying out.
fn named<'l>(title: &'l str, lexicon: &'l Lexicon) -> Option<&'l RegisteredDocument> {
    let cues = &lexicon.citations.carried_out;
    let opens = |c| matches!(c, mark::TITLE_OPEN | mark::INNER_TITLE_OPEN | mark::QUOTE_OPEN | '<');
    let named = lexicon.documents.names_in(title).find(|(range, _)| {
        let before = title[..range.start].trim_end_matches(opens);
        cues.before.iter().any(|word| before.ends_with(word.as_str()))
    });
    named.map(|(_, document)| document)
}

/// What a folded title says beside its issuer: the regions and the township with which it begins are taken off.
#[must_use]
pub fn series(title: &str, lexicon: &Lexicon) -> Option<Series> {
    let mut issuer = 0;
    for region in regions(title, lexicon) {
        if region.range.start == issuer {
            issuer = region.range.end;
        }
    }
    let own = &title[issuer..];
    let is_township = |end: &usize| townships_named(&own[..*end]).next().is_some();
    let ends = own.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST_TOWNSHIP);
    let township = ends.filter(is_township).last().unwrap_or_default();
    Series::of(&own[township..], &lexicon.citations.series)
}

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
            (
                "武山县贯彻落实〈法治政府建设实施纲要(2021-2025年)〉重点任务清单",
                Some("法治政府建设实施纲要(2021-2025年)"),
            ),
            ("青岛市法治政府建设实施意见(2021-2025 年)", Some("法治政府建设实施纲要(2021-2025年)")),
            ("湖南省法治政府建设实施纲要(2021-2025年)", Some("法治政府建设实施纲要(2021-2025年)")),
            ("上海市法治政府建设“十三五”规划", Some("法治政府建设实施纲要(2015-2020年)")),
            (
                "武山县党政主要负责人履行推进法治建设第一责任人职责实施办法",
                Some("党政主要负责人履行推进法治建设第一责任人职责规定"),
            ),
            ("武山县2021年法治政府建设工作方案", None),
            ("武山县2021年法治政府建设工作要点", None),
            ("武山县机构改革实施方案", None),
        ] {
            let found = implemented(title, Level::County, Some(2022), lexicon).map(|document| document.title);
            assert_eq!(found.as_deref(), higher, "{title}");
        }
    }
}
