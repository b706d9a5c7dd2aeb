//! Invented reports of the shape of real ones, as many as are wanted and always the same: for measuring stores, not texts.
//!
//! The numbers follow three real county reports: some 5,500 characters with 35 units, 13 citations of 10 documents, 31
//! mentions of 18 bodies and 29 figures each. Laws are cited by Zipf's law; bodies and local documents are the county's.

#![expect(clippy::non_ascii_literal, reason = "invented reports speak the language of the real ones")]

use fazhi::report::{
    BodyMention, Citation, DocumentKind, Figure, How, Level, Metadata, RegionRef, Report, Role, Source, Span,
    Statement, Unit, UnitKind,
};

const CATEGORIES: [&str; 10] = [
    "functions",
    "rulemaking",
    "decision",
    "enforcement",
    "emergency",
    "disputes",
    "oversight",
    "digital",
    "leadership",
    "publicity",
];
/// Name and type of the bodies of a county.
const BODIES: [&str; 24] = [
    "司法局",
    "公安局",
    "财政局",
    "教育局",
    "民政局",
    "人民政府",
    "人民政府办公室",
    "市场监督管理局",
    "自然资源局",
    "生态环境局",
    "交通运输局",
    "农业农村局",
    "应急管理局",
    "卫生健康局",
    "审计局",
    "统计局",
    "信访局",
    "税务局",
    "人民法院",
    "人民检察院",
    "行政审批局",
    "住房和城乡建设局",
    "人力资源和社会保障局",
    "水务局",
];
const SUBJECTS: [&str; 40] = [
    "安全生产",
    "环境保护",
    "食品安全",
    "药品管理",
    "土地管理",
    "城乡规划",
    "行政处罚",
    "行政许可",
    "行政强制",
    "行政复议",
    "行政诉讼",
    "国家赔偿",
    "政府采购",
    "招标投标",
    "预算",
    "审计",
    "统计",
    "档案",
    "消防",
    "道路交通安全",
    "治安管理",
    "禁毒",
    "反恐怖主义",
    "劳动",
    "劳动合同",
    "社会保险",
    "义务教育",
    "职业教育",
    "民办教育",
    "传染病防治",
    "公共图书馆",
    "文物保护",
    "旅游",
    "森林",
    "草原",
    "水",
    "水土保持",
    "防洪",
    "气象",
    "种子",
];
const FILLER: &str = "坚持依法行政,压实工作责任,健全体制机制,推动各项任务落地见效,群众满意度稳步提升";

/// A small generator of numbers that look random (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % limit as u64).unwrap_or(0)
    }

    /// Small numbers often, large ones seldom.
    fn zipf(&mut self, limit: usize) -> usize {
        let (a, b, c) = (self.below(limit), self.below(limit), self.below(limit));
        a.min(b).min(c)
    }
}

/// The text so far, in code points.
#[derive(Default)]
struct Text {
    text: String,
    length: usize,
}

impl Text {
    fn push(&mut self, piece: &str) -> Span {
        let start = self.length;
        self.text.push_str(piece);
        self.length += piece.chars().count();
        Span { start, end: self.length }
    }
}

/// The `index`-th report: 2,500 counties, year after year.
#[must_use]
pub fn report(index: usize) -> Report {
    let mut dice = Dice(index as u64);
    let (county, year) = (index % 2500, 2019 + index / 2500 % 7);
    let code = format!("{:06}", 110_100 + (county / 50) * 10_000 + county % 50);
    let name = county_name(county);
    let mut text = Text::default();
    let title = format!("{name}{year}年法治政府建设情况报告");
    let heading = text.push(&format!("{title}\n"));
    let mut report = Report {
        id: String::new(),
        source: Source {
            path: format!("{code}-{year}.txt"),
            format: "text".into(),
            encoding: "utf-8".into(),
            ..Source::default()
        },
        metadata: Metadata {
            title: Some(title),
            region: Some(RegionRef {
                name: name.clone(),
                code: Some(code.clone()),
                level: Level::County,
                path: vec![province_name(county), name.clone()],
                township: None,
                ..RegionRef::default()
            }),
            issuer: Some(format!("{name}人民政府")),
            year: u16::try_from(year).ok(),
            published: Some(format!("{}-03-{:02}", year + 1, 1 + county % 28)),
            ..Metadata::default()
        },
        statements: vec![Statement { span: heading, role: Role::Meta, ..Statement::default() }],
        units: Vec::new(),
        citations: Vec::new(),
        bodies: Vec::new(),
        figures: Vec::new(),
        findings: Vec::new(),
        text: String::new(),
    };
    for number in 0..35 {
        unit(&mut report, &mut text, &mut dice, number, &name, &code);
    }
    report.text = text.text;
    report.id =
        format!("{code}-{year}-{:012x}", 0x9e37_79b9_7f4a_u64.wrapping_mul(index as u64 + 1) & 0xffff_ffff_ffff);
    report
}

fn unit(report: &mut Report, text: &mut Text, dice: &mut Dice, number: usize, county: &str, code: &str) {
    let (kind, role) = match number {
        0..29 => (UnitKind::Measure, Role::Action),
        29..32 => (UnitKind::Problem, Role::Problem),
        _ => (UnitKind::Plan, Role::Plan),
    };
    let name = format!(
        "{}工作{}",
        SUBJECTS[dice.below(SUBJECTS.len())],
        FILLER.chars().take(4 + dice.below(8)).collect::<String>()
    );
    let start = text.push(&format!("{}.{name}。", number + 1)).start;
    let mut bodies = Vec::new();
    if number % 8 != 7 {
        let body = BODIES[dice.zipf(BODIES.len())];
        let quote = format!("县{body}");
        let span = text.push(&quote);
        let full = format!("{county}{body}");
        if number.is_multiple_of(3) {
            bodies.push(full.clone());
        }
        report.bodies.push(BodyMention {
            span,
            quote,
            name: full,
            region: Some(code.into()),
            kind: Some("government".into()),
            ..BodyMention::default()
        });
    }
    text.push(FILLER);
    let mut citations = Vec::new();
    if number.is_multiple_of(3) {
        text.push(",落实");
        citations.push(report.citations.len());
        report.citations.push(citation(text, dice, county, code));
    }
    let mut figures = Vec::new();
    for _ in 0..usize::from(!number.is_multiple_of(6)) {
        let value = u16::try_from(dice.below(5000)).unwrap_or_default();
        text.push(",全年办理案件");
        let quote = format!("{value}件");
        let span = text.push(&quote);
        figures.push(report.figures.len());
        report.figures.push(Figure {
            span,
            quote,
            value: value.into(),
            unit: "件".into(),
            indicator: "办理案件".into(),
            approx: false,
            concept: None,
            ..Figure::default()
        });
    }
    for _ in 0..2 {
        text.push(",");
        text.push(FILLER);
    }
    let end = text.push("。").end;
    let span = Span { start, end };
    text.push("\n");
    report.statements.push(Statement { span, role, ..Statement::default() });
    let addresses = if kind == UnitKind::Plan { vec![29 + number % 3] } else { Vec::new() };
    let category = CATEGORIES[dice.below(CATEGORIES.len())].into();
    report.units.push(Unit {
        span,
        kind,
        name,
        category,
        also: Vec::new(),
        bodies,
        citations,
        figures,
        addresses,
        ..Unit::default()
    });
}

fn citation(text: &mut Text, dice: &mut Dice, county: &str, code: &str) -> Citation {
    let (title, canonical, kind, level, region) = match dice.below(10) {
        0..5 => {
            let title = format!("{}法", SUBJECTS[dice.zipf(SUBJECTS.len())]);
            (title.clone(), format!("中华人民共和国{title}"), DocumentKind::Law, Level::National, None)
        }
        5..7 => {
            let title = format!("{}工作规划(2021-2025年)", SUBJECTS[dice.zipf(SUBJECTS.len())]);
            (title.clone(), title, DocumentKind::PartyStatePolicy, Level::National, None)
        }
        _ => {
            let title = format!("{county}{}实施方案", SUBJECTS[dice.below(SUBJECTS.len())]);
            (title.clone(), title, DocumentKind::LocalDocument, Level::County, Some(code.into()))
        }
    };
    let quote = format!("《{title}》");
    let span = text.push(&quote);
    Citation {
        span,
        quote,
        title,
        canonical,
        kind,
        how: How::Bracketed,
        number: None,
        articles: Vec::new(),
        implements: Vec::new(),
        level,
        region,
        ..Citation::default()
    }
}

fn county_name(county: usize) -> String {
    let letters: Vec<char> = "安平永宁兴和昌清丰泰武临新长东西南北上下高大龙凤石山河江海湖".chars().collect();
    let pick = |n: usize| letters[n % letters.len()];
    format!("{}{}{}县", pick(county), pick(county / letters.len()), pick(county / 7))
}

fn province_name(county: usize) -> String {
    format!("{}省", ["江北", "河中", "山前", "湖东", "海西"][county / 500])
}
