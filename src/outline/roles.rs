//! What each statement does: the section it stands in says most, its own words the rest.

use super::frame::Frame;
use super::marker::Style;
use super::segment::Piece;
use super::telling::{Heading, Telling};
use super::tree::Tree;
use super::turn;
use crate::lexicon::OutlineCues;
use crate::report::{Basis, Role};
use crate::text::mark;

pub(super) fn roles(
    folded: &str,
    pieces: &[Piece],
    frame: &Frame,
    tree: &Tree,
    cues: &OutlineCues,
    year: Option<u16>,
) -> Vec<(Role, Basis)> {
    let mut teller = Teller { folded, pieces, tree, cues, year, introduction_end: 0, matter: None };
    teller.find_introduction(frame);
    let told: Vec<Telling> = teller.tell_nodes();
    let mut roles = Vec::with_capacity(pieces.len());
    let mut drift = Drift { section: usize::MAX, telling: Telling::Actions, headed: false, turned: Turned::No };
    for (index, piece) in pieces.iter().enumerate() {
        let role = if frame.is_meta(piece.line) {
            (Role::Meta, Basis::rule("roles/page"))
        } else if teller.is_heading(index) {
            drift.enter(teller.section(index), told[tree.node_of[index]]);
            (Role::Heading, Basis::rule("roles/heading"))
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
    /// Whether the heading of a part of the section said so.
    headed: bool,
    /// Whether the words of a statement did.
    turned: Turned,
}

/// Whether what is told has changed by the words of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turned {
    No,
    /// By this very statement.
    Now,
    /// By an earlier one.
    Before,
}

impl Drift {
    fn enter(&mut self, section: usize, telling: Telling) {
        if self.section != section {
            *self = Self { section, telling, headed: false, turned: Turned::No };
        }
    }
}

struct Teller<'a> {
    folded: &'a str,
    pieces: &'a [Piece],
    tree: &'a Tree,
    cues: &'a OutlineCues,
    year: Option<u16>,
    /// The statement behind the introduction.
    introduction_end: usize,
    /// The first statement before all headings that tells an act with a figure behind the introduction.
    matter: Option<usize>,
}

impl Teller<'_> {
    fn words(&self, piece: usize) -> &str {
        &self.folded[self.pieces[piece].range.clone()]
    }

    /// Finds the introduction before the first heading: up to "the report follows", else the first line.
    fn find_introduction(&mut self, frame: &Frame) {
        let first = self.tree.nodes.get(1).map_or(0, |node| node.pieces.start);
        let own = || (0..first).filter(|piece| !frame.is_meta(self.pieces[*piece].line));
        let Some(line) = own().next().map(|piece| self.pieces[piece].line) else { return };
        let transition = own().rfind(|piece| self.is_transition(self.words(*piece)));
        let end = transition.or_else(|| own().take_while(|piece| self.pieces[*piece].line == line).last());
        let end = end.map_or(0, |piece| piece + 1);
        let tells = |piece: &usize| self.has_act(self.words(*piece)) && has_figure(self.words(*piece));
        let matter = own().skip_while(|piece| *piece < end).find(tells);
        (self.introduction_end, self.matter) = (end, matter);
    }

    fn is_heading(&self, piece: usize) -> bool {
        let node = &self.tree.nodes[self.tree.node_of[piece]];
        node.standalone && node.pieces.start == piece
    }

    /// The section directly under the root in which a statement stands; 0 outside of all headings.
    fn section(&self, piece: usize) -> usize {
        let section = self.tree.path(self.tree.node_of[piece]).first().copied().unwrap_or(0);
        // Items counted inside a paragraph that stands under no heading follow their paragraph.
        if self.tree.nodes[section].style == Some(Style::Ordinal) { 0 } else { section }
    }

    /// What each node tells of: its own heading says so, else the node above.
    fn tell_nodes(&self) -> Vec<Telling> {
        let mut told = vec![Telling::Actions; self.tree.nodes.len()];
        for (index, node) in self.tree.nodes.iter().enumerate().skip(1) {
            let above = told[node.parent];
            let words = self.words(node.pieces.start);
            let heading = Heading { is_section: node.depth == 1 && node.standalone, standalone: node.standalone };
            told[index] = match heading.tells(words, self.cues, self.year) {
                Some(telling) if above == Telling::Actions || above == Telling::ProblemsThenPlans => telling,
                _ => above,
            };
        }
        told
    }

    fn role(&self, piece: usize, told: &[Telling], drift: &mut Drift) -> (Role, Basis) {
        let words = self.words(piece);
        let node = self.tree.node_of[piece];
        let section = self.section(piece);
        drift.enter(section, told[section]);
        let own = told[node];
        if own != told[section] {
            *drift = Drift { section, telling: own, headed: true, turned: Turned::No };
        } else if own != Telling::Plans {
            if std::mem::take(&mut drift.headed) {
                *drift = Drift { section, telling: own, headed: false, turned: Turned::No };
            }
            self.follow(piece, words, drift);
        }
        let telling = if own == Telling::Plans { Telling::Plans } else { drift.telling };
        if self.is_transition(words) || self.is_introduction(piece, section, telling) {
            return (Role::Background, Basis::rule("roles/introduction"));
        }
        let role = match telling {
            Telling::Actions if self.is_context(piece, words) => Role::Background,
            Telling::Actions => Role::Action,
            Telling::Problems | Telling::ProblemsThenPlans if self.is_lead_of_problems(piece, words) => {
                Role::Background
            }
            Telling::Problems | Telling::ProblemsThenPlans => Role::Problem,
            Telling::Plans if self.is_truth(words) || self.is_lead_of_plans(piece, words) => Role::Background,
            Telling::Plans => Role::Plan,
        };
        let basis = match (role, drift.turned) {
            (Role::Background, _) => Basis::rule("roles/context"),
            (_, Turned::Now) => Basis::rule("roles/turn"),
            (_, Turned::Before) => Basis::rule("roles/following").doubted("followed-on"),
            (_, Turned::No) if section == 0 => Basis::rule("roles/unheaded"),
            (_, Turned::No) => Basis::rule("roles/section"),
        };
        (role, basis)
    }

    /// Follows what is told from statement to statement where no heading says it.
    fn follow(&self, piece: usize, words: &str, drift: &mut Drift) {
        let opens_line = self.pieces[piece].opens_line || self.pieces[piece].marker.is_some();
        let words = self.pieces[piece].marker.map_or(words, |marker| &words[marker.len..]);
        let starts = |cues: &[String]| cues.iter().any(|cue| words.starts_with(cue.as_str()));
        let has = |cues: &[String]| cues.iter().any(|cue| words.contains(cue.as_str()));
        let cues = &self.cues.statements;
        let depth = self.tree.nodes[self.tree.node_of[piece]].depth;
        let before = drift.telling;
        match before {
            Telling::Actions => {
                // Inside a numbered item of measures such words tell of what the measure answers.
                let turns = opens_line && turn::to_problems(words, self.cues);
                if depth <= 1 && (turns || (starts(&cues.problem_openers) && has(&cues.problem_words))) {
                    drift.telling = Telling::ProblemsThenPlans;
                } else if depth <= 1 && opens_line && turn::to_plans(words, self.cues, self.year) {
                    drift.telling = Telling::Plans;
                }
            }
            Telling::Problems | Telling::ProblemsThenPlans => {
                if turn::to_plans(words, self.cues, self.year) {
                    drift.telling = Telling::Plans;
                }
            }
            Telling::Plans => {}
        }
        drift.turned = match drift.turned {
            _ if drift.telling != before => Turned::Now,
            Turned::No => Turned::No,
            Turned::Now | Turned::Before => Turned::Before,
        };
    }

    /// The text before the first heading, and the lead-in of a section that announces what is listed below it.
    fn is_introduction(&self, piece: usize, section: usize, telling: Telling) -> bool {
        let words = self.words(piece);
        let node = self.tree.node_of[piece];
        if node == 0 && self.is_before_parts(piece) && self.introduces(piece, words) {
            return true;
        }
        let belongs_to_section = node == section && node != 0;
        if telling == Telling::Actions {
            return node == 0
                && self.is_first_of_body(piece)
                && (self.has_guidance(words) || self.opens_generally(piece, words));
        }
        let leads = words.ends_with([':', ',']);
        (belongs_to_section && leads && !self.tree.nodes[node].children.is_empty())
            || (node == 0 && leads && self.pieces.get(piece + 1).is_some_and(|next| next.marker.is_some()))
    }

    /// Whether a statement stands before the first heading or item, if there are any.
    fn is_before_parts(&self, piece: usize) -> bool {
        self.tree.nodes.get(1).is_some_and(|node| piece < node.pieces.start)
    }

    /// Whether a statement before the first heading is of the introduction: its first line, what comes before "the
    /// report follows", and what tells neither act nor figure. What comes next in a report without headings is its
    /// matter.
    fn introduces(&self, piece: usize, words: &str) -> bool {
        piece < self.introduction_end
            || (!has_figure(words) && (self.has_guidance(words) || !self.has_act(words)) && !self.is_matter(piece))
    }

    /// Whether matter of the report has begun before a statement: an act with a figure behind the introduction.
    fn is_matter(&self, piece: usize) -> bool {
        self.matter.is_some_and(|matter| matter <= piece)
    }

    fn has_act(&self, words: &str) -> bool {
        self.cues.statements.acts.iter().any(|act| words.contains(act.as_str()))
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
        let more = self.pieces.len() > piece + 1;
        self.pieces[piece].opens_line
            && more
            && !has_figure(words)
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

    /// The praise or guiding thought between a section's heading and its parts: what tells neither act nor figure nor
    /// document.
    fn is_general_lead(&self, piece: usize, words: &str) -> bool {
        let node = &self.tree.nodes[self.tree.node_of[piece]];
        let is_lead_sentence = node.pieces.start == piece;
        let acts = self.has_act(words);
        let plain = node.standalone && !acts && !has_figure(words) && !words.contains(mark::TITLE_OPEN);
        let next_line = self.pieces.get(piece + 1).is_some_and(|next| next.line != self.pieces[piece].line);
        self.is_before_parts_of(piece)
            && !is_lead_sentence
            && node.depth > 0
            && ((plain && next_line) || (self.has_guidance(words) && (!acts || words.chars().count() < 60)))
    }

    /// Whether a statement stands between the heading of its node and the first part below it.
    fn is_before_parts_of(&self, piece: usize) -> bool {
        let node = &self.tree.nodes[self.tree.node_of[piece]];
        node.children.first().is_some_and(|child| piece < self.tree.nodes[*child].pieces.start)
    }

    /// The lead of a section of problems that names none in particular.
    fn is_lead_of_problems(&self, piece: usize, words: &str) -> bool {
        let more = self.pieces.get(piece + 1).is_some();
        more && self.opens_section(piece) && turn::is_general_problem(words, self.cues)
    }

    /// The guiding thought or general wish between the heading of the plans and their parts.
    fn is_lead_of_plans(&self, piece: usize, words: &str) -> bool {
        let node = &self.tree.nodes[self.tree.node_of[piece]];
        let generals = || self.cues.statements.plan_generals.iter().any(|cue| words.contains(cue.as_str()));
        let is_heading_sentence = node.pieces.start == piece && node.depth > 0;
        self.is_before_parts_of(piece) && !is_heading_sentence && (self.has_guidance(words) || generals())
    }

    /// Whether a statement is the first one below the heading of its section, or of a paragraph of its own.
    fn opens_section(&self, piece: usize) -> bool {
        self.pieces[piece].opens_line
            && (self.tree.node_of[piece] == 0 || piece.checked_sub(1).is_none_or(|before| self.is_heading(before)))
    }

    /// "The report follows."
    fn is_transition(&self, words: &str) -> bool {
        let short = words.chars().count() <= 40;
        short
            && words.ends_with([':', mark::FULL_STOP])
            && self.cues.statements.transitions.iter().any(|cue| words.contains(cue.as_str()))
    }
}

/// Whether a statement gives a number that is no year.
fn has_figure(words: &str) -> bool {
    words.split(|c: char| !c.is_ascii_digit()).any(|digits| !matches!(digits.len(), 0 | 4))
}
