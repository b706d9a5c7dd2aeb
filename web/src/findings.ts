/** Findings to triage: each (`data-finding="IRI"`) gets a verdict and a note, which stay in this browser. */

import { announce, both, element, settled } from "./dom";
import { STATES, type State, Triage, type Verdict } from "./triage";

export function triage(findings: HTMLElement[]): void {
  const kept = new Triage(localStorage);
  const counts = element("span", { class: "count" });
  const update = () => {
    const of = (state: State) => findings.filter((finding) => stateOf(finding) === state).length;
    counts.replaceChildren(STATES.map(({ state, zh }) => `${zh} ${of(state)}`).join(" · "));
    save.hidden = kept.size === 0;
  };
  const save = element("button", { type: "button", class: "plain" }, both("导出判断 CSV", "Export verdicts"));
  save.addEventListener("click", () => download(`\u{feff}${kept.csv()}`, "fazhi-verdicts.csv"));
  for (const finding of findings) judge(finding, kept, update);
  bar(findings, counts, save);
  update();
}

function stateOf(finding: HTMLElement): State {
  return (finding.dataset["state"] as State | undefined) ?? "open";
}

/** Above the first finding: which are shown, how many there are of each state, and the way to take the verdicts along. */
function bar(findings: HTMLElement[], counts: HTMLElement, save: HTMLElement): void {
  const first = findings[0];
  if (!first) return;
  const shown = element("select", { "aria-label": "显示 Show" }, element("option", { value: "" }, "全部 All"));
  for (const { state, zh, en } of STATES) shown.append(element("option", { value: state }, `${zh} ${en}`));
  shown.addEventListener("change", () => {
    for (const finding of findings) finding.hidden = shown.value !== "" && stateOf(finding) !== shown.value;
    announce(`显示 ${findings.filter((finding) => !finding.hidden).length} 条`);
  });
  const place = first.closest(".scroll") ?? first.closest("table") ?? first.closest("ul, ol") ?? first;
  place.before(element("p", { class: "triage-bar" }, shown, counts, save));
}

function judge(finding: HTMLElement, kept: Triage, update: () => void): void {
  const iri = finding.dataset["finding"] ?? "";
  const text = finding.textContent?.replace(/\s+/g, " ").trim().slice(0, 500) ?? "";
  const before = kept.get(iri);
  const state = element("select", { "aria-label": "判断 Verdict" });
  for (const known of STATES) state.append(element("option", { value: known.state }, `${known.zh} ${known.en}`));
  const note = element("input", { type: "text", "aria-label": "备注 Note", placeholder: "备注 Note" });
  state.value = before?.state ?? "open";
  note.value = before?.note ?? "";
  finding.dataset["state"] = state.value;
  const keep = () => {
    finding.dataset["state"] = state.value;
    const verdict: Verdict = {
      state: state.value as State,
      note: note.value.trim(),
      at: new Date().toISOString(),
      text,
    };
    if (!kept.set(iri, verdict)) announce("浏览器不保存判断");
    update();
  };
  state.addEventListener("change", keep);
  note.addEventListener("change", keep);
  note.addEventListener("input", settled(400, keep));
  const both = element("span", { class: "verdict" }, state, note);
  if (!(finding instanceof HTMLTableRowElement)) return finding.append(both);
  const heading = finding.closest("table")?.tHead?.rows[0];
  if (heading && !heading.querySelector(".verdict")) {
    const en = element("span", { lang: "en" }, "Verdict");
    heading.append(element("th", { scope: "col", class: "verdict" }, "判断 ", en));
  }
  finding.append(element("td", {}, both));
}

function download(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
