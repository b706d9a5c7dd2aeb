//! Is a text written in traditional script, and how does it read in simplified script?
//!
//! Sites that copy pages convert them, and with the characters they often convert words (程序 to 程式). Where more than
//! one character in [`SHARE`] exists in traditional script alone, the text is read as traditional; any other text stays
//! as it is, so that names with rare characters do. `data/script/README.md` says where the tables come from.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::fold::Traced;

/// One ideograph in so many, if it exists in traditional script alone, makes a text traditional. Of the ideographs of
/// a traditional text it is one in three.
const SHARE: usize = 20;

const FIRST: usize = 0x4E00;
const LAST: usize = 0x9FFF;

struct Tables {
    /// What each ideograph of the basic plane is in simplified script.
    characters: Vec<char>,
    /// Whether each exists in traditional script alone.
    traditional: Vec<bool>,
    /// Words that read otherwise than their characters, by their first character, the longest first.
    words: HashMap<char, Vec<(&'static str, &'static str)>>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut characters: Vec<char> =
        (FIRST..=LAST).map(|c| u32::try_from(c).ok().and_then(char::from_u32)).map(Option::unwrap_or_default).collect();
    let mut traditional = vec![false; LAST - FIRST + 1];
    for row in rows(include_str!("../../data/script/characters.csv")) {
        let mut cells = row.split(',');
        if let (Some(from), Some(to), shared) =
            (cells.next().and_then(single), cells.next().and_then(single), cells.next())
            && let Some(index) = index(from)
        {
            characters[index] = to;
            traditional[index] = shared.is_none_or(str::is_empty);
        }
    }
    let mut words: HashMap<char, Vec<(&'static str, &'static str)>> = HashMap::new();
    let phrases = rows(include_str!("../../data/script/phrases.csv"));
    for (from, to) in
        phrases.chain(rows(include_str!("../../data/script/words.csv"))).filter_map(|row| row.split_once(','))
    {
        if let Some(first) = from.chars().next() {
            words.entry(first).or_default().push((from, to));
        }
    }
    // Longest first; of two readings of a word the one that was added by hand.
    #[expect(clippy::iter_over_hash_type, reason = "each list is put in order by itself")]
    for words in words.values_mut() {
        words.reverse();
        words.sort_by_key(|(from, _)| std::cmp::Reverse(from.len()));
    }
    Tables { characters, traditional, words }
});

/// The rows of a table without its header.
fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().skip(1)
}

fn single(cell: &str) -> Option<char> {
    let mut characters = cell.chars();
    characters.next().filter(|_| characters.next().is_none())
}

const fn index(c: char) -> Option<usize> {
    let number = c as usize;
    if number >= FIRST && number <= LAST { Some(number - FIRST) } else { None }
}

/// Whether a text is written in traditional script.
pub(super) fn is_traditional(text: &str) -> bool {
    let tables = &*TABLES;
    let (mut ideographs, mut traditional) = (0_usize, 0_usize);
    for index in text.chars().filter_map(index) {
        ideographs += 1;
        traditional += usize::from(tables.traditional[index]);
    }
    traditional > 0 && traditional * SHARE >= ideographs
}

/// One ideograph in simplified script.
pub(super) fn character(c: char) -> char {
    index(c).map_or(c, |index| TABLES.characters[index])
}

/// The text in simplified script. A word never becomes longer; of a shorter one the last character stands for all that is
/// left of the printed word.
pub(super) fn simplified(text: &Traced) -> Traced {
    let tables = &*TABLES;
    let mut simplified = Traced::with_capacity(text.text.len());
    let mut at = 0;
    while let Some(c) = text.text[at..].chars().next() {
        let rest = &text.text[at..];
        let word = tables.words.get(&c).and_then(|words| words.iter().find(|(from, _)| rest.starts_with(from)));
        if let Some((from, to)) = word {
            push_word(&mut simplified, &text.origin[at..at + from.len()], from, to);
            at += from.len();
            continue;
        }
        simplified.push(character(c), text.origin[at]);
        at += c.len_utf8();
    }
    simplified
}

/// Adds `to` for the printed word `from`, whose bytes have these origins.
fn push_word(simplified: &mut Traced, origins: &[usize], from: &str, to: &str) {
    let starts: Vec<usize> = from.char_indices().map(|(at, _)| origins[at]).collect();
    let last = to.chars().count().saturating_sub(1);
    for (nth, c) in to.chars().enumerate() {
        let from = if nth == last { starts.len() - 1 } else { nth.min(starts.len() - 1) };
        simplified.push(c, starts[from]);
    }
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::{index, rows, single};
    use crate::text::Text;

    #[test]
    fn traditional_texts_read_as_simplified_ones() {
        for (traditional, simplified) in [
            ("縣人民政府關於法治政府建設情況的報告", "县人民政府关于法治政府建设情况的报告"),
            ("行政執法水準和服務品質不斷提升", "行政执法水平和服务质量不断提升"),
            ("透過網路開展資訊公開", "通过网络开展信息公开"),
            ("規範行政執法程式,清理許可權清單", "规范行政执法程序,清理权限清单"),
            ("乾縣司法局隨後瞭解乾部學習情況", "乾县司法局随后了解干部学习情况"),
            ("保護智慧財產權的後續工作", "保护知识产权的后续工作"),
            ("禁毒專案行動與重點專案建設", "禁毒专案行动与重点项目建设"),
            ("沿著法治軌道發展,成效顯著", "沿着法治轨道发展,成效显著"),
            ("臺灣同胞權益、萬裏長江", "台湾同胞权益、万里长江"),
        ] {
            assert_eq!(Text::new(traditional).folded(), simplified);
        }
    }

    #[test]
    fn simplified_texts_keep_their_rare_characters() {
        let text = "乾县人民政府镇长於某、李喆、陳某等同志在会上指出，后续要加强乡镇和街道的综合执法工作，确保里程碑任务按期完成。";
        assert!(Text::new(text).folded().contains("乾县人民政府镇长於某、李喆、陳某"));
    }

    #[test]
    fn a_shorter_word_spans_the_printed_one() {
        let text = Text::new("保護智慧財產權的制度");
        let at = text.folded().find("知识产权").unwrap();
        assert_eq!(text.quote(at..at + "知识产权".len()), "智慧財產權");
    }

    #[test]
    fn the_tables_are_well_formed() {
        let mut before = "";
        for row in rows(include_str!("../../data/script/characters.csv")) {
            let cells: Vec<&str> = row.split(',').collect();
            assert!(cells.len() == 3 && cells[..2].iter().all(|cell| single(cell).and_then(index).is_some()), "{row}");
            assert!(before < row, "{row} is out of order");
            before = row;
        }
        for table in [include_str!("../../data/script/phrases.csv"), include_str!("../../data/script/words.csv")] {
            let mut before = "";
            for row in rows(table) {
                let (from, to) = row.split_once(',').unwrap();
                assert!(!to.is_empty() && to.chars().count() <= from.chars().count(), "{row} becomes longer");
                assert!(before < row, "{row} is out of order");
                before = row;
            }
        }
    }
}
