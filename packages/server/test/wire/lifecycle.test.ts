import { describe, expect, it, onTestFinished } from "vitest";
import { startTestServer } from "../../testing/server.ts";
import { adapters } from "../../testing/stores.ts";
import type { JsonObject } from "./support/json.ts";
import { amendBody, at, bringCouponTo, heldBody, openWallet, statusBody } from "./support/life.ts";
import { dump, OPENED_AT, recordBody } from "./support/shop.ts";

/**
 * Reads a table of cases written as text: the first line names the columns, `-` is an empty cell, whole numbers are
 * numbers, `#` begins a comment.
 */
function table<Column extends string>(text: string): Record<Column, Cell>[] {
  const lines = text
    .split("\n")
    .map((line) => line.replace(/#.*/, "").trim())
    .filter((line) => line !== "");
  const [columns = [], ...rows] = lines.map((line) => line.split(/\s+/));
  return rows.map((cells) => {
    if (cells.length !== columns.length) throw new Error(`not ${columns.length} cells: ${cells.join(" ")}`);
    return Object.fromEntries(columns.map((column, i) => [column, read(cells[i] as string)])) as Record<Column, Cell>;
  });
}
type Cell = number | string | undefined;

const read = (cell: string): Cell => (cell === "-" ? undefined : /^\d+$/.test(cell) ? Number(cell) : cell);

/**
 * Every status of a coupon (`from`) asked for every status (`to`). Clocks count from the shop's opening: added at 100,
 * activated at 200, ended at 300; the import was created at -1000 and updated at -500.
 */
const couponTable = table<"from" | "to" | "clock" | "errcode" | "status" | "create" | "update" | "valid" | "stock">(`
  from to clock errcode  status create  update valid stock
  0    0  400   0        0      before  before -     -
  0    1  401   1090058  0      before  before -     -
  0    2  402   1090058  0      before  before -     -
  0    3  403   1090058  0      before  before -     -
  0    4  404   1090058  0      before  before -     -
  1    0  405   1090058  1      100     100    -     -
  1    1  406   0        1      100     100    -     -
  1    2  407   0        2      100     407    407   407
  1    3  408   1090058  1      100     100    -     -
  1    4  409   1090058  1      100     100    -     -
  2    0  410   1090058  2      100     200    200   200
  2    1  411   1090058  2      100     200    200   200
  2    2  412   0        2      100     200    200   200
  2    3  413   0        3      100     413    200   200
  2    4  414   0        4      100     414    200   200
  3    0  415   1090058  3      100     300    200   200
  3    1  416   1090058  3      100     300    200   200
  3    2  417   1090058  3      100     300    200   200
  3    3  418   0        3      100     300    200   200
  3    4  419   1090058  3      100     300    200   200
  4    0  420   1090058  4      100     300    200   200
  4    1  421   1090058  4      100     300    200   200
  4    2  422   1090058  4      100     300    200   200
  4    3  423   1090058  4      100     300    200   200
  4    4  424   0        4      100     300    200   200
`);

/**
 * Every status of a user coupon asked for every status, without and with a known use_time. The coupon is recorded at
 * 200; a known use_time is set to 150 at 300 (`amended`).
 */
const userCouponTable = table<"from" | "known" | "to" | "clock" | "errcode" | "status" | "update" | "use">(`
  from known to   clock errcode  status update use
  100  -     100  400   0        100    200    -
  100  -     101  401   0        101    401    -
  100  -     102  402   0        102    402    402
  100  -     103  403   0        103    403    -
  101  -     100  404   1090058  101    200    -
  101  -     101  405   0        101    200    -
  101  -     102  406   1090058  101    200    -
  101  -     103  407   1090058  101    200    -
  102  -     100  408   0        100    408    -
  102  -     101  409   1090058  102    200    -
  102  -     102  410   0        102    200    -      # recorded as used: nobody said when
  102  -     103  411   1090058  102    200    -
  103  -     100  412   1090058  103    200    -
  103  -     101  413   1090058  103    200    -
  103  -     102  414   1090058  103    200    -
  103  -     103  415   0        103    200    -
  100  150   100  416   0        100    300    150
  100  150   101  417   0        101    417    150
  100  150   102  418   0        102    418    150    # known already
  100  150   103  419   0        103    419    150
  101  150   100  420   1090058  101    300    150
  101  150   101  421   0        101    300    150
  101  150   102  422   1090058  101    300    150
  101  150   103  423   1090058  101    300    150
  102  150   100  424   0        100    424    -
  102  150   101  425   1090058  102    300    150
  102  150   102  426   0        102    300    150    # never rewritten
  102  150   103  427   1090058  102    300    150
  103  150   100  428   1090058  103    300    150
  103  150   101  429   1090058  103    300    150
  103  150   102  430   1090058  103    300    150
  103  150   103  431   0        103    300    150
`);

describe.each(adapters)("on %s", (adapter) => {
  it.each(couponTable)("a coupon of status $from asked to become $to: $errcode", async (row) => {
    const server = await startTestServer({ adapter, now: OPENED_AT });
    onTestFinished(() => server.close());
    const app = await server.createApp("wx_life");
    await bringCouponTo(server, app, row.from as number);
    const before = await dump(server);

    server.clock.now = at(row.clock);
    const reply = await app.call("update_status", statusBody(row.to));
    expect(reply).toMatchObject({ errcode: row.errcode });
    if (row.errcode !== 0) expect(reply.errmsg).toContain(`status is ${row.from} and cannot become ${row.to}`);
    if (row.errcode !== 0 || row.from === row.to) expect(await dump(server)).toBe(before);

    const { result } = await app.call("get", { out_coupon_id: "c" });
    const { coupon } = result as { coupon: JsonObject };
    const times = row.create === "before" ? [-1000, -500] : [row.create, row.update];
    expect([coupon.status, coupon.create_time, coupon.update_time]).toEqual([row.status, at(times[0]), at(times[1])]);
    const { ext_info } = coupon.coupon_info as JsonObject;
    expect(ext_info).toEqual(row.valid === undefined ? undefined : { valid_time: at(row.valid) });
    const { result_list } = await app.call("get_list", { page_size: 1 });
    const [{ coupon_stock }] = result_list as [{ coupon_stock?: object }];
    if (row.stock === undefined) expect(coupon_stock).toBeUndefined();
    else expect(coupon_stock).toMatchObject({ create_time: at(row.stock), update_time: at(row.stock) });
  });

  it.each(userCouponTable)(
    "a user coupon of status $from, use_time $known, asked to become $to: $errcode",
    async (row) => {
      const server = await startTestServer({ adapter, now: OPENED_AT });
      onTestFinished(() => server.close());
      const app = await server.createApp("wx_life");
      await openWallet(server, app);
      await app.must("add_user_coupon", recordBody("u", "c", row.from as number));
      server.clock.now = at(300);
      if (row.known) await app.must("update_user_coupon", amendBody(at(row.known)));
      const before = await dump(server);

      server.clock.now = at(row.clock);
      const reply = await app.call("update_usercoupon_status", heldBody(row.to));
      expect(reply).toMatchObject({ errcode: row.errcode });
      if (row.errcode !== 0) expect(reply.errmsg).toContain(`status is ${row.from} and cannot become ${row.to}`);
      if (row.errcode !== 0 || row.from === row.to) expect(await dump(server)).toBe(before);

      const { result_list } = await app.call("get_usercoupon_list", { openid: "person_1", page_size: 1 });
      expect(result_list).toMatchObject([{ status: row.status, create_time: at(200), update_time: at(row.update) }]);
      const [{ ext_info }] = result_list as [{ ext_info: object }];
      expect(ext_info).toEqual(row.use === undefined ? {} : { use_time: at(row.use) });
    },
  );
});
