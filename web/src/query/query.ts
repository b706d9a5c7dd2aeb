/** The SPARQL page: answers come without a new page, and the field becomes an editor as soon as somebody turns to it. */

import { copyable } from "../copy";
import { both, element } from "../dom";
import { sortable } from "../sort";
import type { Editor } from "./editor";
import { headline, past, remember } from "./history";
import { mistake, run } from "./run";

export function open(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLTextAreaElement>("textarea[name=query]");
  const results = document.querySelector<HTMLElement>("#results");
  if (!field || !results) return;
  const editor = later(form, field, results);
  const before = element("details", { class: "history" });
  const choose = (query: string) => {
    results.replaceChildren();
    field.value = query;
    editor.now()?.replace(query);
    (editor.now() ?? field).focus();
  };
  let running: AbortController | undefined;

  const ask = async () => {
    running?.abort();
    running = new AbortController();
    remember(localStorage, field.value);
    listed(before, choose);
    await run(form, results, running.signal);
    results.querySelectorAll<HTMLTableElement>("table[data-sortable]").forEach(sortable);
    editor.now()?.show(mistake(results));
  };
  form.addEventListener("submit", (event) => {
    const format = new FormData(form).get("format");
    // Other formats are files, which the browser takes from the server itself.
    if (format && format !== "html") return;
    event.preventDefault();
    history.pushState(null, "", address(form));
    void ask();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  window.addEventListener("popstate", () => {
    const query = new URLSearchParams(location.search).get("query");
    if (query === null) return location.reload();
    field.value = query;
    editor.now()?.replace(query);
    void ask();
  });

  const hint = both("Ctrl-Enter 运行;输入中文可找地区、文件、机构和词语", "Ctrl-Enter runs; Ctrl-Space proposes");
  const tools = element("p", { class: "tools" }, element("span", {}, hint));
  share(tools, form);
  form.append(tools, before);
  listed(before, choose);
}

/** The editor, which is asked for when the field is turned to: a page that is only looked at stays small. */
function later(form: HTMLFormElement, field: HTMLTextAreaElement, results: HTMLElement): { now(): Editor | undefined } {
  let editor: Editor | undefined;
  let asked = false;
  const load = async () => {
    if (asked) return;
    asked = true;
    const { edit } = await import("./editor");
    const { words = "", check = "" } = form.dataset;
    editor = edit(field, { words, check }, () => form.requestSubmit());
    editor.show(mistake(results));
  };
  for (const turns of ["focus", "pointerenter", "touchstart"]) {
    field.addEventListener(turns, () => void load(), { once: true, passive: true });
  }
  if (document.activeElement === field) void load();
  return { now: () => editor };
}

/** The address at which the form would be as it is now. */
function address(form: HTMLFormElement): string {
  const asked = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && value !== "") asked.append(name, value);
  }
  return `${new URL(form.action).pathname}?${asked}`;
}

/** A button that copies the address of the query as it stands. */
function share(tools: HTMLElement, form: HTMLFormElement): void {
  copyable(tools);
  const button = tools.querySelector("button");
  button?.addEventListener("click", () => (tools.dataset["copy"] = address(form)), { capture: true });
}

/** The queries that were run before. */
function listed(before: HTMLElement, choose: (query: string) => void): void {
  const queries = past(localStorage);
  before.hidden = queries.length === 0;
  const items = queries.map((query) => {
    const button = element("button", { type: "button", class: "plain" }, headline(query));
    button.addEventListener("click", () => choose(query));
    return element("li", {}, button);
  });
  before.replaceChildren(element("summary", {}, both("运行过的查询", "History")), element("ol", {}, ...items));
}
