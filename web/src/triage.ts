/** What a reader decided about findings: kept in the browser, written as CSV. Nothing here touches a page. */

export type State = "open" | "confirmed" | "dismissed";

/** The states in the order in which they are offered. */
export const STATES: { state: State; zh: string; en: string }[] = [
  { state: "open", zh: "待核", en: "Open" },
  { state: "confirmed", zh: "属实", en: "Confirmed" },
  { state: "dismissed", zh: "排除", en: "Dismissed" },
];

export interface Verdict {
  state: State;
  note: string;
  /** When it was decided, in ISO 8601. */
  at: string;
  /** What the finding says, so that an export can be read without the store. */
  text: string;
}

/** Where verdicts are kept: the part of the browser's `Storage` that is needed. */
export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const KEY = "fazhi.findings";

export class Triage {
  private verdicts: Map<string, Verdict>;

  constructor(private readonly shelf: Shelf) {
    this.verdicts = read(shelf);
  }

  get(finding: string): Verdict | undefined {
    return this.verdicts.get(finding);
  }

  /** Keeps a verdict; one that says no more than that the finding is open is forgotten. False where the browser keeps nothing. */
  set(finding: string, verdict: Verdict): boolean {
    // Another tab may have decided about others since.
    this.verdicts = read(this.shelf);
    if (verdict.state === "open" && verdict.note === "") this.verdicts.delete(finding);
    else this.verdicts.set(finding, verdict);
    try {
      this.shelf.setItem(KEY, JSON.stringify([...this.verdicts].sort(([a], [b]) => (a < b ? -1 : 1))));
      return true;
    } catch {
      return false;
    }
  }

  get size(): number {
    return this.verdicts.size;
  }

  csv(): string {
    const rows = [...this.verdicts].sort(([a], [b]) => (a < b ? -1 : 1));
    const lines = rows.map(([finding, { state, note, at, text }]) => [finding, state, note, at, text]);
    return (
      [["finding", "state", "note", "decided", "text"], ...lines]
        .map((cells) => cells.map(field).join(","))
        .join("\r\n") + "\r\n"
    );
  }
}

function read(shelf: Shelf): Map<string, Verdict> {
  try {
    const kept: unknown = JSON.parse(shelf.getItem(KEY) ?? "[]");
    return new Map(Array.isArray(kept) ? kept.filter(isVerdict) : []);
  } catch {
    return new Map();
  }
}

function isVerdict(entry: unknown): entry is [string, Verdict] {
  if (!Array.isArray(entry) || typeof entry[0] !== "string") return false;
  const { state, note, at, text } = (entry[1] ?? {}) as Partial<Verdict>;
  return STATES.some((known) => known.state === state) && [note, at, text].every((part) => typeof part === "string");
}

/** A field of CSV. A spreadsheet would run what begins like a formula, so that gets an apostrophe in front. */
export function field(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
