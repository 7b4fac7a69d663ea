import { expect, it } from "vitest";
import { paceOf, type Sample, totalsOf, withSample } from "../src/pages/health/samples.ts";

const grown = (...samples: Sample[]) => samples.reduce<readonly Sample[]>(withSample, []);

it("counts all calls, and those of them that failed", () => {
  const calls = [
    { count: 5, failures: [{ count: 1 }, { count: 2 }] },
    { count: 7, failures: [] },
  ];
  expect(totalsOf(calls)).toEqual({ answered: 12, failed: 3 });
  expect(totalsOf([])).toEqual({ answered: 0, failed: 0 });
});

it("tells calls a second between two samples", () => {
  const samples = grown({ at: 10, answered: 100, failed: 0 }, { at: 13, answered: 130, failed: 3 });
  expect(paceOf(samples)).toEqual([{ at: 13, answered: 10, failed: 1 }]);
  expect(paceOf(samples.slice(0, 1))).toEqual([]);
});

it("begins anew where counts go back, and keeps sixty", () => {
  const anew = { at: 16, answered: 2, failed: 0 };
  expect(grown({ at: 10, answered: 100, failed: 0 }, anew)).toEqual([anew]);
  const many = Array.from({ length: 100 }, (_, nth) => ({ at: nth, answered: nth, failed: 0 }));
  expect(grown(...many)).toEqual(many.slice(-60));
});
