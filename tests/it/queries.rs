//! The catalogue: every question is well formed, says what its parameters and columns are, and has an answer on six
//! small reports that was checked by hand.

#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use fazhi::query::{self, Answer, Bindings, Error, Format, Limits, Parameter, Question, Style, catalogue, groups};
use oxigraph::store::Store;

use crate::fixture;

fn params(values: &[(&str, &str)]) -> Vec<(String, String)> {
    values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

pub(crate) fn ask(store: &Store, argument: &str, values: &[(&str, &str)]) -> Result<Answer, Error> {
    let question = Question::open(argument)?;
    let bindings = question.bind(store, &params(values))?;
    query::run(store, question.text(), &bindings, Limits::default())
}

pub(crate) fn printed(answer: &Answer, format: Format) -> String {
    let mut out = Vec::new();
    query::write(answer.clone(), format, &Style::new(100, None), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The values that the header gives as examples, for what must be given.
fn examples(question: &Question) -> Vec<(String, String)> {
    let required = |parameter: &&Parameter| parameter.required;
    let parameters = question.parameters().unwrap().iter().filter(required);
    parameters.map(|parameter| (parameter.name.clone(), parameter.example.clone().unwrap())).collect()
}

#[test]
fn every_header_is_complete() {
    for question in catalogue() {
        let name = question.name();
        for text in [question.title().unwrap(), question.description().unwrap()] {
            assert!(!text.zh.is_empty() && !text.en.is_empty(), "{name}: title or description lacks a language");
        }
        assert!(question.questions().iter().all(|number| (1..=27).contains(number)), "{name}: no such question");
        for parameter in question.parameters().unwrap() {
            let known = question.body().contains(&format!("?{}", parameter.name));
            assert!(known || parameter.name == "limit", "{name}: the text does not have ?{}", parameter.name);
            assert!(!parameter.description.zh.is_empty() && !parameter.description.en.is_empty(), "{name}");
            assert_eq!(parameter.required, parameter.example.is_some(), "{name}: an example for what is required");
            assert!(!(parameter.required && parameter.default.is_some()), "{name}: required, yet with a default");
        }
    }
}

/// Each of the 27 questions is answered by a command, and the headers of the queries name the questions that list them.
#[test]
fn every_question_of_the_list_has_an_answer() {
    let asked: Vec<_> = groups().iter().flat_map(|group| &group.questions).collect();
    let listed: BTreeSet<(u8, &str)> = asked
        .iter()
        .flat_map(|question| question.answers.iter().filter_map(|way| Some((question.number, way.query()?))))
        .collect();
    let headers: BTreeSet<(u8, &str)> = catalogue()
        .iter()
        .flat_map(|question| question.questions().iter().map(|number| (*number, question.name())))
        .collect();
    assert_eq!(headers, listed, "the headers in queries/*.rq on the left, queries/questions.toml on the right");
    let numbers: BTreeSet<u8> = asked.iter().filter(|one| !one.answers.is_empty()).map(|one| one.number).collect();
    assert_eq!(numbers, (1..=27).collect());
    let named: BTreeSet<&str> = listed.iter().map(|(_, name)| *name).collect();
    for question in catalogue() {
        assert!(named.contains(question.name()), "{} answers no question", question.name());
    }
    for way in asked.iter().flat_map(|question| &question.answers) {
        assert_eq!(
            way.query().is_none(),
            way.tells.is_some(),
            "{}: only what is no query says what it tells",
            way.line()
        );
    }
}

/// The prefixes are declared in the file, so that it can be given to any SPARQL endpoint as it is.
#[test]
fn every_query_is_plain_sparql() {
    for question in catalogue() {
        spargebra::SparqlParser::new().parse_query(question.text()).unwrap_or_else(|error| {
            panic!("queries/{}.rq: {error}", question.name());
        });
    }
}

/// What each query answers to its examples on the six small reports stands in `tests/golden/queries`, one file each.
#[test]
fn answers_are_as_checked_by_hand() {
    let answers = answers(&store());
    for (question, answer) in &answers {
        let Answer::Solutions(solutions) = answer else { panic!("{} is no SELECT", question.name()) };
        assert!(!solutions.rows.is_empty(), "{} has no answer on the fixture", question.name());
        for variable in &solutions.variables {
            assert!(question.column(variable.as_str()).is_some(), "{}: [columns] lacks {variable}", question.name());
        }
    }
    hold("tests/golden/queries", &answers);
}

/// What every question of the catalogue answers to its examples.
fn answers(store: &Store) -> Vec<(&'static Question, Answer)> {
    let answer = |question: &'static Question| {
        let bindings = question.bind(store, &examples(question)).unwrap();
        (question, query::run(store, question.text(), &bindings, Limits::default()).unwrap())
    };
    catalogue().iter().map(answer).collect()
}

/// Compares the answers with the files of a folder, or renews these.
fn hold(folder: &str, answers: &[(&Question, Answer)]) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut stale = Vec::new();
    for (question, answer) in answers {
        let found = printed(answer, Format::Tsv);
        let golden = path.join(format!("{}.tsv", question.name()));
        if std::env::var_os("UPDATE").is_some() {
            std::fs::create_dir_all(&path).unwrap();
            std::fs::write(&golden, found).unwrap();
        } else if std::fs::read_to_string(&golden).unwrap_or_default() != found {
            stale.push(question.name());
        }
    }
    assert!(
        stale.is_empty(),
        "{folder}: the answers of {stale:?} have changed: run `UPDATE=1 cargo test`, then check the diff by hand"
    );
    let known: BTreeSet<String> = answers.iter().map(|(question, _)| format!("{}.tsv", question.name())).collect();
    for entry in std::fs::read_dir(path).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(known.contains(&name), "{folder}/{name} belongs to no query: delete it");
    }
}

/// `queries/README.md` says which commands answer which question.
#[test]
fn the_readme_names_the_commands_of_each_question() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("queries/README.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let head = "| | question | commands |\n| --- | --- | --- |\n";
    let (before, _) = text.split_once(head).unwrap();
    let mut asked: Vec<_> = groups().iter().flat_map(|group| &group.questions).collect();
    asked.sort_by_key(|question| question.number);
    let mut renewed = before.to_owned() + head;
    for question in asked {
        let mut commands: Vec<String> = Vec::new();
        for way in &question.answers {
            let command = way.query().map_or_else(|| way.line(), str::to_owned);
            if !commands.contains(&command) {
                commands.push(command);
            }
        }
        let row = [question.number.to_string(), question.text.zh.clone(), format!("`{}`", commands.join("`, `"))];
        renewed = renewed + "| " + &row.join(" | ") + " |\n";
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, renewed).unwrap();
    } else {
        assert_eq!(text, renewed, "queries/README.md is stale: run `UPDATE=1 cargo test`");
    }
}

/// The six small reports, and a percentage above 100 in one of them.
fn store() -> Store {
    let store = fixture::store();
    let report = "<https://w3id.org/fazhi/id/report/330726-2022-0123456789ab";
    let figure = format!(
        "INSERT DATA {{ {report}#f0-3> a fz:Figure ; rdfs:label \"培训完成率\"@zh ; fz:value 120 ; fz:unit \"%\" ; fz:quote \"推进企\"@zh ; \
         fz:start 0 ; fz:end 3 ; dcterms:isPartOf {report}> }}"
    );
    update(&store, &figure);
    store
}

pub(crate) fn update(store: &Store, text: &str) {
    let mut evaluator = oxigraph::sparql::SparqlEvaluator::new();
    for (prefix, iri) in fazhi::vocab::PREFIXES {
        evaluator = evaluator.with_prefix(*prefix, *iri).unwrap();
    }
    evaluator.parse_update(text).unwrap().on_store(store).execute().unwrap();
}

pub(crate) fn error(argument: &str, values: &[(&str, &str)]) -> String {
    ask(&fixture::store(), argument, values).unwrap_err().to_string()
}

pub(crate) fn rows(argument: &str, values: &[(&str, &str)]) -> Vec<String> {
    let answer = ask(&fixture::store(), argument, values).unwrap();
    printed(&answer, Format::Csv).lines().skip(1).map(str::to_owned).collect()
}

/// A region is given by name, by code, by IRI, or with the names around it, and means everything within it.
/// Names as people shorten, lengthen and print them.
/// A region that got a new code has its reports of both times in one line, with the name that each code has today once.
/// What departments report is not their government's, and another time's figures and changes are not the year's.
/// A value is a term, whatever characters it has: it cannot become a part of the query.
#[test]
fn a_mistake_in_sparql_is_shown_at_its_place() {
    let message = error("SELECT ?s\nWHERE { 武山县 ?p ?o }", &[]);
    assert!(message.contains("line 2, column 9"), "{message}");
    assert!(message.contains("WHERE { 武山县 ?p ?o }\n          ^"), "{message}");
    let message = error("SELECT * WHERE { ?s nope:p ?o }", &[]);
    assert!(message.contains("line 1") && message.contains("Prefix not found"), "{message}");
    assert!(error("SELCT * WHERE { ?s ?p ?o }", &[]).contains("line 1, column 1:"));
    assert!(error("SELECT (COUNT(?s) AS ?n ?p WHERE { ?s ?p ?o }", &[]).contains("column 25: expected \")\""));
    let message = error("SELECT ?s WHERE { ?s ?p ?o } GROUP BY ?p", &[]);
    assert!(message.contains("The SELECT contains a variable that is unbound"), "{message}");
}

/// A finding in a report without a year, or of a place that nobody knows, is a finding all the same; one that concerns a
/// region that lacks a year stands in no report.
#[test]
fn findings_lack_no_report_without_a_year() {
    let store = Store::new().unwrap();
    let region = "<https://w3id.org/fazhi/id/region/620524>";
    let rule = "<https://w3id.org/fazhi/concept/rule/placeholder>";
    update(
        &store,
        &format!(
            "INSERT DATA {{
               {rule} skos:prefLabel \"占位符\"@zh ; skos:inScheme <https://w3id.org/fazhi/concept/rule> ; skos:notation \"placeholder\" .
               {region} a fz:Region ; rdfs:label \"武山县\"@zh ; fz:code \"620524\" .
               <x:1> a fz:Report ; fz:region {region} ; fz:text \"共办理XX件案件。\"@zh .
               <x:2> a fz:Report ; rdfs:label \"无名报告\"@zh ; fz:text \"共审查XX件合同。\"@zh ; fz:year \"2021\"^^xsd:gYear .
               <x:1#f> a fz:Finding ; fz:rule {rule} ; rdfs:comment \"一\"@zh ; dcterms:isPartOf <x:1> ; fz:start 3 ; fz:end 5 .
               <x:2#f> a fz:Finding ; fz:rule {rule} ; rdfs:comment \"二\"@zh ; dcterms:isPartOf <x:2> ; fz:start 3 ; fz:end 5 .
               <x:a#f> a fz:Finding ; fz:rule {rule} ; rdfs:comment \"三\"@zh ; dcterms:isPartOf <x:a> ; fz:concerns {region} ;
                       fz:year \"2020\"^^xsd:gYear .
             }}"
        ),
    );
    let found = |values: &[(&str, &str)]| -> Vec<String> {
        let answer = ask(&store, "findings", values).unwrap();
        let lines = printed(&answer, Format::Csv);
        let cells = lines.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
        let mut kept: Vec<String> = cells.map(|cell| [cell[0], cell[1], cell[3], cell[4], cell[8]].join(" ")).collect();
        kept.sort();
        kept
    };
    let (one, two, three) = ("武山县  一 XX x:1", "无名报告 2021 二 XX x:2", "武山县 2020 三  ");
    assert_eq!(found(&[]), [two, one, three]);
    assert_eq!(found(&[("region", "武山县")]), [one, three]);
    assert_eq!(found(&[("year", "2021")]), [two]);
    assert_eq!(found(&[("year", "2020"), ("region", "620524")]), [three]);
}

/// Nesting without end must not end the program.
#[test]
fn a_text_nested_without_end_is_refused() {
    for (open, count) in [("{", 40_000), ("(", 40_000), ("!", 90_000), ("{", 200_000)] {
        let text = format!("ASK {{ FILTER {} }}", open.repeat(count));
        assert!(ask(&fixture::store(), &text, &[]).is_err(), "{open} {count} times");
    }
}

#[test]
fn a_query_that_takes_too_long_has_no_answer() {
    let endless = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
    let limits = Limits { timeout: Some(Duration::from_millis(100)), max_rows: None };
    let error = query::run(&fixture::store(), endless, &Bindings::default(), limits).unwrap_err();
    assert!(matches!(error, Error::TimedOut { .. }), "{error}");
    assert!(error.to_string().contains("stopped after 0.1 s and has no answer"), "{error}");
}

#[test]
fn an_answer_that_is_too_large_is_no_answer() {
    let limits = Limits { timeout: None, max_rows: Some(10) };
    let run = |text: &str| query::run(&fixture::store(), text, &Bindings::default(), limits);
    let all = "SELECT * WHERE { ?s ?p ?o }";
    assert!(matches!(run(all), Err(Error::TooManyRows { limit: 10 })));
    assert!(matches!(run(&format!("{all} ORDER BY ?s")), Err(Error::TooManyRows { limit: 10 })));
    assert!(run(&format!("{all} ORDER BY ?s LIMIT 10")).is_ok());
    assert!(matches!(run("CONSTRUCT WHERE { ?s ?p ?o }"), Err(Error::TooManyRows { limit: 10 })));
}

/// What stands for the evaluator's own order and path must give the evaluator's own rows.
#[test]
fn rewritten_queries_give_the_same_rows() {
    let store = fixture::store();
    for text in [
        "SELECT ?p ?n WHERE { ?p fz:within* <https://w3id.org/fazhi/id/region/620000> ; rdfs:label ?n } ORDER BY ?n ?p",
        "SELECT ?p WHERE { ?p fz:within+ <https://w3id.org/fazhi/id/region/620000> } ORDER BY ?p",
        "SELECT ?p WHERE { ?p (fz:successor|^fz:successor)* <https://w3id.org/fazhi/id/region/411481> } ORDER BY ?p",
        "SELECT ?u WHERE { ?u fz:region ?p FILTER EXISTS { ?p fz:within* <https://w3id.org/fazhi/id/region/410000> } } ORDER BY ?u",
        "SELECT ?u WHERE { ?u fz:region ?p FILTER EXISTS { ?p fz:within* ?any } } ORDER BY ?u",
        "SELECT ?u ?v WHERE { ?u fz:value ?v } ORDER BY DESC(?v) ?u LIMIT 5 OFFSET 3",
        "SELECT DISTINCT ?y WHERE { ?u fz:year ?y } ORDER BY DESC(?y)",
    ] {
        let ours = ask(&store, text, &[]).unwrap();
        let mut evaluator = oxigraph::sparql::SparqlEvaluator::new();
        for (prefix, iri) in fazhi::vocab::PREFIXES {
            evaluator = evaluator.with_prefix(*prefix, *iri).unwrap();
        }
        let plain = evaluator.parse_query(text).unwrap().on_store(&store).execute().unwrap();
        let oxigraph::sparql::QueryResults::Solutions(plain) = plain else { panic!("no SELECT") };
        let plain: Vec<Vec<_>> = plain.map(|row| row.unwrap().values().to_vec()).collect();
        let Answer::Solutions(ours) = ours else { panic!("no SELECT") };
        assert!(!plain.is_empty(), "{text}");
        assert_eq!(ours.rows, plain, "{text}");
    }
}

#[test]
fn answers_are_written_in_the_formats_of_their_kind() {
    let store = fixture::store();
    let select = ask(&store, "SELECT ?code WHERE { ?r fz:code ?code } ORDER BY ?code LIMIT 2", &[]).unwrap();
    assert_eq!(printed(&select, Format::Csv), "code\r\n330000\r\n330700\r\n");
    assert_eq!(printed(&select, Format::Tsv), "?code\n\"330000\"\n\"330700\"\n");
    assert!(printed(&select, Format::Json).contains(r#"{"code":{"type":"literal","value":"330000"}}"#));
    assert!(printed(&select, Format::Xml).contains("<literal>330000</literal>"));
    assert_eq!(printed(&ask(&store, "ASK { ?r a fz:Report }", &[]).unwrap(), Format::Table), "true\n");
    let graph = ask(&store, "CONSTRUCT { ?r fz:code ?c } WHERE { ?r fz:code ?c } ORDER BY ?c LIMIT 2", &[]).unwrap();
    assert!(printed(&graph, Format::Turtle).contains("fz:code \"330000\""));
    assert_eq!(printed(&graph, Format::NTriples).lines().count(), 2);
    assert!(printed(&graph, Format::JsonLd).contains("330000") && printed(&graph, Format::RdfXml).contains("330000"));
    let described = ask(&store, "DESCRIBE <https://w3id.org/fazhi/id/region/620524>", &[]).unwrap();
    assert!(printed(&described, Format::Table).contains("fz:within"));
    let unfit =
        query::write(select.clone(), Format::Turtle, &Style::new(80, None), &mut Vec::new()).unwrap_err().to_string();
    assert!(unfit.contains("turtle cannot hold rows; use one of table, csv, tsv, json, xml"), "{unfit}");
    assert!("cvs".parse::<Format>().unwrap_err().to_string().contains("did you mean csv"));
}

/// Characters of double width are aligned, long texts are wrapped within the width, IRIs are shortened and labelled.
#[test]
fn a_table_is_aligned_and_fits_its_width() {
    use unicode_width::UnicodeWidthStr as _;
    let store = fixture::store();
    let question = Question::open("measures-of-field").unwrap();
    let answer = ask(&store, "measures-of-field", &[]).unwrap();
    for width in [40, 80, 120] {
        let mut out = Vec::new();
        query::write(answer.clone(), Format::Table, &Style::new(width, Some(&store)).headed_by(&question), &mut out)
            .unwrap();
        let table = String::from_utf8(out).unwrap();
        assert!(table.lines().all(|line| line.width() <= usize::from(width)), "{table}");
        assert!(table.contains("地区") && table.ends_with("7 rows\n"), "{table}");
    }
    let report = ask(&store, "SELECT ?r ?k WHERE { ?r a fz:Report ; a ?k } ORDER BY ?r LIMIT 1", &[]).unwrap();
    let mut out = Vec::new();
    query::write(report.clone(), Format::Table, &Style::new(120, Some(&store)), &mut out).unwrap();
    let table = String::from_utf8(out).unwrap();
    assert!(table.contains("浦江县2021年法治政府建设情况报告 report/330726-2021-0123456789ab   fz:Report"), "{table}");
}
