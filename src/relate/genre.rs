//! Is a text an annual report on law-based government at all? Its title, what it says of itself, its words, its measures.
//!
//! A report that is refused is lost, a text that only looks alike does little harm: so a text is refused where its title
//! says that it is another kind, or where its words do and nothing says that it is a report.

use std::fmt;

use crate::lexicon::{GenreCues, Kind, Lexicon, Reason};
use crate::report::{Report, Role};
use crate::text::{Text, is_han, mark};

/// Why a text is no such report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Notation of the reason or of the kind of text; see `data/genre.toml`.
    pub reason: String,
    /// What it means, in Chinese.
    pub zh: String,
    /// What it means, in English.
    pub en: String,
    /// The words that decided it, in the folded form; empty where what is missing did.
    pub words: Vec<String>,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}: {})", self.en, self.reason, self.zh)?;
        if self.words.is_empty() { Ok(()) } else { write!(f, ", told by \"{}\"", self.words.join("\", \"")) }
    }
}

impl std::error::Error for Refusal {}

/// Whether the text of a report ends in the middle of a sentence, as that of a page that was not saved whole.
#[must_use]
pub fn breaks_off(report: &Report) -> bool {
    let Some(last) = report.statements.last().filter(|last| !matches!(last.role, Role::Meta | Role::Heading)) else {
        return false;
    };
    let text = Text::new(&report.text);
    let ends = |c: char| mark::ends_clause(c) || matches!(c, mark::QUOTE_CLOSE | mark::TITLE_CLOSE | ')' | '.' | '"');
    !text.folded_at(last.span).trim_end().ends_with(ends)
}

/// Judges whether a text is an annual report on law-based government.
///
/// # Errors
/// The reason why it is none.
pub fn judge(report: &Report, lexicon: &Lexicon) -> Result<(), Box<Refusal>> {
    let cues = &lexicon.genre;
    let text = Text::new(&report.text);
    let page = Page::new(&text, report, cues);
    if let Some((kind, words)) = cues.kinds.iter().find_map(|kind| Some((kind, page.tells(kind)?))) {
        let Kind { notation, zh, en, .. } = kind;
        return Err(Box::new(Refusal { reason: notation.clone(), zh: zh.clone(), en: en.clone(), words }));
    }
    let is_said = page.is_titled || page.announces;
    let least = if is_said { cues.least_beginning } else { cues.least_length };
    let told = !report.units.is_empty() || is_said;
    let reason = if page.length < least {
        "short"
    } else if page.subjects < cues.least_subjects {
        "off-subject"
    } else if told {
        return Ok(());
    } else {
        "nothing-told"
    };
    let told = cues.reasons.iter().find(|other| other.notation == reason);
    let sentence = |of: fn(&Reason) -> &String| told.map(of).cloned().unwrap_or_default();
    Err(Box::new(Refusal {
        reason: reason.to_owned(),
        zh: sentence(|reason| &reason.zh),
        en: sentence(|reason| &reason.en),
        words: Vec::new(),
    }))
}

/// A title stands among this many first lines, and has so many characters.
const TITLE_WITHIN: usize = 12;
const TITLE_LENGTH: std::ops::RangeInclusive<usize> = 8..=70;
/// Of the lines of a list of pages, so many of ten are short.
const SHORT_OF_TEN: usize = 7;
/// And so many characters of it stand in longer lines at most.
const MOST_PROSE: usize = 300;

/// What decides about a text.
struct Page<'a> {
    text: &'a str,
    /// The title of the report, or where it has none the lines that may be the page's title.
    titles: Vec<String>,
    /// Whether the title is one of a report.
    is_titled: bool,
    /// Whether the text announces a report.
    announces: bool,
    /// Whether it is known which region it speaks of.
    is_named: bool,
    /// How many ideographs it has.
    length: usize,
    /// How often it has words of the subject.
    subjects: usize,
}

impl<'a> Page<'a> {
    fn new(text: &'a Text<'_>, report: &Report, cues: &GenreCues) -> Self {
        let folded = text.folded();
        let announces = announces(folded, cues);
        let title = report.metadata.title.as_deref().map(|title| Text::new(title).folded().to_owned());
        let has_phrase = |title: &String| {
            let subject = cues.subjects.iter().any(|word| title.contains(word.as_str()));
            let ended = title.trim_end_matches([' ', mark::TITLE_CLOSE, mark::LABEL_CLOSE, ')']);
            cues.report.iter().any(|phrase| title.contains(phrase.as_str()))
                || (subject && cues.report_ends.iter().any(|end| ended.ends_with(end.as_str())))
        };
        let titles = match title {
            Some(title) => vec![title],
            // What announces a report needs no title; the lines above it may be links.
            None if announces => Vec::new(),
            None => first_lines(text),
        };
        let is_titled = titles.iter().any(has_phrase);
        let length = folded.chars().filter(|c| is_han(*c)).count();
        let subjects = cues.subjects.iter().map(|subject| folded.matches(subject.as_str()).count()).sum();
        let is_named = report.metadata.region.is_some();
        Self { text: folded, titles, is_titled, announces, is_named, length, subjects }
    }

    /// The words by which the text is of this kind, if it is.
    fn tells(&self, kind: &Kind) -> Option<Vec<String>> {
        if (!self.is_titled || kind.stronger)
            && let Some(word) = self.titles.iter().find_map(|title| word_of_title(title, kind))
        {
            return Some(vec![word.to_owned()]);
        }
        let is_said = self.announces || (self.is_titled && !kind.in_lists);
        let may_be =
            kind.least > 0 && (kind.stronger || !is_said) && (kind.longest == 0 || self.length <= kind.longest);
        may_be.then(|| self.words_of(kind)).flatten()
    }

    /// The words of this kind in the text, if there are enough.
    fn words_of(&self, kind: &Kind) -> Option<Vec<String>> {
        let short = |line: &&str| !line.contains(mark::FULL_STOP) && line.chars().count() <= *TITLE_LENGTH.end();
        let lines: Vec<&str> = self.text.lines().filter(|line| !line.trim().is_empty()).collect();
        let shorts: Vec<&str> = lines.iter().copied().filter(short).collect();
        let prose = || lines.iter().filter(|line| !short(line)).map(|line| line.chars().count()).sum::<usize>();
        if kind.in_lists && (shorts.len() * 10 < lines.len() * SHORT_OF_TEN || prose() > MOST_PROSE) {
            return None;
        }
        let count = |word: &str| {
            if kind.in_lists {
                shorts.iter().filter(|line| line.contains(word)).count()
            } else {
                self.text.matches(word).count()
            }
        };
        let found: Vec<(&String, usize)> =
            kind.words.iter().map(|word| (word, count(word))).filter(|(_, count)| *count > 0).collect();
        let times: usize = found.iter().map(|(_, count)| count).sum();
        (found.len() >= kind.least && times >= kind.times && (!kind.outweighs || times > self.subjects))
            .then(|| found.into_iter().map(|(word, _)| word.clone()).collect())
    }
}

/// The word of a title that says that the text is of this kind.
fn word_of_title<'k>(title: &str, kind: &'k Kind) -> Option<&'k str> {
    let ended = title.trim_end_matches([' ', mark::FULL_STOP, mark::TITLE_CLOSE, mark::LABEL_CLOSE, ')']);
    let within = kind.title.iter().find(|word| title.contains(word.as_str()));
    let end = kind.title_ends.iter().find(|word| title.ends_with(word.as_str()) || ended.ends_with(word.as_str()));
    within.or(end).map(String::as_str)
}

/// The first lines that may be a title: no sentence, no path of links, no label.
fn first_lines(text: &Text<'_>) -> Vec<String> {
    let lines = text.lines().into_iter().take(TITLE_WITHIN).map(|line| &text.folded()[line]);
    let may_be = |line: &&str| {
        TITLE_LENGTH.contains(&line.chars().count()) && !line.contains([mark::FULL_STOP, '>', '|', ':', ';'])
    };
    lines.take_while(|line| line.chars().count() <= *TITLE_LENGTH.end() * 2).filter(may_be).map(str::to_owned).collect()
}

/// Whether the text says that a report on the subject follows (现将法治政府建设情况报告如下).
fn announces(text: &str, cues: &GenreCues) -> bool {
    cues.announces.iter().any(|phrase| {
        text.match_indices(phrase.as_str()).any(|(at, _)| {
            let start =
                text[..at].char_indices().rev().take(cues.announced_within).last().map_or(at, |(start, _)| start);
            cues.subjects.iter().any(|subject| text[start..at].contains(subject.as_str()))
        })
    })
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::judge;
    use crate::lexicon::Lexicon;
    use crate::read::Document;

    /// The reason for which a text is refused, empty where it is taken.
    fn reason(text: &str) -> String {
        let lexicon = Lexicon::shared().unwrap();
        let document = Document { text: text.to_owned(), ..Document::default() };
        judge(&crate::extract(&document, lexicon), lexicon).err().map(|refusal| refusal.reason).unwrap_or_default()
    }

    const DEEDS: &str = "一、主要做法\n(一)健全制度体系。制定行政规范性文件3件，清理废止2件，审查合同41份，县政府常务会议专题学法4次。\n\
        (二)规范行政执法。办理行政处罚案件126件，开展案卷评查2次，培训执法人员310人次，落实行政执法三项制度。\n\
        (三)化解矛盾纠纷。收到行政复议申请18件，办结17件，调解纠纷1,240件，负责人出庭应诉率100%。\n\
        二、存在的问题\n一是基层执法力量薄弱，二是普法形式单一。\n三、下一步打算\n加强法治队伍建设，完善法律顾问制度，推进法治政府建设再上台阶。";

    #[test]
    fn reports_of_all_kinds_are_taken() {
        for head in [
            "青梧县人民政府关于2021年度法治政府建设情况的报告",
            "青梧县司法局2019年依法行政工作总结",
            "中共青梧县委2023年度法治建设工作情况报告",
            "青梧县公安局2022年法治政府建设工作总结及2023年工作计划",
            "关于印发《青梧县2021年法治政府建设情况报告》的通知",
            "关于开展2020年度法治政府建设工作情况的报告",
            "2021年，我局坚持依法行政。现将我局2021年法治政府建设情况报告如下：",
            "政策解读\n政府信息公开工作年度报告\n2021年，我镇推进法治政府建设，现将有关情况报告如下：",
            "主任、各位副主任、各位委员：\n受县政府委托，现将我县2018年度依法行政工作情况汇报如下，请予审议。",
            "青梧縣人民政府關於2021年度法治政府建設情況的報告",
            "2022年，青梧县深入学习贯彻习近平法治思想，扎实推进法治政府建设。",
            "下面是小编整理的，供大家参考。\n青梧镇2019年法治政府建设工作总结\n浙江省杭州市西湖区青梧镇",
        ] {
            assert_eq!(reason(&format!("{head}\n{DEEDS}")), "", "{head}");
        }
    }

    #[test]
    fn the_beginning_of_a_report_is_taken() {
        let head = "青梧县人民政府关于2021年度法治政府建设情况的报告\n2021年，在上级党委、政府的坚强领导下，县人民政府深入学习贯彻\
            习近平法治思想，全面落实法治政府建设各项部署，坚持把法治政府建设摆在工作全局的重要位置，统筹谋划、协调推进，各项工作取得明显成效，\
            为全县经济社会高质量发展提供了坚强的法治保障。";
        assert_eq!(reason(head), "");
    }

    #[test]
    fn titles_of_other_kinds_are_refused() {
        for (title, kind) in [
            ("《青梧县2021年度法治政府建设情况报告》政策解读", "interpretation"),
            ("乡镇法治政府建设工作总结范文", "model-text"),
            ("法治政府建设工作报告(通用5篇)", "model-text"),
            ("青梧县司法局局长2022年度述职述法报告", "personal-account"),
            ("关于法治政府建设情况报告的审议意见", "deliberation"),
            ("县人大常委会听取法治政府建设专题汇报并召开座谈", "news"),
            ("青梧镇2022年政府信息公开工作年度报告", "disclosure-report"),
            ("青梧县2023年法治政府建设工作要点", "plan"),
            ("青梧县法治政府建设实施方案(2021-2025年)", "plan"),
            ("关于开展法治政府建设督察的通知", "notice"),
            ("2022年青梧县政府工作报告", "government-work-report"),
            ("青梧县年鉴(2020)法治政府建设", "yearbook"),
            ("青梧县2023年度行政执法数据", "statistics"),
            ("青梧县行政执法监督办法(试行)", "legal-text"),
            ("青梧县司法局2023年普法依法治理工作总结", "publicity-report"),
            ("青梧县司法局2023年意识形态工作", "party-work"),
            ("县级法治政府建设实证研究", "study"),
            ("青梧县司法局机构职能", "duties"),
        ] {
            assert_eq!(reason(&format!("{title}\n{DEEDS}")), kind, "{title}");
        }
    }

    #[test]
    fn words_tell_what_has_no_title() {
        let law = (1..=9)
            .map(|n| {
                format!(
                    "第{}条 各部门应当依法行政，推进法治政府建设，加强行政执法监督工作，落实各项制度要求。\n",
                    "一二三四五六七八九".chars().nth(n - 1).unwrap()
                )
            })
            .collect::<String>();
        assert_eq!(reason(&law), "legal-text");
        let account =
            "今年以来，我认真学习法律法规，我坚持带头学法，现将本人履职情况报告如下：推进法治政府建设，依法行政。";
        assert_eq!(reason(&format!("{account}\n{DEEDS}")), "personal-account");
        let news = "本报讯（记者某某）3月5日，县政府召开会议。会议听取了有关汇报。会议强调，要推进法治政府建设、依法行政。与会人员进行了讨论。".repeat(4);
        assert_eq!(reason(&news), "news");
        assert_eq!(reason("404 您访问的页面不存在"), "error-page");
        let list =
            (2011..2024).map(|year| format!("青梧县{year}年度法治政府建设情况\n")).collect::<String>() + "下一页 尾页";
        assert_eq!(reason(&list), "list-page");
        let plan =
            "加快推进法治政府建设，规范行政执法，依法行政。责任单位：县司法局。牵头单位：县政府办公室。".repeat(8);
        assert_eq!(reason(&plan), "plan");
        assert_eq!(reason(&"我县大力发展特色农业，新建大棚三百亩，带动农户增收。".repeat(12)), "off-subject");
    }
}
