//! Every question of the catalogue, with values drawn at random, has the rows that the evaluator finds in the query as it
//! is written, and the plan can be shown.

#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use fazhi::query::{self, Answer, Bindings, Limits, ParameterType, Question, catalogue};
use oxigraph::sparql::{CancellationToken, QueryResults, SparqlEvaluator};
use oxigraph::store::Store;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use crate::samples;

/// Values that the samples know, of each type.
const fn values(kind: ParameterType) -> &'static [&'static str] {
    match kind {
        ParameterType::Region => {
            &["甘肃省", "浙江省", "商丘市", "永城市", "武山县", "浦江县", "砚溪县", "青梧县", "北京市"]
        }
        ParameterType::Year => &["2018", "2019", "2020", "2021", "2022", "2023", "2024"],
        ParameterType::Level => &["province", "prefecture", "county", "department"],
        ParameterType::Document => &["行政处罚法", "行政复议法", "民法典", "宪法"],
        ParameterType::Category => &["enforcement", "digital", "disputes", "decisions"],
        ParameterType::Body => &["政府", "永城市市场监督管理局"],
        ParameterType::DocumentKind => &["law", "local_document", "party_state_policy"],
        ParameterType::Integer => &["1", "5", "20"],
        ParameterType::String => &["营商环境", "行政复议", "法治"],
        ParameterType::Rule => &["sum_mismatch", "copied_passage"],
        // Which of several equal rows come first is left open.
        ParameterType::Limit => &["100000"],
        _ => &[],
    }
}

/// A question and, for each parameter, a number that chooses whether it has a value and which.
fn asked() -> impl Strategy<Value = (usize, Vec<usize>)> {
    (0..catalogue().len(), prop::collection::vec(0..1_000_usize, 8))
}

fn given(question: &Question, choices: &[usize]) -> Vec<(String, String)> {
    let parameters = question.parameters().unwrap().iter().zip(choices);
    parameters
        .filter_map(|(parameter, choice)| {
            let values = values(parameter.kind);
            let wanted = parameter.required || parameter.kind == ParameterType::Limit || choice % 2 == 0;
            let value = values.get((choice / 2) % values.len().max(1)).copied().or(parameter.example.as_deref())?;
            wanted.then(|| (parameter.name.clone(), value.to_owned()))
        })
        .collect()
}

/// The rows of a query as it is written, sorted; `None` where they take too long.
fn written(store: &Store, text: String) -> Option<Vec<String>> {
    let token = CancellationToken::new();
    let (sender, receiver) = mpsc::channel();
    let worker = {
        let (store, token) = (store.clone(), token.clone());
        move || {
            let evaluator = SparqlEvaluator::new().with_cancellation_token(token);
            let query = evaluator.parse_query(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
            let QueryResults::Solutions(solutions) = query.on_store(&store).execute().unwrap() else { return };
            let rows: Result<Vec<_>, _> = solutions.map(|row| row.map(|row| format!("{:?}", row.values()))).collect();
            if let Ok(mut rows) = rows {
                rows.sort();
                sender.send(rows).ok();
            }
        }
    };
    std::thread::Builder::new().stack_size(64 << 20).spawn(worker).unwrap();
    let rows = receiver.recv_timeout(Duration::from_secs(10)).ok();
    token.cancel();
    rows
}

#[test]
fn a_planned_question_has_the_rows_of_the_question_as_written() {
    let store = &samples::all().0;
    let compared = AtomicUsize::new(0);
    let config = Config { cases: 60, rng_seed: RngSeed::Fixed(4), failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&asked(), |(number, choices)| {
        let question = &catalogue()[number];
        let given = given(question, &choices);
        // Not every name is known of every kind of thing.
        let Ok(bindings) = question.bind(store, &given) else { return Ok(()) };
        let Some(written) = written(store, question.filled(&bindings)) else {
            return Ok(());
        };
        let limits = Limits { timeout: Some(Duration::from_secs(60)), max_rows: None };
        let Answer::Solutions(planned) = query::run(store, question.text(), &bindings, limits).unwrap() else {
            panic!("{} is no SELECT", question.name())
        };
        let mut rows: Vec<String> = planned.rows.iter().map(|row| format!("{row:?}")).collect();
        rows.sort();
        prop_assert_eq!(rows, written, "{} {:?}", question.name(), given);
        compared.fetch_add(1, Ordering::Relaxed);
        Ok(())
    });
    outcome.unwrap();
    let compared = compared.into_inner();
    assert!(compared > 20, "only {compared} of 60 could be compared");
}

/// Whoever wonders why a question takes long can see where it begins.
#[test]
fn a_question_of_a_place_begins_with_the_place() {
    let store = &samples::all().0;
    let question = Question::open("figures").unwrap();
    let bindings = question.bind(store, &[("region".to_owned(), "武山县".to_owned())]).unwrap();
    let plan = query::explain(store, question.text(), &bindings).unwrap();
    let at = |part: &str| plan.find(part).unwrap_or_else(|| panic!("no {part} in {plan}"));
    // The parts of the reports are looked up when the place has chosen among these, and their figures after that.
    assert!(at("VALUES") < at("isPartOf>"), "{plan}");
    assert!(at("isPartOf>") < at("ns#quote>"), "{plan}");
    assert!(query::explain(store, "SELECT * WHERE { ?s ?p }", &Bindings::default()).is_err());
}

/// And what each step of it costs.
#[test]
fn the_steps_of_a_question_are_told_with_their_rows() {
    let store = &samples::all().0;
    let question = Question::open("figures").unwrap();
    let bindings = question.bind(store, &[("region".to_owned(), "武山县".to_owned())]).unwrap();
    let Answer::Solutions(answer) = query::run(store, question.text(), &bindings, Limits::default()).unwrap() else {
        panic!("figures is no SELECT")
    };
    let steps = query::measure(store, question.text(), &bindings).unwrap();
    let [whole, first, ..] = steps.as_slice() else { panic!("{steps:?}") };
    assert_eq!((whole.depth, first.depth), (0, 1));
    assert_eq!(whole.rows, answer.rows.len() as u64, "{whole:?}");
    assert!(steps.iter().all(|step| step.seconds <= whole.seconds), "a part takes no longer than the whole");
    assert!(steps.iter().any(|step| step.name.contains("isPartOf") && step.rows > 0), "{steps:?}");
    assert!(query::measure(store, "ASK { ?s ?p }", &Bindings::default()).is_err());
}
