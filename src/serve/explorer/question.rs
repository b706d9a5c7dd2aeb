//! The page of one question: a form for its parameters, and the answer as a table that can be sorted.

use std::sync::{Arc, LazyLock};

use axum::response::Response;
use minijinja::context;
use oxigraph::model::Term;
use rust_embed::RustEmbed;
use serde::Serialize;

use super::link::with_parameters;
use super::table::{Part, Table};
use super::view;
use crate::query::{Answer, Bindings, Parameter, ParameterType, Question, Text, catalogue};
use crate::serve::problem::Problem;
use crate::serve::respond::{Asked, ask};
use crate::serve::state::State;
use crate::vocab::{CONCEPTS, Scheme};

/// Rows of a page.
const ROWS: usize = 100;

/// The questions that pages ask.
#[derive(RustEmbed)]
#[folder = "queries/pages"]
struct Files;

/// A question of the catalogue or of a page, by its name.
pub(in crate::serve) fn find(name: &str) -> Option<&'static Question> {
    static OF_PAGES: LazyLock<Vec<Question>> =
        LazyLock::new(|| Files::iter().filter_map(|file| read(file.trim_end_matches(".rq"))).collect());
    let listed = catalogue().iter().chain(OF_PAGES.iter()).find(|question| question.name() == name)?;
    if cfg!(debug_assertions) && Files::get(&format!("{name}.rq")).is_some() {
        // A build for development reads the file where it lies; what is leaked there is a few kilobytes a change.
        return changed(listed);
    }
    Some(listed)
}

fn read(name: &str) -> Option<Question> {
    let file = Files::get(&format!("{name}.rq"))?;
    Question::parse(name, std::str::from_utf8(&file.data).ok()?).ok()
}

/// The question as its file has it now.
fn changed(known: &'static Question) -> Option<&'static Question> {
    let now = read(known.name())?;
    if now.text() == known.text() { Some(known) } else { Some(Box::leak(Box::new(now))) }
}

/// A parameter as a field of the form.
#[derive(Serialize)]
struct Field<'a> {
    name: &'a str,
    description: &'a Text,
    required: bool,
    example: Option<&'a str>,
    value: &'a str,
    /// What a name may stand for, for suggestions (`region`, `document` …).
    names: String,
    whole: bool,
    choices: Vec<Choice>,
}

#[derive(Serialize)]
pub(super) struct Choice {
    value: String,
    label: String,
}

/// What a page is asked for beside the parameters of its question.
#[derive(Default)]
pub(in crate::serve) struct Wish {
    /// A variable, after a minus from the greatest down.
    pub(in crate::serve) sort: String,
    /// From 1.
    pub(in crate::serve) page: usize,
}

/// The page of a question with its answer, once all the parameters that it needs are there.
pub(in crate::serve) async fn page(
    state: &Arc<State>,
    question: &'static Question,
    given: &[(String, String)],
    wish: &Wish,
) -> Result<Response, Problem> {
    let parameters = question.parameters().unwrap_or_default();
    let value = |parameter: &Parameter| given.iter().find(|(name, _)| *name == parameter.name).map(|(_, value)| value);
    let mut fields = Vec::new();
    for parameter in parameters {
        let value = value(parameter).or(parameter.default.as_ref()).map_or("", String::as_str);
        fields.push(Field {
            name: &parameter.name,
            description: &parameter.description,
            required: parameter.required,
            example: parameter.example.as_deref(),
            value,
            names: parameter.kind.to_string(),
            whole: matches!(parameter.kind, ParameterType::Year | ParameterType::Integer | ParameterType::Limit),
            choices: choices(state, parameter.kind, value).await?,
        });
    }
    let lacks = parameters.iter().any(|parameter| parameter.required && value(parameter).is_none());
    let at = wish.page.max(1);
    let answered = if lacks {
        None
    } else {
        let part = Part { sort: wish.sort.clone(), skipped: (at - 1).saturating_mul(ROWS), most: ROWS };
        Some(Table::of_question(state, question, given, part).await)
    };
    let (table, problem) = match answered {
        None => (None, String::new()),
        Some(Ok(table)) => (Some(table), String::new()),
        // What was filled in stays in the form, with what is wrong about it.
        Some(Err(problem)) => (None, problem.detail().to_owned()),
    };
    let pages = table.as_ref().map_or(0, |table| table.total.div_ceil(ROWS));
    let turn = |to: usize| {
        let number = to.to_string();
        let given = given.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let more = [("sort", wish.sort.as_str()), ("page", number.as_str())];
        with_parameters(&format!("/q/{}", question.name()), given.chain(more))
    };
    let about = context! {
        name => question.name(),
        title => view::value(&question.title()),
        description => view::value(&question.description()),
    };
    let title = question.title().map_or_else(|| question.name().to_owned(), |title| title.zh.clone());
    let turning = context! {
        at, pages,
        previous => (at > 1).then(|| turn(at - 1)),
        next => (at < pages).then(|| turn(at + 1)),
    };
    let context = context! {
        title, problem, turning,
        question => about,
        parameters => view::value(&fields),
        table => view::value(&table),
    };
    view::page("question.html", "q", &context)
}

/// What a parameter of a few known values may be. A value that was given otherwise, as by a notation, is one of them.
pub(super) async fn choices(state: &Arc<State>, kind: ParameterType, given: &str) -> Result<Vec<Choice>, Problem> {
    let scheme = match kind {
        ParameterType::Category => Scheme::Category,
        ParameterType::BodyType => Scheme::BodyType,
        ParameterType::DocumentKind => Scheme::DocumentKind,
        ParameterType::Level => Scheme::Level,
        ParameterType::Indicator => Scheme::Indicator,
        ParameterType::Rule => Scheme::Rule,
        _ => return Ok(Vec::new()),
    };
    let text = format!(
        "SELECT ?notation ?label WHERE {{ ?concept skos:inScheme <{CONCEPTS}{}> ; skos:notation ?notation ; skos:prefLabel ?label
           FILTER (LANG(?label) = \"zh\") }} ORDER BY ?notation",
        scheme.name()
    );
    let answer = ask(state, Asked { text, bindings: Bindings::default(), graphs: None }).await?;
    let Answer::Solutions(solutions) = answer else { return Ok(Vec::new()) };
    let text = |term: &Option<Term>| match term {
        Some(Term::Literal(literal)) => literal.value().to_owned(),
        _ => String::new(),
    };
    let choice = |row: &Vec<Option<Term>>| Choice { value: text(&row[0]), label: text(&row[1]) };
    let mut choices: Vec<Choice> = solutions.rows.iter().map(choice).collect();
    if !given.is_empty() && !choices.iter().any(|choice| choice.value == given) {
        let same = choices.iter_mut().find(|choice| {
            choice.label == given || given.strip_prefix(CONCEPTS).is_some_and(|path| path.ends_with(&choice.value))
        });
        match same {
            Some(choice) => given.clone_into(&mut choice.value),
            None => choices.push(Choice { value: given.to_owned(), label: given.to_owned() }),
        }
    }
    Ok(choices)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_questions_of_pages_have_a_header_and_names_of_their_own() {
        for file in Files::iter() {
            let Some(name) = file.strip_suffix(".rq") else { continue };
            let question = Question::parse(name, std::str::from_utf8(&Files::get(&file).unwrap().data).unwrap());
            let question = question.unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(question.title().is_some(), "{name} has no title");
            assert!(!catalogue().iter().any(|listed| listed.name() == name), "{name} is in the catalogue, too");
        }
    }
}
