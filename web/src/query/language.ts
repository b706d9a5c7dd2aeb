/** How is SPARQL coloured? */

import { HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** The colours are those of the page, light and dark. */
const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" },
  { tag: tags.comment, color: "var(--quiet)", fontStyle: "italic" },
  { tag: tags.string, color: "var(--good)" },
  { tag: [tags.number, tags.bool], color: "var(--warn)" },
  { tag: [tags.variableName, tags.local(tags.variableName)], color: "var(--link)" },
  { tag: [tags.atom, tags.meta, tags.propertyName], color: "var(--ink)" },
  { tag: [tags.operator, tags.bracket, tags.punctuation], color: "var(--quiet)" },
]);

const look = EditorView.theme({
  "&": {
    backgroundColor: "var(--raised)",
    color: "var(--ink)",
    border: "1px solid var(--quiet)",
    borderRadius: "var(--radius)",
  },
  "&.cm-focused": { outline: "3px solid var(--link)", outlineOffset: "2px" },
  ".cm-scroller": {
    font: "0.95rem/1.55 ui-monospace, 'Cascadia Mono', Consolas, 'Noto Sans Mono CJK SC', monospace",
    maxHeight: "32rem",
  },
  ".cm-content, .cm-gutter": { minHeight: "14rem" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": {
    backgroundColor: "var(--sunk)",
    color: "var(--quiet)",
    border: "0",
    borderRadius: "var(--radius) 0 0 var(--radius)",
  },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--mark)",
  },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--mark)" },
  ".cm-tooltip": {
    backgroundColor: "var(--raised)",
    color: "var(--ink)",
    border: "1px solid var(--line)",
    borderRadius: "var(--radius)",
    maxWidth: "min(34rem, 92vw)",
  },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--link)", color: "var(--paper)" },
  ".cm-completionDetail": { fontStyle: "normal", opacity: "0.85" },
  ".cm-completionInfo": { whiteSpace: "pre-wrap", padding: "0.4rem 0.6rem" },
  // The wave that comes with the package is a picture from a data address, which the page's policy forbids.
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--bad)",
    textDecorationSkipInk: "none",
  },
  ".cm-diagnostic": { whiteSpace: "pre-wrap" },
});

export const language = [StreamLanguage.define(sparql), syntaxHighlighting(colours), look];
