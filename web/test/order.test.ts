import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, key, order } from "../src/order";

test("numbers are read with their separators and units", () => {
  assert.equal(key(" 1,234 ", true), 1234);
  assert.equal(key("12.5%", true), 12.5);
  assert.equal(key("-3", true), -3);
  assert.equal(key("12", false), "12");
  assert.equal(key("—", true), null);
  assert.equal(key("", false), null);
});

test("words stand in the order of their sounds, numbers in them by size", () => {
  assert.ok(compare("安定区", "武山县", false) < 0);
  assert.ok(compare("重庆市", "安定区", false) > 0);
  assert.ok(compare("第9条", "第10条", false) < 0);
});

test("what is missing stands last in both directions", () => {
  assert.deepEqual(order([3, null, 10, 9], false), [0, 3, 2, 1]);
  assert.deepEqual(order([3, null, 10, 9], true), [2, 3, 0, 1]);
});

test("numbers stand before words, and equal ones as they were", () => {
  assert.deepEqual(order(["多", 2, "多", 1], false), [3, 1, 0, 2]);
  assert.deepEqual(order([1, 1, 1], true), [0, 1, 2]);
});
