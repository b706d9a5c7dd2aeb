/** Names that the server knows: of regions, documents, bodies, and whatever else a form or a query asks for. */

import { element, settled } from "./dom";

/** A thing by its name. */
export interface Named {
  iri: string;
  name: string;
  /** What is typed for it in a form: its name, or what tells it from others of this name. */
  value: string;
  kind: string;
  /** Where it is, or what else tells a reader which one is meant. */
  about: string;
}

const known = new Map<string, Promise<Named[]>>();

/** Things of these kinds whose names hold what was typed, the likeliest first; none where the server does not answer. */
export function named(typed: string, kinds: string): Promise<Named[]> {
  const address = `/names?${new URLSearchParams({ q: typed, kind: kinds })}`;
  let answer = known.get(address);
  if (!answer) {
    answer = fetch(address)
      .then((response) => (response.ok ? (response.json() as Promise<Named[]>) : []))
      .catch(() => []);
    if (known.size > 200) known.clear();
    known.set(address, answer);
  }
  return answer;
}

/** What the parameter of a question may name beside what its type says: a body, or a type of body. */
const KINDS: Record<string, string> = {
  region: "region",
  document: "document",
  body: "body body-type",
  report: "report",
  any: "region document body category indicator",
};

/** Whether the server has names for a field with this mark. */
export function hasNames(field: HTMLInputElement): boolean {
  return (field.dataset["names"] ?? "") in KINDS;
}

/** Proposes names under a field (`data-names="region"`). */
export function suggest(field: HTMLInputElement, number: number): void {
  const kinds = KINDS[field.dataset["names"] ?? ""] ?? "";
  const list = element("datalist", { id: `names-${number}` });
  field.after(list);
  field.setAttribute("list", list.id);
  field.autocomplete = "off";
  const fill = settled(120, async () => {
    const typed = field.value.trim();
    if (typed === "") return list.replaceChildren();
    const found = await named(typed, kinds);
    if (typed !== field.value.trim()) return;
    list.replaceChildren(
      ...found.map(({ name, value, about }) => {
        const label = value === name ? about : `${name} ${about}`;
        return element("option", { value, label: label.trim() || name });
      }),
    );
  });
  field.addEventListener("input", fill);
}
