//! Who may write? Whoever says the token that the server was started with.

use std::fmt;

use axum::http::{HeaderMap, StatusCode, header};
use sha2::{Digest, Sha256};

use super::problem::Problem;
use super::state::State;

/// A token of fewer characters could be guessed.
const SHORTEST: usize = 16;

/// A secret by which a client may write; only its digest is kept.
#[derive(Clone)]
pub struct Token([u8; 32]);

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(\u{2026})")
    }
}

/// A text that is no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// It could be guessed.
    #[error("the token has fewer than {SHORTEST} characters; make one with `openssl rand -hex 32`")]
    Short,
    /// It cannot be sent in a header.
    #[error("a token is made of letters, digits and -._~+/= (RFC 6750); make one with `openssl rand -hex 32`")]
    Characters,
}

impl Token {
    /// Makes a token of its text; white space around it is no part of it.
    ///
    /// # Errors
    /// When it is too short or has other characters than RFC 6750 lets a token have.
    pub fn new(text: &str) -> Result<Self, TokenError> {
        let text = text.trim();
        if !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte)) {
            return Err(TokenError::Characters);
        }
        if text.len() < SHORTEST {
            return Err(TokenError::Short);
        }
        Ok(Self(digest(text)))
    }

    /// Whether `given` is the token. The time that it takes tells nothing: digests are compared, and to their end.
    fn is(&self, given: &str) -> bool {
        let differing = self.0.iter().zip(digest(given)).fold(0, |differing, (own, other)| differing | (own ^ other));
        std::hint::black_box(differing) == 0
    }
}

fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// Lets a request write that says the token (RFC 6750).
pub(super) fn authorize(state: &State, headers: &HeaderMap) -> Result<(), Problem> {
    let Some(token) = &state.settings.token else { return Err(Problem::read_only()) };
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let unauthorized = |detail, challenge| Problem::new(StatusCode::UNAUTHORIZED, detail).challenge(challenge);
    let (Some(value), None) = (values.next(), values.next()) else {
        let detail = "writing needs the token of the server: send `Authorization: Bearer TOKEN`";
        return Err(unauthorized(detail, "Bearer realm=\"fazhi\""));
    };
    let given = value.to_str().ok().and_then(|value| value.split_once(' '));
    let is_right = given.is_some_and(|(scheme, given)| scheme.eq_ignore_ascii_case("bearer") && token.is(given.trim()));
    if is_right {
        return Ok(());
    }
    let detail = "this is not the token of the server; it is in the file that --token-file named";
    Err(unauthorized(detail, "Bearer realm=\"fazhi\", error=\"invalid_token\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_token_is_the_token() {
        let token = Token::new("  0123456789abcdef\n").unwrap();
        assert!(token.is("0123456789abcdef"));
        for other in ["", "0123456789abcde", "0123456789abcdef0", "0123456789abcdeF", "0123456789abcdef\n"] {
            assert!(!token.is(other), "{other:?}");
        }
        assert!(!format!("{token:?}").contains("0123"));
    }

    #[test]
    fn what_can_be_guessed_or_not_be_sent_is_no_token() {
        assert_eq!(Token::new("").err(), Some(TokenError::Short));
        assert_eq!(Token::new("0123456789abcde").err(), Some(TokenError::Short));
        assert_eq!(Token::new("0123456789 abcdef").err(), Some(TokenError::Characters));
        assert_eq!(Token::new("\u{6cd5}0123456789abcdef").err(), Some(TokenError::Characters));
    }
}
