/** How do the cells of a column stand in order? */

/** What a cell is compared by. */
export type Key = number | string | null;

const words = new Intl.Collator("zh-Hans-CN-u-co-pinyin", { numeric: true });

/** What a cell with this text is compared by: a number in a column of numbers, nothing where nothing is printed. */
export function key(text: string, numeric: boolean): Key {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed === "—" || trimmed === "-") return null;
  if (!numeric) return trimmed;
  const number = Number.parseFloat(trimmed.replace(/[,\s]/g, ""));
  return Number.isNaN(number) ? trimmed : number;
}

/** Numbers stand before words; cells without anything stand last, whichever way the others are sorted. */
export function compare(a: Key, b: Key, descending: boolean): number {
  if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
  const way = descending ? -1 : 1;
  if (typeof a === "number" && typeof b === "number") return way * (a - b);
  if (typeof a === "number") return -way;
  if (typeof b === "number") return way;
  return way * words.compare(a, b);
}

/** The positions of the keys in order; equal ones stay as they were. */
export function order(keys: Key[], descending: boolean): number[] {
  return keys.map((_, place) => place).sort((a, b) => compare(keys[a] ?? null, keys[b] ?? null, descending) || a - b);
}
