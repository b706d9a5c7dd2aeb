//! What would a reader see? A part of the page to lines of plain text.

use std::ops::Range;

use super::elements;
use super::page::Page;
use super::rules::RULES;
use super::tree::Kind;

/// Characters of a table row that is data rather than the layout of the page.
const ROW: usize = 600;

/// The visible text of some nodes: a block a line, the cells of a table row joined with ` | `, white space collapsed.
pub(super) fn render(page: &Page, nodes: Range<usize>) -> String {
    let mut lines = Lines::default();
    // The ends of the blocks that are open.
    let mut blocks: Vec<usize> = Vec::new();
    let (mut row_until, mut pre_until) = (0, 0);
    let mut first_cell = false;
    for index in page.visible(nodes) {
        while blocks.last().is_some_and(|&end| end <= index) {
            blocks.pop();
            lines.end_block(index < row_until);
        }
        let node = &page.nodes[index];
        match &node.kind {
            Kind::Text(text) => lines.text(text, index < pre_until),
            Kind::Element(element) => {
                let name = &*element.name;
                let in_row = index < row_until;
                if name == "tr" && is_data(page, index) {
                    lines.end_block(false);
                    (row_until, first_cell) = (node.end, true);
                    blocks.push(node.end);
                } else if in_row && matches!(name, "td" | "th") {
                    if !first_cell {
                        lines.next_cell();
                    }
                    first_cell = false;
                } else if is_block(name) {
                    lines.end_block(in_row);
                    if name == "pre" {
                        pre_until = node.end;
                    }
                    blocks.push(node.end);
                }
            }
        }
    }
    lines.end_block(false);
    lines.done.join("\n")
}

/// Whether a row is to be read as data: several short cells, none with a table of its own.
fn is_data(page: &Page, row: usize) -> bool {
    let node = &page.nodes[row];
    if node.text > ROW {
        return false;
    }
    let mut cells = 0;
    for index in page.visible(row + 1..node.end) {
        match page.nodes[index].name() {
            "td" | "th" => cells += 1,
            "table" => return false,
            _ => {}
        }
    }
    cells > 1
}

/// Elements that begin and end a line.
fn is_block(name: &str) -> bool {
    elements::is_block(name)
        || matches!(name, "br" | "hr" | "tr" | "td" | "th" | "table" | "tbody" | "thead" | "tfoot" | "caption")
}

#[derive(Default)]
struct Lines {
    done: Vec<String>,
    current: String,
    /// White space since the last character: `Some(true)` if it holds a line break of the source.
    space: Option<bool>,
}

impl Lines {
    fn text(&mut self, text: &str, preformatted: bool) {
        for c in text.chars() {
            if preformatted && c == '\n' {
                self.end_block(false);
            } else if c.is_whitespace() || c.is_control() {
                self.space = Some(self.space.unwrap_or(false) || c == '\n');
            } else if !is_invisible(c) {
                self.character(c);
            }
        }
    }

    fn character(&mut self, c: char) {
        if let Some(broken) = self.space.take()
            && let Some(last) = self.current.chars().next_back()
            // A line break of the source between two Chinese characters is only the editor's.
            && !(broken && is_wide(last) && is_wide(c))
        {
            self.current.push(' ');
        }
        self.current.push(c);
    }

    fn next_cell(&mut self) {
        self.space = None;
        let trimmed = self.current.trim_end().len();
        self.current.truncate(trimmed);
        self.current.push_str(" | ");
    }

    /// Ends the line; within a row of a table a block is only set off by a space.
    fn end_block(&mut self, in_row: bool) {
        if in_row {
            self.space = Some(self.space.unwrap_or(false));
            return;
        }
        self.space = None;
        let line = std::mem::take(&mut self.current);
        let line = line.trim();
        if !line.is_empty() && !RULES.buttons.lines.contains(line) {
            self.done.push(line.to_owned());
        }
    }
}

/// Characters that take no room: zero-width spaces and joiners, soft hyphen, byte-order mark, direction marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Chinese characters and full-width punctuation.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}
