import assert from "node:assert/strict";
import { test } from "node:test";
import { characters } from "../src/passage";

test("characters are counted as code points", () => {
  assert.equal(characters("法治"), 2);
  assert.equal(characters("𠮷野家"), 3);
  assert.equal(characters(""), 0);
});
