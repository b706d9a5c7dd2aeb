import assert from "node:assert/strict";
import { test } from "node:test";
import { headline, MOST, past, remember } from "../src/query/history";

function shelf() {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  };
}

test("the latest query stands first, each once", () => {
  const kept = shelf();
  for (const query of ["ASK {}", "SELECT * {}", " ASK {} "]) remember(kept, query);
  assert.deepEqual(past(kept), ["ASK {}", "SELECT * {}"]);
});

test("only so many are kept, and no endless ones", () => {
  const kept = shelf();
  for (let number = 0; number < MOST + 5; number++) remember(kept, `SELECT ?x${number} {}`);
  remember(kept, "#".repeat(20_001));
  remember(kept, "  ");
  assert.equal(past(kept).length, MOST);
  assert.equal(past(kept)[0], `SELECT ?x${MOST + 4} {}`);
});

test("what cannot be read is no history", () => {
  const kept = shelf();
  kept.setItem("fazhi.queries", "{");
  assert.deepEqual(past(kept), []);
  kept.setItem("fazhi.queries", '["ASK {}", 3]');
  assert.deepEqual(past(kept), ["ASK {}"]);
});

test("a query is listed by what it does", () => {
  assert.equal(headline("PREFIX fz: <http://x/>\n\nSELECT ?x\nWHERE {}"), "SELECT ?x");
  assert.equal(headline("# 哪些县\nSELECT ?x {}"), "哪些县");
  assert.equal(headline(`SELECT ${"?x ".repeat(60)}`).length, 80);
});
