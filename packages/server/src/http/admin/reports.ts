import type { RouteReply } from "@quanku/protocol/admin";
import { refuse } from "../../domain/outcome.ts";
import { type Tally, WHOLE_SHOP } from "../../domain/reports/tally.ts";
import { dateOf, dayOfDate } from "../../service/days.ts";
import type { StoreReads, TallySpan } from "../../store/store.ts";
import { csvLine } from "./csv.ts";
import type { AdminHandlers } from "./handler.ts";
import { faultIn, problemOf } from "./problem.ts";

/** How many lines are read together, and how many a JSON reply has at most: a file has them all. */
const [TOGETHER, MOST_LINES] = [1000, 10_000];

/** What happened by day and coupon. */
export const reportHandlers: AdminHandlers<"listReports"> = {
  async listReports({ services: { store }, input: { appid, from, to, out_coupon_id, by, csv } }) {
    if (to < from) return faultIn("to", "must be no day before from", "不能早于 from");
    if (by === "day" && out_coupon_id !== undefined)
      return faultIn(
        "by",
        "must be coupon, or left out, where out_coupon_id is given",
        "给出 out_coupon_id 时必须是 coupon，或不填",
      );
    if (out_coupon_id !== undefined && !(await store.coupon(appid, out_coupon_id)))
      return problemOf(refuse("unknown_coupon", { id: out_coupon_id }));
    const outCouponId = by === "day" ? WHOLE_SHOP : (out_coupon_id ?? null);
    const lines = linesOf(store, appid, { from: dayOfDate(from), to: dayOfDate(to), outCouponId });
    if (csv) return { file: csvOf(lines), type: "text/csv; charset=utf-8" };
    const entries: Line[] = [];
    for await (const line of lines) {
      if (entries.length === MOST_LINES)
        return faultIn(
          "to",
          `must be an earlier day: there are more than ${MOST_LINES} lines; or ask for csv=true`,
          `必须是更早的日期：结果超过 ${MOST_LINES} 行；或用 csv=true 导出`,
        );
      entries.push(line);
    }
    return { reply: { entries } };
  },
};

type Line = RouteReply<"listReports">["entries"][number];

/** Every line of a span; of all coupons without those of the whole shop. */
async function* linesOf(store: StoreReads, appid: string, span: TallySpan): AsyncGenerator<Line> {
  for (let last: Tally | null = null; ; ) {
    const tallies: Tally[] = await store.listTallies(appid, span, last, TOGETHER);
    for (const tally of tallies) if (span.outCouponId !== null || tally.outCouponId !== WHOLE_SHOP) yield shown(tally);
    if (tallies.length < TOGETHER) return;
    last = tallies.at(-1) ?? null;
  }
}

async function* csvOf(lines: AsyncIterable<Line>): AsyncGenerator<string> {
  yield csvLine(columns);
  for await (const line of lines) yield csvLine(columns.map((name) => line[name] ?? ""));
}

const columns = [
  "day",
  "out_coupon_id",
  "claimed",
  "redeemed",
  "returned",
  "expired",
  "given_up",
  "orders",
  "discount",
  "turnover",
  "refunded",
] as const satisfies (keyof Line)[];

const shown = ({ appid: _, day, outCouponId, givenUp, ...counts }: Tally): Line => ({
  day: dateOf(day),
  out_coupon_id: outCouponId === WHOLE_SHOP ? null : outCouponId,
  ...counts,
  given_up: givenUp,
});
