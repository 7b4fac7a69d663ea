import fc from "fast-check";
import { expect, it } from "vitest";
import { IdMap, KindMap } from "../../src/domain/id-map.ts";

const id = fc.constantFrom("", "a", "b", "c");
/** Ids of things that are named alike: by the appid alone, or by one or two more. */
const idsOfOneLength = fc
  .integer({ min: 0, max: 2 })
  .chain((more) =>
    fc.array(fc.tuple(fc.tuple(id, ...Array.from({ length: more }, () => id)), fc.boolean()), { maxLength: 40 }),
  );

it("tells of ids what was said of them last, whoever was asked for before", () => {
  fc.assert(
    fc.property(idsOfOneLength, (asked) => {
      const [map, plain] = [new IdMap<{ nth: number }>(), new Map<string, { nth: number }>()];
      for (const [nth, [[appid, ...more], isSaid]] of asked.entries()) {
        const key = [appid, ...more].join("\0");
        if (isSaid) {
          map.set({ nth }, appid, ...more);
          plain.set(key, { nth });
        }
        expect(map.get(appid, ...more)).toEqual(plain.get(key));
      }
    }),
  );
});

it("kinds with the same ids are told apart", () => {
  const map = new KindMap<{ of: string }>();
  map.set("claim", { of: "claim" }, "a", "r");
  expect(map.get("hold", "a", "r")).toBeUndefined();
  map.set("hold", { of: "hold" }, "a", "r");
  expect([map.get("claim", "a", "r"), map.get("hold", "a", "r")]).toEqual([{ of: "claim" }, { of: "hold" }]);
});
