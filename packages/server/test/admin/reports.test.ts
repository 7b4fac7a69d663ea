import { expect, it, onTestFinished } from "vitest";
import { csvLine } from "../../src/http/admin/csv.ts";
import { operate, operated, operatedFile } from "../../testing/admin.ts";
import { anApp, keysOf, written } from "../../testing/records.ts";
import { startTestServer } from "../../testing/server.ts";
import { livelyShop } from "./shop.ts";

const [from, to] = ["2023-11-14", "2023-11-15"];
const none = { returned: 0, expired: 0, given_up: 0, refunded: 0 };
const first = { day: from, ...none, claimed: 1, redeemed: 1, orders: 1, discount: 500, turnover: 5500 };
const second = { ...first, day: to, claimed: 2, returned: 1, refunded: 5500 };

it("a report has a line for each day and coupon on which something happened, or for the whole shop", async () => {
  const { server, appid } = await livelyShop();
  const span = { appid, from, to };
  const lines = (of: string | null) => [
    { ...first, out_coupon_id: of },
    { ...second, out_coupon_id: of },
  ];
  expect(await operated(server, "listReports", span)).toEqual({ entries: lines("c") });
  expect(await operated(server, "listReports", { ...span, out_coupon_id: "c" })).toEqual({ entries: lines("c") });
  expect(await operated(server, "listReports", { ...span, by: "day" })).toEqual({ entries: lines(null) });
  expect(await operated(server, "listReports", { ...span, from: to })).toEqual({ entries: lines("c").slice(1) });
  expect(await operated(server, "listReports", { ...span, appid: "wx_b" })).toEqual({ entries: [] });
  const csv = await operatedFile(server, "listReports", { ...span, csv: true });
  expect(csv.split("\r\n")).toEqual([
    "day,out_coupon_id,claimed,redeemed,returned,expired,given_up,orders,discount,turnover,refunded",
    "2023-11-14,c,1,1,0,0,0,1,500,5500,0",
    "2023-11-15,c,2,1,1,0,0,1,500,5500,5500",
    "",
  ]);
});

it.each([
  [{ from: to, to: from }, "to", 400],
  [{ from: "2023-02-30", to }, "from", 400],
  [{ from, to, by: "day", out_coupon_id: "c" }, "by", 400],
  [{ from, to, by: "week" }, "by", 400],
  [{ from }, "to", 400],
  [{ from, to, limit: 3 }, "limit", 400],
])("a report of %j is refused, naming %s", async (asked, field, status) => {
  const { server, appid } = await livelyShop();
  const answer = await operate(server, "listReports", { appid, ...asked });
  expect(answer).toMatchObject({ status, errors: [{ field }] });
});

it("a report of a coupon that is not there is refused", async () => {
  const { server, appid } = await livelyShop();
  const answer = await operate(server, "listReports", { appid, from, to, out_coupon_id: "d" });
  expect(answer).toMatchObject({ status: 404, problem: "unknown_coupon" });
});

it("more lines than a reply holds are told to be too many, and a file has them all", async () => {
  const server = await startTestServer({ adapter: "memory" });
  onTestFinished(() => server.close());
  const { appid } = await server.createApp("wx_a");
  const app = { record: "app", value: anApp(appid) } as const;
  const counts = { claimed: 1, redeemed: 0, returned: 0, expired: 0, givenUp: 0, orders: 0 };
  const tallies = Array.from({ length: 10_001 }, (_, n) => ({
    ...{ appid, day: 19_675, outCouponId: `c${n}`, ...counts },
    ...{ discount: 0, turnover: 0, refunded: 0 },
  }));
  await server.store.transact(keysOf([app]), (records) => ({ ...written(records, [app]), tallies }));
  const span = { appid, from, to };
  expect(await operate(server, "listReports", span)).toMatchObject({ status: 400, errors: [{ field: "to" }] });
  const file = await operatedFile(server, "listReports", { ...span, csv: true });
  expect(file.trimEnd().split("\r\n").length).toBe(1 + tallies.length);
});

it("a text in a CSV file is what it was, and no spreadsheet computes it", () => {
  const fields = ["=1+2", "+1", "-1", "@x", "\t1", "a,b", 'q"q', "l\nl", "r\r\nr", "=a,b", "券", "", -5];
  const inQuotes = '"a,b","q""q","l\nl","r\r\nr","\'=a,b"';
  expect(csvLine(fields)).toBe(`'=1+2,'+1,'-1,'@x,'\t1,${inQuotes},券,,-5\r\n`);
});
