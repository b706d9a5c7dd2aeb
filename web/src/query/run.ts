/** Runs a query without leaving the page: the server writes the page with the answer, of which the answer is taken. */

import { announce } from "../dom";

/** Where the server says that the text cannot be read. Line and column are counted from 1, characters as code points. */
export interface Mistake {
  line: number;
  column: number;
  message: string;
}

/** Puts the answer to what the form holds into the page; the mistake, where the text is not SPARQL. */
export async function run(form: HTMLFormElement, results: HTMLElement, signal: AbortSignal): Promise<Mistake | null> {
  results.setAttribute("aria-busy", "true");
  announce("正在查询");
  try {
    const body = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
    const response = await fetch(form.action, { method: "POST", body, signal, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const answer = page.querySelector("#results");
    if (!answer) throw new Error(page.querySelector(".problem")?.textContent ?? `${response.status}`);
    results.replaceChildren(...answer.childNodes);
    announce(results.querySelector("[data-told]")?.textContent ?? "");
    return mistake(results);
  } catch (error) {
    if (signal.aborted) return null;
    const told = document.createElement("p");
    told.className = "problem";
    told.setAttribute("role", "alert");
    told.textContent = `没有得到答复 No answer: ${error instanceof Error ? error.message : String(error)}`;
    results.replaceChildren(told);
    return null;
  } finally {
    if (!signal.aborted) results.removeAttribute("aria-busy");
  }
}

/** The mistake that the page tells of. */
export function mistake(results: HTMLElement): Mistake | null {
  const told = results.querySelector<HTMLElement>("[data-line]");
  if (!told) return null;
  const { line, column, message } = told.dataset;
  return { line: Number(line), column: Number(column), message: message ?? "" };
}
