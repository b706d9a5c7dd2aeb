/** The SPARQL page: the field becomes an editor, and answers come without a new page. */

import { setDiagnostics } from "@codemirror/lint";
import type { EditorView } from "@codemirror/view";
import { copyable } from "../copy";
import { both, element } from "../dom";
import { sortable } from "../sort";
import { diagnostic, edit, replace } from "./editor";
import { headline, past, remember } from "./history";
import { mistake, run } from "./run";

export function open(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLTextAreaElement>("textarea[name=query]");
  const results = document.querySelector<HTMLElement>("#results");
  if (!field || !results) return;
  const addresses = { words: form.dataset["words"] ?? "", check: form.dataset["check"] ?? "" };
  const view = edit(field, addresses, () => form.requestSubmit());
  const before = element("details", { class: "history" });
  const update = () => listed(before, view, results);
  let running: AbortController | undefined;

  const ask = async () => {
    running?.abort();
    running = new AbortController();
    remember(localStorage, field.value);
    update();
    const found = await run(form, results, running.signal);
    results.querySelectorAll<HTMLTableElement>("table[data-sortable]").forEach(sortable);
    view.dispatch(setDiagnostics(view.state, found ? [diagnostic(view.state.doc, found)] : []));
  };
  form.addEventListener("submit", (event) => {
    const format = new FormData(form).get("format");
    // Other formats are files, which the browser takes from the server itself.
    if (format && format !== "html") return;
    event.preventDefault();
    history.pushState(null, "", address(form));
    void ask();
  });
  window.addEventListener("popstate", () => {
    const query = new URLSearchParams(location.search).get("query");
    if (query === null) return location.reload();
    replace(view, query);
    void ask();
  });

  const tools = element("p", { class: "tools" });
  tools.append(
    element(
      "span",
      { class: "hint" },
      both("Ctrl-Enter 运行,输入中文可找地区、文件和词语", "Ctrl-Enter runs; Ctrl-Space proposes"),
    ),
  );
  share(tools, form);
  form.append(tools, before);
  update();
  const found = mistake(results);
  if (found) view.dispatch(setDiagnostics(view.state, [diagnostic(view.state.doc, found)]));
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

/** The queries that were run before; one that is chosen comes into the editor. */
function listed(before: HTMLElement, view: EditorView, results: HTMLElement): void {
  const queries = past(localStorage);
  before.hidden = queries.length === 0;
  const items = queries.map((query) => {
    const button = element("button", { type: "button", class: "plain" }, headline(query));
    button.addEventListener("click", () => {
      replace(view, query);
      results.replaceChildren();
      view.focus();
    });
    return element("li", {}, button);
  });
  before.replaceChildren(element("summary", {}, both("运行过的查询", "History")), element("ol", {}, ...items));
}
