//! Where on a page does which text stand? The operators of a page's content to runs of text with their places.

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::{DecompressError, Dictionary, Document, Error, Object, ObjectId, Stream};

use super::font::Font;
use super::lexer::{Lexer, Token};

/// Forms within forms.
const DEPTH: usize = 10;
/// Saved states and pages above a page.
const STACK: usize = 200;
/// Bytes of content of all pages, forms counted as often as they are drawn.
const CONTENT: usize = 256 << 20;
/// Operands of an operator.
const OPERANDS: usize = 64;
/// How far the next glyph may stand from the last, in parts of the size, to be read in one run.
const GAP: f32 = 0.15;

/// Text on one baseline without a gap, in units of the page, y upwards.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub text: String,
    pub left: f32,
    pub right: f32,
    pub base: f32,
    pub size: f32,
    /// Whether the document itself says that this is no content: a head, a foot, a page number.
    pub artifact: bool,
}

/// `[a b c d e f]`
type Matrix = [f32; 6];

const UNIT: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// First `m`, then `n`.
fn times(m: Matrix, n: Matrix) -> Matrix {
    [
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    ]
}

/// What `q` saves.
#[derive(Debug, Clone)]
struct State {
    to_page: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    character_space: f32,
    word_space: f32,
    /// Horizontal scaling, 1 where there is none.
    stretch: f32,
    leading: f32,
    rise: f32,
}

/// A walk through the pages of a document.
pub(super) struct Walk<'a> {
    document: &'a Document,
    fonts: HashMap<ObjectId, Rc<Font>>,
    /// Bytes of content that may still be read.
    left: usize,
    /// Glyphs drawn that are no white space, and those of them whose characters are not known.
    pub drawn: usize,
    pub unknown: usize,
    /// Characters that may still be kept.
    room: usize,
    /// Whether any bound was reached.
    pub overflown: bool,
    /// Whether any content could not be unpacked.
    pub broken: bool,
}

/// The drawing of one page or form.
struct Drawing<'d> {
    resources: Option<&'d Dictionary>,
    state: State,
    saved: Vec<State>,
    text: Matrix,
    line: Matrix,
    /// For each open marked content, whether it is an artifact.
    marked: Vec<bool>,
}

impl<'a> Walk<'a> {
    pub fn new(document: &'a Document, room: usize) -> Self {
        Self {
            document,
            fonts: HashMap::new(),
            left: CONTENT,
            drawn: 0,
            unknown: 0,
            room,
            overflown: false,
            broken: false,
        }
    }

    /// The runs of a page, in the order in which they are drawn.
    pub fn page(&mut self, id: ObjectId) -> Vec<Run> {
        let mut runs = Vec::new();
        let Ok(page) = self.document.get_dictionary(id) else { return runs };
        let turned =
            match self.inherited(page, b"Rotate").and_then(|turn| turn.as_i64().ok()).map(|t| t.rem_euclid(360)) {
                Some(90) => [0.0, -1.0, 1.0, 0.0, 0.0, 0.0],
                Some(180) => [-1.0, 0.0, 0.0, -1.0, 0.0, 0.0],
                Some(270) => [0.0, 1.0, -1.0, 0.0, 0.0, 0.0],
                _ => UNIT,
            };
        let resources = self.inherited(page, b"Resources").and_then(|resources| resources.as_dict().ok());
        let mut content = Vec::new();
        for part in self.document.get_page_contents(id).into_iter().take(10_000) {
            if let Ok(stream) = self.document.get_object(part).and_then(Object::as_stream) {
                content.extend(self.content(stream));
                content.push(b'\n');
            }
        }
        self.draw(&content, resources, turned, &mut runs, 0, false);
        runs
    }

    /// An entry that a page has, or a node of the page tree above it.
    fn inherited(&self, page: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
        let mut node = page;
        for _ in 0..STACK {
            if let Ok(value) = node.get_deref(key, self.document) {
                return Some(value);
            }
            node = node.get_deref(b"Parent", self.document).ok()?.as_dict().ok()?;
        }
        None
    }

    fn content(&mut self, stream: &Stream) -> Vec<u8> {
        let content = match stream.get_plain_content_with_limit(self.left.min(CONTENT / 4)) {
            Ok(content) => content,
            Err(Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => {
                self.overflown = true;
                Vec::new()
            }
            Err(_) => Vec::new(),
        };
        self.broken |= content.is_empty() && !stream.content.is_empty();
        self.left = self.left.saturating_sub(content.len().max(64));
        content
    }

    fn draw(
        &mut self,
        content: &[u8],
        resources: Option<&'a Dictionary>,
        to_page: Matrix,
        runs: &mut Vec<Run>,
        depth: usize,
        artifact: bool,
    ) {
        let state = State {
            to_page,
            font: None,
            size: 0.0,
            character_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        let marked = if artifact { vec![true] } else { Vec::new() };
        let mut drawing = Drawing { resources, state, saved: Vec::new(), text: UNIT, line: UNIT, marked };
        let mut operands: Vec<Token> = Vec::new();
        let mut lexer = Lexer::new(content);
        while let Some(token) = lexer.next() {
            match token {
                Token::Word(word) => {
                    match word.as_slice() {
                        b"ID" => lexer.skip_image(),
                        b"Do" => self.form(&drawing, &operands, runs, depth),
                        operator => self.operator(operator, &operands, &mut drawing, runs),
                    }
                    operands.clear();
                }
                // The strings of one operator may be many; other operands are few.
                other => {
                    if operands.len() < OPERANDS || matches!(operands.first(), Some(Token::Open)) {
                        operands.push(other);
                    }
                }
            }
            if self.room == 0 {
                self.overflown = true;
                return;
            }
        }
    }

    fn form(&mut self, drawing: &Drawing<'a>, operands: &[Token], runs: &mut Vec<Run>, depth: usize) {
        let [Token::Name(name)] = operands else { return };
        let form = (|| {
            let forms = drawing.resources?.get_deref(b"XObject", self.document).ok()?.as_dict().ok()?;
            let form = forms.get_deref(name, self.document).ok()?.as_stream().ok()?;
            let is_form = form
                .dict
                .get_deref(b"Subtype", self.document)
                .and_then(Object::as_name)
                .is_ok_and(|name| name == b"Form");
            is_form.then_some(form)
        })();
        let Some(form) = form else { return };
        // Forms that draw themselves end somewhere.
        if depth >= DEPTH {
            return;
        }
        if self.left == 0 {
            self.overflown = true;
            return;
        }
        let resources = form.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict).ok();
        let mut matrix = UNIT;
        if let Ok(array) = form.dict.get_deref(b"Matrix", self.document).and_then(Object::as_array) {
            for (cell, object) in matrix.iter_mut().zip(array) {
                *cell = object.as_float().unwrap_or_default();
            }
        }
        let content = self.content(form);
        let to_page = times(matrix, drawing.state.to_page);
        let artifact = drawing.marked.contains(&true);
        self.draw(&content, resources.or(drawing.resources), to_page, runs, depth + 1, artifact);
    }

    fn font(&mut self, resources: Option<&'a Dictionary>, name: &[u8]) -> Option<Rc<Font>> {
        let fonts = resources?.get_deref(b"Font", self.document).ok()?.as_dict().ok()?;
        let object = fonts.get(name).ok()?;
        let (id, font) = self.document.dereference(object).ok()?;
        if let Some(known) = id.and_then(|id| self.fonts.get(&id)) {
            return Some(Rc::clone(known));
        }
        let font = Rc::new(Font::new(font.as_dict().ok()?, self.document));
        if let Some(id) = id {
            self.fonts.insert(id, Rc::clone(&font));
        }
        Some(font)
    }

    fn operator(&mut self, operator: &[u8], operands: &[Token], drawing: &mut Drawing<'a>, runs: &mut Vec<Run>) {
        let number = |at: usize| match operands.get(at) {
            Some(Token::Number(number)) => *number,
            _ => 0.0,
        };
        let matrix = || std::array::from_fn(number);
        let state = &mut drawing.state;
        match operator {
            b"q" if drawing.saved.len() < STACK => drawing.saved.push(state.clone()),
            b"Q" => drawing.state = drawing.saved.pop().unwrap_or_else(|| drawing.state.clone()),
            b"cm" => state.to_page = times(matrix(), state.to_page),
            b"BT" => (drawing.text, drawing.line) = (UNIT, UNIT),
            b"Tf" => {
                if let Some(Token::Name(name)) = operands.first() {
                    state.font = self.font(drawing.resources, name);
                }
                drawing.state.size = number(1);
            }
            b"Tc" => state.character_space = number(0),
            b"Tw" => state.word_space = number(0),
            b"Tz" => state.stretch = number(0) / 100.0,
            b"TL" => state.leading = number(0),
            b"Ts" => state.rise = number(0),
            b"Tm" => (drawing.text, drawing.line) = (matrix(), matrix()),
            b"Td" => drawing.next_line(number(0), number(1)),
            b"TD" => {
                state.leading = -number(1);
                drawing.next_line(number(0), number(1));
            }
            b"T*" => drawing.next_line(0.0, -drawing.state.leading),
            b"Tj" | b"TJ" => self.show(operands, drawing, runs),
            b"'" | b"\"" => {
                if operator == b"\"" {
                    (state.word_space, state.character_space) = (number(0), number(1));
                }
                drawing.next_line(0.0, -drawing.state.leading);
                self.show(operands.last().map_or(&[], std::slice::from_ref), drawing, runs);
            }
            b"BMC" | b"BDC" if drawing.marked.len() < STACK => {
                drawing.marked.push(matches!(operands.first(), Some(Token::Name(name)) if name == b"Artifact"));
            }
            b"EMC" => {
                drawing.marked.pop();
            }
            _ => {}
        }
    }

    /// `Tj` and `TJ`: strings, and numbers that move what follows to the left.
    fn show(&mut self, operands: &[Token], drawing: &mut Drawing<'a>, runs: &mut Vec<Run>) {
        let Some(font) = drawing.state.font.clone() else { return };
        let artifact = drawing.marked.contains(&true);
        for operand in operands {
            match operand {
                Token::Number(number) => {
                    let State { size, stretch, .. } = drawing.state;
                    drawing.advance(-number / 1000.0 * size * stretch);
                }
                Token::Text(bytes) => {
                    for glyph in font.glyphs(bytes) {
                        let State { size, stretch, character_space, word_space, .. } = drawing.state;
                        let space = character_space + if glyph.is_space { word_space } else { 0.0 };
                        let width = glyph.width * size * stretch;
                        if font.vertical {
                            drawing.next_glyph_below(size + space);
                            continue;
                        }
                        if let Some(text) = glyph.text {
                            self.put(&text, width, drawing, artifact, runs);
                        } else {
                            (self.drawn, self.unknown) = (self.drawn + 1, self.unknown + 1);
                        }
                        drawing.advance(width + space * stretch);
                    }
                }
                _ => {}
            }
        }
    }

    /// Adds a glyph to the last run, if it goes on there, else begins one.
    fn put(&mut self, text: &str, width: f32, drawing: &Drawing<'_>, artifact: bool, runs: &mut Vec<Run>) {
        let blank = text.chars().all(char::is_whitespace);
        self.drawn += usize::from(!blank);
        self.room = self.room.saturating_sub(text.len());
        let place = times(times([1.0, 0.0, 0.0, 1.0, 0.0, drawing.state.rise], drawing.text), drawing.state.to_page);
        let (scale, tilt) = (place[0], place[1]);
        let size = drawing.state.size.abs() * place[2].hypot(place[3]);
        // Writing that does not run from left to right is a seal, a watermark or a binding edge.
        if scale <= 0.0 || tilt.abs() > scale * 0.1 || !(size > 0.1 && size < 10_000.0) {
            return;
        }
        let (left, base) = (place[4], place[5]);
        let right = left + width * scale;
        if !(left.is_finite() && base.is_finite() && right.is_finite()) {
            return;
        }
        if let Some(last) = runs.last_mut()
            && (last.base - base).abs() < size * 0.05
            && (last.size - size).abs() < size * 0.05
            && (left - last.right).abs() < size * GAP
            && last.artifact == artifact
        {
            last.text.push_str(text);
            last.right = right;
        } else if !blank {
            runs.push(Run { text: text.to_owned(), left, right, base, size, artifact });
        }
    }
}

impl Drawing<'_> {
    fn advance(&mut self, by: f32) {
        self.text = times([1.0, 0.0, 0.0, 1.0, by, 0.0], self.text);
    }

    fn next_glyph_below(&mut self, by: f32) {
        self.text = times([1.0, 0.0, 0.0, 1.0, 0.0, -by], self.text);
    }

    fn next_line(&mut self, x: f32, y: f32) {
        self.line = times([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }
}
