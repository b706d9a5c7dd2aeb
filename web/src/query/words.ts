/** The words of the graph, as the server tells them: prefixes, classes and properties with what they mean. */

export interface Term {
  /** As it is written in a query: `fz:cites`. */
  name: string;
  kind: "class" | "property";
  zh: string;
  en: string;
  /** What it means, Chinese first. */
  about: string;
}

export interface Words {
  prefixes: [string, string][];
  terms: Term[];
}

let words: Promise<Words> | undefined;

/** Asked for once; where the server does not answer, there are none. */
export function load(address: string): Promise<Words> {
  words ??= fetch(address)
    .then((response) => (response.ok ? (response.json() as Promise<Words>) : { prefixes: [], terms: [] }))
    .catch(() => ({ prefixes: [], terms: [] }));
  return words;
}
