//! What a report says in RDF: a golden, and what must hold of any report.
#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};

use fazhi::describe::{self, Base, DocumentRow, RegionRow};
use fazhi::lexicon::Lexicon;
use fazhi::read::Document;
use fazhi::report::{
    Basis, BodyMention, Change, Citation, DocumentKind, Figure, Finding, How, Level, Metadata, Period, RegionRef,
    Report, Role, Source, Span, Statement, Unit, UnitKind,
};
use fazhi::vocab::dcterms;
use oxigraph::io::{RdfFormat, RdfParser, RdfSerializer};
use oxigraph::model::{NamedOrBlankNode, Quad, Term, Triple};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::vocab::expect_file;

const TEXT: &str = "青梧县2023年法治政府建设情况报告\n县委、县政府高度重视法治政府建设。\n\
    一、主要举措\n(一)规范行政复议。县司法局贯彻《行政复议法》第三十三条,落实《青梧县重大行政决策目录》,收到行政复议申请12件,\
    纠错率16.67%,下降120%,普法2万余人次。\n二、存在问题\n执法力量不足。\n三、下一步打算\n充实执法力量,按《条例》规定办理。\n";

fn span(needle: &str) -> Span {
    let byte = TEXT.find(needle).expect("the text has it");
    let start = TEXT[..byte].chars().count();
    Span { start, end: start + needle.chars().count() }
}

fn citation(quote: &str, canonical: &str, kind: DocumentKind, how: How, region: Option<&str>) -> Citation {
    let level = if region.is_some() { Level::County } else { Level::National };
    Citation {
        span: span(quote),
        quote: quote.to_owned(),
        title: quote.trim_matches(['《', '》']).to_owned(),
        canonical: canonical.to_owned(),
        kind,
        how,
        number: None,
        articles: Vec::new(),
        level,
        region: region.map(str::to_owned),
        implements: Vec::new(),
        ..Citation::default()
    }
}

fn figure(quote: &str, value: f64, unit: &str, indicator: &str, concept: Option<&str>) -> Figure {
    let approx = quote.contains('余');
    let (unit, indicator, concept) = (unit.to_owned(), indicator.to_owned(), concept.map(str::to_owned));
    Figure { span: span(quote), quote: quote.to_owned(), value, unit, indicator, approx, concept, ..Figure::default() }
}

fn body(quote: &str, name: &str, kind: &str) -> BodyMention {
    let region = Some("990101".to_owned());
    BodyMention {
        span: span(quote),
        quote: quote.to_owned(),
        name: name.to_owned(),
        region,
        kind: Some(kind.to_owned()),
        ..BodyMention::default()
    }
}

fn unit(text: &str, kind: UnitKind, name: &str, category: &str) -> Unit {
    Unit {
        span: span(text),
        kind,
        name: name.to_owned(),
        category: category.to_owned(),
        also: Vec::new(),
        bodies: Vec::new(),
        citations: Vec::new(),
        figures: Vec::new(),
        addresses: Vec::new(),
        ..Unit::default()
    }
}

/// A report of an invented county with one of everything.
fn report() -> Report {
    let regulation = "重大行政决策程序暂行条例";
    let mut law = citation("《行政复议法》", "中华人民共和国行政复议法", DocumentKind::Law, How::Bracketed, None);
    law.articles.push("第三十三条".to_owned());
    let mut local = citation(
        "《青梧县重大行政决策目录》",
        "青梧县重大行政决策目录",
        DocumentKind::LocalDocument,
        How::Bracketed,
        Some("990101"),
    );
    local.number = Some("青政办发〔2023〕7号".to_owned());
    let measure = "规范行政复议。县司法局贯彻《行政复议法》第三十三条,落实《青梧县重大行政决策目录》,收到行政复议申请12件,\
        纠错率16.67%,下降120%,普法2万余人次。";
    Report {
        id: "990101-2023-0123456789ab".to_owned(),
        source: Source { url: Some("https://www.example.org/青梧/1.html".to_owned()), ..Source::default() },
        metadata: Metadata {
            title: Some("青梧县2023年法治政府建设情况报告".to_owned()),
            region: Some(RegionRef {
                name: "青梧县".to_owned(),
                code: Some("990101".to_owned()),
                level: Level::County,
                path: ["云岭省", "清江市", "青梧县"].map(str::to_owned).to_vec(),
                township: None,
                ..RegionRef::default()
            }),
            issuer: Some("青梧县人民政府".to_owned()),
            addressee: Some("县委".to_owned()),
            year: Some(2023),
            published: Some("2024-03-29".to_owned()),
            dated: Some("2024-02-30".to_owned()),
            index_number: Some("QW001/2024-1".to_owned()),
        },
        statements: vec![Statement {
            span: span("执法力量不足。"), role: Role::Problem, ..Statement::default()
        }],
        units: vec![
            Unit {
                also: ["decision", "disputes", "decision"].map(str::to_owned).to_vec(),
                topics: ["enforcement/supervision".to_owned()].to_vec(),
                bodies: vec!["青梧县司法局".to_owned()],
                citations: vec![0, 1],
                figures: vec![0, 1, 2],
                ..unit(measure, UnitKind::Measure, "规范行政复议", "disputes")
            },
            unit("执法力量不足。", UnitKind::Problem, "执法力量不足", "enforcement"),
            Unit {
                citations: vec![2],
                addresses: vec![1],
                ..unit("充实执法力量,按《条例》规定办理。", UnitKind::Plan, "充实执法力量", "enforcement")
            },
        ],
        citations: vec![
            law,
            local,
            citation("《条例》", regulation, DocumentKind::AdministrativeRegulation, How::Anaphor, None),
        ],
        bodies: vec![
            body("县委", "中共青梧县委员会", "party-committee"),
            body("县政府", "青梧县人民政府", "government"),
            body("县司法局", "青梧县司法局", "justice"),
        ],
        figures: vec![
            figure("12件", 12.0, "件", "收到行政复议申请", Some("review-applications")),
            figure("16.67%", 16.67, "%", "行政复议纠错率", Some("review-correction-rate")),
            figure("2万余人次", 20000.0, "人次", "普法", None),
        ],
        findings: vec![Finding {
            span: span("120%"),
            kind: "impossible_percentage".to_owned(),
            message: "百分比“120%”不可能:下降、占比不得超过100%。".to_owned(),
            ..Finding::default()
        }],
        text: TEXT.to_owned(),
    }
}

/// The statements as N-Quads, a line each, sorted.
fn sorted(quads: impl IntoIterator<Item = Quad>) -> String {
    let mut lines: Vec<String> = quads.into_iter().map(|quad| format!("{quad} .\n")).collect();
    lines.sort();
    lines.concat()
}

#[test]
fn a_report_with_one_of_everything() {
    expect_file("tests/golden/describe_report.nq", &sorted(describe::quads(&report(), &Base::default())));
}

/// The graph of a report of which only the title and one sentence are told.
fn read(title: &str, sentence: &str) -> Vec<Triple> {
    let text = format!("{title}2022年法治政府建设情况报告\n一、主要举措\n(一)健全制度。{sentence}\n");
    let lexicon = Lexicon::shared().expect("the tables are valid");
    describe::triples(&fazhi::extract(&Document { text, ..Document::default() }, lexicon), &Base::default())
}

#[test]
fn a_document_has_one_kind_and_one_level_whoever_cites_it() {
    let measures = "石家庄市食品安全管理办法";
    let points = "年度法治工作要点";
    let own = format!("印发《{points}》。");
    let graph: BTreeSet<String> = [
        // Its own paper, by the words of the report; called a rule; cited from below, and by its own bureau.
        read("石家庄市", &format!("出台《{measures}》。")),
        read("石家庄市", &format!("出台《{measures}》等政府规章。")),
        read("石家庄市长安区", &format!("认真贯彻《{measures}》。")),
        read("石家庄市司法局", &format!("起草《{measures}》。")),
        // Papers of one title: of a county, of its bureau, of its town, of a county that no table has, of nobody knows whom.
        read("武山县", &own),
        read("武山县司法局", &own),
        read("武山县洛门镇", &own),
        read("青梧县", &own),
        read("", &own),
    ]
    .concat()
    .iter()
    .map(Triple::to_string)
    .collect();
    let values = |document: &str, property: &str| -> Vec<String> {
        let start = format!("{document} <https://w3id.org/fazhi/ns#{property}> ");
        let found = graph.iter().filter_map(|line| line.strip_prefix(&start));
        found.filter_map(|value| value.rsplit('/').next()).map(|value| value.replace('>', "")).collect()
    };
    let titled = |title: &str| -> Vec<&str> {
        let label = format!("label> \"{title}\"@zh");
        graph.iter().filter(|line| line.contains(&label)).filter_map(|line| line.split(' ').next()).collect()
    };
    let [rule] = titled(measures)[..] else { panic!("{:?}", titled(measures)) };
    assert_eq!(values(rule, "kind"), ["local_government_rule"]);
    assert_eq!((values(rule, "level"), values(rule, "region")), (vec!["prefecture".into()], vec!["130100".into()]));
    let papers = titled(points);
    for document in &papers {
        assert_eq!((values(document, "kind").len(), values(document, "level").len()), (1, 1), "{document}");
    }
    let level = |wanted: &str| papers.iter().filter(|document| values(document, "level") == [wanted]).count();
    assert!(papers.len() >= 4, "{papers:?}");
    assert_eq!((level("township"), level("department")), (1, 1), "{papers:?}");
}

#[test]
fn rows_of_the_registries() {
    let base = Base::default();
    let county = RegionRow {
        code: "990101",
        name: "青梧县",
        level: Level::County,
        parent: Some("990100"),
        from: Some(1985),
        to: Some(2015),
        successors: vec!["990101"],
        latitude: Some(30.5),
        longitude: Some(110.0),
    };
    let regions = [
        RegionRow { name: "青梧区", from: Some(2016), to: None, successors: Vec::new(), ..county.clone() },
        county.clone(),
        RegionRow {
            code: "990102", name: "白杨县", to: Some(2019), successors: vec!["990101"], from: None, ..county
        },
    ];
    let national = DocumentRow {
        title: "法治政府建设实施纲要(2021-2025年)",
        kind: DocumentKind::PartyStatePolicy,
        level: Level::National,
        region: None,
        aliases: vec!["纲要", "法治政府建设实施纲要(2021-2025年)"],
        adopted: Some("2021-08"),
        revised: Vec::new(),
        effective: None,
        repealed_on: None,
        repealed_by: None,
        issuers: vec!["中共中央", "国务院"],
        number: Some("中发〔2021〕33号"),
        implements: Vec::new(),
    };
    let documents = [
        DocumentRow {
            title: "合同法",
            kind: DocumentKind::Law,
            adopted: Some("1999-03-15"),
            revised: vec!["2000"],
            effective: Some("1999-10-01"),
            repealed_on: Some("2021-01-01"),
            repealed_by: Some("民法典"),
            aliases: Vec::new(),
            issuers: Vec::new(),
            number: None,
            ..national.clone()
        },
        DocumentRow {
            title: "青梧县实施方案",
            level: Level::County,
            region: Some("990101"),
            aliases: Vec::new(),
            issuers: vec!["中共青梧县委员会"],
            implements: vec!["法治政府建设实施纲要(2021-2025年)"],
            number: None,
            adopted: None,
            ..national.clone()
        },
        national,
    ];
    let triples = describe::regions(&regions, &base).chain(describe::documents(&documents, &base));
    let quads = triples.map(|triple| triple.in_graph(oxigraph::model::GraphName::DefaultGraph));
    expect_file("tests/golden/describe_registries.nq", &sorted(quads));
}

#[test]
fn the_ontology_is_read_whole() {
    let triples = describe::ontology().expect("the files are valid");
    assert!(triples.iter().all(|triple| matches!(triple.subject, NamedOrBlankNode::NamedNode(_))));
    assert!(triples.len() > 3000, "{} triples", triples.len());
}

#[test]
fn what_the_golden_says_is_of_known_concepts() {
    let known: BTreeSet<String> =
        describe::ontology().expect("the files are valid").iter().map(|triple| triple.subject.to_string()).collect();
    for triple in describe::triples(&report(), &Base::default()) {
        let object = triple.object.to_string();
        if object.contains("/fazhi/concept/") {
            assert!(known.contains(&object), "{triple}: {object} is not in ontology/categories.ttl");
        }
    }
}

/// What must hold of the triples of any report.
fn check(report: &Report, triples: &[Triple]) -> Result<(), TestCaseError> {
    let iri = describe::report_iri(report, &Base::default());
    let mut above: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut subjects = BTreeSet::new();
    for triple in triples {
        let NamedOrBlankNode::NamedNode(subject) = &triple.subject else {
            return Err(TestCaseError::fail(format!("{triple} has a blank subject")));
        };
        prop_assert!(!matches!(triple.object, Term::BlankNode(_)), "{} has a blank object", triple);
        subjects.insert(subject.as_str().to_owned());
        if let (true, Term::NamedNode(object)) = (triple.predicate == dcterms::IS_PART_OF, &triple.object) {
            above.entry(subject.as_str().to_owned()).or_default().push(object.as_str().to_owned());
        }
    }
    let own = format!("{}#", iri.as_str());
    for subject in subjects.iter().filter(|subject| subject.starts_with(&own)) {
        for holder in above.get(subject).unwrap_or(&Vec::new()) {
            let of_report = above.get(holder).is_some_and(|holders| holders.contains(&iri.as_str().to_owned()));
            prop_assert!(holder == iri.as_str() || of_report, "{} hangs below {}", subject, holder);
        }
        prop_assert!(above.contains_key(subject), "{} hangs in the air", subject);
    }
    Ok(())
}

fn any_span() -> impl Strategy<Value = Span> {
    (0_usize..300, 0_usize..300).prop_map(|(start, end)| Span { start, end })
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[县司法局《》 /#?%\"<>\\\\^`{|}\u{3000}.]{0,8}"]
}

fn any_level() -> impl Strategy<Value = Level> {
    use Level::{County, Department, National, Prefecture, Province, Township};
    proptest::sample::select(vec![National, Province, Prefecture, County, Township, Department])
}

fn any_code() -> impl Strategy<Value = Option<String>> {
    proptest::option::of(any_text())
}

fn any_unit() -> impl Strategy<Value = Unit> {
    let kinds = proptest::sample::select(vec![UnitKind::Measure, UnitKind::Problem, UnitKind::Plan]);
    let links = || vec(0_usize..9, 0..3);
    (any_span(), kinds, any_text(), any_text(), vec(any_text(), 0..3), vec(any_text(), 0..3), links(), links(), links())
        .prop_map(|(span, kind, name, category, also, bodies, citations, figures, addresses)| Unit {
            span,
            kind,
            name,
            category,
            also,
            bodies,
            citations,
            figures,
            addresses,
            ..Unit::default()
        })
}

fn any_citation() -> impl Strategy<Value = Citation> {
    let kinds =
        proptest::sample::select(vec![DocumentKind::Law, DocumentKind::LocalDocument, DocumentKind::PartyStatePolicy]);
    (any_span(), any_text(), any_text(), kinds, any_code(), vec(any_text(), 0..2), any_level(), any_code()).prop_map(
        |(span, quote, canonical, kind, number, articles, level, region)| Citation {
            span,
            title: quote.clone(),
            quote,
            canonical,
            kind,
            how: How::Bare,
            number,
            articles,
            level,
            region,
            implements: Vec::new(),
            ..Citation::default()
        },
    )
}

fn any_mention() -> impl Strategy<Value = BodyMention> {
    (any_span(), any_text(), any_text(), any_code(), any_code()).prop_map(|(span, quote, name, region, kind)| {
        BodyMention { span, quote, name, region, kind, ..BodyMention::default() }
    })
}

fn any_figure() -> impl Strategy<Value = Figure> {
    (any_span(), any_text(), any::<f64>(), any_text(), any_text(), any::<bool>(), any_code()).prop_map(
        |(span, quote, value, unit, indicator, approx, concept)| Figure {
            span,
            quote,
            value,
            unit,
            indicator,
            approx,
            concept,
            period: Some(Period { words: "a\"b".to_owned(), from: Some("2021-13-01".to_owned()), to: None }),
            change: Some(Change { of: Some(0), ..Change::default() }),
            basis: Basis::rule("").doubted("a/b c"),
        },
    )
}

fn any_finding() -> impl Strategy<Value = Finding> {
    (any_span(), any_text(), any_text()).prop_map(|(span, kind, message)| Finding {
        span,
        kind,
        message,
        ..Finding::default()
    })
}

fn any_metadata() -> impl Strategy<Value = Metadata> {
    let region = (any_text(), any_code(), any_level(), vec(any_text(), 0..3), any_code()).prop_map(
        |(name, code, level, path, township)| RegionRef { name, code, level, path, township, ..RegionRef::default() },
    );
    let texts = (any_code(), any_code(), any_code(), any_code(), any_code(), any_code());
    (proptest::option::of(region), proptest::option::of(any::<u16>()), texts).prop_map(
        |(region, year, (title, issuer, addressee, published, dated, index_number))| Metadata {
            title,
            region,
            issuer,
            addressee,
            year,
            published,
            dated,
            index_number,
        },
    )
}

fn any_report() -> impl Strategy<Value = Report> {
    let parts = (
        vec(any_unit(), 0..5),
        vec(any_citation(), 0..5),
        vec(any_mention(), 0..5),
        vec(any_figure(), 0..5),
        vec(any_finding(), 0..3),
    );
    (any_text(), any_code(), any_metadata(), parts, any_text()).prop_map(
        |(id, url, metadata, (units, citations, bodies, figures, findings), text)| Report {
            id,
            source: Source { url, ..Source::default() },
            metadata,
            statements: Vec::new(),
            units,
            citations,
            bodies,
            figures,
            findings,
            text,
        },
    )
}

proptest! {
    #[test]
    fn any_report_gives_valid_quads_each_once(report in any_report()) {
        let quads: Vec<Quad> = describe::quads(&report, &Base::default()).collect();
        let mut writer = RdfSerializer::from_format(RdfFormat::NQuads).for_writer(Vec::new());
        for quad in &quads {
            writer.serialize_quad(quad).expect("memory can be written to");
        }
        let written = writer.finish().expect("memory can be written to");
        let read: Result<Vec<Quad>, _> = RdfParser::from_format(RdfFormat::NQuads).for_slice(&written).collect();
        prop_assert_eq!(&read.expect("what was written can be read"), &quads);
        let distinct: BTreeSet<String> = quads.iter().map(Quad::to_string).collect();
        prop_assert_eq!(distinct.len(), quads.len());
        check(&report, &describe::triples(&report, &Base::default()))?;
    }
}
