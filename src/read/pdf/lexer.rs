//! Which words does a content stream or a character map consist of? The common syntax of both.

/// A word of the syntax.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Number(f32),
    /// A string, written in brackets or in hexadecimal.
    Text(Vec<u8>),
    Name(Vec<u8>),
    Open,
    Close,
    /// An operator or a keyword.
    Word(Vec<u8>),
}

/// The words of a stream, in order. Anything that is no word is passed over.
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn run(&mut self, belongs: impl Fn(u8) -> bool) -> &'a [u8] {
        let start = self.at;
        while self.peek().is_some_and(&belongs) {
            self.at += 1;
        }
        &self.bytes[start..self.at]
    }

    /// Passes the data of an inline image, up to `EI` between white space.
    pub fn skip_image(&mut self) {
        let rest = &self.bytes[self.at..];
        let is_end =
            |window: &[u8]| is_space(window[0]) && &window[1..3] == b"EI" && window.get(3).is_none_or(|&b| is_space(b));
        let end = rest.windows(4).position(is_end).map(|at| at + 3);
        self.at = end.map_or(self.bytes.len(), |end| self.at + end);
    }

    /// `(…)` with its escapes and the brackets within.
    fn literal(&mut self) -> Vec<u8> {
        let (mut text, mut depth) = (Vec::new(), 1);
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                b'\\' => {
                    self.escape(&mut text);
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
        text
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\n' => {}
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
            }
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                    value = value * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                text.push(u8::try_from(value & 0xff).unwrap_or_default());
            }
            other => text.push(other),
        }
    }

    /// `<…>`; a missing last digit is 0.
    fn hexadecimal(&mut self) -> Vec<u8> {
        let digits = self.run(|b| b != b'>');
        self.at = self.bytes.len().min(self.at + 1);
        let digits: Vec<u8> =
            digits.iter().filter_map(|&b| char::from(b).to_digit(16)).filter_map(|d| u8::try_from(d).ok()).collect();
        digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0)).collect()
    }
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            self.run(is_space);
            let byte = self.peek()?;
            self.at += 1;
            return Some(match byte {
                b'%' => {
                    self.run(|b| b != b'\n' && b != b'\r');
                    continue;
                }
                b'(' => Token::Text(self.literal()),
                b'<' if self.peek() == Some(b'<') => {
                    self.at += 1;
                    continue;
                }
                b'<' => Token::Text(self.hexadecimal()),
                b'[' => Token::Open,
                b']' => Token::Close,
                b'/' => Token::Name(self.run(is_regular).to_vec()),
                b'+' | b'-' | b'.' | b'0'..=b'9' => {
                    self.at -= 1;
                    Token::Number(number(self.run(is_regular)))
                }
                byte if is_regular(byte) => {
                    self.at -= 1;
                    Token::Word(self.run(is_regular).to_vec())
                }
                _ => continue,
            });
        }
    }
}

/// A number, as far as the word is one.
fn number(word: &[u8]) -> f32 {
    let text = std::str::from_utf8(word).unwrap_or_default();
    let value = text.parse::<f32>().ok().or_else(|| {
        // Some programs write 12.-5 or --5.
        let end = text.char_indices().skip(1).find(|&(_, c)| !(c.is_ascii_digit() || c == '.'));
        end.and_then(|(end, _)| text[..end].parse().ok())
    });
    value.filter(|value| value.is_finite()).unwrap_or_default()
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

const fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_and_strings_are_told_apart() {
        let words: Vec<Token> = Lexer::new(b"/F1 12 Tf[(a\\(b(c)\\051\\n)-2.5<41 4>]TJ % note\n.5 T*").collect();
        let expected = [
            Token::Name(b"F1".to_vec()),
            Token::Number(12.0),
            Token::Word(b"Tf".to_vec()),
            Token::Open,
            Token::Text(b"a(b(c))\n".to_vec()),
            Token::Number(-2.5),
            Token::Text(vec![0x41, 0x40]),
            Token::Close,
            Token::Word(b"TJ".to_vec()),
            Token::Number(0.5),
            Token::Word(b"T*".to_vec()),
        ];
        assert_eq!(words, expected);
    }

    #[test]
    fn the_data_of_an_image_are_passed() {
        let mut lexer = Lexer::new(b"ID \x01(EI\xff) EI Q");
        assert_eq!(lexer.next(), Some(Token::Word(b"ID".to_vec())));
        lexer.skip_image();
        assert_eq!(lexer.next(), Some(Token::Word(b"Q".to_vec())));
    }

    #[test]
    fn what_is_cut_off_or_no_word_is_survived() {
        for bytes in [&b"(abc"[..], b"(a\\", b"<4", b"<", b"[<", b">>", b"}{", b"/", b"-", b"1..2", b"ID"] {
            let mut lexer = Lexer::new(bytes);
            assert!(lexer.by_ref().count() <= 2);
            lexer.skip_image();
        }
    }
}
