import assert from "node:assert/strict";
import { test } from "node:test";
import { field, type Shelf, Triage, type Verdict } from "../src/triage";

function shelf(full = false): Shelf & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  const setItem = (name: string, value: string) => {
    if (full) throw new Error("full");
    kept.set(name, value);
  };
  return { kept, getItem: (name) => kept.get(name) ?? null, setItem };
}

function verdict(state: Verdict["state"], note = ""): Verdict {
  return { state, note, at: "2025-01-02T03:04:05.000Z", text: "甲县 合计不符" };
}

test("a verdict is kept, and told again by the next page", () => {
  const kept = shelf();
  assert.ok(new Triage(kept).set("urn:1", verdict("confirmed", "已核")));
  assert.deepEqual(new Triage(kept).get("urn:1"), verdict("confirmed", "已核"));
});

test("a finding that is open again without a note is forgotten", () => {
  const kept = shelf();
  const triage = new Triage(kept);
  triage.set("urn:1", verdict("dismissed"));
  triage.set("urn:1", verdict("open"));
  assert.equal(triage.size, 0);
  triage.set("urn:1", verdict("open", "再看"));
  assert.equal(triage.size, 1);
});

test("what another tab decided stays", () => {
  const kept = shelf();
  const [one, other] = [new Triage(kept), new Triage(kept)];
  one.set("urn:1", verdict("confirmed"));
  other.set("urn:2", verdict("dismissed"));
  assert.equal(new Triage(kept).size, 2);
});

test("what cannot be read is no verdict, and a full browser is told of", () => {
  for (const text of ["{", "7", '[["urn:1",{"state":"maybe"}],["urn:2"],3]']) {
    const kept = shelf();
    kept.kept.set("fazhi.findings", text);
    assert.equal(new Triage(kept).size, 0);
  }
  assert.equal(new Triage(shelf(true)).set("urn:1", verdict("confirmed")), false);
});

test("the export can be read by a spreadsheet and runs nothing", () => {
  const triage = new Triage(shelf());
  triage.set("urn:2", verdict("dismissed", "=1+1"));
  triage.set("urn:1", verdict("confirmed", '说 "是", 已核'));
  assert.deepEqual(triage.csv().split("\r\n"), [
    "finding,state,note,decided,text",
    'urn:1,confirmed,"说 ""是"", 已核",2025-01-02T03:04:05.000Z,甲县 合计不符',
    "urn:2,dismissed,'=1+1,2025-01-02T03:04:05.000Z,甲县 合计不符",
    "",
  ]);
  assert.equal(field("a\nb"), '"a\nb"');
});
