import { describe, expect, it } from "vitest";
import { paceOf, type Sample, secondsLeft, withSample } from "../src/pages/hand-outs/pace.ts";
import { firstOf } from "../src/pages/hand-outs/result-lines.ts";

const samplesOf = (...all: readonly (readonly [at: number, next: number])[]) =>
  all.reduce<Sample[]>((samples, [at, next]) => withSample(samples, { at, next }), []);

describe("the pace of a hand-out", () => {
  it("is not known of one look, nor of two at the same moment", () => {
    expect(paceOf(samplesOf([1000, 5]))).toBeUndefined();
    expect(paceOf(samplesOf([1000, 5], [1000, 9]))).toBeUndefined();
  });

  it("is that of the last quarter of a minute", () => {
    expect(paceOf(samplesOf([1000, 0], [3000, 100]))).toBe(50);
    expect(paceOf(samplesOf([0, 0], [60_000, 9000], [70_000, 9100]))).toBe(10);
  });

  it("begins anew where the lines do, as after a dry run", () => {
    expect(samplesOf([1000, 0], [3000, 100], [4000, 10])).toEqual([{ at: 4000, next: 10 }]);
  });

  it("tells how long the rest takes, unless it stands still", () => {
    expect(secondsLeft({ next: 100, total: 1001 }, 10)).toBe(91);
    expect(secondsLeft({ next: 100, total: 1001 }, 0)).toBeUndefined();
    expect(secondsLeft({ next: 100, total: 1001 }, undefined)).toBeUndefined();
  });
});

describe("the first lines of a result file", () => {
  it("are those of one reason where one is asked for, and no more is read than they", async () => {
    let read = 0;
    async function* rows() {
      for (const row of ["line,openid,result,id,why", "2,a,given,u,", "3,b,sold_out,,no", "4,c,sold_out,,no", "5,d"]) {
        read++;
        yield row.split(",");
      }
    }
    expect(await firstOf(rows(), "sold_out", 2)).toEqual([
      { line: 3, openid: "b", why: "sold_out", userCouponId: "" },
      { line: 4, openid: "c", why: "sold_out", userCouponId: "" },
    ]);
    expect(read).toBe(4);
    expect(await firstOf(rows(), undefined, 1)).toEqual([{ line: 2, openid: "a", why: undefined, userCouponId: "u" }]);
  });
});
