//! Files that are packed: what is in them is read as it would be outside, within bounds.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

const TEXT: &str = "青山县2022年法治政府建设情况报告\n2022年，青山县共办理行政复议案件36件。";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ::zstd::stream::encode_all(bytes, 3).unwrap()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = Vec::new();
    for (name, content) in files {
        let mut header = [0; 512];
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[124..136].copy_from_slice(format!("{:011o}\0", content.len()).as_bytes());
        header[156] = b'0';
        header[257..263].copy_from_slice(b"ustar\0");
        archive.extend(header);
        archive.extend(*content);
        archive.resize(archive.len().next_multiple_of(512), 0);
    }
    archive.extend([0; 1024]);
    archive
}

/// Reads a stream under a name.
fn named(bytes: &[u8], name: &str, options: &Options) -> Vec<Result<Document, ReadError>> {
    let format = Format::of(Path::new(name)).unwrap_or(Format::Text);
    documents_from(Box::new(Cursor::new(bytes.to_vec())), name, format, options).collect()
}

/// Path, format and beginning of each document.
fn told(all: &[Result<Document, ReadError>]) -> Vec<(String, String, String)> {
    let of = |document: &Document| {
        let Source { path, format, .. } = &document.source;
        (path.clone(), format.clone(), document.text.chars().take(3).collect())
    };
    all.iter().map(|document| of(document.as_ref().unwrap())).collect()
}

use crate::report::Source;

#[test]
fn a_packed_page_is_the_page() {
    for (bytes, name) in [
        (gzip(TEXT.as_bytes()), "a.txt.gz"),
        (zstd(TEXT.as_bytes()), "a.txt.zst"),
        // Its content tells what it is, not its name.
        (gzip(TEXT.as_bytes()), "a.txt"),
        (zstd(&gzip(TEXT.as_bytes())), "a"),
    ] {
        let all = named(&bytes, name, &Options::default());
        let document = all[0].as_ref().unwrap();
        let plain = named(TEXT.as_bytes(), "a.txt", &Options::default()).remove(0).unwrap();
        assert_eq!((document.text.as_str(), document.source.path.as_str()), (TEXT, name));
        // The same page gives the same fingerprint however it is packed.
        assert_eq!((&document.source.sha256, document.source.format.as_str()), (&plain.source.sha256, "text"));
        assert_eq!(all.len(), 1);
    }
    let records = gzip(b"{\"text\": \"a\"}\n{\"text\": \"b\"}");
    let all = told(&named(&records, "r.jsonl.gz", &Options::default()));
    assert_eq!(all.iter().map(|(path, ..)| path.as_str()).collect::<Vec<_>>(), ["r.jsonl.gz#1", "r.jsonl.gz#2"]);
    assert_eq!(told(&named(&records, "-", &Options::default())).len(), 1);
}

#[test]
fn an_archive_is_read_like_a_folder() {
    let page = format!("<html><body><div id=zoom><p>{TEXT}</p></div></body></html>");
    let table = format!("text,url\n\"{TEXT}\",http://e.gov.cn/1\n");
    let inner = zip(&[("深/一.txt", TEXT.as_bytes())]);
    let packed = gzip(TEXT.as_bytes());
    let files: [(&str, &[u8]); 8] = [
        ("a/b.html", page.as_bytes()),
        ("t.csv", table.as_bytes()),
        (".hidden.txt", b"x"),
        ("README.md", b"x"),
        ("picture.png", b"\x89PNG"),
        ("__MACOSX/a/b.html", b"x"),
        ("in.zip", &inner),
        ("g.txt.gz", &packed),
    ];
    let expected = |archive: &str| -> Vec<(String, String, String)> {
        [("a/b.html", "html"), ("t.csv#1", "csv"), ("in.zip#深/一.txt", "text"), ("g.txt.gz", "text")]
            .map(|(path, format)| (format!("{archive}#{path}"), format.to_owned(), "青山县".to_owned()))
            .to_vec()
    };
    assert_eq!(told(&named(&zip(&files), "x.zip", &Options::default())), expected("x.zip"));
    assert_eq!(told(&named(&tar(&files), "x.tar", &Options::default())), expected("x.tar"));
    assert_eq!(told(&named(&gzip(&tar(&files[..2])), "x.tgz", &Options::default())).len(), 2);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.zip");
    std::fs::write(&path, zip(&files)).unwrap();
    let all: Vec<_> = documents(&path, Format::Packed, &Options::default()).collect();
    assert_eq!(told(&all), expected(&path.display().to_string()));
}

#[test]
fn names_in_the_encoding_of_chinese_windows_are_understood() {
    let mut bytes = zip(&[("abcd.txt", TEXT.as_bytes())]);
    let name = encoding_rs::GB18030.encode("报告").0.into_owned();
    while let Some(at) = bytes.windows(4).position(|window| window == b"abcd") {
        bytes[at..at + 4].copy_from_slice(&name);
    }
    assert_eq!(told(&named(&bytes, "x.zip", &Options::default()))[0].0, "x.zip#报告.txt");
}

#[test]
fn archives_are_not_unpacked_without_end() {
    let mut bytes = zip(&[("a.txt", TEXT.as_bytes())]);
    for _ in 0..2 {
        bytes = zip(&[("a.zip", &bytes)]);
    }
    assert_eq!(named(&bytes, "x.zip", &Options::default())[0].as_ref().unwrap().text, TEXT);
    let all = named(&zip(&[("a.zip", &bytes)]), "x.zip", &Options::default());
    assert!(matches!(&all[..], [Err(ReadError::Nested { limit: 3, .. })]), "{all:?}");
    let mut bytes = TEXT.as_bytes().to_vec();
    for _ in 0..4 {
        bytes = gzip(&bytes);
    }
    assert!(matches!(named(&bytes, "x.gz", &Options::default())[0], Err(ReadError::Nested { .. })));
}

#[test]
fn bombs_are_not_unpacked_to_the_end() {
    let limits = Limits { document_bytes: 1 << 20 };
    let options = Options { limits, ..Options::default() };
    // 200 MB of one letter in a few kilobytes.
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..200 {
        encoder.write_all(&vec![b'a'; 1 << 20]).unwrap();
    }
    let bomb = encoder.finish().unwrap();
    assert!(bomb.len() < 1 << 20);
    assert!(matches!(named(&bomb, "a.txt.gz", &options)[..], [Err(ReadError::TooLarge { .. })]));
    // A line without end is passed over, but not for ever.
    let all = named(&bomb, "a.jsonl.gz", &options);
    assert!(matches!(&all[..], [Err(ReadError::Bomb { .. })]), "{all:?}");
    let message = all[0].as_ref().unwrap_err().to_string();
    assert!(message.starts_with("a.jsonl.gz: unpacks to over "), "{message}");
    let large = vec![b'0'; 3 << 20];
    let all = named(&zip(&[("a.txt", &large), ("b.txt", TEXT.as_bytes())]), "x.zip", &options);
    assert!(matches!(&all[..], [Err(ReadError::TooLarge { .. }), Ok(_)]), "{all:?}");
    let all = named(&tar(&[("a.txt", &large), ("b.txt", TEXT.as_bytes())]), "x.tar", &options);
    assert!(matches!(&all[..], [Err(ReadError::TooLarge { .. }), Ok(_)]), "{all:?}");
}

#[test]
fn entries_that_lie_over_each_other_are_refused() {
    let one = zip(&[("a.txt", &[7; 5000])]);
    let mut bytes = zip(&[("a.txt", TEXT.as_bytes()), ("b.txt", TEXT.as_bytes())]);
    // The directory says of both that they are larger than the file.
    let mut at = 0;
    while let Some(found) = bytes[at..].windows(4).position(|window| window == b"PK\x01\x02") {
        at += found;
        let length = u32::try_from(bytes.len()).unwrap();
        bytes[at + 20..at + 24].copy_from_slice(&length.to_le_bytes());
        at += 46;
    }
    for (bytes, name) in [(&bytes[..], "x.zip"), (&one[..one.len() - 30], "y.zip")] {
        let all = named(bytes, name, &Options::default());
        assert!(matches!(&all[..], [Err(ReadError::Damaged { what: "ZIP archive", .. })]), "{all:?}");
    }
}

#[test]
fn what_is_cut_off_or_altered_is_called_damaged() {
    let text = TEXT.repeat(100);
    let packed = gzip(text.as_bytes());
    let error = named(&packed[..packed.len() - 9], "a.txt.gz", &Options::default()).remove(0).unwrap_err();
    assert!(error.to_string().contains("damaged gzip file: it ends early"), "{error}");
    let packed = zstd(text.as_bytes());
    assert!(matches!(
        named(&packed[..packed.len() - 9], "a.zst", &Options::default())[0],
        Err(ReadError::Damaged { .. })
    ));
    let mut archive = zip(&[("a.txt", text.as_bytes())]);
    archive[60] ^= 0xff;
    assert!(matches!(named(&archive, "a.zip", &Options::default())[0], Err(ReadError::Damaged { .. })));
    let archive = tar(&[("a.txt", text.as_bytes())]);
    let all = named(&archive[..1000], "a.tar", &Options::default());
    assert!(matches!(&all[..], [Err(ReadError::Damaged { what: "tar archive", .. })]), "{all:?}");
    assert!(matches!(named(b"hello", "a.gz", &Options::default())[0], Err(_) | Ok(_)));
    assert!(matches!(
        named(b"hello", "a.zip", &Options::default())[0],
        Err(ReadError::Damaged { what: "archive", .. })
    ));
}

#[test]
fn an_archive_without_a_report_says_so() {
    let error = |bytes: &[u8]| named(bytes, "x.zip", &Options::default()).remove(0).unwrap_err();
    assert!(matches!(error(&zip(&[("a.png", b"x")])), ReadError::NothingPacked { .. }));
    assert!(matches!(error(&zip(&[("xl/workbook.xml", b"x")])), ReadError::Binary { kind: "a spreadsheet", .. }));
    assert!(matches!(
        named(&tar(&[("a.png", b"x")]), "x.tar", &Options::default())[0],
        Err(ReadError::NothingPacked { .. })
    ));
}

proptest! {
    #[test]
    fn archives_with_any_bytes_changed_are_survived(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        for mut bytes in [zip(&[("a.txt", TEXT.as_bytes())]), tar(&[("a.txt", TEXT.as_bytes())]), gzip(TEXT.as_bytes()), zstd(TEXT.as_bytes())] {
            let at = at.index(bytes.len());
            bytes[at] = byte;
            for document in named(&bytes, "x.zip", &Options::default()).into_iter().flatten() {
                prop_assert!(!document.text.trim().is_empty());
            }
        }
    }
}
