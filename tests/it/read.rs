//! A folder as people have it: pages, texts and records in several encodings among files that are none of these.
#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
#![expect(clippy::unwrap_used, reason = "a test that cannot make its files has failed")]

use std::fs;
use std::path::Path;

use fazhi::read::{Format, Input, Options, ReadError, SkipReason, documents, inputs};

const TITLE: &str = "青山县2022年法治政府建设情况报告";
const BODY: &str = "2022年,青山县扎实推进依法行政,共办理行政复议案件36件。现将有关情况报告如下:";

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let gb = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let page = format!(
        "<html><head><meta charset=gb2312><title>{TITLE}_青山县人民政府网</title></head><body><div class=nav><a href=/>首页</a></div>\
         <table><tr><td>索引号</td><td>QS01/2023-0001</td><td>发布机构</td><td>青山县司法局</td></tr></table>\
         <div id=zoom><p>{BODY}</p></div></body></html>"
    );
    write(at, "2023/page.html", &gb(&page));
    write(at, "2023/page_files/frame.html", b"<body>advertisement</body>");
    write(at, "2023/text.txt", &gb(&format!("{TITLE}\r\n\r\n{BODY}\r\n")));
    write(at, "records.jsonl", format!("{{\"text\": \"{TITLE}\\n{BODY}\"}}\nnot json\n").as_bytes());
    write(at, "bad/empty.txt", b"");
    write(at, "bad/picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0");
    write(at, "bad/script.html", b"<body><script>load()</script></body>");
    write(at, "report.pdf", b"%PDF-1.7");
    write(at, "table.csv", &gb(&format!("标题,正文\n甲,\"{TITLE}\n{BODY}\"\n")));
    write(at, ".cache/old.txt", b"old");
    folder
}

#[test]
fn a_folder_of_all_sorts_is_read_as_far_as_it_can_be() {
    let folder = folder();
    let inputs = inputs(&[folder.path().display().to_string()]);
    assert!(inputs.errors.is_empty());
    let skipped: Vec<_> =
        inputs.skipped.iter().map(|s| (s.path.file_name().unwrap().to_str().unwrap(), s.reason)).collect();
    let expected = [(".cache", SkipReason::Hidden), ("page_files", SkipReason::PageResource)];
    assert_eq!(skipped, expected);

    let (mut read, mut refused) = (Vec::new(), Vec::new());
    for input in &inputs.found {
        let Input::File { path, format } = input else { panic!("{input:?}") };
        for document in documents(path, *format, &Options::default()) {
            match document {
                Ok(document) => read.push(document),
                Err(error) => refused.push(error),
            }
        }
    }
    let of =
        |nth: usize| (read[nth].source.format.as_str(), read[nth].source.encoding.as_str(), read[nth].text.as_str());
    let page = format!("{TITLE}\n索引号 | QS01/2023-0001 | 发布机构 | 青山县司法局\n{BODY}");
    assert_eq!(of(0), ("html", "gb18030", page.as_str()));
    assert_eq!(of(1), ("text", "gb18030", format!("{TITLE}\n\n{BODY}\n").as_str()));
    assert_eq!(of(2), ("jsonl", "utf-8", format!("{TITLE}\n{BODY}").as_str()));
    assert_eq!(of(3), ("csv", "utf-8", format!("{TITLE}\n{BODY}").as_str()));
    assert_eq!(read.len(), 4);
    assert_eq!(read[0].page.publisher.as_deref(), Some("青山县司法局"));
    assert_eq!(read[0].page.index_number.as_deref(), Some("QS01/2023-0001"));
    assert!(read[2].source.path.ends_with("records.jsonl#1"));
    assert!(matches!(
        &refused[..],
        [
            ReadError::Empty { .. },
            ReadError::Binary { kind: "a picture", .. },
            ReadError::NoText { .. },
            ReadError::BadRecord { .. },
            ReadError::Damaged { what: "PDF", .. }
        ]
    ));
}

#[test]
fn the_order_does_not_depend_on_how_files_are_named() {
    let folder = folder();
    let at = folder.path().display();
    let paths = |arguments: &[String]| -> Vec<String> {
        let found = inputs(arguments).found;
        found
            .iter()
            .map(|input| if let Input::File { path, .. } = input { path.display().to_string() } else { String::new() })
            .collect()
    };
    let by_folder = paths(&[format!("{at}")]);
    assert_eq!(by_folder.len(), 8);
    assert!(by_folder.is_sorted());
    assert_eq!(
        paths(&[format!("{at}/**/*.txt"), format!("{at}/2023")])[..3],
        [format!("{at}/2023/text.txt"), format!("{at}/bad/empty.txt"), format!("{at}/bad/picture.txt")]
    );
    assert_eq!(Format::of(Path::new("A.HTM")), Some(Format::Html));
}
