//! How does a page come from its template? By minijinja, which escapes everything that a report says.

use std::sync::LazyLock;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, Value, context};
use rust_embed::RustEmbed;
use serde::Serialize;

use super::assets;
use crate::serve::problem::Problem;

/// The templates.
#[derive(RustEmbed)]
#[folder = "web/pages"]
pub(super) struct Pages;

/// Writes the page of the template `name`. `here` is the item of the navigation under which it stands; `context` is what the
/// template knows beside it.
pub(super) fn page(name: &str, here: &str, context: &Value) -> Result<Response, Problem> {
    let failed = |error: Error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, format!("{error:#}"));
    let mut response = render(name, here, context).map_err(failed)?.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    Ok(response)
}

/// The text of a page.
pub(super) fn render(name: &str, here: &str, context: &Value) -> Result<String, Error> {
    static TEMPLATES: LazyLock<Result<Environment<'static>, Error>> = LazyLock::new(templates);
    let context =
        context! { here, assets => assets::fingerprint(), scripts => assets::has_scripts(), ..context.clone() };
    if cfg!(debug_assertions) {
        // A build for development reads the templates where they lie, so that a change shows at the next request.
        return templates()?.get_template(name)?.render(context);
    }
    let broken = |error: &Error| Error::new(error.kind(), error.to_string());
    TEMPLATES.as_ref().map_err(broken)?.get_template(name)?.render(context)
}

fn templates() -> Result<Environment<'static>, Error> {
    let mut templates = Environment::new();
    templates.set_auto_escape_callback(|_| AutoEscape::Html);
    for name in Pages::iter() {
        if let Some(file) = Pages::get(&name) {
            templates.add_template_owned(name.into_owned(), String::from_utf8_lossy(&file.data).into_owned())?;
        }
    }
    Ok(templates)
}

/// What can be serialized, as templates know it.
pub(super) fn value<T: Serialize>(of: &T) -> Value {
    Value::from(Serde(of))
}
