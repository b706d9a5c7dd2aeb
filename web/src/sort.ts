/** Tables that are sorted where they stand, when all their rows are on the page (`data-sortable`). */

import { announce, element } from "./dom";
import { key, order } from "./order";

export function sortable(table: HTMLTableElement): void {
  const body = table.tBodies[0];
  const headings = table.tHead?.rows[0]?.cells;
  if (!body || !headings) return;
  for (const [column, heading] of [...headings].entries()) {
    // A heading leads to the table sorted by the server; without a link it gets a button.
    let handle: HTMLElement | null = heading.querySelector("a");
    if (!handle && heading.textContent?.trim()) {
      handle = element("button", { type: "button", class: "plain" }, ...heading.childNodes);
      heading.append(handle);
    }
    handle?.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      sort(table, body, heading, column);
    });
  }
}

function sort(table: HTMLTableElement, body: HTMLTableSectionElement, heading: HTMLElement, column: number): void {
  const numeric = heading.classList.contains("number");
  const before = heading.getAttribute("aria-sort");
  // Of numbers the largest are asked for first.
  const descending = before ? before === "ascending" : numeric;
  const rows = [...body.rows];
  const keys = rows.map((row) => {
    const cell = row.cells[column];
    return key(cell?.dataset["value"] ?? cell?.textContent ?? "", numeric);
  });
  body.append(...order(keys, descending).flatMap((place) => rows[place] ?? []));
  for (const other of table.querySelectorAll("thead [aria-sort]")) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
  const name = heading.textContent?.trim() ?? "";
  announce(descending ? `按 ${name} 从大到小排列` : `按 ${name} 从小到大排列`);
}
