import { expect, it } from "vitest";
import type { Who } from "../../src/http/admin/who.ts";
import { operate, operated } from "../../testing/admin.ts";
import type { TestServer } from "../../testing/server.ts";
import { livelyShop } from "./shop.ts";

type ListRoute =
  `list${"Journal" | "HouseJournal" | "CouponHistory" | "UserCouponHistory" | "OrderHistory" | "CouponOrders"}`;

/** All pages of a list, each of at most two entries. */
async function allOf(server: TestServer, name: ListRoute, given: Record<string, unknown>): Promise<object[]> {
  const entries: object[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: { entries: object[]; next: string | null } = await operated(server, name, {
      ...given,
      limit: 2,
      cursor,
    });
    expect(page.entries.length).toBeLessThanOrEqual(2);
    if (page.next !== null) expect(page.entries.length).toBe(2);
    entries.push(...page.entries);
    cursor = page.next;
  }
  return entries;
}

const commandsOf = (entries: object[]) => entries.map((entry) => (entry as { command: string }).command);

it("the journal is told newest first, page by page, each entry with who did it and its digest", async () => {
  const { server, appid } = await livelyShop();
  const entries = await allOf(server, "listJournal", { appid });
  const rows = (await server.store.readJournal(appid, 0, 99)).toReversed();
  expect(entries).toEqual(
    rows.map(({ seq, at, command, by, digest, steps }) => ({ seq, time: at, command, by, digest, steps })),
  );
  expect(commandsOf(entries).slice(0, 3)).toEqual(["returnOrder", "redeemOrder", "claimCoupon"]);
  expect(JSON.stringify(entries)).not.toContain("secret");
});

it("what somebody did is told apart, and only of those whose work has an end", async () => {
  const { server, appid } = await livelyShop();
  const li: Who = { actor: "operator li", operator: "li", role: "owner", apps: [] };
  const ids = { appid, outCouponId: "c" };
  await server.ledger.submit({ do: "changeCouponStatus", ...ids, to: "void" }, li.actor);
  expect(commandsOf(await allOf(server, "listJournal", { appid, by: "operator li" }))).toEqual(["changeCouponStatus"]);
  expect(commandsOf(await allOf(server, "listJournal", { appid, by: "command_line" }))).toEqual(["createApp"]);
  expect(await allOf(server, "listJournal", { appid, by: "operator wang" })).toEqual([]);
  for (const by of ["app", "job expiry", "li", ""])
    expect(await operate(server, "listJournal", { appid, by })).toMatchObject({
      status: 400,
      errors: [{ field: "by" }],
    });
});

it("coupons, user coupons and orders have a history of their own", async () => {
  const { server, appid } = await livelyShop();
  const of = { appid, out_coupon_id: "c" };
  expect(commandsOf(await allOf(server, "listCouponHistory", of))).toEqual(["changeCouponStatus", "addCoupon"]);
  const { entries } = await server.store.listUserCoupons(appid, "o1", 0, 1);
  const one = { ...of, out_user_coupon_id: entries[0]?.outUserCouponId };
  const used = ["returnOrder", "redeemOrder", "claimCoupon"];
  expect(commandsOf(await allOf(server, "listUserCouponHistory", one))).toEqual(used);
  const order = { appid, out_order_id: "x1" };
  expect(commandsOf(await allOf(server, "listOrderHistory", order))).toEqual(used.slice(0, 2));
});

it("the orders of a coupon are told as they are now, those redeemed last first", async () => {
  const { server, appid } = await livelyShop();
  const orders = await allOf(server, "listCouponOrders", { appid, out_coupon_id: "c" });
  expect(orders).toMatchObject([
    { out_order_id: "x2", status: "redeemed", payable: 5500, refunded: 0 },
    { out_order_id: "x1", status: "returned", payable: 5500, refunded: 5500 },
  ]);
});

it.each([
  ["listCouponHistory", { out_coupon_id: "d" }, "unknown_coupon"],
  ["listCouponOrders", { out_coupon_id: "d" }, "unknown_coupon"],
  ["listUserCouponHistory", { out_coupon_id: "c", out_user_coupon_id: "u" }, "unknown_user_coupon"],
  ["listOrderHistory", { out_order_id: "x9" }, "unknown_order"],
] as const)("%s of what is not there is refused", async (name, given, kind) => {
  const { server, appid } = await livelyShop();
  expect(await operate(server, name, { appid, ...given })).toMatchObject({ status: 404, problem: kind });
});

it("a cursor is of one list alone", async () => {
  const { server, appid } = await livelyShop();
  const { next: cursor } = await operated(server, "listJournal", { appid, limit: 1 });
  const others = [
    operate(server, "listJournal", { appid, by: "command_line", cursor }),
    operate(server, "listJournal", { appid: "wx_b", cursor }),
    operate(server, "listCouponHistory", { appid, out_coupon_id: "c", cursor }),
    operate(server, "listJournal", { appid, cursor: "nonsense" }),
  ];
  for (const answer of await Promise.all(others))
    expect(answer).toMatchObject({ status: 400, errors: [{ field: "cursor" }] });
});

it("what happens to the house has a journal of its own", async () => {
  const { server } = await livelyShop();
  expect(await allOf(server, "listHouseJournal", {})).toEqual([]);
});
