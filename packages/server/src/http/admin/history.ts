import { PAGE, type RouteReply } from "@quanku/protocol/admin";
import type { Subject } from "../../domain/journal.ts";
import type { JournalRow } from "../../domain/journal-entry.ts";
import { type Refusal, refuse } from "../../domain/outcome.ts";
import { HOUSE, type Order } from "../../domain/records.ts";
import type { StoreReads } from "../../store/store.ts";
import { showOrder } from "../../wire/order.ts";
import { isNumber, readCursor, writeCursor } from "./cursor.ts";
import type { AdminHandlers } from "./handler.ts";
import { faultIn, isProblem, type Problem, problemOf } from "./problem.ts";

type HistoryRoute =
  | "listJournal"
  | "listHouseJournal"
  | "listCouponHistory"
  | "listUserCouponHistory"
  | "listOrderHistory"
  | "listCouponOrders";

/** Whose work can be listed apart. */
const somebody = /^(command_line|operator .+|token .+)$/;

/** The journal, and the part of it that is about one thing. */
export const historyHandlers: AdminHandlers<HistoryRoute> = {
  async listJournal({ services: { store }, input: { appid, by, ...asked } }) {
    if (by !== undefined && !somebody.test(by))
      return faultIn(
        "by",
        "must be command_line, operator … or token …: what apps and jobs do is most of the journal",
        "必须是 command_line、operator … 或 token …：应用和后台任务的操作占流水的绝大部分，不能单独列出",
      );
    const list = ["journal", appid, by ?? null];
    return shown(
      await pageOf(list, asked, (before, limit) =>
        by === undefined
          ? store.listJournal(appid, before, limit)
          : store.listHistory(appid, { of: "by", by }, before, limit),
      ),
    );
  },
  async listHouseJournal({ services: { store }, input }) {
    return shown(await pageOf(["house"], input, (before, limit) => store.listJournal(HOUSE, before, limit)));
  },
  async listCouponHistory({ services: { store }, input: { appid, out_coupon_id: outCouponId, ...asked } }) {
    const unknown = await unknownCoupon(store, appid, outCouponId);
    return unknown ?? shown(await historyOf(store, appid, { of: "coupon", outCouponId }, asked));
  },
  async listUserCouponHistory({ services: { store }, input }) {
    const { appid, out_coupon_id: outCouponId, out_user_coupon_id: outUserCouponId, ...asked } = input;
    const page = await historyOf(store, appid, { of: "userCoupon", outCouponId, outUserCouponId }, asked);
    return isNothing(page, asked) ? problemOf(refuse("unknown_user_coupon", { id: outUserCouponId })) : shown(page);
  },
  async listOrderHistory({ services: { store }, input: { appid, out_order_id: outOrderId, ...asked } }) {
    const page = await historyOf(store, appid, { of: "order", outOrderId }, asked);
    return isNothing(page, asked) ? problemOf(refuse("unknown_order", { id: outOrderId })) : shown(page);
  },
  async listCouponOrders({ services: { store }, input: { appid, out_coupon_id: outCouponId, ...asked } }) {
    const unknown = await unknownCoupon(store, appid, outCouponId);
    if (unknown) return unknown;
    const page = await historyOf(store, appid, { of: "ordersOf", outCouponId }, asked);
    if (isProblem(page)) return page;
    const orders = await Promise.all(page.rows.flatMap(ordersIn).map((outOrderId) => store.order(appid, outOrderId)));
    return { reply: { entries: orders.filter((order) => order !== undefined).map(showOrder), next: page.next } };
  },
};

/** Which page is asked for. */
type Asked = { cursor?: string | undefined; limit?: number | undefined };
type Entries = { rows: JournalRow[]; next: string | null };

/** A page of entries, newest first. `list` names the list, with all that it is filtered by. */
async function pageOf(
  list: readonly unknown[],
  { cursor, limit = PAGE.byDefault }: Asked,
  read: (before: number | null, limit: number) => Promise<JournalRow[]>,
): Promise<Entries | Problem> {
  const place = readCursor(list, cursor, isNumber);
  if (isProblem(place)) return place;
  const rows = await read(place.after ?? null, limit + 1);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { rows: rows.slice(0, limit), next: last ? writeCursor(list, last.seq) : null };
}

const historyOf = (store: StoreReads, appid: string, subject: Subject, asked: Asked): Promise<Entries | Problem> =>
  pageOf(["history", appid, subject], asked, (before, limit) => store.listHistory(appid, subject, before, limit));

const shown = (page: Entries | Problem): { reply: RouteReply<"listJournal"> } | Problem =>
  isProblem(page) ? page : { reply: { entries: page.rows.map(showEntry), next: page.next } };

/** A journal entry as operators read it. */
export const showEntry = ({ seq, at, command, by, digest, steps }: JournalRow): Entry => ({
  seq,
  time: at,
  command,
  by,
  digest,
  steps: steps as Entry["steps"],
});
type Entry = RouteReply<"listJournal">["entries"][number];

/** Whether there is no such thing: whatever is kept was recorded by an entry. */
const isNothing = (page: Entries | Problem, { cursor }: Asked): boolean =>
  !isProblem(page) && page.rows.length === 0 && cursor === undefined;

async function unknownCoupon(store: StoreReads, appid: string, id: string): Promise<Problem | undefined> {
  const unknown: Refusal = refuse("unknown_coupon", { id });
  return (await store.coupon(appid, id)) ? undefined : problemOf(unknown);
}

const ordersIn = ({ steps }: JournalRow): string[] =>
  steps.flatMap(({ record, after }) => (record === "order" ? [(after as Order).outOrderId] : []));
