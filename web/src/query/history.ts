/** Queries that were run, kept in the browser: the latest first, none twice. */

import type { Shelf } from "../triage";

const KEY = "fazhi.queries";

/** As many are kept, and none of more characters. */
export const MOST = 50;
const LONGEST = 20_000;

export function past(shelf: Shelf): string[] {
  try {
    const kept: unknown = JSON.parse(shelf.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((query) => typeof query === "string") : [];
  } catch {
    return [];
  }
}

export function remember(shelf: Shelf, query: string): string[] {
  const text = query.trim();
  if (text === "" || text.length > LONGEST) return past(shelf);
  const queries = [text, ...past(shelf).filter((other) => other !== text)].slice(0, MOST);
  try {
    shelf.setItem(KEY, JSON.stringify(queries));
  } catch {
    // A browser that keeps nothing has no history.
  }
  return queries;
}

/** What a query is listed by: what its first comment says, else its first line that declares no prefix. */
export function headline(query: string): string {
  const lines = query.split("\n").map((line) => line.trim());
  const line = lines.find((text) => text !== "" && !/^(PREFIX|BASE)\b/i.test(text)) ?? query.trim();
  const told = line.replace(/^#+\s*/, "");
  return told.length > 80 ? `${told.slice(0, 79)}…` : told;
}
