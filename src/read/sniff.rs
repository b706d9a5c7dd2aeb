//! What is this by its first bytes? What a file is called is asked only where its content does not tell.

/// How many bytes are looked at.
pub(super) const HEAD: usize = 1024;

/// What the first bytes tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Pdf,
    /// A ZIP archive; a .docx is one.
    Zip,
    Gzip,
    Zstd,
    Tar,
    Parquet,
    /// The container of Word before 2007, and of Word documents that are locked with a password.
    Ole,
    /// A web page.
    Html,
    /// Nothing that is known by its first bytes.
    Other,
}

/// What the first bytes of a file tell of it.
pub(super) fn content(head: &[u8]) -> Content {
    let starts = |signature: &[u8]| head.starts_with(signature);
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        Content::Zip
    } else if starts(b"\x1f\x8b") {
        Content::Gzip
    } else if starts(b"\x28\xb5\x2f\xfd") {
        Content::Zstd
    } else if starts(b"PAR1") {
        Content::Parquet
    } else if starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        Content::Ole
    } else if head.len() >= 262 && &head[257..262] == b"ustar" {
        Content::Tar
    } else if is_pdf(head) {
        Content::Pdf
    } else if is_page(head) {
        Content::Html
    } else {
        Content::Other
    }
}

/// Readers of PDF bear some bytes before the signature; text that speaks of it does not begin a line with it.
fn is_pdf(head: &[u8]) -> bool {
    let mut signatures = head.windows(5).enumerate().filter(|(_, window)| window == b"%PDF-");
    signatures.any(|(at, _)| at == 0 || matches!(head[at - 1], b'\n' | b'\r' | 0 | 0xbf))
}

fn is_page(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let starts = |tag: &[u8]| head.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    starts(b"<!doctype html") || starts(b"<html")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_is_known_by_its_first_bytes() {
        let mut tar = vec![b'a'; 600];
        tar[257..262].copy_from_slice(b"ustar");
        for (head, expected) in [
            (&b"%PDF-1.4"[..], Content::Pdf),
            (b"\xef\xbb\xbf%PDF-1.4", Content::Pdf),
            (b"a text on %PDF-1.4", Content::Other),
            (b"PK\x03\x04....", Content::Zip),
            (b"\x1f\x8b\x08", Content::Gzip),
            (b"\x28\xb5\x2f\xfd...", Content::Zstd),
            (b"PAR1...", Content::Parquet),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Content::Ole),
            (&tar, Content::Tar),
            (b"\xef\xbb\xbf\n<!DOCTYPE HTML>", Content::Html),
            (b"<HTML lang=zh>", Content::Html),
            (b"<p>", Content::Other),
            (b"", Content::Other),
        ] {
            assert_eq!(content(head), expected);
        }
    }
}
