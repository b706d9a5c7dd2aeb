//! Which passages of different reports say nearly the same?

use super::align::{Stretch, similarity, stretches};
use super::mask::Masked;
use super::sketch::{Commonness, SHINGLE, Shingled, candidates, shingles};
use crate::lexicon::Lexicon;
use crate::report::Span;
use rayon::prelude::*;

/// A passage of a report: a measure, a problem or a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Index of its report; the passages of one report stand together.
    pub report: usize,
    /// Its text.
    pub text: String,
}

/// Two passages that are alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Alike {
    /// Index of the one, the smaller.
    pub left: usize,
    /// Index of the other.
    pub right: usize,
    /// The share of their ideographs, names of regions and numbers left out, that they have in common: 0 to 1.
    pub similarity: f64,
    /// What they share, as spans of each text.
    pub shared: Vec<(Span, Span)>,
    /// Whether they differ in numbers.
    pub other_numbers: bool,
}

/// Passages with fewer ideographs are too short to tell copying from chance.
const SHORTEST: usize = 20;
/// Least similarity of a pair.
const LEAST_SIMILARITY: f64 = 0.5;
/// Least number of shared characters that are not boilerplate.
const LEAST_RARE: usize = 20;
/// A shingle is boilerplate from this many reports on ...
const FEWEST_COMMON: usize = 6;
/// ... and in large collections from one report of this many on.
const COMMON_SHARE: usize = 50;

/// All pairs of passages of different reports that are alike, in their order.
///
/// What very many reports say (guiding thoughts, quoted slogans) does not count: a stretch of which the shingles stand in
/// more than one report of fifty, and in six at least.
#[must_use]
pub fn alike(passages: &[Passage], lexicon: &Lexicon) -> Vec<Alike> {
    let masked: Vec<Masked> = passages.par_iter().map(|passage| Masked::new(&passage.text, lexicon)).collect();
    let shingled: Vec<Shingled> = passages
        .iter()
        .zip(&masked)
        .map(|(passage, masked)| Shingled { report: passage.report, shingles: set(masked) })
        .collect();
    let commonness = Commonness::new(&shingled);
    let reports = passages.iter().map(|passage| passage.report).max().map_or(0, |last| last + 1);
    let common = FEWEST_COMMON.max(reports / COMMON_SHARE);
    let pairs = candidates(&shingled, &commonness, common);
    pairs
        .into_par_iter()
        .filter_map(|(left, right)| {
            let found = stretches(&masked[left].characters, &masked[right].characters);
            let similarity = similarity(&found, masked[left].characters.len(), masked[right].characters.len());
            let rare: usize = found.iter().map(|stretch| rare(stretch, &masked[left], &commonness, common)).sum();
            (similarity >= LEAST_SIMILARITY && rare >= LEAST_RARE).then(|| Alike {
                left,
                right,
                similarity,
                shared: found.iter().map(|stretch| spans(stretch, &masked[left], &masked[right])).collect(),
                other_numbers: masked[left].digits != masked[right].digits,
            })
        })
        .collect()
}

/// The shingles of a passage that is long enough, ascending, each once.
fn set(masked: &Masked) -> Vec<u64> {
    if masked.characters.len() < SHORTEST {
        return Vec::new();
    }
    let mut found: Vec<u64> = shingles(&masked.characters).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The characters of a stretch that are in no common shingle.
fn rare(stretch: &Stretch, masked: &Masked, commonness: &Commonness, common: usize) -> usize {
    let characters = &masked.characters[stretch.left..stretch.left + stretch.length];
    let mut is_rare = vec![true; characters.len()];
    for (at, shingle) in shingles(characters).enumerate() {
        if commonness.of(shingle) >= common {
            is_rare[at..at + SHINGLE].fill(false);
        }
    }
    is_rare.into_iter().filter(|rare| *rare).count()
}

fn spans(stretch: &Stretch, left: &Masked, right: &Masked) -> (Span, Span) {
    (left.span(stretch.left, stretch.left + stretch.length), right.span(stretch.right, stretch.right + stretch.length))
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;

    const SOURCE: &str = "武山县推行包容审慎监管,编制轻微违法不罚清单28项,对首次违法且及时改正的小微企业以约谈教育代替处罚,\
        全年办理不予处罚案件143件,为经营主体减免罚款61万元,投诉率较上年下降三成。";

    fn passages(texts: &[&str]) -> Vec<Passage> {
        texts.iter().enumerate().map(|(report, text)| Passage { report, text: (*text).to_owned() }).collect()
    }

    fn found(texts: &[&str]) -> Vec<Alike> {
        alike(&passages(texts), Lexicon::shared().unwrap())
    }

    #[test]
    fn a_copy_with_other_names_and_numbers_is_found() {
        let copy = SOURCE.replace("武山县", "永城市").replace("28", "31").replace("143", "97").replace("61", "40");
        let pairs = found(&[SOURCE, &copy]);
        let [pair] = pairs.as_slice() else { panic!("{pairs:?}") };
        assert!(pair.similarity > 0.99 && pair.other_numbers, "{pair:?}");
        let (left, right) = pair.shared[0];
        let slice =
            |text: &str, span: Span| text.chars().skip(span.start).take(span.end - span.start).collect::<String>();
        assert_eq!(slice(SOURCE, left).chars().next(), slice(&copy, right).chars().next());
    }

    #[test]
    fn a_copy_with_parts_rewritten_is_found() {
        let copy = "永城市推行包容审慎监管,全面梳理免罚事项并向社会公布,对首次违法且及时改正的小微企业以约谈教育代替处罚,\
            累计有九十余家企业受益,为经营主体减免罚款40万元,获得商会好评。";
        let pairs = found(&[SOURCE, copy]);
        assert!(pairs.len() == 1 && (0.5..0.8).contains(&pairs[0].similarity), "{pairs:?}");
    }

    #[test]
    fn another_text_on_the_same_subject_is_no_copy() {
        let other = "浦江县落实行政裁量权基准制度,公布不予处罚事项目录,引导执法人员先教育后处罚。\
            一年来,全县各执法部门共免除处罚210起,减少罚没收入近百万元,营商环境持续改善。";
        assert!(found(&[SOURCE, other]).is_empty());
    }

    #[test]
    fn what_very_many_say_is_no_copy() {
        let slogan = "坚持以习近平新时代中国特色社会主义思想为指导,深入学习贯彻习近平法治思想,全面贯彻落实党的二十大精神,\
            深刻领悟两个确立的决定性意义,增强四个意识、坚定四个自信、做到两个维护。";
        assert!(found(&[slogan; 8]).is_empty());
        assert_eq!(found(&[slogan; 2]).len(), 1, "where only two say it, nothing tells that it is a slogan");
    }
}
