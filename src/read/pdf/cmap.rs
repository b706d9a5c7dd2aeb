//! Which characters do the codes of a font mean? Character maps of the document and those that PDF knows by name.

use std::collections::HashMap;

use encoding_rs::{BIG5, Encoding, GB18030};

use super::lexer::{Lexer, Token};

/// Codes that one range of a map may hold, and entries that a map may have.
const RANGE: u32 = 0x1_0000;
const ENTRIES: usize = 200_000;

/// A map of codes to text (`ToUnicode`), or of codes to the numbers of glyphs.
#[derive(Debug, Default)]
pub(super) struct CMap {
    /// Text or glyph number by code.
    map: HashMap<u32, String>,
    /// Bytes of a code with the lowest and highest code of that length, where the map tells.
    lengths: Vec<(usize, u32, u32)>,
}

impl CMap {
    /// Reads a `ToUnicode` map as far as it is well-formed.
    pub fn parse(stream: &[u8]) -> Self {
        let mut map = Self::default();
        let mut lexer = Lexer::new(stream);
        while let Some(token) = lexer.next() {
            let Token::Word(word) = token else { continue };
            match word.as_slice() {
                b"begincodespacerange" => map.spaces(&mut lexer),
                b"beginbfchar" => map.characters(&mut lexer),
                b"beginbfrange" => map.ranges(&mut lexer),
                _ => {}
            }
        }
        map
    }

    pub fn get(&self, code: u32) -> Option<&str> {
        self.map.get(&code).map(String::as_str)
    }

    /// How many bytes the code at the start of `bytes` has.
    pub fn length(&self, bytes: &[u8]) -> Option<usize> {
        let mut lengths = self.lengths.iter();
        lengths
            .find(|&&(length, low, high)| {
                bytes.get(..length).is_some_and(|code| {
                    // Each byte of the code is within the range of its own.
                    let code = number(code).to_be_bytes();
                    let (low, high) = (low.to_be_bytes(), high.to_be_bytes());
                    (4 - length..4).all(|at| (low[at]..=high[at]).contains(&code[at]))
                })
            })
            .map(|&(length, _, _)| length)
    }

    fn spaces(&mut self, lexer: &mut Lexer<'_>) {
        while let (Some(Token::Text(low)), Some(Token::Text(high))) = (lexer.next(), lexer.next()) {
            if (1..=4).contains(&low.len()) && low.len() == high.len() && self.lengths.len() < 100 {
                self.lengths.push((low.len(), number(&low), number(&high)));
            }
        }
    }

    fn characters(&mut self, lexer: &mut Lexer<'_>) {
        while let Some(Token::Text(code)) = lexer.next() {
            let Some(Token::Text(text)) = lexer.next() else { return };
            self.put(number(&code), utf16(&text));
        }
    }

    fn ranges(&mut self, lexer: &mut Lexer<'_>) {
        while let (Some(Token::Text(low)), Some(Token::Text(high))) = (lexer.next(), lexer.next()) {
            let (low, high) = (number(&low), number(&high));
            let high = high.min(low.saturating_add(RANGE - 1));
            match lexer.next() {
                Some(Token::Text(first)) => {
                    let Some((&last, before)) = first.split_last() else { continue };
                    for code in low..=high {
                        // The last byte is counted up; beyond it, the last two are.
                        let step = code - low + u32::from(last);
                        let mut text = before.to_vec();
                        if let (Some(upper), true) = (text.last_mut(), step > 0xff) {
                            *upper = upper.wrapping_add(u8::try_from(step >> 8).unwrap_or_default());
                        }
                        text.push(u8::try_from(step & 0xff).unwrap_or_default());
                        if !self.put(code, utf16(&text)) {
                            return;
                        }
                    }
                }
                Some(Token::Open) => {
                    let mut code = low;
                    while let Some(Token::Text(text)) = lexer.next() {
                        if code <= high {
                            self.put(code, utf16(&text));
                        }
                        code = code.saturating_add(1);
                    }
                }
                _ => return,
            }
        }
    }

    /// Adds an entry, if there are not too many.
    fn put(&mut self, code: u32, text: String) -> bool {
        let fits = self.map.len() < ENTRIES;
        if fits && !text.is_empty() {
            self.map.insert(code, text);
        }
        fits
    }
}

/// The bytes of a code as a number.
pub(super) fn number(code: &[u8]) -> u32 {
    code.iter().rev().take(4).rev().fold(0, |number, &byte| number << 8 | u32::from(byte))
}

/// UTF-16 without the characters that show nothing.
fn utf16(bytes: &[u8]) -> String {
    let units = bytes.chunks(2).map(|pair| match pair {
        [high, low] => u16::from_be_bytes([*high, *low]),
        [only, ..] => u16::from(*only),
        [] => 0,
    });
    char::decode_utf16(units).filter_map(Result::ok).filter(|&c| c != '\0' && c != '\u{fffd}').collect()
}

/// How the codes of a font are cut and understood, by the name of its map (PDF 32000-1, table 118).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Predefined {
    /// Two bytes a code, which is the number of the glyph.
    Identity,
    /// UTF-16.
    Utf16,
    /// One or two bytes of an encoding (GBK and GB2312, or Big5), in GB18030 also four.
    Mixed(&'static Encoding),
}

impl Predefined {
    pub fn of(name: &[u8]) -> Option<Self> {
        let name = std::str::from_utf8(name).ok()?;
        let name = name.strip_suffix("-H").or_else(|| name.strip_suffix("-V")).unwrap_or(name);
        Some(match name {
            "Identity" => Self::Identity,
            "UniGB-UCS2" | "UniGB-UTF16" | "UniCNS-UCS2" | "UniCNS-UTF16" | "UniJIS-UCS2" | "UniJIS-UTF16"
            | "UniKS-UCS2" | "UniKS-UTF16" => Self::Utf16,
            "GB-EUC" | "GBpc-EUC" | "GBK-EUC" | "GBKp-EUC" | "GBK2K" => Self::Mixed(GB18030),
            "B5pc" | "ETen-B5" | "ETenms-B5" | "HKscs-B5" => Self::Mixed(BIG5),
            _ => return None,
        })
    }

    /// How many bytes the code at the start of `bytes` has.
    pub fn length(self, bytes: &[u8]) -> usize {
        match (self, bytes) {
            (Self::Utf16, [0xd8..=0xdb, _, 0xdc..=0xdf, _, ..]) => 4,
            (Self::Mixed(_), [0..=0x80 | 0xff, ..]) => 1,
            (Self::Mixed(encoding), [_, 0x30..=0x39, ..]) if encoding == GB18030 => 4,
            _ => 2,
        }
    }

    /// The characters of a code.
    pub fn text(self, code: &[u8]) -> Option<String> {
        match self {
            Self::Identity => None,
            Self::Utf16 => Some(utf16(code)).filter(|text| !text.is_empty()),
            Self::Mixed(encoding) => {
                let (text, failed) = encoding.decode_without_bom_handling(code);
                (!failed).then(|| text.into_owned())
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;

    #[test]
    fn a_map_of_the_document_is_read() {
        let map = CMap::parse(
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n2 beginbfchar <0001> <6CD5> <0002> <00660069> endbfchar\n\
              2 beginbfrange <0010> <0012> <4E00> <0020> <0021> [<6CBB> <D840DC00>] endbfrange\n1 beginbfrange <0100><0201><4EFF> endbfrange",
        );
        let text = |code| map.get(code);
        assert_eq!((text(1), text(2), text(0x11)), (Some("法"), Some("fi"), Some("\u{4e01}")));
        assert_eq!((text(0x20), text(0x21), text(0x22)), (Some("治"), Some("\u{20000}"), None));
        assert_eq!((text(0x100), text(0x101), text(0x201)), (Some("\u{4eff}"), Some("\u{4f00}"), Some("\u{5000}")));
        assert_eq!((map.length(&[0, 1, 2]), map.length(&[0])), (Some(2), None));
    }

    #[test]
    fn a_huge_range_ends() {
        let map = CMap::parse(b"beginbfrange <00000000> <FFFFFFFF> <0000> endbfrange");
        assert!(map.map.len() <= 0x1_0000);
    }

    #[test]
    fn maps_that_are_known_by_name_decode() {
        let all = |name: &[u8], mut bytes: &[u8]| {
            let map = Predefined::of(name).unwrap();
            let mut text = String::new();
            while !bytes.is_empty() {
                let length = map.length(bytes).min(bytes.len());
                text.extend(map.text(&bytes[..length]));
                bytes = &bytes[length..];
            }
            text
        };
        let gbk = GB18030.encode("镕2023法治㐀").0;
        assert_eq!(all(b"GBK-EUC-H", &gbk), "镕2023法治㐀");
        assert_eq!(all(b"UniGB-UCS2-H", b"\x6c\xd5\x00\x41"), "法A");
        assert_eq!(all(b"UniGB-UTF16-H", b"\xd8\x40\xdc\x00"), "\u{20000}");
        assert_eq!(all(b"ETen-B5-V", &BIG5.encode("縣政府").0), "縣政府");
        assert_eq!(Predefined::of(b"Adobe-Future-H"), None);
    }
}
