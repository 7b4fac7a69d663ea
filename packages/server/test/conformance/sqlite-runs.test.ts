import fc from "fast-check";
import { expect, it } from "vitest";
import { Runs } from "../../src/store/sqlite/runs.ts";

type One = { key: number; nth: number };

it("takes all that was added in order, and what is equal as it came", () => {
  fc.assert(
    fc.property(fc.nat(1500), fc.integer({ min: 1, max: 400 }), fc.nat(), (count, keys, seed) => {
      const all = Array.from({ length: count }, (_, nth): One => ({ key: ((nth + seed) * 7919) % keys, nth }));
      const runs = new Runs<One>((a, b) => a.key - b.key);
      for (const one of all) runs.add(one);
      const taken: number[] = [];
      for (let one = runs.take(); one; one = runs.take()) taken.push(one.nth);
      expect(taken.join()).toBe(
        all
          .toSorted((a, b) => a.key - b.key)
          .map(({ nth }) => nth)
          .join(),
      );
    }),
  );
});
