//! How do the elements of HTML behave? Which begin a line, which end themselves, which hold no markup.

use html5ever::LocalName;
use html5ever::tokenizer::TokenSinkResult;
use html5ever::tokenizer::states::RawKind;

/// Elements whose content is no markup, as in a browser that runs scripts.
pub(super) fn raw_text(name: &LocalName) -> TokenSinkResult<()> {
    match &**name {
        "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" | "noscript" => TokenSinkResult::RawData(RawKind::Rawtext),
        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
        "plaintext" => TokenSinkResult::Plaintext,
        _ => TokenSinkResult::Continue,
    }
}

pub(super) fn belongs_in_head(name: &str) -> bool {
    matches!(name, "title" | "meta" | "link" | "style" | "script" | "base" | "noscript" | "template")
}

/// Elements whose end tag may be left out.
pub(super) fn closes_itself(name: &str) -> bool {
    matches!(name, "p" | "li" | "dt" | "dd" | "tr" | "td" | "th" | "tbody" | "thead" | "tfoot" | "option")
}

/// Whether an element whose end tag was left out ends where the other begins.
pub(super) fn ends(open: &str, name: &str) -> bool {
    let group = |name: &str| match name {
        "dt" | "dd" => 1,
        "td" | "th" => 2,
        "thead" | "tbody" | "tfoot" => 3,
        _ => 0,
    };
    open == name || group(open) > 0 && group(open) == group(name)
}

/// Elements out of which no left-out end tag reaches.
pub(super) fn is_container(name: &str) -> bool {
    is_block(name) && !closes_itself(name) || matches!(name, "table" | "select")
}

pub(super) fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

pub(super) fn is_table_part(name: &str) -> bool {
    matches!(name, "table" | "caption" | "colgroup" | "tbody" | "thead" | "tfoot" | "tr" | "td" | "th")
}

/// Elements that begin and end a line, tables and their parts left out.
pub(super) fn is_block(name: &str) -> bool {
    is_heading(name)
        || matches!(
            name,
            "p" | "div"
                | "li"
                | "ul"
                | "ol"
                | "dl"
                | "dt"
                | "dd"
                | "pre"
                | "section"
                | "article"
                | "main"
                | "header"
                | "footer"
        )
        || matches!(
            name,
            "aside"
                | "nav"
                | "form"
                | "fieldset"
                | "blockquote"
                | "center"
                | "address"
                | "figure"
                | "figcaption"
                | "body"
        )
        || matches!(name, "ucapcontent" | "ucaptitle")
}

pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "br" | "img"
            | "input"
            | "meta"
            | "link"
            | "hr"
            | "area"
            | "base"
            | "col"
            | "embed"
            | "source"
            | "track"
            | "wbr"
            | "param"
    )
}
