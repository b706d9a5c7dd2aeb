/** Proposals while a query is written. */

import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  snippetCompletion,
} from "@codemirror/autocomplete";
import { named } from "../names";
import { fitting, KEYWORDS, place, variables } from "./place";
import { load, type Term } from "./words";

/** What names of things are looked for. */
const KINDS = "region document body category indicator body-type";

/** A source of proposals that asks the server for its words at `address`, once. */
export function source(address: string) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const before = context.state.sliceDoc(0, context.pos);
    const here = place(before);
    if (!here) return null;
    if (here.kind === "variable") {
      const all = variables(before + context.state.sliceDoc(context.pos).replace(/^\w*/, ""));
      const options = all
        .filter((name) => name !== here.typed.replace("$", "?"))
        .map((label) => ({ label, type: "variable" }));
      return { from: here.from, options, validFor: /^[?$]\w*$/ };
    }
    if (here.typed === "" && !context.explicit && (here.kind !== "word" || here.wanted === "any")) return null;
    const words = await load(address);
    if (here.kind === "name") {
      const terms = fitting(words, here.typed, "any").map(proposal);
      const things = await named(here.typed.replace(/^</, ""), KINDS);
      const options = things.map(({ iri, name, kind, about }) => ({
        label: name,
        apply: `<${iri}>`,
        detail: about,
        type: kind === "region" || kind === "document" || kind === "body" ? "constant" : "enum",
      }));
      return { from: here.from, options: [...options, ...terms], filter: false };
    }
    const terms = fitting(words, here.typed, here.wanted).map(proposal);
    return {
      from: here.from,
      options:
        here.wanted === "any" ? [...terms, ...keywords(here.typed), ...prefixes(words.prefixes, here.typed)] : terms,
      filter: false,
    };
  };
}

function proposal({ name, kind, zh, en, about }: Term): Completion {
  return { label: name, detail: zh, info: `${zh} ${en}\n${about}`, type: kind === "class" ? "class" : "property" };
}

function keywords(typed: string): Completion[] {
  if (typed === "" || typed.includes(":")) return [];
  const wanted = typed.toUpperCase();
  const fit = KEYWORDS.filter((word) => word.toUpperCase().startsWith(wanted));
  return fit.map((label) => ({ label, type: "keyword" }));
}

function prefixes(known: [string, string][], typed: string): Completion[] {
  if (typed.includes(":")) return [];
  const fit = known.filter(([prefix]) => prefix.startsWith(typed));
  return fit.map(([prefix, iri]) =>
    snippetCompletion(`${prefix}:\${}`, { label: `${prefix}:`, detail: iri, type: "namespace" }),
  );
}
