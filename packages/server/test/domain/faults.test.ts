import fc from "fast-check";
import { expect, it } from "vitest";
import type { Fault, Occasion, Trouble } from "../../src/domain/sandbox/faults.ts";
import { hits, isOfPush, meet, slotOf } from "../../src/domain/sandbox/faults.ts";

const calls = ["claim", "redeem", "get_list"];
const trouble: fc.Arbitrary<Trouble> = fc.oneof(
  fc.integer({ min: 1, max: 9 }).map((code) => ({ kind: "code" as const, code })),
  fc.integer({ min: 1, max: 9 }).map((milliseconds) => ({ kind: "delay" as const, milliseconds })),
  fc.integer({ min: 1, max: 9 }).map((milliseconds) => ({ kind: "late" as const, milliseconds })),
  fc.constantFrom("half", "token", "twice", "lost").map((kind) => ({ kind })),
);
const fault: fc.Arbitrary<Fault> = fc.record({
  faultId: fc.string({ minLength: 1, maxLength: 3 }),
  trouble,
  calls: fc.option(fc.subarray(calls, { minLength: 1 })),
  share: fc.constantFrom(1, 2500, 5000, 10_000),
  count: fc.option(fc.integer({ min: 1, max: 6 })),
  seed: fc.nat(),
  orderedAt: fc.constant(0),
  endsAt: fc.integer({ min: 1, max: 80 }),
  seen: fc.constant(0),
  hit: fc.constant(0),
});
const faults = fc.uniqueArray(fault, { maxLength: 8, selector: ({ faultId }) => faultId });
const occasion: fc.Arbitrary<Occasion> = fc.record({
  at: fc.constantFrom("call", "push"),
  call: fc.constantFrom(...calls),
  tokenDigest: fc.constantFrom(null, "digest"),
});

/** Whether a rule looks at an occasion, in other words than the rules'. */
const looks = ({ trouble, calls }: Fault, { at, call, tokenDigest }: Occasion) => {
  const isPush = trouble.kind === "late" || trouble.kind === "twice" || trouble.kind === "lost";
  return isPush === (at === "push") && (calls ?? [call]).includes(call) && !(trouble.kind === "token" && !tokenDigest);
};

it("counts what is hit as it is met, hits nothing once it ended, and the same again from the same seeds", () => {
  fc.assert(
    fc.property(faults, fc.array(fc.tuple(occasion, fc.nat(2)), { maxLength: 60 }), (ordered, course) => {
      let active: readonly Fault[] = ordered;
      const met = new Map<string, number>();
      let now = 0;
      for (const [one, later] of course) {
        now += later;
        const before = active;
        const { met: troubles, left } = meet(before, one, now);
        expect(meet(before, one, now), "drawn anew from the same").toEqual({ met: troubles, left });
        expect(new Set(troubles.map(slotOf)).size, "one of each place").toBe(troubles.length);
        for (const fault of before) {
          const after = left.find(({ faultId }) => faultId === fault.faultId);
          const isMet = troubles.includes(fault.trouble);
          if (isMet) met.set(fault.faultId, (met.get(fault.faultId) ?? 0) + 1);
          if (fault.endsAt <= now) expect([after, isMet], "it is over").toEqual([undefined, false]);
          if (isMet) expect(looks(fault, one) && hits(fault, fault.seen + 1)).toBe(true);
          if (!looks(fault, one) && fault.endsAt > now) expect(after).toBe(fault);
          if (fault.endsAt > now) expect(after === undefined).toBe(met.get(fault.faultId) === fault.count);
          if (after) expect(after).toEqual({ ...fault, seen: after.seen, hit: met.get(fault.faultId) ?? 0 });
          if (after && after !== fault) expect(after.seen).toBe(fault.seen + 1);
        }
        active = left;
      }
    }),
    { numRuns: 400 },
  );
});

it("hits the share that was ordered, and each seed hits its own", () => {
  for (const share of [100, 3000, 9000]) {
    const hit = Array.from({ length: 20_000 }, (_, n) => hits({ share, seed: 5 }, n + 1)).filter(Boolean).length;
    expect(Math.abs(hit / 20_000 - share / 10_000)).toBeLessThan(0.01);
  }
  const patterns = Array.from({ length: 200 }, (_, seed) =>
    Array.from({ length: 64 }, (_, n) => Number(hits({ share: 5000, seed }, n + 1))).join(""),
  );
  expect(new Set(patterns).size).toBe(200);
  expect(isOfPush({ kind: "lost" })).toBe(true);
});
