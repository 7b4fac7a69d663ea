import { inspect } from "node:util";
import { callNames, calls, parseText, requestSchema } from "@quanku/protocol/calls";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { exampleOf } from "../reference/bodies/bodies.ts";

/** Values as JSON text, of which some are read as others, or differ from those by nothing that is easily seen. */
const oddValues = [
  ...["null", "true", "false", "[]", "{}", "[[]]", '[""]', '{"length":1}'],
  ...["0", "-0", "0.0", "1", "1e0", "1.5", "-1", "200", "201", "2147483647", "2147483648", "9007199254740993", "1e400"],
  ...['""', '"0"', '"-0"', '"12"', '"012"', '" 12"', '"12\\n"', '"1e1"', '"100"', '"2147483648"', '"best"'],
  ...['"\\u0000"', '"a\\u0000"', '"\\ud800"', '"\\udc00\\ud800"', '"\\ud83d\\ude00"', '"券"', '"\\ufeff"'],
  ...[64, 65, 128, 129].map((length) => JSON.stringify("a".repeat(length))),
];
const names = ["openid", "out_coupon_id", "status", "extra", "__proto__", "constructor", "toString", "then", "0", ""];

type Edit = { at: number; how: "replace" | "remove" | "add"; name: string; value: string };

const edits: fc.Arbitrary<Edit[]> = fc.array(
  fc.record({
    at: fc.nat(),
    how: fc.constantFrom("replace", "remove", "add"),
    name: fc.constantFrom(...names),
    value: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...oddValues) }, fc.json({ maxDepth: 2 })),
  }),
  { maxLength: 3 },
);

/** A body's text with some of its members replaced, removed, or written beside one of the same name. */
function edited(body: object, changes: readonly Edit[]): string {
  const tree = structuredClone(body);
  for (const [nth, { at, how, name }] of changes.entries()) {
    const places = placesIn(tree);
    const place = places[at % places.length];
    if (how === "add") Object.assign(place?.[0] ?? tree, { [`beside ${nth} ${name}`]: `value ${nth}` });
    else if (how === "replace" && place) Object.assign(place[0], { [place[1]]: `value ${nth}` });
    else if (place) delete (place[0] as Record<string, unknown>)[place[1]];
  }
  return JSON.stringify(tree)
    .replaceAll(/"beside \d ([^"]*)":/g, (_, name) => `${JSON.stringify(name)}:`)
    .replaceAll(/"value (\d)"/g, (_, nth) => (changes[nth] as Edit).value);
}

const placesIn = (tree: object): [object, string][] =>
  Object.entries(tree).flatMap(([name, member]) => [
    [tree, name] as [object, string],
    ...(typeof member === "object" && member !== null ? placesIn(member) : []),
  ]);

/** With the order of its members, and what is undefined in it. */
const told = (schema: z.ZodType, text: string) => inspect(parseText(schema, text), { depth: null });

describe("a call's body is read by the compiled schema", () => {
  for (const call of callNames)
    it(`of ${call} as by the schema itself`, () => {
      const body = exampleOf(call, "request");
      const schema = calls[call].request as z.ZodType;
      let accepted = 0;
      fc.assert(
        fc.property(edits, (changes) => {
          const text = edited(body, changes);
          const read = told(requestSchema(call), text);
          expect(read, text).toBe(told(schema, text));
          if (read.includes("ok: true")) accepted++;
        }),
        { numRuns: 150 },
      );
      expect(accepted).toBeGreaterThan(0);
    });
});
