#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]

use super::*;
use proptest::prelude::*;

/// Two paragraphs as a report has them, long enough to be the main text.
const BODY: &str = "<p>　　2022年，青山县扎实推进依法行政，办理行政复议案件36件，开展执法监督检查12次，法治政府建设取得新成效。</p>\
                    <p>　　一、主要做法</p><p>　　（一）健全工作机制。县政府常务会议专题学法6次，听取法治政府建设情况汇报2次。</p>";

/// What [`BODY`] is as text.
const TEXT: &str = "2022年，青山县扎实推进依法行政，办理行政复议案件36件，开展执法监督检查12次，法治政府建设取得新成效。\n\
                    一、主要做法\n（一）健全工作机制。县政府常务会议专题学法6次，听取法治政府建设情况汇报2次。";

fn page(source: &str) -> ReadPage {
    read(source, "f").unwrap()
}

fn text(source: &str) -> String {
    page(source).text
}

#[test]
fn the_main_box_is_kept_and_the_furniture_dropped() {
    let source = format!(
        "<!DOCTYPE html><html><head><title>青山县2022年法治政府建设报告_青山县人民政府</title>\
         <meta name='ArticleTitle' content='青山县2022年法治政府建设报告'><meta name=PubDate content='2023-01-16 10:20'>\
         <meta name=ContentSource content='青山县司法局'><meta name=SiteName content='青山县人民政府'>\
         <meta name=Url content='http://www.example.gov.cn/art/2023/1.html'><script>var a = '<p>脚本</p>';</script></head>\
         <body><div class=header><ul><li><a href=/>首页</a></li><li><a href=/zw>政务公开</a></li><li><a href=/hd>互动交流</a></li></ul></div>\
         <div class=crumbs>您的位置：<a href=/>首页</a> &gt; <a href=/fz>法治政府</a></div>\
         <h1>青山县2022年法治政府建设报告</h1><div class=info>来源：县司法局 发布时间：2023-01-17 <a href='#'>打印</a></div>\
         <div id=zoom>{BODY}<div style='display: none'>隐藏的内容</div><div class=share>分享到：微信</div></div>\
         <footer>主办：青山县人民政府办公室 备案号：00000000</footer></body></html>"
    );
    let page = page(&source);
    assert_eq!(page.text, format!("青山县2022年法治政府建设报告\n来源：县司法局 发布时间：2023-01-17 打印\n{TEXT}"));
    let expected = PageMetadata {
        title: Some("青山县2022年法治政府建设报告".into()),
        publisher: Some("青山县司法局".into()),
        published: Some("2023-01-16".into()),
        dated: None,
        index_number: None,
        site: Some("青山县人民政府".into()),
        cut_off: false,
    };
    assert_eq!(page.metadata, expected);
    assert_eq!(page.url.as_deref(), Some("http://www.example.gov.cn/art/2023/1.html"));
}

#[test]
fn the_index_table_before_the_text_is_kept_and_read() {
    let source = format!(
        "<body><table class=xxgk-info><tr><td>索 引 号：</td><td>QS01/2023-0007</td><td>主题分类：</td><td></td></tr>\
         <tr><td>发布机构：</td><td>青山县司法局</td><td>成文日期：</td><td>2023年1月5日</td></tr></table>\
         <div class='TRS_UEDITOR view'><h2>青山县2022年法治政府建设报告</h2>{BODY}</div></body>"
    );
    let page = page(&source);
    assert_eq!(
        page.text,
        format!(
            "索 引 号： | QS01/2023-0007 | 主题分类： |\n发布机构： | 青山县司法局 | 成文日期： | 2023年1月5日\n\
             青山县2022年法治政府建设报告\n{TEXT}"
        )
    );
    assert_eq!(page.metadata.index_number.as_deref(), Some("QS01/2023-0007"));
    assert_eq!(page.metadata.publisher.as_deref(), Some("青山县司法局"));
    assert_eq!(page.metadata.dated.as_deref(), Some("2023-01-05"));
}

#[test]
fn without_a_known_box_the_densest_part_is_taken() {
    let links = "<li><a href=x>栏目名称一</a></li>".repeat(20);
    let source = format!(
        "<body><div class=q1><ul>{links}</ul></div><div class=q2><div class=q3>{BODY}</div><div class=q4><ul>{links}</ul></div></div>\
         <div class=q5>网站地图 联系我们</div></body>"
    );
    assert_eq!(text(&source), TEXT);
}

#[test]
fn an_empty_box_does_not_hide_the_text_elsewhere() {
    let source = format!("<body><div id=zoom>附件下载</div><div class=qq>{}</div></body>", BODY.repeat(5));
    assert!(text(&source).contains("健全工作机制"));
}

#[test]
fn a_page_that_is_all_form_or_hidden_until_loaded_is_read() {
    assert_eq!(
        text(&format!("<body><form id=form1 runat=server><div class=nav>首页</div><div>{BODY}</div></form></body>")),
        TEXT
    );
    assert_eq!(text(&format!("<body><div id=zoom style='display:none'>{BODY}</div></body>")), TEXT);
}

#[test]
fn a_text_in_two_boxes_of_one_kind_is_kept_whole() {
    let source = format!(
        "<body><div class=wrap><div class=TRS_Editor>{BODY}</div><div class=TRS_Editor>{BODY}</div></div></body>"
    );
    assert_eq!(text(&source), format!("{TEXT}\n{TEXT}"));
}

#[test]
fn blocks_are_lines_and_inline_elements_join() {
    let source = "<body><div id=zoom><p>法<b>治</b><span>政\n   府</span>建设&nbsp;&nbsp;<font>报告</font>&lt;一&gt;&#12299;</p>\
                  第一行<br>第二行<br/><br/>&nbsp;<ol><li>甲</li><li>乙</li></ol><h3>丙</h3>A\n  B\u{200b}C<pre>丁\n戊</pre></div></body>";
    assert_eq!(text(source), "法治政府建设 报告<一>》\n第一行\n第二行\n甲\n乙\n丙\nA BC\n丁\n戊");
}

#[test]
fn a_table_of_data_is_rows_and_a_table_of_layout_is_blocks() {
    let data = "<table><tr><th>年份</th><th>复议<br>案件</th></tr><tr><td><p>2022</p></td><td>36件</td></tr></table>";
    assert_eq!(text(&format!("<body><div id=zoom>{data}</div></body>")), "年份 | 复议 案件\n2022 | 36件");
    let layout = format!("<body><table><tr><td>左栏</td><td>{}</td></tr></table></body>", BODY.repeat(9));
    assert!(text(&layout).contains("\n一、主要做法\n"));
}

#[test]
fn the_title_is_found_without_the_site() {
    for (head, expected) in [
        ("<title>青山县人民政府 - 2022年法治政府建设情况报告</title>", Some("2022年法治政府建设情况报告")),
        (
            "<title>青山县法治政府建设实施方案（2021-2025年）落实情况_法治建设_青山县政府网</title>",
            Some("青山县法治政府建设实施方案（2021-2025年）落实情况"),
        ),
        ("<title>关于《条例》执行情况的报告</title>", Some("关于《条例》执行情况的报告")),
        ("<title></title>", None),
        (
            "<title>某页</title><meta property='og:title' content='青山县2021年法治政府建设报告'>",
            Some("青山县2021年法治政府建设报告"),
        ),
    ] {
        let page = page(&format!("<head>{head}</head><body><div id=zoom>{BODY}</div></body>"));
        assert_eq!(page.metadata.title.as_deref(), expected, "{head}");
        assert_eq!(page.text.lines().next(), expected.or(TEXT.lines().next()));
    }
}

#[test]
fn a_title_that_the_text_begins_with_is_not_doubled() {
    let source = format!(
        "<head><meta name=ArticleTitle content='青山县人民政府关于2022年度法治政府建设情况的报告'></head>\
         <body><div id=zoom><p>青山县人民政府</p><p>关于2022年度法治政府建设情况的报告</p>{BODY}</div></body>"
    );
    assert_eq!(text(&source), format!("青山县人民政府\n关于2022年度法治政府建设情况的报告\n{TEXT}"));
}

#[test]
fn the_address_that_a_browser_noted_is_read() {
    let saved = format!(
        "<!DOCTYPE html>\n<!-- saved from url=(0034)http://www.example.gov.cn/a/1.html -->\n<body><div id=zoom>{BODY}</div></body>"
    );
    assert_eq!(page(&saved).url.as_deref(), Some("http://www.example.gov.cn/a/1.html"));
    let canonical = format!("<head><link rel=canonical href='https://www.example.gov.cn/b'></head><body>{BODY}</body>");
    assert_eq!(page(&canonical).url.as_deref(), Some("https://www.example.gov.cn/b"));
    let relative = format!("<head><meta name=url content='/b/c.html'></head><body>{BODY}</body>");
    assert_eq!(page(&relative).url, None);
}

#[test]
fn a_page_without_text_is_an_error() {
    for source in [
        "<html><head><title>报告</title></head><body><script>load()</script></body></html>",
        "<!-- -->",
        "<body>&nbsp;</body>",
    ] {
        assert!(matches!(read(source, "f"), Err(ReadError::NoText { .. })), "{source}");
    }
}

#[test]
fn a_page_cut_off_in_its_midst_is_read_to_the_cut() {
    assert_eq!(
        text(&format!("<body><div id=zoom>{BODY}<p>二、存在的问题</p><p>执法力量<a href=\"")),
        format!("{TEXT}\n二、存在的问题\n执法力量")
    );
}

#[test]
fn a_million_open_elements_neither_overflow_nor_stall() {
    let page = format!("<body>{}{BODY}{}", "<div>".repeat(1_000_000), "</div>".repeat(1_000_000));
    assert_eq!(text(&page), TEXT);
    let looks = format!("<body>{}{BODY}", "<b class=x><i>".repeat(300_000));
    assert_eq!(text(&looks), TEXT);
    let tables = format!("<body>{}{BODY}", "<table><tr><td>".repeat(300_000));
    assert!(text(&tables).contains("一、主要做法"));
}

proptest! {
    #[test]
    fn any_text_is_survived(source in "\\PC*") {
        let _ = read(&source, "f");
    }

    #[test]
    fn any_tags_are_survived(parts in prop::collection::vec(
        prop::sample::select(vec![
            "<div>", "</div>", "<p>", "</p>", "<table>", "</table>", "<tr>", "<td>", "</td>", "<ul>", "<li>", "<a href=x>", "</a>", "<b>", "</b>", "<form>",
            "<select>", "<option>", "<svg>", "<math>", "<template>", "</template>", "<frameset>", "<plaintext>", "<textarea>", "<script>", "</script>",
            "<title>", "</title>", "<body hidden>", "<div id=zoom>", "<pre>", "<br", ">", "<!--", "-->", "&nbsp;", "&#x1f600;", "索引号：", "报告", " ", "\n", "<![CDATA[", "\0",
        ]), 0..60)
    ) {
        let _ = read(&parts.concat(), "f");
    }

    #[test]
    fn every_paragraph_of_the_box_comes_out_in_order(paragraphs in prop::collection::vec("[一-龥]{12,40}", 1..20)) {
        let body = format!("<p>{}</p>", paragraphs.join("</p><p>"));
        prop_assert_eq!(text(&format!("<body><nav>导航</nav><div class=article-content>{body}</div></body>")), paragraphs.join("\n"));
    }
}

#[test]
fn a_page_that_was_not_saved_whole_says_so() {
    let whole = format!("<html><body><div id=zoom>{BODY}</div></body></html>");
    assert!(!page(&whole).metadata.cut_off);
    assert!(page(&whole[..whole.len() - 20]).metadata.cut_off);
}
