/**
 * What every page loads: a few small things that help on most pages. What only some pages need is asked for when the page has
 * the mark for it (`data-…`); pages are whole without any of it.
 */

import { copyable } from "./copy";
import { listen } from "./keys";
import { hasNames, suggest } from "./names";
import { sortable } from "./sort";

function all<E extends HTMLElement>(selector: string): E[] {
  return [...document.querySelectorAll<E>(selector)];
}

listen();
all<HTMLTableElement>("table[data-sortable]").forEach(sortable);
all("[data-copy]").forEach(copyable);
all<HTMLInputElement>("input[data-names]").filter(hasNames).forEach(suggest);

const findings = all("[data-finding]");
if (findings.length > 0) void import("./findings").then(({ triage }) => triage(findings));

const text = document.querySelector<HTMLElement>("article.text");
if (text) {
  void import("./evidence").then(({ cards }) => cards(text));
  void import("./passage").then(({ linked }) => linked(text));
}

const columns = all(".texts > .column");
if (columns.length === 2) void import("./side").then(({ together }) => together(columns));

// What is chosen in a list of marks shows at once.
const legend = document.querySelector<HTMLFormElement>("form.legend");
legend?.addEventListener("change", () => legend.requestSubmit());

const query = document.querySelector<HTMLFormElement>("form[data-words]");
if (query) void import("./query/query").then(({ open }) => open(query));
