import assert from "node:assert/strict";
import { test } from "node:test";
import { fitting, place, variables } from "../src/query/place";

test("a variable is proposed behind its question mark", () => {
  assert.deepEqual(place("SELECT ?pl"), { kind: "variable", from: 7, typed: "?pl" });
  assert.deepEqual(variables("SELECT ?b { ?a ?p $b }"), ["?b", "?a", "?p"]);
});

test("what fits is told by what stands before", () => {
  const wanted = (before: string) => {
    const here = place(before);
    return here?.kind === "word" ? here.wanted : here?.kind;
  };
  assert.equal(wanted("{ ?x a fz:Me"), "class");
  assert.equal(wanted("{ ?x a "), "class");
  assert.equal(wanted("{ ?x fz:ci"), "property");
  assert.equal(wanted("{ ?x fz:cites ?d ; "), "property");
  assert.equal(wanted("{ ?x fz:cites ?d .\n  ?d "), "property");
  assert.equal(wanted("{ ?x fz:cites/rd"), "property");
  assert.equal(wanted("{ <http://x/a> "), "property");
  assert.equal(wanted("SEL"), "any");
  assert.equal(wanted("{ } ORDER B"), "any");
});

test("Chinese is the name of something", () => {
  assert.deepEqual(place("{ ?x fz:region 武山"), { kind: "name", from: 15, typed: "武山" });
  assert.deepEqual(place("{ ?x fz:region <武山"), { kind: "name", from: 15, typed: "<武山" });
});

test("nothing is proposed in texts, comments, numbers and IRIs", () => {
  for (const before of [
    '{ ?x rdfs:label "武山',
    "# 武山",
    "{ } LIMIT 1",
    "{ <http://x/fz",
    '{ ?x ?y "a \\" b',
    "{ ?x ?y 'a",
  ]) {
    assert.equal(place(before), null, before);
  }
  assert.notEqual(place('{ ?x ?y "a" ; fz:c'), null);
  assert.notEqual(place("{ <http://x#y> fz:c"), null);
});

test("terms are found by their names and by what they mean", () => {
  const term = (name: string, kind: "class" | "property", zh: string, en: string) => ({
    name,
    kind,
    zh,
    en,
    about: "",
  });
  const words = {
    prefixes: [],
    terms: [
      term("fz:cites", "property", "引用", "cites"),
      term("fz:Citation", "class", "引用处", "citation"),
      term("fz:kind", "property", "文件种类", "kind of a cited document"),
    ],
  };
  const names = (typed: string, wanted: "class" | "property" | "any") =>
    fitting(words, typed, wanted).map(({ name }) => name);
  assert.deepEqual(names("ci", "any"), ["fz:Citation", "fz:cites", "fz:kind"]);
  assert.deepEqual(names("fz:c", "property"), ["fz:cites"]);
  assert.deepEqual(names("引用", "class"), ["fz:Citation"]);
  assert.deepEqual(names("种类", "any"), ["fz:kind"]);
  assert.deepEqual(names("", "property"), ["fz:cites", "fz:kind"]);
});
