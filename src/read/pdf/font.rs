//! What does a string in a font say, and how wide is it? Codes to characters with their widths.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Object};

use super::cmap::{CMap, Predefined, number};

/// Bytes that a character map may unpack to.
const MAP: usize = 8 << 20;
/// Widths that a font may give.
const WIDTHS: usize = 100_000;

/// A font as far as text needs it.
#[derive(Debug)]
pub(super) struct Font {
    to_unicode: CMap,
    codes: Codes,
    widths: HashMap<u32, f32>,
    /// The width of all other glyphs, in text space.
    usual: f32,
    /// Whether its lines run downwards.
    pub vertical: bool,
}

#[derive(Debug)]
enum Codes {
    /// A byte a code; the text of each.
    Simple(Vec<Option<String>>),
    Composite(Predefined),
    /// Composite by a map of its own or one that is not known: two bytes a code.
    Unknown,
}

/// A code of a string.
#[derive(Debug)]
pub(super) struct Glyph {
    /// Its characters, where they are known.
    pub text: Option<String>,
    /// In text space: parts of the font's size.
    pub width: f32,
    /// Whether it is the one-byte code 32, to which word spacing is added.
    pub is_space: bool,
}

impl Font {
    pub fn new(font: &Dictionary, document: &Document) -> Self {
        let to_unicode = stream(font, b"ToUnicode", document).map(|map| CMap::parse(&map)).unwrap_or_default();
        if font.get_deref(b"Subtype", document).and_then(Object::as_name).is_ok_and(|name| name == b"Type0") {
            return Self::composite(font, document, to_unicode);
        }
        let scale = match font.get_deref(b"FontMatrix", document).and_then(Object::as_array) {
            Ok(matrix) => matrix.first().and_then(|x| x.as_float().ok()).unwrap_or(0.001),
            Err(_) => 0.001,
        };
        let first = font.get_deref(b"FirstChar", document).and_then(Object::as_i64).unwrap_or(0);
        let mut widths = HashMap::new();
        if let Ok(array) = font.get_deref(b"Widths", document).and_then(Object::as_array) {
            for (code, width) in (u32::try_from(first).unwrap_or(0)..).zip(array).take(256) {
                widths.insert(code, float(width, document) * scale);
            }
        }
        let texts = match font.get_font_encoding_with_limit(document, MAP) {
            Ok(encoding) => (0..=255u8)
                .map(|byte| {
                    Document::decode_text(&encoding, &[byte])
                        .ok()
                        .filter(|text| !text.is_empty() && *text != "\u{fffd}")
                })
                .collect(),
            Err(_) => (0..=255u8).map(|byte| Some(char::from(byte).to_string())).collect(),
        };
        Self { to_unicode, codes: Codes::Simple(texts), widths, usual: 0.5, vertical: false }
    }

    fn composite(font: &Dictionary, document: &Document, to_unicode: CMap) -> Self {
        let name = font.get_deref(b"Encoding", document).and_then(Object::as_name).unwrap_or(b"Identity-H");
        let codes = Predefined::of(name).map_or(Codes::Unknown, Codes::Composite);
        let descendant = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array).ok();
        let descendant = descendant.and_then(|fonts| document.dereference(fonts.first()?).ok()?.1.as_dict().ok());
        let usual = descendant.and_then(|font| font.get_deref(b"DW", document).ok()?.as_float().ok());
        let widths = descendant.and_then(|font| font.get_deref(b"W", document).ok()?.as_array().ok());
        Self {
            to_unicode,
            codes,
            widths: widths.map(|array| composite_widths(array, document)).unwrap_or_default(),
            usual: usual.unwrap_or(1000.0) / 1000.0,
            vertical: name.ends_with(b"-V"),
        }
    }

    /// The codes of a string, in order.
    pub fn glyphs<'a>(&'a self, mut bytes: &'a [u8]) -> impl Iterator<Item = Glyph> + 'a {
        std::iter::from_fn(move || {
            if bytes.is_empty() {
                return None;
            }
            let length = match &self.codes {
                Codes::Simple(_) => 1,
                Codes::Composite(map) => map.length(bytes),
                Codes::Unknown => self.to_unicode.length(bytes).unwrap_or(2),
            };
            let (code, rest) = bytes.split_at(length.min(bytes.len()));
            bytes = rest;
            Some(self.glyph(code))
        })
    }

    fn glyph(&self, bytes: &[u8]) -> Glyph {
        let code = number(bytes);
        let own = || match &self.codes {
            Codes::Simple(texts) => texts.get(code as usize).cloned().flatten(),
            Codes::Composite(map) => map.text(bytes),
            Codes::Unknown => None,
        };
        let text = self.to_unicode.get(code).map(str::to_owned).or_else(own);
        let known = match self.codes {
            Codes::Simple(_) | Codes::Composite(Predefined::Identity) => self.widths.get(&code).copied(),
            // The glyphs 1 to 95 are those of ASCII in all collections; where no width is given, they are half as wide.
            Codes::Composite(map) => ascii(text.as_deref()).map(|c| {
                let own = if map == Predefined::Utf16 { self.widths.get(&(c - 0x1f)).copied() } else { None };
                own.unwrap_or(0.5)
            }),
            Codes::Unknown => ascii(text.as_deref()).map(|_| 0.5),
        };
        Glyph { text, width: known.unwrap_or(self.usual), is_space: bytes == b" " }
    }
}

/// The code of a text that is one printing character of ASCII or a space.
fn ascii(text: Option<&str>) -> Option<u32> {
    match text?.as_bytes() {
        [byte @ b' '..=b'~'] => Some(u32::from(*byte)),
        _ => None,
    }
}

/// `[1 [500 600] 10 20 1000]`: widths from a glyph on one by one, or of a range.
fn composite_widths(array: &[Object], document: &Document) -> HashMap<u32, f32> {
    let mut widths = HashMap::new();
    let mut items = array.iter().filter_map(|object| Some(document.dereference(object).ok()?.1));
    let code = |object: &Object| object.as_float().ok().map(|code| code.clamp(0.0, 1e6));
    while let (Some(first), Some(second)) = (items.next(), items.next()) {
        let Some(first) = code(first) else { return widths };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped above")]
        let first = first as u32;
        if let Ok(list) = second.as_array() {
            for (code, width) in (first..).zip(list) {
                widths.insert(code, float(width, document) / 1000.0);
            }
        } else if let (Some(last), Some(width)) = (code(second), items.next()) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped above")]
            let last = (last as u32).min(first.saturating_add(0xffff));
            let width = float(width, document) / 1000.0;
            widths.extend((first..=last).map(|code| (code, width)));
        }
        if widths.len() > WIDTHS {
            return widths;
        }
    }
    widths
}

fn float(object: &Object, document: &Document) -> f32 {
    document.dereference(object).ok().and_then(|(_, object)| object.as_float().ok()).unwrap_or_default()
}

/// The content of the stream that a dictionary names.
fn stream(dictionary: &Dictionary, key: &[u8], document: &Document) -> Option<Vec<u8>> {
    let stream = dictionary.get_deref(key, document).ok()?.as_stream().ok()?;
    stream.get_plain_content_with_limit(MAP).ok()
}
