#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]

use std::fmt::Write as _;

use super::*;
use encoding_rs::GB18030;
use proptest::prelude::*;

/// A file of these objects, the first of which is the catalogue.
fn pdf(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut file = "%PDF-1.5\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(file.len());
        writeln!(file, "{number} 0 obj\n{object}\nendobj").unwrap();
    }
    let table = file.len();
    write!(file, "xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).unwrap();
    for place in &places {
        writeln!(file, "{place:010} 00000 n ").unwrap();
    }
    write!(file, "trailer<</Size {}/Root 1 0 R{trailer}>>\nstartxref\n{table}\n%%EOF", places.len() + 1).unwrap();
    file.into_bytes()
}

fn stream(content: &str) -> String {
    format!("<</Length {}>>stream\n{content}\nendstream", content.len())
}

const GBK_FONT: &str = "<</Type/Font/Subtype/Type0/BaseFont/S/Encoding/GBK-EUC-H/DescendantFonts[\
    <</Type/Font/Subtype/CIDFontType0/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000>>]>>";

/// A document of pages with this content, in a font of this description (the object after it is 4).
fn document(pages: &[String], font: &str, others: &[String]) -> Vec<u8> {
    let first = 4 + others.len();
    let kids: String = (0..pages.len()).fold(String::new(), |mut kids, page| {
        write!(kids, "{} 0 R ", first + page * 2).unwrap();
        kids
    });
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!(
            "<</Type/Pages/Kids[{kids}]/Count {}/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>/XObject<</X 4 0 R>>>>>>",
            pages.len()
        ),
        font.to_owned(),
    ];
    objects.extend_from_slice(others);
    for (page, content) in pages.iter().enumerate() {
        objects.push(format!("<</Type/Page/Parent 2 0 R/Contents {} 0 R>>", first + page * 2 + 1));
        objects.push(stream(content));
    }
    pdf(&objects, "")
}

/// Text in GBK at a place.
fn gbk(x: u32, y: u32, size: u32, text: &str) -> String {
    let code = GB18030.encode(text).0.iter().fold(String::new(), |mut code, byte| {
        write!(code, "{byte:02x}").unwrap();
        code
    });
    format!("BT /F {size} Tf 1 0 0 1 {x} {y} Tm <{code}> Tj ET\n")
}

fn text(bytes: &[u8]) -> Result<String, ReadError> {
    read(bytes, "f.pdf", 1 << 20)
}

#[test]
fn a_report_in_a_font_without_a_map_of_its_own_is_read() {
    let page =
        |number: u32, body: &str| gbk(60, 800, 9, "某某政府网站") + body + &gbk(290, 40, 9, &format!("- {number} -"));
    let first = gbk(173, 740, 22, "青山县2022年法治政府建设")
        + &gbk(261, 710, 22, "情况报告")
        + &gbk(88, 670, 14, "2022年，青山县扎实推进依法行政，共办理行政复议案件三十六件，审结三")
        + &gbk(60, 650, 14, "十四件。现将有关情况报告如下：")
        + &gbk(88, 630, 14, "一、主要做法")
        + &gbk(88, 610, 14, "（一）健全工作机制。县政府常务会议专题学习宪法和法律法规六次，听取");
    let second = gbk(60, 770, 14, "汇报两次。");
    let file = document(&[page(1, &first), page(2, &second)], GBK_FONT, &["null".to_owned()]);
    assert_eq!(
        text(&file).unwrap(),
        "青山县2022年法治政府建设情况报告\n\
         2022年，青山县扎实推进依法行政，共办理行政复议案件三十六件，审结三十四件。现将有关情况报告如下：\n\
         一、主要做法\n（一）健全工作机制。县政府常务会议专题学习宪法和法律法规六次，听取汇报两次。"
    );
}

#[test]
fn a_font_with_a_map_to_unicode_is_read() {
    let font = "<</Type/Font/Subtype/Type0/BaseFont/S/Encoding/Identity-H/ToUnicode 4 0 R/DescendantFonts[\
                <</Type/Font/Subtype/CIDFontType2/DW 1000/W[1[1000 1000]3 4 500]>>]>>";
    let map = stream(
        "1 begincodespacerange<0000><FFFF>endcodespacerange 2 beginbfchar<0001><6CD5><0002><6CBB>endbfchar \
         1 beginbfrange<0003><0004><0031>endbfrange",
    );
    let page =
        "BT /F 12 Tf 60 700 Td [<0001>-20<0002>]TJ <00030004> Tj 0 -60 TD (\\000\\001) Tj <0002> ' ET".to_owned();
    let file = document(&[page], font, &[map]);
    assert_eq!(text(&file).unwrap(), "法治12\n法\n治");
}

#[test]
fn what_is_drawn_within_forms_is_read_and_what_is_no_content_is_not() {
    let form = "BT /F 12 Tf 1 0 0 1 60 700 Tm <b7a8> Tj ET /X Do";
    let form = format!("<</Type/XObject/Subtype/Form/Length {}>>stream\n{form}\nendstream", form.len());
    let page = format!(
        "/X Do /Artifact <</Type/Pagination>> BDC {} EMC BT /F 12 Tf 0 1 -1 0 30 300 Tm <b7a8> Tj ET {}",
        gbk(60, 30, 12, "页脚"),
        gbk(60, 600, 12, "治政府")
    );
    let file = document(&[page], GBK_FONT, &[form]);
    assert_eq!(text(&file).unwrap(), "法\n治政府");
}

#[test]
fn a_scan_is_called_one() {
    let picture = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \u{1} EI Q".to_owned();
    let error = text(&document(&[picture.clone(), picture], GBK_FONT, &["null".to_owned()])).unwrap_err();
    assert!(matches!(&error, ReadError::Scan { pages: 2, .. }));
    assert!(error.to_string().contains("scan without a text layer (2 pages)") && error.to_string().contains("OCR"));
}

#[test]
fn fonts_that_tell_nothing_are_named_as_the_cause() {
    let font = "<</Type/Font/Subtype/Type0/BaseFont/S/Encoding/Identity-H/DescendantFonts[<</Type/Font/DW 1000>>]>>";
    let page = "BT /F 12 Tf 60 700 Td <00010002> Tj ET".to_owned();
    let error = text(&document(&[page], font, &["null".to_owned()])).unwrap_err();
    assert!(matches!(error, ReadError::Unmapped { .. }), "{error}");
}

#[test]
fn a_locked_document_is_called_so() {
    let key = "00".repeat(32);
    let encrypt = format!("<</Filter/Standard/V 1/R 2/O<{key}>/U<{key}>/P -4>>");
    let objects = ["<</Type/Catalog/Pages 2 0 R>>".to_owned(), "<</Type/Pages/Kids[]/Count 0>>".to_owned(), encrypt];
    let error = text(&pdf(&objects, &format!("/Encrypt 3 0 R/ID[<{key}><{key}>]"))).unwrap_err();
    assert!(matches!(error, ReadError::Locked { .. }), "{error}");
}

#[test]
fn loops_and_bombs_end() {
    let catalogue = "<</Type/Catalog/Pages 2 0 R>>".to_owned();
    let kids = "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9/Parent 2 0 R>>".to_owned();
    assert!(text(&pdf(&[catalogue.clone(), kids], "")).is_err());
    let mut deep = catalogue;
    deep.push_str(&"[".repeat(100_000));
    assert!(text(&pdf(&[deep], "")).is_err());
    let itself = "/X Do ".repeat(3);
    let form = format!("<</Type/XObject/Subtype/Form/Length {}>>stream\n{itself}\nendstream", itself.len());
    assert!(text(&document(&["/X Do".to_owned()], GBK_FONT, &[form])).is_err());
    let much = gbk(60, 700, 12, &"法".repeat(1000)).repeat(500);
    let error = text(&document(&[much], GBK_FONT, &["null".to_owned()])).unwrap_err();
    assert!(matches!(error, ReadError::Bomb { .. }), "{error}");
}

#[test]
fn what_is_no_pdf_is_called_damaged() {
    for bytes in [&b"%PDF-1.4"[..], b"%PDF-1.4\n1 0 obj<<", b""] {
        assert!(matches!(text(bytes), Err(ReadError::Damaged { .. })));
    }
}

proptest! {
    #[test]
    fn a_file_with_any_bytes_changed_is_survived(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let page = gbk(60, 700, 14, "青山县法治政府建设情况报告") + &gbk(60, 670, 14, "共办理案件36件。");
        let mut file = document(&[page], GBK_FONT, &["null".to_owned()]);
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        if let Ok(text) = text(&file) {
            prop_assert!(!text.trim().is_empty());
        }
    }
}
