//! Tables: CSV and Parquet, with columns under the usual names or under others.

use std::io::Cursor;

use parquet::basic::{Compression, LogicalType, Repetition, Type as PhysicalType};
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use super::*;

fn table(bytes: impl Into<Vec<u8>>, format: Format, columns: Columns) -> Vec<Result<Document, ReadError>> {
    let options = Options { columns: Arc::new(columns), ..Options::default() };
    documents_from(Box::new(Cursor::new(bytes.into())), "t", format, &options).collect()
}

fn csv(bytes: impl Into<Vec<u8>>) -> Vec<Result<Document, ReadError>> {
    table(bytes, Format::Csv, Columns::default())
}

#[test]
fn rows_are_documents_and_keep_their_numbers() {
    let all = csv(
        "标题,正文,网址,发布日期\r\n甲报告,\"甲县\"\"2022\"\"年,\r\n报告\",http://e.gov.cn/1,2023年1月5日\r\n空,,,\r\n乙,乙县报告,,\r\n",
    );
    let [Ok(first), Err(empty), Ok(last)] = &all[..] else { panic!("{all:?}") };
    assert_eq!((first.text.as_str(), first.source.path.as_str()), ("甲县\"2022\"年,\n报告", "t#1"));
    assert_eq!((first.source.format.as_str(), first.source.url.as_deref()), ("csv", Some("http://e.gov.cn/1")));
    assert_eq!((first.page.title.as_deref(), first.page.published.as_deref()), (Some("甲报告"), Some("2023-01-05")));
    assert!(matches!(empty, ReadError::Empty { file } if file == "t#2"));
    assert_eq!((last.text.as_str(), last.source.url.as_deref()), ("乙县报告", None));
}

#[test]
fn separators_and_encodings_are_told_by_the_first_lines() {
    let text = "id;content\n1;青山县法治政府建设情况报告，共办理案件\n";
    for bytes in [
        text.as_bytes().to_vec(),
        encoding_rs::GB18030.encode(text).0.into_owned(),
        text.replace(';', "\t").into_bytes(),
        text.replace(';', ",").into_bytes(),
        format!("\u{feff}{}", text.replace("id;", "").replace("1;", "")).into_bytes(),
        [vec![0xff, 0xfe], text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat(),
    ] {
        let all = csv(bytes);
        assert_eq!(all[0].as_ref().unwrap().text, "青山县法治政府建设情况报告，共办理案件");
    }
}

#[test]
fn a_column_that_is_missing_is_told_once() {
    let all = csv("id,words\n1,甲\n2,乙\n");
    let [Err(error)] = &all[..] else { panic!("{all:?}") };
    assert_eq!(
        error.to_string(),
        "t: has no column `text` (its columns: id, words); name the right one with --text-column"
    );
    let columns = Columns { text: Some("words".into()), url: None };
    assert_eq!(table("id,words\n1,甲\n", Format::Csv, columns)[0].as_ref().unwrap().text, "甲");
}

#[test]
fn a_cell_without_end_is_not_kept() {
    let options = Options { limits: Limits { document_bytes: 1 << 17 }, ..Options::default() };
    let bytes = format!("text\n短\n\"{}", "长".repeat(1 << 20));
    let all: Vec<_> = documents_from(Box::new(Cursor::new(bytes.into_bytes())), "t", Format::Csv, &options).collect();
    assert!(matches!(&all[..], [Ok(_), Err(ReadError::TooLarge { .. })]), "{all:?}");
}

/// A table of text columns, a row group a slice of rows.
fn parquet(columns: &[&str], groups: &[&[&[&str]]], compression: Compression) -> Vec<u8> {
    let field = |name: &&str| {
        let column = Type::primitive_type_builder(name, PhysicalType::BYTE_ARRAY)
            .with_logical_type(Some(LogicalType::String))
            .with_repetition(Repetition::OPTIONAL);
        Arc::new(column.build().unwrap())
    };
    let schema = Type::group_type_builder("schema").with_fields(columns.iter().map(field).collect()).build().unwrap();
    let properties = Arc::new(WriterProperties::builder().set_compression(compression).build());
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, Arc::new(schema), properties).unwrap();
    for rows in groups {
        let mut group = writer.next_row_group().unwrap();
        for column in 0..columns.len() {
            let cells: Vec<&str> = rows.iter().map(|row| row[column]).collect();
            let filled: Vec<ByteArray> =
                cells.iter().filter(|cell| !cell.is_empty()).map(|cell| ByteArray::from(*cell)).collect();
            let levels: Vec<i16> = cells.iter().map(|cell| i16::from(!cell.is_empty())).collect();
            let mut writer = group.next_column().unwrap().unwrap();
            writer.typed::<ByteArrayType>().write_batch(&filled, Some(&levels), None).unwrap();
            writer.close().unwrap();
        }
        group.close().unwrap();
    }
    writer.close().unwrap();
    bytes
}

#[test]
fn parquet_is_read_in_every_compression() {
    let groups: [&[&[&str]]; 2] =
        [&[&["甲县报告", "http://e.gov.cn/1", "x"], &["", "", "y"]], &[&["乙县报告", "", ""]]];
    for compression in [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(parquet::basic::GzipLevel::default()),
        Compression::ZSTD(parquet::basic::ZstdLevel::default()),
    ] {
        // What it is, is told by its content.
        let all = table(parquet(&["Content", "url", "other"], &groups, compression), Format::Text, Columns::default());
        let [Ok(first), Err(ReadError::Empty { file }), Ok(last)] = &all[..] else { panic!("{all:?}") };
        assert_eq!((first.text.as_str(), first.source.path.as_str()), ("甲县报告", "t#1"));
        assert_eq!((first.source.format.as_str(), first.source.url.as_deref()), ("parquet", Some("http://e.gov.cn/1")));
        assert_eq!((file.as_str(), last.text.as_str(), last.source.path.as_str()), ("t#2", "乙县报告", "t#3"));
    }
}

#[test]
fn columns_of_parquet_may_be_named_and_are_listed() {
    let groups: [&[&[&str]]; 1] = [&[&["甲", "乙"]]];
    let bytes = parquet(&["a", "b"], &groups, Compression::UNCOMPRESSED);
    let named = table(bytes.clone(), Format::Parquet, Columns { text: Some("B".into()), url: None });
    assert_eq!(named[0].as_ref().unwrap().text, "乙");
    let error = table(bytes, Format::Parquet, Columns::default()).remove(0).unwrap_err().to_string();
    assert!(error.contains("(its columns: a, b)"), "{error}");
}

#[test]
fn a_file_called_parquet_that_is_none_is_damaged() {
    let all = table("hello", Format::Parquet, Columns::default());
    assert!(matches!(&all[..], [Err(ReadError::Damaged { what: "Parquet table", .. })]), "{all:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_parquet_table_with_any_bytes_changed_is_survived(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)
    ) {
        let groups: [&[&[&str]]; 1] = [&[&["甲县报告", "u"], &["乙县报告", "v"]]];
        let mut bytes = parquet(&["text", "url"], &groups, Compression::SNAPPY);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        for document in table(bytes, Format::Parquet, Columns::default()).into_iter().flatten() {
            prop_assert!(!document.text.trim().is_empty());
        }
    }
}
