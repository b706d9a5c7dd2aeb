//! The picture as SVG: title, network, legend.

use std::collections::BTreeMap;
use std::io::{self, Write};

use quick_xml::escape::escape;

use super::super::Analysis;
use super::super::colour::{COLOURS, of_community};
use super::super::graphml::printable;
use super::super::network::{Node, NodeKind};
use super::super::scores::Scores;
use super::super::tables::tidy;
use super::super::wording::Wording;
use super::layout::{Extent, places};
use super::part::Part;
use super::{FONT, LINE, lines, text_width};

/// Width of the page, of the network in it, and of the legend beside that.
const PAGE: f64 = 1200.0;
const NETWORK: f64 = 900.0;
const LEGEND: f64 = 230.0;

/// Space at the edges of the page.
const MARGIN: f64 = 24.0;

/// Where the network begins, below the title.
const TOP: f64 = 132.0;

/// Columns of a line of a label, and of the legend.
const COLUMNS: usize = 22;
const LEGEND_COLUMNS: usize = 34;

/// Radius of the nodes of lowest and of highest rank: a figure must fit in.
const SMALLEST: f64 = 9.0;
const LARGEST: f64 = 26.0;

/// Width of the lightest and of the heaviest edge.
const THINNEST: f64 = 1.0;
const THICKEST: f64 = 8.0;

/// How many times the room that labels take up the page has, and the least and greatest height.
const ROOM: f64 = 2.6;
const HEIGHTS: (f64, f64) = (560.0, 1500.0);

/// Fonts with Chinese characters on the usual systems.
const FONTS: &str = "'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',\
                     'WenQuanYi Zen Hei',sans-serif";

/// A node as it is drawn.
struct Drawn<'a> {
    node: &'a Node,
    scores: &'a Scores,
    radius: f64,
    label: Vec<String>,
    place: (f64, f64),
}

/// Writes the whole page.
pub(super) fn write_page(analysis: &Analysis, words: &Wording, part: &Part, out: &mut impl Write) -> io::Result<()> {
    let (nodes, height) = drawn(analysis, part);
    let heading = heading(analysis, words, part);
    let mut legend = Vec::new();
    let legend_height = write_legend(analysis, words, part, &nodes, &mut legend)?;
    let bottom = TOP + height.max(legend_height) + MARGIN;
    writeln!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{PAGE}" height="{bottom:.0}" viewBox="0 0 {PAGE} {bottom:.0}" role="img" aria-labelledby="title desc" lang="zh" font-family="{FONTS}" fill="{INK}">"#
    )?;
    writeln!(out, r#"<title id="title">{}</title>"#, text(&heading[0].0))?;
    let said: Vec<String> = heading.iter().skip(1).map(|(line, _)| text(line)).collect();
    writeln!(out, r#"<desc id="desc">{}</desc>"#, said.join(" "))?;
    writeln!(out, r##"<rect width="100%" height="100%" fill="#ffffff"/>"##)?;
    let mut y = MARGIN;
    for (line, size) in &heading {
        y += size * 1.3;
        let weight = if *size > 20.0 { r#" font-weight="bold""# } else { "" };
        writeln!(out, r#"<text x="{MARGIN}" y="{y:.1}" font-size="{size}"{weight}>{}</text>"#, text(line))?;
    }
    writeln!(out, r#"<g transform="translate({MARGIN} {TOP})">"#)?;
    write_edges(part, &nodes, out)?;
    for node in &nodes {
        write_node(node, out)?;
    }
    writeln!(out, "</g>")?;
    writeln!(out, r#"<g transform="translate({:.0} {TOP})">"#, PAGE - MARGIN - LEGEND)?;
    out.write_all(&legend)?;
    writeln!(out, "</g>\n</svg>")
}

const INK: &str = "#1a1a1a";

/// The nodes with their places, and how high the network is.
fn drawn<'a>(analysis: &'a Analysis, part: &Part) -> (Vec<Drawn<'a>>, f64) {
    let all: Vec<(&Node, &Scores)> = analysis.nodes().collect();
    let highest = part.nodes.iter().map(|node| all[*node].1.page_rank).fold(f64::MIN_POSITIVE, f64::max);
    let mut nodes: Vec<Drawn<'a>> = part
        .nodes
        .iter()
        .map(|node| {
            let (node, scores) = all[*node];
            let radius = (LARGEST * (scores.page_rank / highest).sqrt()).max(SMALLEST);
            Drawn { node, scores, radius, label: lines(&node.short, COLUMNS, 2), place: (0.0, 0.0) }
        })
        .collect();
    let extents: Vec<Extent> = nodes.iter().map(extent).collect();
    let taken: f64 = extents.iter().map(|extent| 2.0 * extent.half_width * (extent.above + extent.below)).sum();
    let height = (taken * ROOM / NETWORK).clamp(HEIGHTS.0, HEIGHTS.1);
    let groups: Vec<usize> = nodes.iter().map(|node| node.scores.community).collect();
    for (node, place) in nodes.iter_mut().zip(places(&extents, &groups, &part.edges, (NETWORK, height))) {
        node.place = place;
    }
    (nodes, height)
}

fn extent(node: &Drawn<'_>) -> Extent {
    let label = node.label.iter().map(|line| text_width(line, FONT)).fold(0.0, f64::max);
    #[expect(clippy::cast_precision_loss, reason = "a label has two lines at most")]
    let below = node.radius + LINE * node.label.len() as f64 + 8.0;
    Extent { half_width: node.radius.max(label / 2.0) + 5.0, above: node.radius + 4.0, below }
}

/// The lines above the picture with the sizes of their letters; the first is its title.
fn heading(analysis: &Analysis, words: &Wording, part: &Part) -> Vec<(String, f64)> {
    let (mut title, mut title_en) =
        words.network(analysis.kind).map_or_else(Default::default, |network| (network.zh.clone(), network.en.clone()));
    if part.contracted {
        title = words.of_picture("contracted_title", &[]);
        title_en = words.of_picture("contracted_title_en", &[]);
    }
    let narrowed: Vec<String> = analysis
        .filter
        .iter()
        .map(|(name, value)| words.of_picture(&format!("filter_{name}"), &[("value", value.clone())]))
        .collect();
    if !narrowed.is_empty() {
        title = format!("{title} \u{b7} {}", narrowed.join(" "));
    }
    let values = [
        ("nodes", analysis.measures.nodes.len().to_string()),
        ("edges", analysis.network.edges().count().to_string()),
        ("shown_nodes", part.nodes.len().to_string()),
        ("shown_edges", part.edges.len().to_string()),
        ("modularity", format!("{:.3}", analysis.measures.modularity)),
    ];
    let scale = match (part.nodes.is_empty(), part.contracted) {
        (true, _) => "nothing",
        (false, true) => "scale_contracted",
        (false, false) => "scale",
    };
    vec![
        (title, 24.0),
        (title_en, 14.0),
        (words.of_picture(scale, &values), 14.0),
        (words.of_picture(&format!("{scale}_en"), &values), 12.0),
    ]
}

fn write_edges(part: &Part, nodes: &[Drawn<'_>], out: &mut impl Write) -> io::Result<()> {
    let widths = Widths::of(part);
    writeln!(out, r#"<g stroke-linecap="round" fill="none">"#)?;
    for (one, other, weight) in &part.edges {
        let (from, to) = (&nodes[*one], &nodes[*other]);
        let within = from.scores.community == to.scores.community;
        let colour = if within { hex(from.scores.community) } else { "#9a9a9a".to_owned() };
        let opacity = if within { 0.55 } else { 0.4 };
        writeln!(
            out,
            r#"<line x1="{:.1}" y1="{:.1}" x2="{:.1}" y2="{:.1}" stroke="{colour}" stroke-opacity="{opacity}" stroke-width="{:.1}"><title>{} - {}: {}</title></line>"#,
            from.place.0,
            from.place.1,
            to.place.0,
            to.place.1,
            widths.of_weight(*weight),
            text(&from.node.label),
            text(&to.node.label),
            tidy(*weight),
        )?;
    }
    writeln!(out, "</g>")
}

fn write_node(node: &Drawn<'_>, out: &mut impl Write) -> io::Result<()> {
    let ((x, y), radius, colour) = (node.place, node.radius, hex(node.scores.community));
    writeln!(
        out,
        "<g><title>{}\n{}\nPageRank {:.4}</title>",
        text(&node.node.label),
        text(&node.node.iri),
        node.scores.page_rank
    )?;
    if node.node.kind == NodeKind::Category {
        let (left, top, side) = (x - radius, y - radius, 2.0 * radius);
        writeln!(
            out,
            r##"<rect x="{left:.1}" y="{top:.1}" width="{side:.1}" height="{side:.1}" rx="3" fill="{colour}" stroke="#ffffff" stroke-width="1.5"/>"##
        )?;
    } else {
        writeln!(
            out,
            r##"<circle cx="{x:.1}" cy="{y:.1}" r="{radius:.1}" fill="{colour}" stroke="#ffffff" stroke-width="1.5"/>"##
        )?;
    }
    writeln!(
        out,
        r##"<text x="{x:.1}" y="{:.1}" font-size="11" text-anchor="middle" fill="#ffffff">{}</text>"##,
        y + 4.0,
        node.scores.community
    )?;
    let mut baseline = y + radius + FONT + 1.0;
    for line in &node.label {
        writeln!(
            out,
            r##"<text x="{x:.1}" y="{baseline:.1}" font-size="{FONT}" text-anchor="middle" stroke="#ffffff" stroke-width="3.5" stroke-linejoin="round" paint-order="stroke">{}</text>"##,
            text(line)
        )?;
        baseline += LINE;
    }
    writeln!(out, "</g>")
}

/// Writes the legend and returns its height.
fn write_legend(
    analysis: &Analysis,
    words: &Wording,
    part: &Part,
    nodes: &[Drawn<'_>],
    out: &mut impl Write,
) -> io::Result<f64> {
    if nodes.is_empty() {
        return Ok(0.0);
    }
    let mut y = 0.0;
    let mut shown: BTreeMap<usize, usize> = BTreeMap::new();
    for node in nodes {
        *shown.entry(node.scores.community).or_default() += 1;
    }
    y = line(out, 0.0, y, 14.0, true, &words.of_picture("communities", &[]))?;
    y = line(out, 0.0, y, 11.0, false, &words.of_picture("communities_en", &[]))? + 8.0;
    for number in shown.keys().filter(|number| **number <= COLOURS.len()) {
        let Some(community) = analysis.measures.communities.get(number - 1) else { continue };
        let size = words.of_picture("members", &[("size", community.size.to_string())]);
        writeln!(out, r#"<circle cx="9" cy="{:.1}" r="9" fill="{}"/>"#, y + 9.0, hex(*number))?;
        writeln!(
            out,
            r##"<text x="9" y="{:.1}" font-size="11" text-anchor="middle" fill="#ffffff">{number}</text>"##,
            y + 13.0
        )?;
        for name in community.name.iter().flat_map(|name| lines(name, LEGEND_COLUMNS, 2)) {
            y = line(out, 26.0, y, 12.0, false, &name)?;
        }
        y = line(out, 26.0, y, 11.0, false, &size)? + 8.0;
    }
    if shown.keys().any(|number| *number > COLOURS.len()) {
        writeln!(out, r#"<circle cx="9" cy="{:.1}" r="9" fill="{}"/>"#, y + 9.0, hex(0))?;
        y = line(out, 26.0, y, 12.0, false, &words.of_picture("others", &[]))?;
        y = line(out, 26.0, y, 11.0, false, &words.of_picture("others_en", &[]))? + 8.0;
    }
    y += 8.0;
    let widths = Widths::of(part);
    for weight in widths.samples() {
        let middle = y + 9.0;
        writeln!(
            out,
            r##"<line x1="0" y1="{middle:.1}" x2="44" y2="{middle:.1}" stroke="#9a9a9a" stroke-width="{:.1}" stroke-linecap="round"/>"##,
            widths.of_weight(weight)
        )?;
        y = line(out, 54.0, y, 12.0, false, &tidy(weight))? + 2.0;
    }
    for said in explanations(analysis, words, part) {
        for (position, part) in lines(&said, LEGEND_COLUMNS + 4, 4).into_iter().enumerate() {
            y = line(out, 0.0, y + if position == 0 { 4.0 } else { 0.0 }, 12.0, false, &part)?;
        }
    }
    Ok(y)
}

/// What sizes, widths and shapes mean, in both languages.
fn explanations(analysis: &Analysis, words: &Wording, part: &Part) -> Vec<String> {
    let (zh, en) = words
        .network(analysis.kind)
        .map_or_else(Default::default, |network| (network.weight.zh.clone(), network.weight.en.clone()));
    let width = if part.contracted { "width_contracted" } else { "width" };
    let mut said = vec![
        words.of_picture(width, &[("weight", zh)]),
        words.of_picture(&format!("{width}_en"), &[("weight", en)]),
        words.of_picture("size", &[]),
        words.of_picture("size_en", &[]),
    ];
    if part.contracted {
        said.extend(["field", "field_en"].map(|name| words.of_picture(name, &[])));
    }
    said
}

/// Writes a line of text whose top is at `y`; returns where it ends.
fn line(out: &mut impl Write, x: f64, y: f64, size: f64, bold: bool, said: &str) -> io::Result<f64> {
    let weight = if bold { r#" font-weight="bold""# } else { "" };
    writeln!(out, r#"<text x="{x}" y="{:.1}" font-size="{size}"{weight}>{}</text>"#, y + size, text(said))?;
    Ok(y + size * 1.35)
}

/// How wide edges are drawn: by weight, from the lightest that is drawn to the heaviest.
struct Widths {
    lightest: f64,
    heaviest: f64,
}

impl Widths {
    fn of(part: &Part) -> Self {
        let weights = part.edges.iter().map(|(_, _, weight)| *weight);
        Self { lightest: weights.clone().fold(f64::INFINITY, f64::min), heaviest: weights.fold(0.0, f64::max) }
    }

    fn of_weight(&self, weight: f64) -> f64 {
        let range = self.heaviest - self.lightest;
        if range > 0.0 { THINNEST + (THICKEST - THINNEST) * (weight - self.lightest) / range } else { 2.0 }
    }

    /// The weights that the legend shows.
    fn samples(&self) -> Vec<f64> {
        if self.heaviest > self.lightest { vec![self.lightest, self.heaviest] } else { vec![self.heaviest] }
    }
}

fn hex(community: usize) -> String {
    let [red, green, blue] = of_community(community);
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// A text as XML may hold it.
fn text(said: &str) -> String {
    escape(printable(said)).into_owned()
}
