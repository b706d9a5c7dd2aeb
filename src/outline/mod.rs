//! What are the parts of the report, and what does each statement do in it?
//!
//! Text to statements with their roles, and the tree of headings and items above them.

mod frame;
mod marker;
mod paragraphs;
mod roles;
mod segment;
mod telling;
mod tree;
mod turn;

pub use frame::{Frame, is_date, is_title};
pub use marker::{Marker, Style, marker};
pub use segment::Piece;
pub use tree::{Node, Tree};

use crate::lexicon::OutlineCues;
use crate::report::{Basis, Role};
use crate::text::Text;
use crate::text::year::years;

/// A report cut into its parts.
#[derive(Debug, Clone)]
pub struct Outline {
    /// Every statement in order.
    pub pieces: Vec<Piece>,
    /// The role of each statement.
    pub roles: Vec<Role>,
    /// Why each statement was given its role.
    pub bases: Vec<Basis>,
    /// Headings and items.
    pub tree: Tree,
    /// What stands around the body.
    pub frame: Frame,
}

impl Outline {
    /// The words of a statement, in the folded form.
    #[must_use]
    pub fn words<'t>(&self, text: &'t Text<'_>, piece: usize) -> &'t str {
        &text.folded()[self.pieces[piece].range.clone()]
    }
}

/// Cuts `text` into its parts.
#[must_use]
pub fn outline(text: &Text<'_>, cues: &OutlineCues) -> Outline {
    let lines: Vec<&str> = text.lines().into_iter().map(|range| &text.folded()[range]).collect();
    let frame = frame::frame(&lines, cues);
    // A heading that names a later year than the report's is one of plans.
    let year = frame
        .title
        .and_then(|line| years(lines[line]).first().copied())
        .or_else(|| lines[frame.body.clone()].iter().take(3).find_map(|line| years(line).first().copied()));
    let pieces = segment::pieces(text);
    let tree = tree::tree(text.folded(), &pieces, &frame, cues, year);
    let (roles, bases) = roles::roles(text.folded(), &pieces, &frame, &tree, cues, year).into_iter().unzip();
    Outline { pieces, roles, bases, tree, frame }
}
