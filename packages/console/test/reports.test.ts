import type { ReportLine } from "@quanku/sdk/admin";
import { describe, expect, it } from "vitest";
import { byCoupon, byDay, chosenAfter, type Line, measures, sorted, totalsOf } from "../src/pages/reports/lines.ts";
import { periodOf } from "../src/pages/reports/period.ts";
import { daysIn } from "../src/parts/days.ts";

const line = (key: string, claimed: number, discount = 0): Line => ({
  ...totalsOf([]),
  key,
  claimed,
  discount,
});

describe("a period", () => {
  const today = "2026-03-01";

  it("ends today unless the address names its days", () => {
    expect(periodOf({ days: "7" }, today)).toEqual({ from: "2026-02-23", to: today });
    expect(periodOf({ from: "2025-12-31", to: "2026-01-02" }, today)).toEqual({ from: "2025-12-31", to: "2026-01-02" });
  });

  it("is of 30 days where the address says what cannot be", () => {
    const thirty = { from: "2026-01-31", to: today };
    for (const asked of [
      {},
      { days: "8" },
      { from: "2026-01-02", to: "2026-01-01" },
      { from: "2026-13-01", to: "2026-14-01" },
      { from: "1900-01-01", to: today },
    ])
      expect(periodOf(asked, today)).toEqual(thirty);
  });

  it("has every day once", () => {
    expect(daysIn({ from: "2024-02-28", to: "2024-03-01" })).toEqual(["2024-02-28", "2024-02-29", "2024-03-01"]);
    expect(daysIn({ from: today, to: today })).toEqual([today]);
  });
});

describe("the lines of a report", () => {
  it("are zero on days of which nothing is told", () => {
    const told = [{ ...line("", 3, 250), day: "2026-02-02", out_coupon_id: null }] as unknown as ReportLine[];
    const lines = byDay(told, ["2026-02-01", "2026-02-02"]);
    expect(lines).toEqual([line("2026-02-01", 0), line("2026-02-02", 3, 250)]);
    expect(totalsOf(lines)).toEqual(totalsOf([line("", 3, 250)]));
  });

  it("of a file are summed by coupon", async () => {
    async function* rows() {
      yield ["day", "out_coupon_id", ...measures];
      yield ["2026-02-01", "a", "1", "0", "0", "0", "0", "0", "100", "0", "0"];
      yield ["2026-02-01", "b", "5", "0", "0", "0", "0", "0", "0", "0", "0"];
      yield ["2026-02-02", "a", "2", "0", "0", "0", "0", "0", "50", "0", "0"];
    }
    expect(await byCoupon(rows())).toEqual([line("a", 3, 150), line("b", 5)]);
  });

  it("are sorted by what is chosen, equal ones by their keys", () => {
    const lines = [line("b", 1), line("a", 1), line("c", 2)];
    const keys = (...how: [Parameters<typeof sorted>[1], boolean]) => sorted(lines, ...how).map(({ key }) => key);
    expect(keys("claimed", true)).toEqual(["c", "a", "b"]);
    expect(keys("claimed", false)).toEqual(["a", "b", "c"]);
    expect(keys("key", true)).toEqual(["c", "b", "a"]);
  });
});

it("a chart shows at most three measures, all of one unit, and at least one", () => {
  expect(chosenAfter(["claimed", "redeemed"], "discount")).toEqual(["discount"]);
  expect(chosenAfter(["claimed", "redeemed", "returned"], "orders")).toEqual(["redeemed", "returned", "orders"]);
  expect(chosenAfter(["claimed", "redeemed"], "claimed")).toEqual(["redeemed"]);
  expect(chosenAfter(["claimed"], "claimed")).toEqual(["claimed"]);
});
