//! What do pages load? Style, picture and, where they were built, scripts. All from this server, and embedded in the program.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::LazyLock;

use axum::extract::{Path, RawQuery};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};
use sha2::{Digest, Sha256};

use super::view::Pages;
use crate::serve::problem::Problem;

/// What needs no building.
#[derive(RustEmbed)]
#[folder = "web/static"]
struct Static;

/// What `make web` builds; absent where there was no Node.
#[derive(RustEmbed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Built;

/// Whether the scripts were built into this program.
pub(in crate::serve) fn has_scripts() -> bool {
    Built::get("page.js").is_some()
}

/// Whether a file is named after its content (`page-1A2B3C4D.js`), as the parts are that scripts ask for themselves.
fn is_named_by_content(name: &str) -> bool {
    let hash = name.strip_suffix(".js").and_then(|stem| stem.rsplit_once('-')).map(|(_, hash)| hash);
    hash.is_some_and(|hash| {
        hash.len() == 8 && hash.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    })
}

/// Another text for every change of templates, style or scripts.
pub(in crate::serve) fn fingerprint() -> Cow<'static, str> {
    static FINGERPRINT: LazyLock<String> = LazyLock::new(compute);
    // A build for development reads the files where they lie, so they may change under it.
    if cfg!(debug_assertions) { Cow::Owned(compute()) } else { Cow::Borrowed(FINGERPRINT.as_str()) }
}

fn compute() -> String {
    let mut digest = Sha256::new();
    let files = Static::iter().filter_map(|name| Static::get(&name));
    let files = files.chain(Built::iter().filter_map(|name| Built::get(&name)));
    for file in files.chain(Pages::iter().filter_map(|name| Pages::get(&name))) {
        digest.update(file.metadata.sha256_hash());
    }
    let mut text = String::new();
    for byte in digest.finalize().iter().take(6) {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// `/assets/NAME`: kept by browsers for as long as pages ask for it under the same fingerprint.
pub(in crate::serve) async fn get(
    Path(name): Path<String>,
    RawQuery(version): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let file: Option<EmbeddedFile> = Static::get(&name).or_else(|| Built::get(&name));
    let file = file.ok_or_else(|| Problem::missing(format!("there is no asset `{name}`")))?;
    let mut tag = String::from("\"");
    for byte in file.metadata.sha256_hash().iter().take(12) {
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    let lasting = is_named_by_content(&name) || version.is_some_and(|version| version == fingerprint());
    let cached = if lasting { "public, max-age=31536000, immutable" } else { "no-cache" };
    let kept = headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let about = [(header::ETAG, tag), (header::CACHE_CONTROL, cached.to_owned())];
    if kept {
        return Ok((StatusCode::NOT_MODIFIED, about).into_response());
    }
    Ok((about, [(header::CONTENT_TYPE, media(&name))], file.data.into_owned()).into_response())
}

fn media(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "json" => "application/json",
        "xml" => "application/opensearchdescription+xml; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::is_named_by_content;

    #[test]
    fn parts_of_scripts_are_named_by_their_content() {
        assert!(is_named_by_content("page-NKTZCX7V.js") && is_named_by_content("chunk-BY3RP3RV.js"));
        assert!(
            !is_named_by_content("page.js")
                && !is_named_by_content("style-sheet.js")
                && !is_named_by_content("a-NKTZCX7V.css")
        );
    }
}
