//! In which encoding are these bytes written? Bytes to text.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, DecoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use super::error::ReadError;

/// How many characters of a thousand may fail to decode before the encoding is held to be wrong.
const BAD_PER_MILLE: usize = 5;

/// Text with the encoding it was decoded from.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    /// The text: byte-order mark dropped, CRLF and lone CR read as LF.
    pub text: String,
    /// The encoding's label in lower case.
    pub encoding: String,
}

/// Decodes the bytes of a file.
///
/// A byte-order mark decides; then what a page declares (`declared`), unless the bytes contradict it; then whether the
/// bytes are valid UTF-8; then what they look like, among the encodings in which Chinese pages are published.
pub(super) fn decode(bytes: &[u8], declared: Option<&'static Encoding>, file: &str) -> Result<Decoded, ReadError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Attempt::new(encoding, &bytes[mark..], mark).accept(file);
    }
    let without_mark = declared.is_none().then(|| utf16_without_mark(bytes)).flatten();
    if without_mark.is_none()
        && let Some((kind, byte)) = not_text(bytes)
    {
        return Err(ReadError::Binary { file: file.to_owned(), kind, byte });
    }
    // GBK and GB2312 are parts of GB18030, and pages that declare them use the rest of it.
    let declared = declared.map(|e| if e == GBK { GB18030 } else { e });
    if let Some(encoding) = without_mark {
        return Attempt::new(encoding, bytes, 0).accept(file);
    }
    let utf8 = Attempt::new(UTF_8, bytes, 0);
    if utf8.is_surely_utf8() {
        return utf8.accept(file);
    }
    if let Some(attempt) = declared.map(|e| Attempt::new(e, bytes, 0)).filter(Attempt::is_good) {
        return attempt.accept(file);
    }
    let guessed = Attempt::new(guess(bytes), bytes, 0);
    // Almost any bytes are something in GB18030: a guess must give Chinese.
    let unlikely = guessed.unlikely();
    if unlikely * 5 > guessed.text.chars().count() {
        return Err(guessed.refuse(file, unlikely));
    }
    guessed.accept(file)
}

/// One encoding tried on the bytes.
struct Attempt<'a> {
    encoding: &'static Encoding,
    bytes: &'a [u8],
    /// Bytes before these in the file.
    offset: usize,
    text: Cow<'a, str>,
    bad: usize,
}

impl<'a> Attempt<'a> {
    fn new(encoding: &'static Encoding, bytes: &'a [u8], offset: usize) -> Self {
        let (text, failed) = encoding.decode_without_bom_handling(bytes);
        let bad = if failed { text.matches(char::REPLACEMENT_CHARACTER).count() } else { 0 };
        Self { encoding, bytes, offset, text, bad }
    }

    /// Whether the encoding may be the right one. One bad character is always borne: a page cut off in its midst.
    fn is_good(&self) -> bool {
        self.bad <= 1 || self.bad * 1000 <= self.text.chars().count() * BAD_PER_MILLE
    }

    /// UTF-8 is certain where the text is ASCII or has characters of three bytes, as Chinese has: a few pairs of
    /// GB2312 are valid as two-byte UTF-8 by chance.
    fn is_surely_utf8(&self) -> bool {
        let of_three = |c| c >= '\u{800}' && c != char::REPLACEMENT_CHARACTER;
        self.is_good() && (self.text.is_ascii() || self.text.chars().any(of_three))
    }

    /// How many characters are neither ASCII text nor Chinese characters and punctuation.
    fn unlikely(&self) -> usize {
        let likely = |c: char| {
            matches!(c, '\t' | '\n' | '\r' | '\x0c' | ' '..='~' | '\u{a0}' | '\u{b7}' | '\u{3000}'..='\u{301f}')
                || matches!(c, '\u{2010}'..='\u{2027}' | '\u{3400}'..='\u{9fff}' | '\u{ff01}'..='\u{ff5e}')
        };
        self.text.chars().filter(|&c| !likely(c)).count()
    }

    fn accept(self, file: &str) -> Result<Decoded, ReadError> {
        if !self.is_good() {
            return Err(self.refuse(file, self.bad));
        }
        Ok(Decoded { text: with_line_feeds(self.text), encoding: self.encoding.name().to_ascii_lowercase() })
    }

    fn refuse(&self, file: &str, bad: usize) -> ReadError {
        let byte = self.offset + self.first_bad_byte();
        ReadError::WrongEncoding {
            file: file.to_owned(),
            encoding: self.encoding.name().to_ascii_lowercase(),
            bad,
            byte,
        }
    }

    fn first_bad_byte(&self) -> usize {
        let mut decoder = self.encoding.new_decoder_without_bom_handling();
        let mut text =
            String::with_capacity(decoder.max_utf8_buffer_length_without_replacement(self.bytes.len()).unwrap_or(0));
        let (result, read) = decoder.decode_to_string_without_replacement(self.bytes, &mut text, true);
        match result {
            DecoderResult::Malformed(length, after) => read.saturating_sub(usize::from(length) + usize::from(after)),
            _ => 0,
        }
    }
}

/// CRLF and lone CR to LF.
pub(super) fn with_line_feeds(text: Cow<'_, str>) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.into_owned() }
}

/// The encoding that a page declares in its first kilobytes.
pub(super) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(8192)].to_ascii_lowercase();
    let mut from = 0;
    while let Some(at) = position(&head[from..], b"charset").map(|p| from + p) {
        from = at + b"charset".len();
        let tag = head[..at].iter().rposition(|&b| b == b'<').map_or(&b""[..], |start| &head[start..]);
        if !tag.starts_with(b"<meta") && !tag.starts_with(b"<?xml") {
            continue;
        }
        let value = head[from..].iter().skip_while(|b| b.is_ascii_whitespace() || matches!(b, b'=' | b'"' | b'\''));
        let label: Vec<u8> =
            value.copied().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')).collect();
        if let Some(encoding) = Encoding::for_label(&label) {
            // A page whose declaration can be read as ASCII is not in UTF-16, whatever it declares.
            let is_wide = encoding == UTF_16LE || encoding == UTF_16BE;
            return Some(if is_wide { UTF_8 } else { encoding });
        }
    }
    None
}

fn position(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

/// UTF-16 shows itself by zero bytes (of line breaks and digits, or of U+4E00) and by what it decodes to.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    if !bytes.len().is_multiple_of(2) || !bytes.contains(&0) {
        return None;
    }
    [UTF_16LE, UTF_16BE].into_iter().find(|encoding| {
        let attempt = Attempt::new(encoding, bytes, 0);
        attempt.bad == 0 && attempt.unlikely() * 20 <= attempt.text.chars().count()
    })
}

/// What the bytes are if they are no text, and the first byte that tells.
fn not_text(bytes: &[u8]) -> Option<(&'static str, usize)> {
    const SIGNATURES: [(&[u8], &str); 10] = [
        (b"%PDF-", "a PDF document"),
        (b"PK\x03\x04", "a ZIP archive or a .docx document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a .doc or .xls document"),
        (b"{\\rtf", "an RTF document"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"7z\xbc\xaf", "an archive"),
        (b"Rar!", "an archive"),
    ];
    if let Some((_, kind)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Some((kind, 0));
    }
    bytes.iter().position(|&b| b == 0).map(|byte| ("binary data", byte))
}

/// The likeliest of the encodings of Chinese pages: the one that gives the fewest characters that no report has.
///
/// GB18030 maps almost any bytes to something, but the punctuation and the simplest characters of Big5 to its private
/// area; and much of GB18030 is unassigned in Big5. Only where both fit does a statistical detector decide.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let detected = detector.guess(Some(b"cn"), Utf8Detection::Allow);
    let rank = |encoding: &&'static Encoding| {
        let is_detected = *encoding == detected || (detected == GBK && *encoding == GB18030);
        (Attempt::new(encoding, bytes, 0).unlikely(), !is_detected)
    };
    [GB18030, BIG5, UTF_8].into_iter().min_by_key(rank).unwrap_or(GB18030)
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = "二〇二二年某县法治政府建设工作报告\n一年来,我县扎实推进依法行政,共办理行政复议案件36件。\n现将有关情况报告如下:\n";

    fn read(bytes: &[u8]) -> Decoded {
        decode(bytes, None, "f").unwrap()
    }

    fn utf16(text: &str, bytes: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn the_encodings_of_chinese_pages_are_told_apart() {
        let traditional = "二零二二年法治政府建設工作報告\n一年來,我們扎實推進依法行政,共辦理行政覆議案件36件。\n";
        for (encoding, text, label) in [(UTF_8, TEXT, "utf-8"), (GB18030, TEXT, "gb18030"), (BIG5, traditional, "big5")]
        {
            let (bytes, _, failed) = encoding.encode(text);
            assert!(!failed, "{label}");
            let read = read(&bytes);
            assert_eq!((read.text.as_str(), read.encoding.as_str()), (text, label));
        }
    }

    #[test]
    fn byte_order_marks_decide_and_are_dropped() {
        let with = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        for (bytes, label) in [
            (with(b"\xef\xbb\xbf", TEXT.into()), "utf-8"),
            (with(b"\xff\xfe", utf16(TEXT, u16::to_le_bytes)), "utf-16le"),
            (with(b"\xfe\xff", utf16(TEXT, u16::to_be_bytes)), "utf-16be"),
            (utf16(TEXT, u16::to_le_bytes), "utf-16le"),
            (utf16(TEXT, u16::to_be_bytes), "utf-16be"),
        ] {
            let read = read(&bytes);
            assert_eq!((read.text.as_str(), read.encoding.as_str()), (TEXT, label));
        }
    }

    #[test]
    fn a_false_declaration_is_seen_through() {
        let (gb, _, _) = GB18030.encode(TEXT);
        assert_eq!(decode(&gb, Some(UTF_8), "f").unwrap().text, TEXT);
        assert_eq!(decode(TEXT.as_bytes(), Some(GBK), "f").unwrap().encoding, "utf-8");
        let two_bytes_each = GB18030.encode("联通").0.into_owned();
        assert_eq!(decode(&two_bytes_each, Some(GBK), "f").unwrap().text, "联通");
    }

    #[test]
    fn a_page_declares_its_encoding_in_a_meta_element() {
        for (page, expected) in [
            (&b"<html><head><META http-equiv=Content-Type content='text/html; charset=gb2312'>"[..], Some(GBK)),
            (b"<meta charset=\"Big5\">", Some(BIG5)),
            (b"<?xml version='1.0'?><p>charset=gbk</p><meta charset = utf-16>", Some(UTF_8)),
            (b"<script charset=gbk></script><p>charset=gbk", None),
            (b"<meta charset=klingon>", None),
            (b"charset", None),
        ] {
            assert_eq!(declared(page), expected);
        }
    }

    #[test]
    fn line_ends_become_line_feeds() {
        assert_eq!(read(b"a\r\nb\rc\n\r\n").text, "a\nb\nc\n\n");
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_name() {
        for (bytes, kind_is, at) in [
            (&b"%PDF-1.7 ..."[..], "a PDF document", 0),
            (b"PK\x03\x04....", "a ZIP archive or a .docx document", 0),
            (b"abc\0\0\0def\0", "binary data", 3),
        ] {
            let error = decode(bytes, None, "f").unwrap_err();
            assert!(
                matches!(&error, ReadError::Binary { kind, byte, .. } if *kind == kind_is && *byte == at),
                "{error}"
            );
        }
    }

    #[test]
    fn bytes_in_no_encoding_are_refused_and_a_single_bad_one_is_borne() {
        let mut one_bad = TEXT.repeat(10).into_bytes();
        one_bad.insert(TEXT.len(), 0xff);
        let kept = read(&one_bad);
        assert_eq!((kept.encoding.as_str(), kept.text.matches('\u{fffd}').count()), ("utf-8", 1));

        let rubbish: Vec<u8> = (0..4000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8 | 1).collect();
        assert!(matches!(decode(&rubbish, None, "f"), Err(ReadError::WrongEncoding { .. })));

        let cut = [TEXT.as_bytes(), &[0xff; 40]].concat();
        let error = decode(&cut, Some(UTF_8), "f").unwrap_err();
        assert!(matches!(&error, ReadError::WrongEncoding { byte, .. } if *byte == TEXT.len()), "{error}");
    }

    proptest! {
        #[test]
        fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            if let Ok(read) = decode(&bytes, None, "f") {
                prop_assert!(!read.text.contains('\r'));
            }
        }

        #[test]
        fn text_comes_back_from_utf8_and_gb18030(words in prop::collection::vec("[一-龥]{2,9}", 4..30)) {
            let text = words.join("的工作。\n");
            let read = read(text.as_bytes());
            prop_assert_eq!(&read.text, &text);
            let (bytes, _, _) = GB18030.encode(&text);
            let declared = decode(&bytes, Some(GBK), "f").unwrap();
            prop_assert_eq!(&declared.text, &text);
        }
    }
}
