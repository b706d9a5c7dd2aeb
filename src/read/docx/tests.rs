#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]

use std::io::{Cursor, Write};

use super::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A file with these parts.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn document(body: &str) -> String {
    format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>")
}

fn lines(body: &str) -> Vec<String> {
    let text = read(&package(&[("word/document.xml", &document(body))]), "f.docx", 1 << 20).unwrap();
    text.lines().map(str::to_owned).collect()
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn a_paragraph_is_a_line() {
    let body = "<w:p><w:r><w:t>青山县2022年</w:t></w:r><w:r><w:t xml:space=\"preserve\">法治政府 建设</w:t></w:r></w:p><w:p/>\
                <w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙 &amp; &#19969;</w:t></w:r></w:p>";
    assert_eq!(lines(body), ["青山县2022年法治政府 建设", "甲", "乙 丙 & 丁"]);
}

#[test]
fn what_was_deleted_moved_or_hidden_is_left_out() {
    let body = "<w:p><w:r><w:t>办理</w:t></w:r><w:del><w:r><w:delText>十件</w:delText></w:r></w:del>\
                <w:ins><w:r><w:t>十二件</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom>\
                <w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>。</w:t></w:r>\
                <w:r><w:footnoteReference w:id=\"2\"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>\
                <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半，</w:t></w:r></w:p><w:p><w:r><w:t>后半</w:t></w:r></w:p>\
                <w:p><w:r><w:t>一、做法</w:t></w:r><w:r><w:instrText> PAGEREF _Toc1 </w:instrText></w:r><w:r><w:t>3</w:t></w:r></w:p>";
    assert_eq!(lines(body), ["办理十二件。", "前半，后半"]);
}

#[test]
fn rows_of_short_cells_are_lines() {
    let cell = |text: &str, properties: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph(text));
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl><w:tbl><w:tr>{}</w:tr></w:tbl>{}",
        cell("指标", "<w:vMerge w:val=\"restart\"/>"),
        cell("数量", ""),
        cell("", "<w:vMerge/>"),
        cell("36件", ""),
        format_args!("<w:tc>{}{}</w:tc>", paragraph("甲段"), paragraph("乙段")),
        paragraph("表后"),
    );
    assert_eq!(lines(&body), ["指标 | 数量", "36件", "甲段", "乙段", "表后"]);
}

#[test]
fn a_text_box_follows_its_paragraph_and_stands_once() {
    let text_box = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", paragraph(text));
    let body = format!(
        "<w:p><w:r><w:t>正</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r>\
         <w:r><w:t>文</w:t></w:r></w:p>",
        text_box("框内"),
        text_box("框内")
    );
    assert_eq!(lines(&body), ["正文", "框内"]);
}

#[test]
fn numbers_of_lists_are_shown_as_the_program_shows_them() {
    let level = |at: u8, format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let numbering = format!(
        "<w:numbering><w:abstractNum w:abstractNumId=\"7\">{}{}{}</w:abstractNum><w:abstractNum w:abstractNumId=\"8\">{}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num>\
         <w:num w:numId=\"2\"><w:abstractNumId w:val=\"7\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride></w:num>\
         <w:num w:numId=\"3\"><w:abstractNumId w:val=\"8\"/></w:num></w:numbering>",
        level(0, "chineseCountingThousand", "%1、"),
        level(1, "chineseCounting", "（%2）"),
        level(2, "decimal", "%3."),
        level(0, "bullet", "\u{f0b7}"),
    );
    let styles = "<w:styles><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"/>\
                  <w:style w:type=\"paragraph\" w:styleId=\"2\"><w:basedOn w:val=\"1\"/></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"1\"><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style></w:styles>";
    let item = |list: u8, at: u8, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{at}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let by_style =
        |text: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"2\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>");
    let body = [
        item(1, 0, "做法"),
        item(1, 1, "决策"),
        by_style("执法"),
        item(1, 2, "公示"),
        // An empty item is not counted.
        item(1, 2, ""),
        item(1, 2, "记录"),
        item(1, 0, "问题"),
        item(1, 1, "意识"),
        item(3, 0, "一点"),
        item(0, 0, "无序"),
        item(2, 0, "打算"),
    ]
    .concat();
    let file = package(&[
        ("word/document.xml", &document(&body)),
        ("word/numbering.xml", &numbering),
        ("word/styles.xml", styles),
    ]);
    let text = read(&file, "f", 1 << 20).unwrap();
    let expected = [
        "一、做法",
        "（一）决策",
        "（二）执法",
        "1. 公示",
        "2. 记录",
        "二、问题",
        "（一）意识",
        "一点",
        "无序",
        "五、打算",
    ];
    assert_eq!(text.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn what_cannot_be_read_is_told() {
    let error = |bytes: &[u8]| read(bytes, "f.docx", 1 << 16).unwrap_err();
    assert!(matches!(error(&package(&[("a.txt", "a")])), ReadError::Damaged { .. }));
    assert!(matches!(error(&package(&[("word/document.xml", "<w:p>a")])), ReadError::Empty { .. }));
    assert!(matches!(error(&package(&[("word/document.xml", "<w:p <")])), ReadError::Damaged { .. }));
    assert!(matches!(error(&package(&[("word/document.xml", &document(""))])), ReadError::Empty { .. }));
    assert!(matches!(error(b"{\\rtf1"), ReadError::Binary { kind: "an RTF document", .. }));
    let mut old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    assert!(matches!(error(&old), ReadError::Binary { .. }));
    old.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert!(matches!(error(&old), ReadError::Locked { .. }));
    let mut cut = package(&[("word/document.xml", &document(&paragraph("甲")))]);
    cut.truncate(cut.len() - 30);
    assert!(matches!(error(&cut), ReadError::Damaged { .. }));
}

#[test]
fn a_huge_or_deeply_nested_part_is_bounded() {
    let huge = document(&paragraph(&"a".repeat(1 << 20)));
    let error = read(&package(&[("word/document.xml", &huge)]), "f", 1 << 16).unwrap_err();
    assert!(matches!(error, ReadError::Bomb { .. }), "{error}");
    let deep = "<w:tbl><w:tr><w:tc>".repeat(50_000) + &paragraph("深");
    assert_eq!(read(&package(&[("word/document.xml", &deep)]), "f", 8 << 20).unwrap(), "深");
    let entities = "<!DOCTYPE a [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><w:p><w:r><w:t>甲&b;</w:t></w:r></w:p>";
    assert_eq!(read(&package(&[("word/document.xml", entities)]), "f", 1 << 20).unwrap(), "甲");
}
