//! Do the paragraphs under a heading stand each for itself?

use super::segment::Piece;
use super::tree::Node;
use crate::lexicon::OutlineCues;
use crate::text::{is_han, mark};

/// A lead sentence run into its paragraph has at most this many characters.
const LEAD_LENGTH: usize = 30;
/// A paragraph that names its field does so within its first characters.
const FIELD_WITHIN: usize = 16;
/// Characters that may be left of a general heading when its general words are taken out.
const GENERAL_REST: usize = 1;
/// Least share of paragraphs with a lead of their own, in fifths.
const LEAD_FIFTHS: usize = 4;

/// Whether the paragraphs of a part are told each for itself: the heading only says what kind of thing follows, or the
/// paragraphs have leads or fields of their own.
pub(super) fn stand_apart(
    folded: &str,
    pieces: &[Piece],
    node: &Node,
    cues: &OutlineCues,
    tells: impl Fn(&Node) -> bool,
) -> bool {
    if !node.standalone || !node.children.is_empty() {
        return false;
    }
    let words = |piece: usize| &folded[pieces[piece].range.clone()];
    let marked = pieces[node.pieces.start].marker.map_or(0, |marker| marker.len);
    if tells(node) || is_general(&words(node.pieces.start)[marked..], cues) {
        return true;
    }
    let own = node.pieces.start + 1..node.pieces.end;
    let firsts: Vec<usize> = own.filter(|piece| pieces[*piece].opens_line).collect();
    let leads = firsts.iter().filter(|piece| is_lead(words(**piece)) && !pieces[**piece].closes_line).count();
    firsts.len() > 1
        && (firsts.iter().all(|piece| names_field(words(*piece), cues)) || leads * 5 >= firsts.len() * LEAD_FIFTHS)
}

/// Whether a heading of what was done consists of general words only: 主要工作开展情况.
fn is_general(heading: &str, cues: &OutlineCues) -> bool {
    let mut rest: String = heading.chars().filter(|c| is_han(*c)).collect();
    for word in cues.headings.generals.iter().chain(&cues.headings.actions) {
        rest = rest.replace(word.as_str(), "");
    }
    rest.chars().count() <= GENERAL_REST
}

fn is_lead(words: &str) -> bool {
    words.ends_with(mark::FULL_STOP)
        && words.chars().count() <= LEAD_LENGTH
        && words.matches(',').count() <= 1
        && !words.contains(|c: char| c.is_ascii_digit())
}

/// Whether a paragraph opens with the field that it speaks of: 市场监管领域查处…, 生态环境方面开展….
fn names_field(words: &str, cues: &OutlineCues) -> bool {
    let end = words.char_indices().nth(FIELD_WITHIN).map_or(words.len(), |(at, _)| at);
    cues.headings.fields.iter().any(|field| words[..end].contains(field.as_str()))
}
