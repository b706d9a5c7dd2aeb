#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]

use std::fs::File;
use std::io::Cursor;

use super::*;
use proptest::prelude::*;

mod packed;
mod tables;

fn stream(bytes: impl Into<Vec<u8>>, format: Format) -> Vec<Result<Document, ReadError>> {
    documents_from(Box::new(Cursor::new(bytes.into())), "-", format, &Options::default()).collect()
}

fn one(bytes: impl Into<Vec<u8>>, format: Format) -> Result<Document, ReadError> {
    let mut all = stream(bytes, format);
    assert_eq!(all.len(), 1);
    all.remove(0)
}

#[test]
fn plain_text_stays_as_it_stands_but_for_mark_and_line_ends() {
    let document = one("\u{feff}  标题 \r\n\r\n　　正文,\t有空格。\r\n", Format::Text).unwrap();
    assert_eq!(document.text, "  标题 \n\n　　正文,\t有空格。\n");
    let source = document.source;
    assert_eq!((source.path.as_str(), source.format.as_str(), source.encoding.as_str()), ("-", "text", "utf-8"));
}

#[test]
fn the_hash_is_that_of_the_bytes() {
    let document = one("abc", Format::Text).unwrap();
    assert_eq!(document.source.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#[test]
fn a_page_in_gb2312_is_read_as_it_declares() {
    let page = "<html><head><meta http-equiv=Content-Type content=\"text/html; charset=gb2312\"><title>青山县2022年法治政府建设报告</title></head>\
                <body><div id=zoom><p>2022年，全县依法行政水平进一步提高。</p></div></body></html>";
    let (bytes, _, _) = encoding_rs::GB18030.encode(page);
    let document = one(bytes.into_owned(), Format::Html).unwrap();
    assert_eq!(document.text, "青山县2022年法治政府建设报告\n2022年，全县依法行政水平进一步提高。");
    assert_eq!((document.source.format.as_str(), document.source.encoding.as_str()), ("html", "gb18030"));
}

#[test]
fn a_bad_line_is_told_and_the_next_is_read() {
    let lines = "{\"text\": \"甲报告\", \"url\": \"http://e.gov.cn/1\", \"title\": \"甲\", \"published\": \"2021年3月4日\"}\n\
                 {\"text\": \n\n{\"id\": 1}\n\
                 {\"html\": \"<body><div id=zoom><p>乙报告的正文</p></div>\", \"publisher\": \"乙县\"}\n";
    let all = stream(lines, Format::JsonLines);
    let [Ok(first), Err(bad), Err(bare), Ok(last)] = &all[..] else { panic!("{all:?}") };
    assert_eq!((first.text.as_str(), first.source.path.as_str()), ("甲报告", "-#1"));
    assert_eq!(first.source.url.as_deref(), Some("http://e.gov.cn/1"));
    assert_eq!((first.page.title.as_deref(), first.page.published.as_deref()), (Some("甲"), Some("2021-03-04")));
    assert!(bad.to_string().starts_with("-#2: ") && bare.to_string().starts_with("-#4: "));
    assert_eq!((last.text.as_str(), last.source.path.as_str()), ("乙报告的正文", "-#5"));
    assert_eq!(last.page.publisher.as_deref(), Some("乙县"));
    let again = one(lines.lines().next().unwrap(), Format::JsonLines).unwrap();
    assert_eq!((first.source.sha256.len(), &first.source.sha256), (64, &again.source.sha256));
}

#[test]
fn an_array_of_records_is_read() {
    let all = stream("[{\"text\": \"甲\"},\n {\"text\": \"乙\"}]", Format::Json);
    let texts: Vec<&str> = all.iter().map(|d| d.as_ref().unwrap().text.as_str()).collect();
    assert_eq!(texts, ["甲", "乙"]);
}

#[test]
fn nothing_is_an_error_in_every_format() {
    for format in [
        Format::Text,
        Format::Html,
        Format::JsonLines,
        Format::Json,
        Format::Csv,
        Format::Docx,
        Format::Pdf,
        Format::Parquet,
        Format::Packed,
    ] {
        for bytes in ["", " \n\n", "\u{feff}"] {
            let all = stream(bytes, format);
            assert!(matches!(&all[..], [Err(ReadError::Empty { .. })]), "{format:?} {bytes:?}: {all:?}");
        }
    }
}

#[test]
fn a_file_over_the_limit_is_refused_unread() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("big.txt");
    // A file with a hole: large by its size, nothing on disk.
    File::create(&path).unwrap().set_len(200 << 20).unwrap();
    let error = documents(&path, Format::Text, &Options::default()).next().unwrap().unwrap_err();
    assert!(matches!(&error, ReadError::TooLarge { size: Some(209_715_200), limit: 67_108_864, .. }));
    let message = error.to_string();
    assert!(
        message.contains("big.txt: has 209715200 bytes, more than the 67108864 allowed") && !message.contains('\n'),
        "{message}"
    );
    let piped = documents_from(
        Box::new(Cursor::new(vec![b'a'; 11])),
        "-",
        Format::Text,
        &Options { limits: Limits { document_bytes: 10 }, ..Options::default() },
    );
    assert!(matches!(&piped.collect::<Vec<_>>()[..], [Err(ReadError::TooLarge { size: None, .. })]));
}

#[test]
fn missing_files_and_folders_are_named() {
    let folder = tempfile::tempdir().unwrap();
    for path in [folder.path().join("gone.txt"), folder.path().to_owned()] {
        let error = documents(&path, Format::Text, &Options::default()).next().unwrap().unwrap_err();
        assert!(matches!(&error, ReadError::Unreadable { .. }));
        assert_eq!(error.file(), path.display().to_string());
    }
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret.txt");
    std::fs::write(&path, "x").unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    match documents(&path, Format::Text, &Options::default()).next().unwrap() {
        Err(error) => assert!(matches!(error, ReadError::Unreadable { .. })),
        // The superuser reads everything.
        Ok(document) => assert_eq!(document.text, "x"),
    }
}

#[test]
fn every_message_is_one_line_that_names_the_file_and_a_remedy() {
    let file = "a.txt".to_owned();
    let errors = [
        ReadError::Unreadable { file: file.clone(), cause: std::io::ErrorKind::PermissionDenied.into() },
        ReadError::Empty { file: file.clone() },
        ReadError::Binary { file: file.clone(), kind: "a picture", byte: 0 },
        ReadError::TooLarge { file: file.clone(), size: None, limit: 9 },
        ReadError::WrongEncoding { file: file.clone(), encoding: "big5".to_owned(), bad: 7, byte: 3 },
        ReadError::BadRecord { file: file.clone(), cause: "it has no `text`".to_owned() },
        ReadError::Damaged { file: file.clone(), what: "PDF", cause: "it ends early".to_owned() },
        ReadError::Locked { file: file.clone(), what: "the document" },
        ReadError::Scan { file: file.clone(), pages: 3 },
        ReadError::Unmapped { file: file.clone() },
        ReadError::Bomb { file: file.clone(), limit: 9 },
        ReadError::Nested { file: file.clone(), limit: 3 },
        ReadError::TooManyFiles { file: file.clone(), limit: 9 },
        ReadError::NothingPacked { file: file.clone() },
        ReadError::NoColumn {
            file: file.clone(),
            column: "text".to_owned(),
            option: "--text-column",
            columns: "a, b".to_owned(),
        },
        ReadError::NoText { file },
    ];
    for error in errors {
        let message = error.to_string();
        assert!(
            message.starts_with("a.txt: ") && message.contains(';') | message.contains("? ") && !message.contains('\n'),
            "{message}"
        );
    }
}

proptest! {
    #[test]
    fn any_bytes_are_survived_in_every_format(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for format in [Format::Text, Format::Html, Format::JsonLines, Format::Json, Format::Csv, Format::Docx, Format::Pdf, Format::Parquet, Format::Packed] {
            for document in stream(bytes.clone(), format).into_iter().flatten() {
                prop_assert!(!document.text.trim().is_empty());
            }
        }
    }
}

#[test]
fn a_text_longer_than_any_report_is_refused_whatever_its_form() {
    let limits = Limits { document_bytes: 1 << 20 };
    let text = "\u{6CD5}".repeat(1 << 15);
    let json = format!("{{\"text\":\"{text}\"}}\n");
    for (bytes, format) in [(text.as_str(), Format::Text), (json.as_str(), Format::JsonLines)] {
        let options = Options { limits, ..Options::default() };
        let reader: Box<dyn BufRead + Send> = Box::new(Cursor::new(bytes.as_bytes().to_vec()));
        let read: Vec<_> = documents_from(reader, "long", format, &options).collect();
        assert!(matches!(read.as_slice(), [Err(ReadError::TooLong { size: 98_304, limit: 65_536, .. })]), "{read:?}");
    }
}
