/** What is being written at a place of a query? Decides what can be proposed there. */

import type { Term, Words } from "./words";

export type Place =
  /** A variable; `typed` has its question mark. */
  | { kind: "variable"; from: number; typed: string }
  /** A word of the graph or of SPARQL; `wanted` is what fits there. */
  | { kind: "word"; from: number; typed: string; wanted: "class" | "property" | "any" }
  /** Chinese: the name of a thing, or what a term means. */
  | { kind: "name"; from: number; typed: string };

const HAN = "[\\p{Script=Han}〇]";

/** What is being written at the end of `before`, the text of a query up to the cursor. */
export function place(before: string): Place | null {
  const line = before.slice(before.lastIndexOf("\n") + 1);
  if (inComment(line) || inText(before)) return null;
  const variable = /[?$]\w*$/.exec(line);
  if (variable) return at(before, "variable", variable[0]);
  const name = new RegExp(`<?${HAN}(?:${HAN}|[()〔〕0-9·])*$`, "u").exec(line);
  if (name) return at(before, "name", name[0]);
  const word = /(?:[A-Za-z][\w-]*)?:?[\w-]*$/.exec(line)?.[0] ?? "";
  if (/^[0-9-]/.test(word) || /[<@^]$|<[^>\s]*$/.test(line.slice(0, line.length - word.length))) return null;
  return {
    kind: "word",
    from: before.length - word.length,
    typed: word,
    wanted: wanted(before.slice(0, before.length - word.length)),
  };
}

function at(before: string, kind: "variable" | "name", typed: string): Place {
  return { kind, from: before.length - typed.length, typed };
}

/** Within quotation marks nothing is proposed. */
function inText(before: string): boolean {
  const line = before
    .slice(before.lastIndexOf("\n") + 1)
    .replace(/<[^>\s]*>/g, "")
    .replace(/\\./g, "");
  const open = /"[^"]*"|'[^']*'/g;
  return /["']/.test(line.replace(open, ""));
}

function inComment(line: string): boolean {
  // A sharp within an IRI or a text begins no comment.
  return line
    .replace(/<[^>\s]*>?/g, "")
    .replace(/"[^"]*"?|'[^']*'?/g, "")
    .includes("#");
}

/** What fits behind a text: a class behind `a`, a property behind a subject or a semicolon. */
function wanted(before: string): "class" | "property" | "any" {
  const text = before.trimEnd();
  if (text !== before && /(^|[\s;{.])(a|rdf:type|rdfs:subClassOf)(\s*\/\s*rdfs:subClassOf\*)?$/.test(text))
    return "class";
  if (/[/^|]$/.test(text) || /;$/.test(text)) return "property";
  const subject = /(?:^|[{.}]|\bOPTIONAL\b)\s*(?:[?$]\w+|<[^>\s]*>|[\w-]+:[^\s;,.]*)\s+$/i;
  return subject.test(before) ? "property" : "any";
}

/** Keywords and functions that a query is written with. */
export const KEYWORDS =
  "SELECT DISTINCT WHERE CONSTRUCT DESCRIBE ASK PREFIX FILTER OPTIONAL UNION MINUS GRAPH VALUES BIND AS EXISTS NOT IN GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET COUNT SUM AVG MIN MAX SAMPLE GROUP_CONCAT STR LANG DATATYPE BOUND CONTAINS STRSTARTS STRENDS REGEX REPLACE SUBSTR STRLEN CONCAT YEAR IF COALESCE LCASE UCASE ROUND ABS xsd:integer xsd:gYear".split(
    " ",
  );

/** The terms that fit what was typed, those that begin so first. */
export function fitting(words: Words, typed: string, wanted: "class" | "property" | "any"): Term[] {
  const text = typed.replace(/^</, "").toLowerCase();
  const rank = ({ name, kind, zh, en }: Term): number => {
    if (wanted !== "any" && kind !== wanted) return -1;
    const local = name.slice(name.indexOf(":") + 1).toLowerCase();
    if (text === "" || name.toLowerCase().startsWith(text) || local.startsWith(text) || zh.startsWith(text)) return 2;
    return local.includes(text) || zh.includes(text) || en.toLowerCase().includes(text) ? 1 : -1;
  };
  const ranked = words.terms.map((term) => ({ term, rank: rank(term) })).filter(({ rank }) => rank > 0);
  return ranked.sort((a, b) => b.rank - a.rank || (a.term.name < b.term.name ? -1 : 1)).map(({ term }) => term);
}

/** The variables of a text, in the order in which they first stand there. */
export function variables(text: string): string[] {
  return [...new Set([...text.matchAll(/[?$](\w+)/g)].map((found) => `?${found[1]}`))];
}
