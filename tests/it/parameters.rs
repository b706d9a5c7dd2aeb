//! What may be given to a question? Regions, documents, bodies, concepts and facts as people name them; what a wrong value is told; and
//! whose values count.

#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]

use fazhi::query::Format;

use crate::fixture;
use crate::queries::{ask, error, printed, rows, update};

#[test]
fn a_region_means_everything_within_it() {
    let all = rows("late-reports", &[]);
    assert_eq!(all.len(), 2);
    for region in
        ["甘肃省", "620000", "620500", "武山县", "甘肃省天水市武山县", "<https://w3id.org/fazhi/id/region/620000>"]
    {
        let found = rows("late-reports", &[("region", region)]);
        assert_eq!(found.len(), 1, "{region}");
        assert!(found[0].starts_with("武山县,2020,县级,2021-05-10"), "{region}: {found:?}");
    }
    assert!(rows("late-reports", &[("region", "河南省")]).is_empty());
    assert_eq!(rows("late-reports", &[("year", "2022")]).len(), 1);
}

#[test]
fn a_document_is_given_by_title_short_title_or_number() {
    for law in ["行政处罚法", "《行政处罚法》", "中华人民共和国行政处罚法"] {
        assert_eq!(rows("citations-of-law", &[("law", law)]).len(), 4, "{law}");
    }
    assert_eq!(rows("citations-of-law", &[("law", "武发〔2016〕8号")]).len(), 1);
}

#[test]
fn concepts_are_given_by_label_or_notation() {
    for field in ["publicity", "法治宣传教育"] {
        assert_eq!(rows("measures-of-field", &[("field", field)]).len(), 2, "{field}");
    }
    let by_name = rows("indicator-by-region", &[("indicator", "行政复议纠错率")]);
    assert_eq!(
        rows("indicator-by-region", &[("indicator", "直接纠错率")]),
        by_name,
        "by a word that texts have for it"
    );
    assert_eq!(rows("findings", &[("rule", "foreign_region")]).len(), 1);
    assert!(rows("findings", &[("rule", "sum_mismatch")]).is_empty());
}

#[test]
fn limits_and_years_bound_the_rows() {
    assert_eq!(rows("laws-by-counties", &[("limit", "1")]), ["中华人民共和国行政处罚法,2,4,4,2019,2021"]);
    assert_eq!(rows("laws-by-counties", &[("since", "2022")]), ["中华人民共和国民法典,1,1,1,2022,2022"]);
    let found = rows("diffusion-of-law", &[("law", "行政处罚法"), ("since", "2021")]);
    assert!(found[0].starts_with("中华人民共和国行政处罚法,河南省,2021,0,1,永城市,《行政处罚法》,"), "{found:?}");
}

#[test]
fn a_mistyped_name_gets_suggestions() {
    let message = error("late-reports", &[("region", "武山市")]);
    assert!(message.contains("no region `武山市`") && message.contains("武山县"), "{message}");
    let message = error("citations-of-law", &[("law", "行政处法")]);
    assert!(message.contains("行政处罚法"), "{message}");
    let message = error("laws-by-county", &[]);
    assert!(message.contains("laws-by-counties") && message.contains("fazhi queries"), "{message}");
    let message = error("measures-of-field", &[("field", "dispute")]);
    assert!(message.contains("disputes"), "{message}");
    let message = error("late-reports", &[("level", "县")]);
    assert!(message.contains("县级") && message.contains("one of") && message.contains("乡级 (township)"), "{message}");
    let message = error("evidence", &[("fact", "620524-2019#c13-38")]);
    assert!(message.contains("620524-2019-0123456789ab#c13-37"), "{message}");
    assert!(error("evidence", &[("fact", "c13-38")]).contains("no fact"));
}

#[test]
fn names_are_taken_as_people_write_them() {
    for region in ["甘肃", "武山", "甘肃省武山县", "天水市 武山县"] {
        assert_eq!(rows("late-reports", &[("region", region)]).len(), 1, "{region}");
    }
    for law in ["《法治政府建设实施纲要（2015—2020年）》", "法治政府建设实施纲要(2015-2020年)"]
    {
        assert_eq!(rows("citations-of-law", &[("law", law)]).len(), 1, "{law}");
    }
    for body in ["武山县司法局", "永城市司法局"] {
        assert_eq!(rows("measures-of-body", &[("body", body)]).len(), 1, "a body: {body}");
    }
    for kind in ["justice", "司法行政"] {
        assert_eq!(rows("measures-of-body", &[("body", kind)]).len(), 2, "a type of body: {kind}");
    }
    assert_eq!(
        rows("measures-of-body", &[("body", ""), ("name", "永城")]).len(),
        1,
        "an empty value takes a default away"
    );
    for fact in ["620524-2019#c13-37", "report/620524-2019-0123456789ab#c13-37", "620524-2019#13-37"] {
        assert!(
            rows("evidence", &[("fact", fact)])[0].starts_with("引用,《法治政府建设实施纲要(2015-2020年)》,13,37,"),
            "{fact}"
        );
    }
    assert!(error("higher-documents", &[("region", "")]).contains("needs a value"));
}

#[test]
fn a_region_is_followed_across_its_renaming() {
    let store = fixture::store();
    update(
        &store,
        "PREFIX r: <https://w3id.org/fazhi/id/region/> PREFIX p: <https://w3id.org/fazhi/id/report/>
         INSERT DATA {
           r:990101 a fz:Region ; rdfs:label \"青梧县\"@zh ; fz:code \"990101\" ; fz:until \"2020\"^^xsd:gYear ; fz:successor r:990102 .
           r:990102 a fz:Region ; rdfs:label \"青梧区\"@zh, \"新梧区\"@zh ; skos:altLabel \"新梧区\"@zh ; fz:code \"990102\" ;
             fz:since \"2021\"^^xsd:gYear .
           p:990101-2020 a fz:Report ; rdfs:label \"甲\"@zh ; fz:region r:990101 ; fz:year \"2020\"^^xsd:gYear ;
             <http://purl.org/dc/terms/source> <https://example.org/a>, <https://example.org/b> .
           p:990102-2021 a fz:Report ; rdfs:label \"乙\"@zh ; fz:region r:990102 ; fz:year \"2021\"^^xsd:gYear }",
    );
    for region in ["青梧县", "青梧区", "新梧区", "990101"] {
        let answer = ask(&store, "region-history", &[("region", region)]).unwrap();
        let answer = printed(&answer, Format::Csv);
        let found: Vec<&str> = answer.lines().skip(1).collect();
        let expected = [
            "2020,990101,青梧县,,,2020,青梧区,甲,,https://w3id.org/fazhi/id/report/990101-2020,https://example.org/a",
            "2021,990102,青梧区,新梧区,2021,,,乙,,https://w3id.org/fazhi/id/report/990102-2021,",
        ];
        assert_eq!(found, expected, "{region}");
    }
}

#[test]
fn only_the_years_own_values_of_governments_are_ranked() {
    let store = fixture::store();
    update(
        &store,
        "PREFIX p: <https://w3id.org/fazhi/id/report/> PREFIX r: <https://w3id.org/fazhi/id/region/>
         PREFIX i: <https://w3id.org/fazhi/concept/indicator/> PREFIX l: <https://w3id.org/fazhi/concept/level/>
         INSERT DATA {
           p:bureau a fz:Report ; rdfs:label \"局\"@zh ; fz:region r:620524 ; fz:year \"2021\"^^xsd:gYear ; fz:level l:department ; fz:text \"x\"@zh .
           p:bureau-f a fz:Figure ; fz:indicator i:litigation-appearance-rate ; fz:value 90 ; fz:quote \"x\"@zh ; fz:start 0 ; fz:end 1 ;
             dcterms:isPartOf p:bureau .
           p:other a fz:Figure ; fz:indicator i:litigation-appearance-rate ; fz:value 80 ; fz:quote \"x\"@zh ; fz:start 0 ; fz:end 1 ;
             fz:period \"2020年\"@zh ; dcterms:isPartOf <https://w3id.org/fazhi/id/report/411481-2021-0123456789ab> .
           p:change a fz:Figure ; fz:indicator i:litigation-appearance-rate ; fz:value 5 ; fz:quote \"x\"@zh ; fz:start 0 ; fz:end 1 ;
             fz:rises true ; dcterms:isPartOf <https://w3id.org/fazhi/id/report/411481-2021-0123456789ab> }",
    );
    let ranks = |values: &[(&str, &str)]| -> Vec<String> {
        let answer = printed(&ask(&store, "court-appearance", values).unwrap(), Format::Csv);
        answer.lines().skip(1).map(|row| row.split(',').take(4).collect::<Vec<_>>().join(",")).collect()
    };
    assert_eq!(ranks(&[]), ["2021,1,武山县,100", "2021,2,永城市,75"]);
    assert_eq!(ranks(&[("level", "部门")]), ["2021,1,武山县,90"]);
    assert_eq!(ranks(&[("region", "河南省")]), ["2021,1,永城市,75"], "the rank is among those asked for");
}

#[test]
fn a_name_of_several_regions_lists_them() {
    let message = error("late-reports", &[("region", "城关镇")]);
    assert!(
        message.contains("2 regions are called `城关镇`") && message.contains("--param 'region=330726100'"),
        "{message}"
    );
    assert!(message.contains("620524100  甘肃省 天水市 武山县 城关镇"), "{message}");
    assert!(rows("late-reports", &[("region", "武山县城关镇")]).is_empty());
}

#[test]
fn wrong_parameters_are_told() {
    let message = error("late-reports", &[("yaer", "2021")]);
    assert!(message.contains("no parameter `yaer`") && message.contains("region, year, since, level"), "{message}");
    assert!(error("late-reports", &[("year", "21")]).contains("four digits"));
    assert!(error("late-reports", &[("year", "2021"), ("year", "2022")]).contains("twice"));
    assert!(error("citations-of-law", &[]).contains("--param law=行政处罚法"));
    assert!(error("laws-by-counties", &[("limit", "many")]).contains("not a number of rows"));
}

#[test]
fn a_value_cannot_break_out() {
    let value = r#"x") } INSERT DATA { <a> <b> <c> } #"#;
    assert!(rows("passages", &[("word", value)]).is_empty());
    assert!(rows("passages", &[("word", "\\\"")]).is_empty());
}

#[test]
fn values_can_be_given_to_the_variables_of_any_text() {
    let text = "SELECT ?name WHERE { ?place fz:code ?code ; rdfs:label ?name }";
    assert_eq!(rows(text, &[("code", "620524")]), Vec::<String>::new(), "a number is an integer, and a code a text");
    assert_eq!(rows(text, &[("code", "\"620524\"")]), ["武山县"]);
    let projected = "SELECT ?code ?name WHERE { ?place fz:code ?code ; rdfs:label ?name }";
    assert_eq!(rows(projected, &[("code", "\"620524\"")]), ["620524,武山县"]);
    let grouped = "SELECT ?year (COUNT(*) AS ?n) WHERE { ?r a fz:Report ; fz:year ?year } GROUP BY ?year";
    assert_eq!(rows(grouped, &[("year", "\"2021\"^^<http://www.w3.org/2001/XMLSchema#gYear>")]), ["2021,3"]);
    assert!(error("SELECT (1 AS ?x) WHERE {}", &[("x", "2")]).contains("assigns ?x"));
    assert!(error("SELECT * WHERE { ?s ?p ?o }", &[("s", "text")]).contains("takes an IRI"));
}
