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

/** What a query is listed by: its first line that is neither a comment nor a prefix. */
export function headline(query: string): string {
  const lines = query.split("\n").map((line) => line.trim());
  const title = lines.map((line) => /^#\s*title\s*=\s*\{\s*zh\s*=\s*"([^"]+)"/.exec(line)?.[1]).find(Boolean);
  const line = title ?? lines.find((text) => text !== "" && !/^(#|PREFIX\b|BASE\b)/i.test(text)) ?? query.trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
