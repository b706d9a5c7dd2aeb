//! Which lines does the main part show? Paragraphs, rows of tables and text boxes in the order of the page.

use super::numbering::{Item, Numbering};
use super::xml::{Element, Event, Events};

/// Characters of a table row that is data rather than the layout of the page.
const ROW: usize = 600;

/// The lines of the main part; the error says where it is not well-formed.
pub(super) fn text(part: &str, numbering: Numbering) -> Result<String, String> {
    let mut body = Body { numbering, flows: vec![Flow::default()], ..Body::default() };
    for event in Events::new(part) {
        match event {
            Event::Start(element) => body.start(&element),
            Event::End(name) => body.end(&name),
            Event::Text(text) => body.text(&text),
            Event::Broken(cause) => return Err(cause),
        }
    }
    Ok(body.done())
}

/// A sequence of paragraphs: the page, a cell, a text box.
#[derive(Debug, Default)]
struct Flow {
    lines: Vec<String>,
    /// Lines of text boxes that hang on the paragraph being read.
    boxes: Vec<String>,
    paragraph: Paragraph,
    /// The cells of the row being read.
    cells: Vec<Vec<String>>,
}

/// A paragraph being read.
#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    item: Item,
    style: Option<String>,
    /// Whether its mark was deleted, so that it goes on in the next.
    joined: bool,
    /// Whether a number has been put before it.
    numbered: bool,
    /// Whether it is a line of the table of contents: it refers to a page.
    contents: bool,
}

/// What the element being read is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Content,
    /// Properties of a paragraph.
    Paragraph,
    /// Properties of its mark.
    Mark,
    /// Properties of a run.
    Run,
    /// Text that is shown.
    Text,
    /// What a field is made by.
    Instruction,
}

impl Place {
    const fn is_properties(self) -> bool {
        matches!(self, Self::Paragraph | Self::Mark | Self::Run)
    }
}

#[derive(Debug, Default)]
struct Body {
    numbering: Numbering,
    /// The innermost last.
    flows: Vec<Flow>,
    /// Open elements whose content is left out.
    left_out: usize,
    place: Place,
    /// Open elements that tell former properties.
    in_changed_properties: usize,
    /// Whether the run being read is hidden.
    hidden: bool,
    /// Whether the cell being read goes on from the row above.
    continued: bool,
}

/// Elements whose content is left out: deleted or moved away, the second form of a drawing, sounds over characters.
fn is_left_out(name: &str) -> bool {
    matches!(name, "del" | "moveFrom" | "Fallback" | "rt")
}

/// Elements that tell what properties were before they were changed.
fn is_former(name: &str) -> bool {
    matches!(name, "pPrChange" | "rPrChange" | "tcPrChange" | "trPrChange" | "numberingChange")
}

impl Body {
    fn flow(&mut self) -> &mut Flow {
        if self.flows.is_empty() {
            self.flows.push(Flow::default());
        }
        let last = self.flows.len() - 1;
        &mut self.flows[last]
    }

    fn start(&mut self, element: &Element) {
        let name = element.name.as_str();
        if self.in_changed_properties > 0 || is_former(name) {
            self.in_changed_properties += usize::from(is_former(name));
            return;
        }
        if self.place.is_properties() {
            return self.property(element);
        }
        if is_left_out(name) {
            self.left_out += 1;
        }
        if self.left_out > 0 {
            return;
        }
        match name {
            "pPr" => self.place = Place::Paragraph,
            "rPr" => self.place = Place::Run,
            "r" => self.hidden = false,
            "t" => self.place = Place::Text,
            "instrText" => self.place = Place::Instruction,
            "tab" | "ptab" => self.put(" "),
            "br" | "cr" => self.put("\n"),
            "noBreakHyphen" => self.put("-"),
            "vMerge" => self.continued = element.attribute("val") != Some("restart"),
            "txbxContent" | "tc" => {
                self.continued = false;
                self.flows.push(Flow::default());
            }
            _ => {}
        }
    }

    fn property(&mut self, element: &Element) {
        let value = || element.attribute("val").unwrap_or_default().to_owned();
        match element.name.as_str() {
            "rPr" if self.place == Place::Paragraph => self.place = Place::Mark,
            "del" if self.place == Place::Mark => self.flow().paragraph.joined = true,
            "vanish" if self.place == Place::Run => self.hidden = element.is_on(),
            "pStyle" => self.flow().paragraph.style = Some(value()),
            "numId" => self.flow().paragraph.item.list = value().parse().ok(),
            "ilvl" => self.flow().paragraph.item.level = value().parse().ok(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if is_former(name) {
            self.in_changed_properties = self.in_changed_properties.saturating_sub(1);
            return;
        }
        if self.in_changed_properties > 0 {
            return;
        }
        match name {
            "rPr" if self.place == Place::Mark => self.place = Place::Paragraph,
            "pPr" | "rPr" => self.place = Place::Content,
            _ if self.place.is_properties() => {}
            name if is_left_out(name) => self.left_out = self.left_out.saturating_sub(1),
            _ if self.left_out > 0 => {}
            "t" | "instrText" => self.place = Place::Content,
            "r" => self.hidden = false,
            "p" => self.end_paragraph(),
            "tc" => self.end_cell(),
            "tr" => self.flow().end_row(),
            "txbxContent" if self.flows.len() > 1 => {
                if let Some(inner) = self.flows.pop() {
                    let lines = inner.finish();
                    self.flow().boxes.extend(lines);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.place == Place::Text && self.left_out == 0 {
            self.put(text);
        } else if self.place == Place::Instruction && text.contains("PAGEREF") {
            self.flow().paragraph.contents = true;
        }
    }

    /// Puts text into the paragraph; its number goes before the first of it.
    fn put(&mut self, text: &str) {
        if self.hidden || text.is_empty() {
            return;
        }
        let mut paragraph = std::mem::take(&mut self.flow().paragraph);
        if !paragraph.numbered && !text.trim().is_empty() {
            paragraph.numbered = true;
            if let Some(number) = self.numbering.next(&paragraph.item, paragraph.style.as_deref()) {
                let from = paragraph.text.trim_end_matches(' ').len();
                paragraph.text.truncate(from);
                paragraph.text.push_str(&number);
            }
        }
        paragraph.text.push_str(text);
        self.flow().paragraph = paragraph;
    }

    fn end_paragraph(&mut self) {
        let flow = self.flow();
        if flow.paragraph.joined {
            // The next paragraph's own properties hold for both.
            flow.paragraph.joined = false;
            return;
        }
        flow.end_paragraph();
    }

    fn end_cell(&mut self) {
        if self.flows.len() < 2 {
            return;
        }
        if let Some(cell) = self.flows.pop() {
            let lines = cell.finish();
            if !std::mem::take(&mut self.continued) {
                self.flow().cells.push(lines);
            }
        }
    }

    /// All lines; what the end of the part left open is closed.
    fn done(mut self) -> String {
        let mut lines = Vec::new();
        while let Some(flow) = self.flows.pop() {
            let mut outer = flow.finish();
            outer.append(&mut lines);
            lines = outer;
        }
        lines.join("\n")
    }
}

impl Flow {
    fn end_paragraph(&mut self) {
        let mut paragraph = std::mem::take(&mut self.paragraph);
        if paragraph.contents {
            paragraph.text.clear();
        }
        let lines = paragraph.text.split('\n').map(|line| {
            // White space at the beginning may be the paragraph's indentation, made of spaces.
            line.trim_end().chars().filter(|&c| !is_invisible(c)).map(|c| if c == '\u{a0}' { ' ' } else { c }).collect()
        });
        self.lines.extend(lines.filter(|line: &String| !line.trim().is_empty()));
        self.lines.append(&mut self.boxes);
    }

    /// A row of short cells is a line; one of long cells lays out the page, and their lines stand by themselves.
    fn end_row(&mut self) {
        let cells = std::mem::take(&mut self.cells);
        let length: usize = cells.iter().flatten().map(|line| line.chars().count()).sum();
        if cells.len() > 1 && length <= ROW {
            let cells: Vec<String> = cells.iter().map(|lines| lines.join(" ").trim().to_owned()).collect();
            if length > 0 {
                self.lines.push(cells.join(" | ").trim_end().to_owned());
            }
        } else {
            self.lines.extend(cells.into_iter().flatten());
        }
    }

    fn finish(mut self) -> Vec<String> {
        self.end_paragraph();
        self.end_row();
        self.lines
    }
}

/// Characters that take no room.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
        || c.is_control() && c != '\t'
}
