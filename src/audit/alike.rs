//! Which passages of different reports say nearly the same?

use super::align::{Index, tiles};
use super::common::Commonness;
use super::mask::Masked;
use super::passage::{Shared, passages};
use super::rare::companions;
use super::sketch::candidates;
use crate::lexicon::{Lexicon, LexiconError, formulas, vocabulary};
use crate::report::Span;
use crate::text::Text;
use rayon::prelude::*;

/// A report as it is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source<'a> {
    /// Its text.
    pub text: &'a str,
    /// What of it is compared, in the order of the text: its measures, problems and plans, say. Everything where this is
    /// empty.
    pub parts: &'a [Span],
    /// Which region it is of: what many regions say is boilerplate. A number of one's own where the region is not known.
    pub region: usize,
    /// Who reports: the reports of one reporter are not compared with each other.
    pub reporter: usize,
}

/// Two passages that are alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Alike {
    /// Index of the report of the one, the smaller.
    pub left: usize,
    /// Index of the report of the other.
    pub right: usize,
    /// Where they stand and what they share, in compared characters.
    pub shared: Shared,
}

/// The reports of a collection, made ready to be compared.
pub struct Collection {
    masked: Vec<Masked>,
    reporters: Vec<usize>,
    commonness: Commonness,
}

impl Collection {
    /// Masks the reports and counts what is common.
    ///
    /// Common is what more than one place of fifty says, and six at least; and the formulas of the state and the titles
    /// of registered documents, whoever says them.
    ///
    /// # Errors
    /// Where the table of formulas is damaged, which the tests rule out.
    pub fn new(sources: &[Source], lexicon: &Lexicon) -> Result<Self, LexiconError> {
        let masked: Vec<Masked> =
            sources.par_iter().map(|source| Masked::within(&Text::new(source.text), source.parts, lexicon)).collect();
        let regions: Vec<usize> = sources.iter().map(|source| source.region).collect();
        let titles = lexicon.documents.rows().iter().map(|row| row.title.clone());
        let known: Vec<String> = formulas()?.into_iter().chain(titles).collect();
        let known: Vec<Masked> = known.par_iter().map(|phrase| Masked::new(phrase, lexicon)).collect();
        let words: Vec<&str> = vocabulary().collect();
        let commonness = Commonness::new(&masked, &regions, &known, &words);
        Ok(Self { masked, reporters: sources.iter().map(|source| source.reporter).collect(), commonness })
    }

    /// The compared characters of a report.
    #[must_use]
    pub fn masked(&self, report: usize) -> Option<&Masked> {
        self.masked.get(report)
    }

    /// All pairs of passages of reports of different reporters that are alike, in their order.
    #[must_use]
    pub fn alike(&self) -> Vec<Alike> {
        self.compare(&self.candidates())
    }

    /// Pairs of reports that are likely to share a passage, each once, in order: those whose sketches agree somewhere, and those
    /// that share what hardly anybody else says.
    #[must_use]
    pub fn candidates(&self) -> Vec<(usize, usize)> {
        let mut pairs = candidates(&self.masked, &self.reporters, &self.commonness);
        pairs.extend(companions(&self.masked, &self.reporters));
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    /// The passages that these pairs of reports share; of pairs in order.
    #[must_use]
    pub fn compare(&self, pairs: &[(usize, usize)]) -> Vec<Alike> {
        let of_one: Vec<&[(usize, usize)]> = pairs.chunk_by(|a, b| a.0 == b.0).collect();
        of_one
            .into_par_iter()
            .flat_map_iter(|pairs| {
                let one = pairs.first().and_then(|(left, _)| self.masked.get(*left));
                let index = one.map(|one| Index::new(&one.characters));
                pairs.iter().flat_map(move |(left, right)| {
                    let (Some(one), Some(index), Some(other)) = (one, &index, self.masked.get(*right)) else {
                        return Vec::new();
                    };
                    let tiles = tiles(&one.characters, index, &other.characters);
                    let shared = passages(one, other, &tiles, &self.commonness);
                    shared.into_iter().map(|shared| Alike { left: *left, right: *right, shared }).collect()
                })
            })
            .collect()
    }
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;

    const SOURCE: &str = "武山县推行包容审慎监管,编制轻微违法不罚清单28项,对首次违法且及时改正的小微企业以约谈教育代替处罚,\
        全年办理不予处罚案件143件,为经营主体减免罚款61万元,投诉率较上年下降三成。";

    fn found(texts: &[&str]) -> Vec<Alike> {
        let sources: Vec<Source> = (texts.iter().enumerate())
            .map(|(at, text)| Source { text, parts: &[], region: at, reporter: at })
            .collect();
        Collection::new(&sources, Lexicon::shared().unwrap()).unwrap().alike()
    }

    #[test]
    fn a_copy_with_other_names_and_numbers_is_found_as_one_passage() {
        let copy = SOURCE.replace("武山县", "永城市").replace("28", "31").replace("143", "97").replace("61", "40");
        let pairs = found(&[SOURCE, &copy]);
        let [pair] = pairs.as_slice() else { panic!("{pairs:?}") };
        assert!((pair.left, pair.right) == (0, 1) && pair.shared.similarity > 0.99, "{pair:?}");
    }

    #[test]
    fn a_copy_with_parts_rewritten_is_found() {
        let copy = "永城市推行包容审慎监管,全面梳理免罚事项并向社会公布,对首次违法且及时改正的小微企业以约谈教育代替处罚,\
            累计有九十余家企业受益,为经营主体减免罚款40万元,获得商会好评。";
        let pairs = found(&[SOURCE, copy]);
        assert!(pairs.len() == 1 && (0.5..0.8).contains(&pairs[0].shared.similarity), "{pairs:?}");
    }

    #[test]
    fn a_copy_of_which_three_short_clauses_are_left_is_found() {
        let source = "武山县清理证明材料目录,梳理水库垂钓管理,更换破损标识12块,由驻点干部跟踪落实,劝离占道摊位9个,复核房屋征收补偿档案。";
        let copy = "永城市梳理水库垂钓管理,更换破损标识35块,复核房屋征收补偿档案。";
        let pairs = found(&[source, copy]);
        let [pair] = pairs.as_slice() else { panic!("{pairs:?}") };
        assert_eq!(pair.shared.stretches.iter().map(|stretch| stretch.length).collect::<Vec<_>>(), [15, 10]);
    }

    #[test]
    fn words_that_every_report_uses_are_no_copy_however_many_they_are() {
        let common = "加强行政执法监督,规范行政复议和行政应诉工作,做好规范性文件备案审查,加大普法宣传力度。";
        let rare = "教会摊主看懂罚单,替鱼塘主算清尾水账,把菜刀实名登记表贴上墙头,请剃头匠当夜巡员。";
        assert!(found(&[common; 2]).is_empty());
        assert_eq!(found(&[rare; 2]).len(), 1);
    }

    #[test]
    fn a_copy_in_two_parts_and_in_another_order_is_found() {
        let (first, second) = SOURCE.split_at(SOURCE.find("全年办理").unwrap());
        let copy = format!("{}\n另在三个乡试点错时执法。\n{}。", second, first.trim_end_matches(','));
        let pairs = found(&[SOURCE, &copy]);
        let shared: usize = pairs.iter().flat_map(|pair| &pair.shared.stretches).map(|stretch| stretch.length).sum();
        assert!(shared >= 60, "{pairs:?}");
    }

    #[test]
    fn another_text_on_the_same_subject_is_no_copy() {
        let other = "浦江县落实行政裁量权基准制度,公布不予处罚事项目录,引导执法人员先教育后处罚。\
            一年来,全县各执法部门共免除处罚210起,减少罚没收入近百万元,营商环境持续改善。";
        assert!(found(&[SOURCE, other]).is_empty());
    }

    #[test]
    fn formulas_of_the_state_and_titles_are_no_copy_even_of_two() {
        let slogan = "坚持以习近平新时代中国特色社会主义思想为指导,深入学习贯彻习近平法治思想,全面贯彻落实党的二十大精神,\
            深刻领悟“两个确立”的决定性意义,增强“四个意识”、坚定“四个自信”、做到“两个维护”。";
        assert!(found(&[slogan; 2]).is_empty());
        let laws = "组织学习《中华人民共和国行政处罚法》《中华人民共和国行政强制法》和重大行政决策程序暂行条例。";
        assert!(found(&[laws; 2]).is_empty());
    }

    #[test]
    fn what_very_many_places_say_is_no_copy() {
        let custom =
            "每逢赶集之日由乡司法所人员轮流坐班解答田界纠纷并当场填写回访卡片留存备查,年底统一装订移交档案馆保管。";
        assert!(found(&[custom; 8]).is_empty());
        assert_eq!(found(&[custom; 2]).len(), 1, "where only two say it, nothing tells that it is a custom");
    }

    #[test]
    fn one_report_short_ones_and_tables_of_figures_give_nothing() {
        assert!(found(&[]).is_empty());
        assert!(found(&[SOURCE]).is_empty());
        assert!(found(&["", ""]).is_empty());
        assert!(found(&["加强学习。", "加强学习。"]).is_empty());
        let table = "12 | 34 | 56\n78 | 90 | 11\n2021 | 2022 | 2023\n".repeat(50);
        assert!(found(&[&table, &table]).is_empty());
        let monotonous = "检查".repeat(3_000);
        assert!(found(&[&monotonous, &monotonous]).len() <= 1, "and it comes to an end");
    }

    #[test]
    fn reports_of_one_reporter_are_not_compared() {
        let source = Source { text: SOURCE, parts: &[], region: 0, reporter: 0 };
        let collection = Collection::new(&[source; 2], Lexicon::shared().unwrap()).unwrap();
        assert!(collection.alike().is_empty() && collection.candidates().is_empty());
    }
}
