//! Which year is reported on?

use super::{Signs, opening};
use crate::text::year::{last_of_range, years};
use std::collections::BTreeMap;

/// A page of this month or later may report on the year that is still running.
const LATE_IN_YEAR: u16 = 11;

/// The year reported on: of the title, else of the first sentence, else the one named most, else the one before
/// publication. Of several years in one title (2016-2020年, 近五年) the last.
///
/// A title may name another year than the text, left from an older report or being the year in which it was written:
/// the first sentence is right where the page was published in the year after it.
pub(super) fn reported(signs: &Signs<'_>) -> Option<u16> {
    let first = years(opening(signs)).into_iter().next();
    let before = year_before(signs);
    let titled = years(signs.title).first().copied().or_else(|| last_of_range(signs.title));
    if titled.is_some() && first.is_some() && first == before {
        return first;
    }
    titled.or_else(|| {
        let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
        for year in years(signs.text.get(signs.body.clone()).unwrap_or_default()) {
            *counts.entry(year).or_default() += 1;
        }
        let most = counts.iter().max_by_key(|(year, count)| (**count, **year)).map(|(year, _)| *year);
        first.or(most).or(before)
    })
}

/// The year before the page or the document is dated; at the end of a year, that year.
fn year_before(signs: &Signs<'_>) -> Option<u16> {
    let date = signs.published.or(signs.dated)?;
    let part = |range: std::ops::Range<usize>| date.get(range)?.parse::<u16>().ok();
    let (year, month) = (part(0..4)?, part(5..7)?);
    Some(if month >= LATE_IN_YEAR { year } else { year - 1 })
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::{Signs, reported};

    fn year(title: &str, body: &str, published: Option<&str>) -> Option<u16> {
        reported(&Signs { text: body, title, body: 0..body.len(), published, ..Signs::default() })
    }

    #[test]
    fn the_title_tells_the_year_but_for_a_slip() {
        assert_eq!(year("青山县2021年法治政府建设情况报告", "2021年,我县推进。", None), Some(2021));
        assert_eq!(year("青山县2022年法治政府建设情况和2023年工作安排", "一年来。", None), Some(2022));
        assert_eq!(year("青山县2023年法治政府建设情况报告", "2022年,我县推进。", Some("2023-02-01")), Some(2022));
        assert_eq!(year("青山县2016-2020年法治政府建设情况报告", "五年来,我县推进。", None), Some(2020));
        assert_eq!(year("青山县2021-2022年度法治政府建设情况报告", "我县推进。", None), Some(2022));
    }

    #[test]
    fn a_page_without_a_year_reports_on_the_year_before_it() {
        let title = "青山县法治政府建设情况报告";
        assert_eq!(year(title, "一年来,我县推进。", Some("2022-03-04")), Some(2021));
        assert_eq!(year(title, "今年以来,我县推进。", Some("2022-12-20")), Some(2022));
        assert_eq!(year(title, "我县推进。", None), None);
    }
}
