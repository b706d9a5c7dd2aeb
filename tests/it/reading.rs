//! Pages to read, as a browser gets them: a report with its marks, two reports side by side, findings, documents.

#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

use std::sync::LazyLock;

use fazhi::serve::Settings;

use crate::program::{output, text};
use crate::serve::{Reply, Running, encoded};

/// A report whose words are those of a page: what it says must stay text.
const HOSTILE: &str = "青梧县2020年法治政府建设情况报告\n\n2020年,青梧县扎实推进法治政府建设,现将有关情况报告如下:\n一、主要工作\n\
    (一)加强领导。<script>alert(\"一\")</script>县司法局组织学习《行政处罚法》3次 & 培训\"骨干\"50人次。\n\
    (二)规范执法。<img src=x onerror=alert(1)>开展案卷评查2次,发现问题12个,逐个反馈执法单位,限期整改到位并书面报告结果。\n\
    (三)化解纠纷。受理行政复议案件7件,审结6件;各乡镇调解委员会调处邻里纠纷130件,做到小事不出村、大事不出乡。\n\
    (四)宣传法律。在集市和校园张贴海报、发放口袋书2000册,组织村干部旁听庭审4次,群众遇事找法的习惯逐步养成。\n\
    二、存在的问题\n执法人员'偏少'</a></article>,个别乡镇案卷制作粗糙,文书用语不够规范。\n三、下一步打算\n充实执法人员<b>力量</b>,分批组织跟班学习,统一案卷文书样式。\n";

/// A server of the samples and the report above, laid beside each other.
static AUDITED: LazyLock<Running> = LazyLock::new(|| start(true));
/// The same without an audit.
static UNAUDITED: LazyLock<Running> = LazyLock::new(|| start(false));

fn start(audit: bool) -> Running {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("store");
    let page = dir.path().join("hostile.txt");
    std::fs::write(&page, HOSTILE).unwrap();
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/data/reports");
    output(&["build", "-q", "--store", text(&path), samples, text(&page)]);
    if audit {
        output(&["audit", "--store", text(&path)]);
    }
    Running::over(dir, Settings::default())
}

fn page(target: &str) -> Reply {
    AUDITED.get(target, "text/html")
}

/// The rows of a query, cell by cell.
fn rows(query: &str) -> Vec<Vec<String>> {
    let reply = AUDITED.query(query, "text/csv");
    assert_eq!(reply.status, 200, "{}", reply.body);
    let mut reader = csv::Reader::from_reader(reply.body.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// IRI and address of the report of a place and year.
fn report(place: &str, year: u16) -> (String, String) {
    let query = format!(
        "SELECT ?r WHERE {{ ?r a fz:Report ; fz:region ?p ; fz:year \"{year}\"^^xsd:gYear . ?p rdfs:label \"{place}\"@zh }} ORDER BY ?r"
    );
    let iri = rows(&query).first().expect("the samples have the report")[0].clone();
    let address = format!("/id/{}", iri.strip_prefix("https://w3id.org/fazhi/id/").unwrap());
    (iri, address)
}

fn unescaped(html: &str) -> String {
    let mut text = html.to_owned();
    for (entity, character) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#x2f;", "/"), ("&amp;", "&")]
    {
        text = text.replace(entity, character);
    }
    text
}

/// A stretch of a page's text: its first code point in the report, its characters, and the mark around it.
struct Marked {
    start: usize,
    words: String,
    fact: Option<String>,
    in_passage: bool,
}

/// The text of a report as its page shows it, read from the paragraphs; where each stretch stands is told from the plain text.
fn shown(body: &str, plain: &str) -> Vec<Marked> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in plain.split('\n') {
        if !line.trim().is_empty() {
            lines.push((start, line));
        }
        start += line.chars().count() + 1;
    }
    let mut found = Vec::new();
    for (number, (start, line)) in lines.iter().enumerate() {
        let opening =
            body.find(&format!(" id=\"p{}\"", number + 1)).unwrap_or_else(|| panic!("no paragraph {}", number + 1));
        let at = opening + body[opening..].find('>').unwrap() + 1;
        let ends = ["</p>", "</h3>", "</h4>", "</h5>"].into_iter().filter_map(|end| body[at..].find(end));
        let inner = &body[at..at + ends.min().unwrap()];
        let (mut place, mut fact, mut in_passage, mut all) = (*start, None, false, String::new());
        for piece in inner.split_inclusive('>') {
            let (words, tag) = piece.split_once('<').unwrap_or((piece, ""));
            let words = unescaped(words);
            if !words.is_empty() {
                let length = words.chars().count();
                all.push_str(&words);
                found.push(Marked { start: place, words, fact: fact.clone(), in_passage });
                place += length;
            }
            if tag.starts_with("/a") {
                fact = None;
            } else if tag.starts_with("a ") {
                let href = unescaped(tag);
                let name = href.split("fact=").nth(1).expect("a mark leads to its evidence");
                fact = Some(name.split(['#', '&']).next().unwrap().to_owned());
            } else if tag.starts_with("mark") {
                in_passage = true;
            } else if tag.starts_with("/mark") {
                in_passage = false;
            }
        }
        assert_eq!(all, *line, "paragraph {}", number + 1);
    }
    found
}

#[test]
fn the_page_shows_every_character_and_each_mark_where_the_graph_has_it() {
    let (iri, _) = report("青梧县", 2020);
    let hostile = format!("/id/{}", iri.strip_prefix("https://w3id.org/fazhi/id/").unwrap());
    for address in [report("武山县", 2019).1, report("永城市", 2021).1, report("青梧县", 2023).1, hostile] {
        let plain = page(&format!("{address}?as=text"));
        assert!(plain.header("content-type").unwrap().starts_with("text/plain"));
        let reply = page(&address);
        assert_eq!(reply.status, 200);
        let marks = shown(&reply.body, &plain.body);
        let characters: Vec<char> = plain.body.chars().collect();
        let mut seen = 0;
        for mark in &marks {
            let length = mark.words.chars().count();
            let there: String = characters[mark.start..mark.start + length].iter().collect();
            assert_eq!(there, mark.words);
            let Some(fact) = &mark.fact else { continue };
            let mut span = fact[1..].split('-').map(|number| number.parse::<usize>().unwrap_or_default());
            let (start, end) = (span.next().unwrap(), span.next().unwrap());
            assert!(
                start <= mark.start && mark.start + length <= end,
                "{fact} is shown at {}: {}",
                mark.start,
                mark.words
            );
            seen += 1;
        }
        assert!(seen > 2, "{address} has marks");
    }
}

#[test]
fn the_marked_characters_of_a_citation_are_its_quote() {
    let (iri, address) = report("武山县", 2019);
    let plain = page(&format!("{address}?as=text")).body;
    let marks = shown(&page(&format!("{address}?show=citations")).body, &plain);
    let quotes = rows(&format!(
        "SELECT ?c ?quote WHERE {{ ?c a fz:Citation ; fz:quote ?quote ; dcterms:isPartOf+ <{iri}> }} ORDER BY ?c"
    ));
    assert!(quotes.len() > 5);
    for row in &quotes {
        let fact = row[0].rsplit_once('#').unwrap().1;
        let words: String =
            marks.iter().filter(|mark| mark.fact.as_deref() == Some(fact)).map(|mark| mark.words.as_str()).collect();
        assert_eq!(words, row[1], "{fact}");
    }
}

#[test]
fn what_a_report_says_is_text_and_never_a_part_of_the_page() {
    let (_, address) = report("青梧县", 2020);
    let body = page(&address).body;
    assert!(!body.contains("<script>alert") && !body.contains("<img src=x") && !body.contains("<b>力量"));
    assert!(body.contains("&lt;script&gt;alert("), "the text is shown all the same");
    assert_eq!(page(&format!("{address}?as=text")).body, HOSTILE);
    let quoted = page(&format!("{address}?show=%22%3E%3Cscript%3E&fact=%3Cscript%3Ealert(1)%3C/script%3E")).body;
    assert!(!quoted.contains("<script>"), "what the address says is text, too");
}

#[test]
fn one_click_leads_from_a_mark_to_its_evidence() {
    let (iri, address) = report("武山县", 2019);
    let found = rows(&format!(
        "SELECT ?c ?title WHERE {{ ?c fz:quote \"行政复议法\"@zh ; fz:cites/rdfs:label ?title ; dcterms:isPartOf+ <{iri}> }} ORDER BY ?c"
    ));
    let cited = found.first().expect("the report names the law twice");
    let fact = cited[0].rsplit_once('#').unwrap().1;
    let body = page(&format!("{address}?fact={fact}")).body;
    let panel = body.split("id=\"evidence\"").nth(1).unwrap().split("</aside>").next().unwrap();
    assert!(panel.contains(&format!("<strong>{}</strong>", cited[1])), "the document that is meant: {panel}");
    // Why it was read so: the rule's sentence, and the line of the table that decided.
    assert!(panel.contains("登记表") && unescaped(panel).contains("data/laws/"), "{panel}");
    assert!(unescaped(panel).contains(&cited[0]) && panel.contains("fz:Citation"), "its IRI and Turtle: {panel}");
    // The address of the fact itself leads there.
    let moved = page(&format!("/id/{}%23{fact}", address.strip_prefix("/id/").unwrap()));
    assert_eq!(moved.status, 307);
    assert!(moved.header("location").unwrap().ends_with(&format!("?fact={fact}#evidence")));
    let unknown = page(&format!("{address}?fact=c1-2"));
    assert!(
        unknown.status == 200 && !unknown.body.contains("id=\"evidence\"") && unknown.body.contains("role=\"alert\"")
    );
}

#[test]
fn what_is_marked_can_be_chosen_and_a_passage_is_shown() {
    let (_, address) = report("永城市", 2021);
    let plain = page(&format!("{address}?as=text")).body;
    let of = |query: &str| {
        let marks = shown(&page(&format!("{address}?{query}")).body, &plain);
        let mut kinds: Vec<char> = marks.iter().filter_map(|mark| mark.fact.as_ref()?.chars().next()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds.into_iter().collect::<String>()
    };
    assert_eq!((of("show=citations"), of("show=figures&show=bodies")), ("c".to_owned(), "bf".to_owned()));
    assert_eq!(of("show="), "");
    let reply = page(&format!("{address}?show=citations&from=10&to=25"));
    let marked: String =
        shown(&reply.body, &plain).iter().filter(|mark| mark.in_passage).map(|mark| mark.words.clone()).collect();
    let passage: String = plain.chars().skip(10).take(15).filter(|c| *c != '\n').collect();
    assert_eq!(marked, passage);
    assert_eq!(reply.body.matches("id=\"passage\"").count(), 1);
}

#[test]
fn a_report_tells_of_itself_its_outline_and_the_years_around_it() {
    let (_, address) = report("青梧县", 2022);
    let body = unescaped(&page(&address).body);
    assert_eq!(body.matches("<h1").count(), 1);
    for link in [report("青梧县", 2021).1, report("青梧县", 2023).1] {
        assert!(body.contains(&format!("<a href=\"{link}\"")), "{link}");
    }
    assert!(body.contains("class=\"outline\"") && body.contains("<li class=\"level-1\"><a href=\"#p"));
    assert!(body.contains("format=turtle") && body.contains("as=text") && body.contains("/compare?a="));
    assert!(body.len() < 100_000, "the page has {} bytes", body.len());
}

#[test]
fn two_years_of_a_place_are_laid_beside_each_other() {
    let (old, new) = (report("青梧县", 2021).0, report("青梧县", 2022).0);
    let id = |iri: &str| iri.rsplit_once('/').unwrap().1.to_owned();
    let reply = page(&format!("/compare?a={}&b={}", id(&old), id(&new)));
    assert_eq!(reply.status, 200);
    let body = unescaped(&reply.body);
    assert!(body.contains("青梧县 2021 与 青梧县 2022") && body.contains("同一地区的两年"));
    // The audit of the samples has both: a passage word for word, and one in which a number changed.
    assert!(body.contains("一字未变") && body.contains("只改了数字") && body.contains("class=\"s-number\""), "{body}");
    // Each passage leads from one text to the other and back.
    assert!(body.contains("id=\"a-1\" href=\"#b-1\"") && body.contains("id=\"b-1\" href=\"#a-1\""));
    // By place and year the same two are found.
    let named = page(&format!("/compare?a_place={0}&a_year=2021&b_place={0}&b_year=2022", encoded("青梧县"))).body;
    assert!(unescaped(&named).contains("青梧县 2021 与 青梧县 2022"));
}

#[test]
fn what_cannot_be_compared_is_said_in_the_form() {
    let id = report("青梧县", 2021).0.rsplit_once('/').unwrap().1.to_owned();
    let said = |target: &str, words: &str| {
        let reply = page(target);
        assert!(reply.status == 200 && reply.body.contains(words), "{target}: {}", reply.body);
    };
    said(&format!("/compare?a={id}&b={id}"), "同一份报告");
    said("/compare", "name=\"a_place\"");
    said("/compare?a=000000-1900&b=%3Cscript%3E", "role=\"alert\"");
    said(&format!("/compare?a={id}&b_place={}", encoded("无此县")), "role=\"alert\"");
    said(&format!("/compare?a={id}&b_place={}&b_year=1999", encoded("武山县")), "role=\"alert\"");
    // A place with several years asks which.
    said(&format!("/compare?b={id}&a_place={}", encoded("青梧县")), "青梧县人民政府关于2022年度");
}

#[test]
fn findings_are_listed_by_rule_and_each_has_its_page() {
    let counts = rows("SELECT ?rule (COUNT(?f) AS ?n) WHERE { ?f fz:rule ?rule } GROUP BY ?rule");
    let body = page("/findings").body;
    let total: usize = counts.iter().map(|row| row[1].parse::<usize>().unwrap()).sum();
    assert!(body.contains(&format!("共 {total} 处")), "{total}");
    for row in &counts {
        let rule = row[0].rsplit_once('/').unwrap().1;
        let of_rule = page(&format!("/findings?rule={rule}")).body;
        let n: usize = row[1].parse().unwrap();
        assert!(of_rule.contains(&format!("共 {n} 处")), "{rule}: {n}");
        assert_eq!(of_rule.matches("data-finding=").count(), n.min(20), "{rule}");
    }
    let place = page(&format!("/findings?region={}&year=2019", encoded("武山县"))).body;
    assert!(place.contains("攸县") && !place.contains("青梧县2"), "only of the place");
    let wrong = page("/findings?rule=copied_pasage");
    assert!(wrong.status == 200 && wrong.body.contains("copied_passage"), "the rule that was meant is named");
    assert!(page("/findings?year=x").body.contains("role=\"alert\""));
}

#[test]
fn a_finding_shows_both_passages() {
    let found = rows(
        "SELECT ?f ?message WHERE { ?f fz:rule <https://w3id.org/fazhi/concept/rule/only_numbers_changed> ; \
         fz:otherPassage ?o ; rdfs:comment ?message FILTER (LANG(?message) = \"zh\") } ORDER BY ?f LIMIT 1",
    );
    let iri = &found[0][0];
    let reply = page(&format!("/finding?iri={}", encoded(iri)));
    assert_eq!(reply.status, 200);
    let body = unescaped(&reply.body);
    assert!(body.contains(&found[0][1]) && body.matches("<blockquote>").count() == 2, "{body}");
    assert!(body.contains("class=\"s-shared\"") && body.contains("/compare?a="));
    assert_eq!(page(&format!("/resource?iri={}", encoded(iri))).body, reply.body, "its IRI leads to the same page");
    assert_eq!(page("/finding?iri=https%3A%2F%2Fw3id.org%2Ffazhi%2Fid%2Faudit%23none").status, 404);
    assert_eq!(page("/finding").status, 400);
}

#[test]
fn an_audit_that_was_not_run_is_named_as_such() {
    let without = UNAUDITED.get("/findings", "text/html").body;
    assert!(
        without.contains("<code>fazhi audit</code>") && without.contains("他地地名"),
        "findings within reports are there"
    );
    assert!(!page("/findings").body.contains("<code>fazhi audit</code>"));
}

#[test]
fn a_place_has_its_sheet() {
    let body = page(&format!("/sheet?region={}", encoded("青梧县"))).body;
    assert!(body.contains("体检表") && body.contains("十个领域的举措") && body.contains("只改了数字"), "{body}");
    assert_eq!(page("/sheet").status, 400);
    assert_eq!(page(&format!("/sheet?region={}", encoded("无此县"))).status, 400);
}

#[test]
fn a_law_tells_who_cites_it_and_with_which_measures() {
    let reply = page(&format!("/id/document/{}", encoded("中华人民共和国行政处罚法")));
    assert_eq!(reply.status, 200);
    let body = unescaped(&reply.body);
    for words in ["1996-03-17", "2021-01-22", "登记表中没有废止记录", "永城市", "引用它的举措", "行政执法"]
    {
        assert!(body.contains(words), "{words}");
    }
    assert!(body.contains("<svg") && body.contains("?year=2021#measures"), "years as a picture that leads on");
    let chosen = page(&format!("/id/document/{}?year=2023", encoded("中华人民共和国行政处罚法"))).body;
    let measures = chosen.split("id=\"measures\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(measures.contains("青梧县") && !measures.contains("永城市"), "{measures}");
}

#[test]
fn a_repealed_law_says_so_and_documents_can_be_found() {
    let ended =
        rows("SELECT ?d ?n WHERE { ?d eli:date_no_longer_in_force ?n ; eli:repealed_by ?by } ORDER BY ?d LIMIT 1");
    let body = page(&format!("/resource?iri={}", encoded(&ended[0][0]))).body;
    assert!(body.contains(&ended[0][1]) && body.contains("废止"), "{body}");
    let list = page(&format!("/documents?words={}", encoded("行政复议"))).body;
    assert!(list.contains("中华人民共和国行政复议法") && !list.contains("中华人民共和国宪法"));
    let laws = page("/documents?kind=law").body;
    assert!(laws.contains("中华人民共和国宪法") && !laws.contains("法治政府建设实施纲要"));
    assert!(page("/documents?kind=nonsense").body.contains("role=\"alert\""));
}

#[test]
fn the_tables_of_a_report_are_in_the_order_of_its_text() {
    // The report is a parameter that is shown as well: its value must not hide by what the rows are ordered.
    let (iri, _) = report("武山县", 2019);
    for (table, column) in [("report-citations", "start"), ("report-figures", "start"), ("report-units", "start")] {
        let reply = AUDITED.get(&format!("/q/{table}.csv?report={}", encoded(&iri)), "text/csv");
        let mut reader = csv::Reader::from_reader(reply.body.as_bytes());
        let at = reader.headers().unwrap().iter().position(|name| name == column).unwrap();
        let places: Vec<usize> = reader.records().map(|row| row.unwrap()[at].parse().unwrap()).collect();
        assert!(places.len() > 5 && places.is_sorted(), "{table}: {places:?}");
    }
}

#[test]
fn what_is_not_there_is_a_page_that_says_so() {
    for target in ["/id/report/000000-1900-000000000000", "/id/document/none", "/resource?iri=urn:none"] {
        let reply = page(target);
        assert_eq!(reply.status, 404, "{target}");
        assert!(reply.body.contains("<h1"), "{target} is a page: {}", reply.body);
    }
}
