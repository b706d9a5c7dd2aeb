//! Six small invented reports of three real counties, said by hand, so that every answer can be worked out by reading
//! them. Positions are found by searching a unit's text.

#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use fazhi::describe::{Base, DocumentRow, RegionRow, documents, ontology, regions, triples};
use fazhi::report::{
    BodyMention, Citation, DocumentKind, Figure, Finding, How, Level, Metadata, RegionRef, Report, Source, Span, Unit,
    UnitKind,
};
use oxigraph::model::GraphName;
use oxigraph::store::Store;

/// The ontology, the registry rows below and the reports below, in memory.
pub fn store() -> Store {
    let base = Base::new(Base::DEFAULT).unwrap();
    let store = Store::new().unwrap();
    let (regions, documents) = (regions(&region_rows(), &base).collect(), documents(&document_rows(), &base).collect());
    let reports: Vec<_> = reports().iter().flat_map(|report| triples(report, &base)).collect();
    for part in [ontology().unwrap(), regions, documents, reports] {
        store.extend(part.into_iter().map(|triple| triple.in_graph(GraphName::DefaultGraph))).unwrap();
    }
    store
}

fn region_rows() -> Vec<RegionRow<'static>> {
    let row = |code, name, level, parent| RegionRow {
        code,
        name,
        level,
        parent,
        from: None,
        to: None,
        successors: Vec::new(),
        latitude: None,
        longitude: None,
    };
    vec![
        row("330000", "浙江省", Level::Province, None),
        row("330700", "金华市", Level::Prefecture, Some("330000")),
        row("330726", "浦江县", Level::County, Some("330700")),
        row("410000", "河南省", Level::Province, None),
        row("411400", "商丘市", Level::Prefecture, Some("410000")),
        row("411481", "永城市", Level::County, Some("411400")),
        RegionRow { to: Some(1996), successors: vec!["411481"], ..row("412324", "永城县", Level::County, None) },
        row("510000", "四川省", Level::Province, None),
        row("510100", "成都市", Level::Prefecture, Some("510000")),
        row("510131", "蒲江县", Level::County, Some("510100")),
        row("330726100", "城关镇", Level::Township, Some("330726")),
        row("620000", "甘肃省", Level::Province, None),
        row("620500", "天水市", Level::Prefecture, Some("620000")),
        row("620524", "武山县", Level::County, Some("620500")),
        row("620524100", "城关镇", Level::Township, Some("620524")),
    ]
}

const REVIEW: &str = "中华人民共和国行政复议法";
const PENALTY: &str = "中华人民共和国行政处罚法";
const CONTRACT: &str = "中华人民共和国合同法";
const CIVIL: &str = "中华人民共和国民法典";
const OUTLINE: &str = "法治政府建设实施纲要(2015-2020年)";
const LOCAL_PLAN: &str = "武山县法治政府建设实施方案(2016-2020年)";

fn document_rows() -> Vec<DocumentRow<'static>> {
    let law = |title, alias, adopted| DocumentRow {
        title,
        kind: DocumentKind::Law,
        level: Level::National,
        region: None,
        aliases: vec![alias],
        adopted: Some(adopted),
        revised: Vec::new(),
        effective: None,
        repealed_on: None,
        repealed_by: None,
        issuers: Vec::new(),
        number: None,
        implements: Vec::new(),
    };
    let policy = DocumentKind::PartyStatePolicy;
    vec![
        law(REVIEW, "行政复议法", "1999-04-29"),
        DocumentRow { revised: vec!["2021-01-22"], ..law(PENALTY, "行政处罚法", "1996-03-17") },
        DocumentRow {
            repealed_on: Some("2021-01-01"),
            repealed_by: Some(CIVIL),
            ..law(CONTRACT, "合同法", "1999-03-15")
        },
        law(CIVIL, "民法典", "2020-05-28"),
        DocumentRow { kind: policy, aliases: Vec::new(), ..law(OUTLINE, "", "2015-12-27") },
        DocumentRow {
            kind: DocumentKind::LocalDocument,
            level: Level::County,
            region: Some("620524"),
            aliases: Vec::new(),
            number: Some("武发〔2016〕8号"),
            implements: vec![OUTLINE],
            ..law(LOCAL_PLAN, "", "2016-10-08")
        },
    ]
}

/// The reports, by region and year.
pub fn reports() -> Vec<Report> {
    vec![wushan_2019(), wushan_2020(), wushan_2021(), yongcheng_2021(), pujiang_2021(), pujiang_2022()]
}

const WINDOW: &str = "建立行政复议受理窗口,方便群众就近申请,让复议渠道更加畅通便捷。";
const SHARED: &str = "深入推进服务型行政执法,推广首违不罚清单和行政指导,寓服务于监管之中,让执法既有力度又有温度,企业和群众的满意度持续提升。";

fn wushan_2019() -> Report {
    Draft::new("620524", &["甘肃省", "天水市", "武山县"], 2019, Some("2020-03-20"))
        .background(
            "2019年,武山县认真落实《法治政府建设实施纲要(2015-2020年)》,现报告如下:",
            |text| {
                text.cites(
                    "《法治政府建设实施纲要(2015-2020年)》",
                    OUTLINE,
                    DocumentKind::PartyStatePolicy,
                    Level::National,
                )
            },
        )
        .measure(
            "leadership",
            "加强领导。印发《武山县法治政府建设实施方案(2016-2020年)》的年度分工。",
            |text| text.cites_local("《武山县法治政府建设实施方案(2016-2020年)》", LOCAL_PLAN, Level::County, "620524"),
        )
        .measure(
            "disputes",
            "做好行政复议。县司法局贯彻《行政复议法》,受理行政复议案件12件,审结10件。",
            |text| {
                text.cites("《行政复议法》", REVIEW, DocumentKind::Law, Level::National)
                    .counts("12件", 12.0, "件", "受理行政复议案件", Some("review-accepted"))
                    .counts("10件", 10.0, "件", "审结行政复议案件", Some("review-concluded"))
                    .done_by("县司法局", "武山县司法局", "justice")
            },
        )
        .measure("disputes", WINDOW, |text| text)
        .measure(
            "enforcement",
            "规范行政执法。依照《甘肃省行政执法监督条例》和《行政处罚法》检查20余次。",
            |text| {
                text.cites_local("《甘肃省行政执法监督条例》", "甘肃省行政执法监督条例", Level::Province, "620000")
                    .cites("《行政处罚法》", PENALTY, DocumentKind::Law, Level::National)
                    .counts("20余次", 20.0, "次", "检查", None)
            },
        )
        .problem("enforcement", "乡镇执法力量不足,人员素质有待提高。")
        .plan("enforcement", "为乡镇充实执法人员。", &[0])
        .finish()
}

fn wushan_2020() -> Report {
    Draft::new("620524", &["甘肃省", "天水市", "武山县"], 2020, Some("2021-05-10"))
        .measure("disputes", WINDOW, |text| text)
        .measure(
            "enforcement",
            "开展执法培训。组织学习《行政处罚法》,为乡镇选派执法人员8名。",
            |text| {
                text.cites("《行政处罚法》", PENALTY, DocumentKind::Law, Level::National).counts(
                    "8名",
                    8.0,
                    "名",
                    "选派执法人员",
                    None,
                )
            },
        )
        .measure("disputes", "审查合同。依据《合同法》办理合同纠纷。", |text| {
            text.cites("《合同法》", CONTRACT, DocumentKind::Law, Level::National)
        })
        .problem("enforcement", "执法人员仍然偏少。")
        .plan("publicity", "加强普法宣传。", &[])
        .finish()
}

fn wushan_2021() -> Report {
    Draft::new("620524", &["甘肃省", "天水市", "武山县"], 2021, Some("2022-03-31"))
        .measure(
            "enforcement",
            "落实新修订的《行政处罚法》第三十三条。推进法治攸县建设。",
            |text| {
                text.cites("《行政处罚法》", PENALTY, DocumentKind::Law, Level::National).article("第三十三条").warns(
                    "攸县",
                    "foreign_region",
                    "此处应为武山县,却出现了“攸县”。",
                )
            },
        )
        .measure("decision", "审查合同。依据《合同法》审查政府合同6份。", |text| {
            text.cites("《合同法》", CONTRACT, DocumentKind::Law, Level::National).counts(
                "6份",
                6.0,
                "份",
                "审查政府合同",
                Some("contract-reviewed"),
            )
        })
        .measure("disputes", "负责人出庭应诉率100%。", |text| {
            text.counts("100%", 100.0, "%", "负责人出庭应诉率", Some("litigation-appearance-rate"))
        })
        .problem("enforcement", "基层执法队伍不稳定。")
        .finish()
}

fn yongcheng_2021() -> Report {
    Draft::new("411481", &["河南省", "商丘市", "永城市"], 2021, Some("2022-03-31"))
        .measure(
            "disputes",
            "办好行政复议。市司法局执行《行政复议法》,受理32件,纠错率6.25%。",
            |text| {
                text.cites("《行政复议法》", REVIEW, DocumentKind::Law, Level::National)
                    .counts("32件", 32.0, "件", "受理行政复议案件", Some("review-accepted"))
                    .counts("6.25%", 6.25, "%", "行政复议纠错率", Some("review-correction-rate"))
                    .done_by("市司法局", "永城市司法局", "justice")
            },
        )
        .measure(
            "disputes",
            "做好行政应诉。行政应诉案件4件,负责人出庭3件,出庭应诉率75%。",
            |text| {
                text.counts("4件", 4.0, "件", "行政应诉案件", Some("litigation-cases"))
                    .counts("3件", 3.0, "件", "负责人出庭", Some("litigation-appearances"))
                    .counts("75%", 75.0, "%", "出庭应诉率", Some("litigation-appearance-rate"))
            },
        )
        .measure("rulemaking", "清理规范性文件274件,保留193件。", |text| {
            text.counts("274件", 274.0, "件", "清理规范性文件", Some("normative-cleared")).counts(
                "193件",
                193.0,
                "件",
                "保留规范性文件",
                Some("normative-kept"),
            )
        })
        .measure("enforcement", SHARED, |text| text)
        .measure("enforcement", "组织《行政处罚法》考试。", |text| {
            text.cites("《行政处罚法》", PENALTY, DocumentKind::Law, Level::National)
        })
        .problem("publicity", "宣传形式不多。")
        .plan("publicity", "拓展普法阵地。", &[0])
        .finish()
}

fn pujiang_2021() -> Report {
    Draft::new("330726", &["浙江省", "金华市", "浦江县"], 2021, None)
        .measure("enforcement", SHARED, |text| text)
        .measure("publicity", "宣传《民法典》。", |text| {
            text.cites("《民法典》", CIVIL, DocumentKind::Law, Level::National)
        })
        .plan("functions", "优化营商环境。", &[])
        .plan("digital", "建设数据平台。", &[])
        .finish()
}

fn pujiang_2022() -> Report {
    Draft::new("330726", &["浙江省", "金华市", "浦江县"], 2022, Some("2023-04-02"))
        .measure("functions", "推进企业合规。举办培训9次。", |text| {
            text.counts("9次", 9.0, "次", "培训", Some("training-sessions"))
        })
        .measure("publicity", "学习《民法典》。", |text| {
            text.cites("《民法典》", CIVIL, DocumentKind::Law, Level::National)
        })
        .finish()
}

/// A report as it is put together.
struct Draft {
    report: Report,
    problems: Vec<usize>,
}

impl Draft {
    fn new(code: &str, path: &[&str], year: u16, published: Option<&str>) -> Self {
        let path: Vec<String> = path.iter().map(|name| (*name).to_owned()).collect();
        let name = path.last().unwrap().clone();
        let metadata = Metadata {
            title: Some(format!("{name}{year}年法治政府建设情况报告")),
            region: Some(RegionRef {
                name,
                code: Some(code.to_owned()),
                level: Level::County,
                path,
                township: None,
                ..RegionRef::default()
            }),
            year: Some(year),
            published: published.map(str::to_owned),
            ..Metadata::default()
        };
        let report = Report {
            id: format!("{code}-{year}-0123456789ab"),
            source: Source { url: Some(format!("https://example.org/{code}/{year}")), ..Source::default() },
            metadata,
            statements: Vec::new(),
            units: Vec::new(),
            citations: Vec::new(),
            bodies: Vec::new(),
            figures: Vec::new(),
            findings: Vec::new(),
            text: String::new(),
        };
        Self { report, problems: Vec::new() }
    }

    fn append(&mut self, text: &str) -> Span {
        let start = self.report.text.chars().count();
        self.report.text.push_str(text);
        self.report.text.push('\n');
        Span { start, end: start + text.chars().count() }
    }

    fn background(mut self, text: &'static str, mark: impl FnOnce(Marked) -> Marked) -> Self {
        let span = self.append(text);
        mark(Marked { report: self.report, text, span, bodies: Vec::new() }).report.into_draft(self.problems)
    }

    fn measure(mut self, category: &str, text: &'static str, mark: impl FnOnce(Marked) -> Marked) -> Self {
        let span = self.append(text);
        let (citations, figures) = (self.report.citations.len(), self.report.figures.len());
        let marked = mark(Marked { report: self.report, text, span, bodies: Vec::new() });
        let mut report = marked.report;
        let mut unit = unit(UnitKind::Measure, category, text, span);
        unit.bodies = marked.bodies;
        unit.citations = (citations..report.citations.len()).collect();
        unit.figures = (figures..report.figures.len()).collect();
        report.units.push(unit);
        report.into_draft(self.problems)
    }

    fn problem(mut self, category: &str, text: &str) -> Self {
        let span = self.append(text);
        self.problems.push(self.report.units.len());
        self.report.units.push(unit(UnitKind::Problem, category, text, span));
        self
    }

    /// A plan that answers the problems at these positions among the problems.
    fn plan(mut self, category: &str, text: &str, problems: &[usize]) -> Self {
        let span = self.append(text);
        let mut plan = unit(UnitKind::Plan, category, text, span);
        plan.addresses = problems.iter().map(|problem| self.problems[*problem]).collect();
        self.report.units.push(plan);
        self
    }

    fn finish(self) -> Report {
        self.report
    }
}

trait IntoDraft {
    fn into_draft(self, problems: Vec<usize>) -> Draft;
}

impl IntoDraft for Report {
    fn into_draft(self, problems: Vec<usize>) -> Draft {
        Draft { report: self, problems }
    }
}

fn unit(kind: UnitKind, category: &str, text: &str, span: Span) -> Unit {
    Unit {
        span,
        kind,
        name: text.split(['。', ',']).next().unwrap().to_owned(),
        category: category.to_owned(),
        also: Vec::new(),
        bodies: Vec::new(),
        citations: Vec::new(),
        figures: Vec::new(),
        addresses: Vec::new(),
        ..Unit::default()
    }
}

/// A passage in which mentions are marked.
struct Marked {
    report: Report,
    text: &'static str,
    span: Span,
    bodies: Vec<String>,
}

impl Marked {
    fn find(&self, quote: &str) -> Span {
        let before = &self.text[..self.text.find(quote).unwrap()];
        let start = self.span.start + before.chars().count();
        Span { start, end: start + quote.chars().count() }
    }

    fn cites(mut self, quote: &str, title: &str, kind: DocumentKind, level: Level) -> Self {
        let span = self.find(quote);
        self.report.citations.push(Citation {
            span,
            quote: quote.to_owned(),
            title: title.to_owned(),
            canonical: title.to_owned(),
            kind,
            how: How::Bracketed,
            number: None,
            articles: Vec::new(),
            level,
            region: None,
            implements: Vec::new(),
            ..Citation::default()
        });
        self
    }

    fn cites_local(self, quote: &str, title: &str, level: Level, region: &str) -> Self {
        let kind = if level == Level::Province { DocumentKind::LocalRegulation } else { DocumentKind::LocalDocument };
        let mut marked = self.cites(quote, title, kind, level);
        marked.report.citations.last_mut().unwrap().region = Some(region.to_owned());
        marked
    }

    fn article(mut self, article: &str) -> Self {
        self.report.citations.last_mut().unwrap().articles.push(article.to_owned());
        self
    }

    fn counts(mut self, quote: &str, value: f64, unit: &str, indicator: &str, concept: Option<&str>) -> Self {
        let span = self.find(quote);
        self.report.figures.push(Figure {
            span,
            quote: quote.to_owned(),
            value,
            unit: unit.to_owned(),
            indicator: indicator.to_owned(),
            approx: quote.contains('余'),
            concept: concept.map(str::to_owned),
            ..Figure::default()
        });
        self
    }

    fn done_by(mut self, quote: &str, name: &str, kind: &str) -> Self {
        let span = self.find(quote);
        let region = self.report.metadata.region.as_ref().and_then(|region| region.code.clone());
        self.report.bodies.push(BodyMention {
            span,
            quote: quote.to_owned(),
            name: name.to_owned(),
            region,
            kind: Some(kind.to_owned()),
            ..BodyMention::default()
        });
        self.bodies.push(name.to_owned());
        self
    }

    fn warns(mut self, quote: &str, rule: &str, message: &str) -> Self {
        let span = self.find(quote);
        self.report.findings.push(Finding {
            span,
            kind: rule.to_owned(),
            message: message.to_owned(),
            ..Finding::default()
        });
        self
    }
}
