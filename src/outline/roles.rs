//! What each statement does: the section it stands in says most, its own words the rest.

use super::frame::Frame;
use super::segment::Piece;
use super::tree::Tree;
use crate::lexicon::OutlineCues;
use crate::report::Role;
use crate::text::mark;

/// What a section tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Telling {
    /// What was done, and whatever follows without a heading of its own.
    Actions,
    Problems,
    /// Problems first, then plans.
    ProblemsThenPlans,
    Plans,
}

pub(super) fn roles(
    folded: &str,
    pieces: &[Piece],
    frame: &Frame,
    tree: &Tree,
    cues: &OutlineCues,
    year: Option<u16>,
) -> Vec<Role> {
    let teller = Teller { folded, pieces, tree, cues, year };
    let told: Vec<Telling> = teller.tell_nodes();
    let mut roles = Vec::with_capacity(pieces.len());
    let mut drift = Drift { section: usize::MAX, telling: Telling::Actions };
    for (index, piece) in pieces.iter().enumerate() {
        let role = if frame.is_meta(piece.line) {
            Role::Meta
        } else if teller.is_heading(index) {
            drift.enter(teller.section(index), told[tree.node_of[index]]);
            Role::Heading
        } else {
            teller.role(index, &told, &mut drift)
        };
        roles.push(role);
    }
    roles
}

/// What is told may change within a section that has no headings for it.
struct Drift {
    section: usize,
    telling: Telling,
}

impl Drift {
    fn enter(&mut self, section: usize, telling: Telling) {
        if self.section != section {
            *self = Self { section, telling };
        }
    }
}

struct Teller<'a> {
    folded: &'a str,
    pieces: &'a [Piece],
    tree: &'a Tree,
    cues: &'a OutlineCues,
    year: Option<u16>,
}

impl Teller<'_> {
    fn words(&self, piece: usize) -> &str {
        &self.folded[self.pieces[piece].range.clone()]
    }

    fn is_heading(&self, piece: usize) -> bool {
        let node = &self.tree.nodes[self.tree.node_of[piece]];
        node.standalone && node.pieces.start == piece
    }

    /// The section directly under the root in which a statement stands; 0 outside of all.
    fn section(&self, piece: usize) -> usize {
        self.tree.path(self.tree.node_of[piece]).first().copied().unwrap_or(0)
    }

    /// What each node tells of: its own heading says so, else the node above.
    fn tell_nodes(&self) -> Vec<Telling> {
        let mut told = vec![Telling::Actions; self.tree.nodes.len()];
        for (index, node) in self.tree.nodes.iter().enumerate().skip(1) {
            let above = told[node.parent];
            let words = self.words(node.pieces.start);
            let words = words.strip_prefix(|c: char| c == '(').unwrap_or(words);
            told[index] = match self.heading(words, node.depth == 1 && node.standalone) {
                Some(telling) if above == Telling::Actions || above == Telling::ProblemsThenPlans => telling,
                _ => above,
            };
        }
        told
    }

    /// What a heading opens, where it says so. Below the first level only plain words of it count, as measures too
    /// speak of problems that they solve.
    fn heading(&self, words: &str, is_section: bool) -> Option<Telling> {
        let cues = &self.cues.headings;
        let first = words.split(mark::FULL_STOP).next().unwrap_or(words);
        let bare = first.trim_end_matches([':', ';', ',']);
        let ends = cues.problem_nouns.iter().any(|noun| bare.ends_with(noun.as_str()));
        let holds = cues.problem_nouns.iter().any(|noun| bare.contains(noun.as_str()));
        let opens = cues.problem_openers.iter().any(|opener| bare.contains(opener.as_str()));
        let short = bare.chars().count() <= 22;
        let problem = if is_section { (ends && short) || (holds && opens) } else { holds && opens && short };
        let plan_cue = cues.plan.iter().any(|cue| bare.contains(cue.as_str()));
        let refused = cues.plan_refused.iter().any(|cue| bare.contains(cue.as_str()));
        let later = is_section && self.names_later_year(bare);
        let next = bare.contains(cues.plan[0].as_str()) || bare.contains(cues.plan[1].as_str());
        let plan = if is_section { (plan_cue && !refused) || later || next } else { next };
        match (problem, plan) {
            (true, true) => Some(Telling::ProblemsThenPlans),
            (true, false) => Some(Telling::Problems),
            (false, true) => Some(Telling::Plans),
            (false, false) => None,
        }
    }

    fn names_later_year(&self, words: &str) -> bool {
        let Some(year) = self.year else { return false };
        (year + 1..=year + 2).any(|later| words.contains(&later.to_string()))
    }

    fn role(&self, piece: usize, told: &[Telling], drift: &mut Drift) -> Role {
        let words = self.words(piece);
        let node = self.tree.node_of[piece];
        let section = self.section(piece);
        drift.enter(section, told[section]);
        let own = told[node];
        if own != told[section] {
            drift.telling = own;
        } else if own != Telling::Plans {
            self.follow(piece, words, drift);
        }
        let telling = if own == Telling::Plans { Telling::Plans } else { drift.telling };
        if self.is_transition(words) || self.is_introduction(piece, section, telling) {
            return Role::Background;
        }
        match telling {
            Telling::Actions if self.is_context(piece, words) => Role::Background,
            Telling::Actions => Role::Action,
            Telling::Problems | Telling::ProblemsThenPlans => Role::Problem,
            Telling::Plans if self.is_truth(words) || self.is_general_lead(piece, words) => Role::Background,
            Telling::Plans => Role::Plan,
        }
    }

    /// Follows what is told from statement to statement where no heading says it.
    fn follow(&self, piece: usize, words: &str, drift: &mut Drift) {
        let opens_line = self.pieces[piece].opens_line || self.pieces[piece].marker.is_some();
        let words = self.pieces[piece].marker.map_or(words, |marker| &words[marker.len..]);
        let starts = |cues: &[String]| cues.iter().any(|cue| words.starts_with(cue.as_str()));
        let has = |cues: &[String]| cues.iter().any(|cue| words.contains(cue.as_str()));
        let cues = &self.cues.statements;
        let depth = self.tree.nodes[self.tree.node_of[piece]].depth;
        match drift.telling {
            Telling::Actions => {
                // Inside a numbered item of measures such words tell of what the measure answers.
                if depth <= 1 && starts(&cues.problem_openers) && has(&cues.problem_words) {
                    drift.telling = Telling::ProblemsThenPlans;
                } else if depth <= 1 && opens_line && (starts(&cues.plan_openers) || self.opens_later_year(words)) {
                    drift.telling = Telling::Plans;
                }
            }
            Telling::Problems | Telling::ProblemsThenPlans => {
                if starts(&cues.plan_openers) || self.opens_later_year(words) {
                    drift.telling = Telling::Plans;
                }
            }
            Telling::Plans => {}
        }
    }

    fn opens_later_year(&self, words: &str) -> bool {
        self.year.is_some_and(|year| words.starts_with(&(year + 1).to_string()))
            && words.chars().take(30).any(|c| c == '\u{5C06}')
    }

    /// The text before the first heading, and the lead-in of a section that announces what is listed below it.
    fn is_introduction(&self, piece: usize, section: usize, telling: Telling) -> bool {
        let words = self.words(piece);
        let node = self.tree.node_of[piece];
        let first_node = self.tree.nodes.get(1).map_or(usize::MAX, |node| node.pieces.start);
        if node == 0 && piece < first_node && first_node != usize::MAX {
            return true;
        }
        let belongs_to_section = node == section && node != 0;
        match telling {
            Telling::Actions => {
                node == 0
                    && self.is_first_of_body(piece)
                    && (self.has_guidance(words) || self.opens_generally(piece, words))
            }
            _ => {
                belongs_to_section
                    && (words.ends_with(':') || words.ends_with(','))
                    && !self.tree.nodes[node].children.is_empty()
            }
        }
    }

    fn is_first_of_body(&self, piece: usize) -> bool {
        !self.pieces[..piece].iter().enumerate().any(|(before, other)| {
            other.line != self.pieces[piece].line
                && self.tree.node_of[before] == 0
                && self.words(before).contains(mark::FULL_STOP)
        })
    }

    /// Whether a statement is the first of its line and says of law-based government only that it was pursued: no act,
    /// no figure but the year.
    fn opens_generally(&self, piece: usize, words: &str) -> bool {
        let has = |list: &[String]| list.iter().any(|cue| words.contains(cue.as_str()));
        let figures = words.split(|c: char| !c.is_ascii_digit()).any(|digits| !matches!(digits.len(), 0 | 4));
        let more = self.pieces.len() > piece + 1;
        self.pieces[piece].opens_line
            && more
            && !figures
            && has(&self.cues.title.subjects)
            && !has(&self.cues.statements.acts)
    }

    fn has_guidance(&self, words: &str) -> bool {
        self.cues.statements.guidance.iter().any(|cue| words.contains(cue.as_str()))
    }

    /// Whether an action section's statement is context: what leaders say, general truths, the praise that opens a
    /// section with parts.
    fn is_context(&self, piece: usize, words: &str) -> bool {
        let cues = &self.cues.statements;
        let speaks = cues.speakers.iter().any(|speaker| words.starts_with(speaker.as_str()))
            && cues.speaking.iter().any(|verb| words.contains(verb.as_str()));
        speaks || self.is_truth(words) || self.is_general_lead(piece, words)
    }

    /// A general truth: nobody acts, something is said to be important.
    fn is_truth(&self, words: &str) -> bool {
        let cues = &self.cues.statements;
        let bare = words.trim_end_matches([mark::FULL_STOP, ';', ',']);
        let has = |list: &[String]| list.iter().any(|cue| bare.contains(cue.as_str()));
        if cues.truth_openers.iter().any(|opener| bare.starts_with(opener.as_str())) {
            return true;
        }
        let ends = cues.truth_ends.iter().any(|end| bare.ends_with(end.as_str()));
        let links = has(&cues.truth_links);
        ends && links
            && !has(&cues.selves)
            && !has(&cues.acts)
            && (!bare.chars().any(|c| c.is_ascii_digit())
                || cues.truth_years.iter().any(|end| bare.ends_with(end.as_str())))
            && super::marker::marker(words).is_none()
    }

    /// The praise or guiding thought between a section's heading and its parts.
    fn is_general_lead(&self, piece: usize, words: &str) -> bool {
        let node = &self.tree.nodes[self.tree.node_of[piece]];
        let before_parts = node.children.first().is_some_and(|child| piece < self.tree.nodes[*child].pieces.start);
        let is_lead_sentence = node.pieces.start == piece;
        let acts = self.cues.statements.acts.iter().any(|act| words.contains(act.as_str()));
        before_parts
            && !is_lead_sentence
            && node.depth > 0
            && self.has_guidance(words)
            && (!acts || words.chars().count() < 60)
    }

    /// "The report follows."
    fn is_transition(&self, words: &str) -> bool {
        let short = words.chars().count() <= 40;
        short
            && words.ends_with([':', mark::FULL_STOP])
            && self.cues.statements.transitions.iter().any(|cue| words.contains(cue.as_str()))
    }
}
