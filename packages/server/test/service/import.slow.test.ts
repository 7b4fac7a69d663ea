import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { importSnapshot } from "../../src/cli/snapshot-file.ts";
import { writeSnapshot } from "../../src/wire/export.ts";
import { sampleCoupon } from "../../testing/coupons.ts";
import { startTestServer, type TestApp, type TestServer } from "../../testing/server.ts";
import { adapters } from "../../testing/stores.ts";
import { temporaryDirectory } from "../../testing/temporary-directory.ts";
import { absent, type JsonObject, withAt } from "../wire/support/json.ts";
import { dump, OPENED_AT, recordBody, stockBody } from "../wire/support/shop.ts";

const APPID = "wx_moved";
const DAY = 86_400;

/** A file with these bytes, gone after the test. */
function fileOf(content: string | Buffer): string {
  const directory = temporaryDirectory();
  onTestFinished(directory.remove);
  const file = join(directory.path, "shop.jsonl");
  writeFileSync(file, content);
  return file;
}

async function start(...args: Parameters<typeof startTestServer>) {
  const server = await startTestServer(...args);
  onTestFinished(() => server.close());
  return { server, app: await server.createApp(APPID) };
}

const importing = ({ ledger }: TestServer, content: string | Buffer) =>
  importSnapshot({ ledger, file: fileOf(content), appid: APPID, by: "command_line" });

async function exported({ store }: TestServer): Promise<string> {
  let text = "";
  for await (const line of writeSnapshot(store, APPID)) text += line;
  return text;
}

const line = (...entries: object[]) => entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
const entry = (id: string): JsonObject => ({
  coupon: { ...sampleCoupon(id), status: 1, create_time: OPENED_AT - DAY, update_time: OPENED_AT - DAY },
});

describe.each(adapters)("a file that HTTP would refuse, on %s", (adapter) => {
  const gbk = Buffer.concat([
    Buffer.from(`${line(entry("first")) + line(entry("second")).split('"name":"')[0]}"name":"`),
    Buffer.from([0xd3, 0xc5, 0xbb, 0xdd, 0xc8, 0xaf]),
    Buffer.from(`"}}}\n`),
  ]);
  const faults: [string, string | Buffer, RegExp][] = [
    ["bytes of GBK", gbk, /shop\.jsonl line 2: .*must be UTF-8/],
    ["a line too long", line(entry("first")) + " ".repeat(2 ** 20 + 1), /line 2: .*at most 1048576 bytes/],
    [
      "a line too long that goes on",
      `${line(entry("a")) + "x".repeat(4 * 2 ** 20)}\n{}`,
      /line 2: .*at most 1048576 bytes/,
    ],
    ["a line of half an object", `${line(entry("first"))}\n{"coupon":`, /line 3: .*must be JSON/],
    ["a line of null", "null", /line 1: .*must be a JSON object/],
    ["a line nested deep", `{"coupon":${"[".repeat(70)}${"]".repeat(70)}}`, /line 1: .*64 levels/],
    [
      "a document too long",
      line(withAt(entry("first"), "coupon.coupon_info.note", "x".repeat(65_536))),
      /line 1: .*at most 65536 characters/,
    ],
    ["a wrong field", line(entry("first"), withAt(entry("second"), "coupon.type", 99)), /line 2: .*coupon\.type: /],
  ];
  it.each(faults)("is refused, its line named, and nothing is imported: %s", async (_, content, why) => {
    const { server } = await start({ adapter, now: OPENED_AT });
    const before = await dump(server);
    await expect(importing(server, content)).rejects.toThrow(why);
    expect(await dump(server)).toBe(before);
  });

  it("tells nothing of the text that is no JSON", async () => {
    const { server } = await start({ adapter: "memory", now: OPENED_AT });
    await expect(importing(server, '{"secret-of-a-shop"')).rejects.not.toThrow(/secret/);
  });
});

describe.each(adapters)("a snapshot of a later day, on %s", (adapter) => {
  let live: { server: TestServer; app: TestApp };
  let here: { server: TestServer; app: TestApp };

  const ids = (id: string) => ({ openid: "person_1", out_coupon_id: "c", out_user_coupon_id: id });
  const setStatus = (app: TestApp, id: string, status: number) =>
    app.must("update_usercoupon_status", { ...ids(id), status });
  const statuses = async (app: TestApp) => {
    const { result_list } = await app.call("get_usercoupon_list", { openid: "person_1", page_size: 10 });
    return Object.fromEntries(
      (result_list as { out_user_coupon_id: string; status: number }[]).map((held) => [
        held.out_user_coupon_id,
        held.status,
      ]),
    );
  };

  beforeEach(async () => {
    live = await start({ adapter, now: OPENED_AT });
    const { app } = live;
    await app.must("add", { coupon: withAt(sampleCoupon("c"), "coupon_info.valid_info", absent) });
    for (const id of ["draft", "untouched"]) await app.must("add", { coupon: sampleCoupon(id) });
    await app.must("update_status", { out_coupon_id: "c", status: 2 });
    for (const id of ["u1", "u2"]) await app.must("add_user_coupon", recordBody(id, "c"));
    here = await start({ adapter, now: OPENED_AT + 60 });
    expect(await importing(here.server, await exported(live.server))).toEqual({ new: 5, changed: 0, unchanged: 0 });
  });

  async function dayLater(): Promise<void> {
    for (const { server, app } of [live, here]) {
      server.clock.now += DAY;
      await app.renewToken();
    }
  }

  it("is taken over, its lines counted as new, changed and unchanged", async () => {
    await dayLater();
    const { app } = live;
    await app.must("update", { coupon: withAt(sampleCoupon("draft"), "coupon_info.name", "renamed") });
    await app.must("update_coupon_stock", stockBody("c", 50, 50));
    await app.must("update_status", { out_coupon_id: "c", status: 3 });
    await setStatus(app, "u1", 102);
    await app.must("add", { coupon: sampleCoupon("later") });
    const snapshot = await exported(live.server);
    expect(await importing(here.server, snapshot)).toEqual({ new: 1, changed: 3, unchanged: 2 });
    expect(await exported(here.server)).toBe(snapshot);
    expect(await statuses(here.app)).toEqual({ u1: 102, u2: 100 });
    expect(await here.app.call("update_usercoupon_status", { ...ids("u1"), status: 101 })).toMatchObject({
      errcode: 1090058,
    });
    const before = await dump(here.server);
    expect(await importing(here.server, snapshot)).toEqual({ new: 0, changed: 0, unchanged: 6 });
    expect(JSON.parse(await dump(here.server))).toMatchObject({ ...JSON.parse(before), journal: expect.any(Number) });
  });

  it("moves no stock by user coupons alone", async () => {
    const held = (await exported(live.server)).split("\n").filter((text) => text.includes('"user_coupon"'));
    const more = held.map((text) => text.replace('"out_user_coupon_id":"u', '"out_user_coupon_id":"more-u'));
    const stock = async () =>
      ((await here.app.call("get_list", { page_size: 1 })).result_list as JsonObject[])[0]?.coupon_stock;
    const before = await stock();
    expect(await importing(here.server, more.join("\n"))).toMatchObject({
      new: 2,
    });
    expect(await stock()).toEqual(before);
  });

  it("is refused where it is older than what is here, naming line, id and both times", async () => {
    const early = await exported(live.server);
    await dayLater();
    await setStatus(here.app, "u1", 102);
    const before = await dump(here.server);
    await expect(importing(here.server, early)).rejects.toThrow(
      new RegExp(`line 4: .*u1 has changed here after .*update_time is ${OPENED_AT} .*, here ${OPENED_AT + 60 + DAY} `),
    );
    expect(await dump(here.server)).toBe(before);
  });

  it.each([
    ["update_coupon_stock", stockBody("c", 1, 99)],
    ["update_status", { out_coupon_id: "c", status: 3 }],
  ] as const)("is refused where a coupon or its stock has changed here after it: %s", async (call, body) => {
    const early = await exported(live.server);
    await dayLater();
    await here.app.must(call, body);
    const before = await dump(here.server);
    await expect(importing(here.server, early)).rejects.toThrow(
      /line 1: .*c has changed here after what the line tells/,
    );
    expect(await dump(here.server)).toBe(before);
  });

  it("makes no used coupon usable again, however new it is", async () => {
    await setStatus(here.app, "u1", 102);
    await dayLater();
    await setStatus(live.app, "u1", 103);
    const back = (await exported(live.server)).replaceAll('"status":103', '"status":100');
    await expect(importing(here.server, back)).rejects.toThrow(/line 4: .*u1 has status 102 here and 100 in the line/);
    expect(await statuses(here.app)).toEqual({ u1: 102, u2: 100 });
  });

  it("leaves alone a user coupon that is locked for an order", async () => {
    const lines = [{ out_product_id: "p", price: 10_000, quantity: 12 }];
    const user_coupons = [{ out_coupon_id: "c", out_user_coupon_id: "u1" }];
    const order = { openid: "person_1", out_order_id: "o", lines, user_coupons, ttl_seconds: 60 };
    const locked = await here.app.call("lock", order);
    expect(locked).toMatchObject({ errcode: 0 });
    live.server.clock.now += 100;
    await setStatus(live.app, "u1", 102);
    await expect(importing(here.server, await exported(live.server))).rejects.toThrow(
      /line 4: .*locked for out_order_id o/,
    );
  });

  it("takes no status back, and changes no document that is in force", async () => {
    await dayLater();
    const lines = (await exported(live.server)).split("\n");
    const newer = (text = "") => text.replace(/"update_time":\d+/, `"update_time":${OPENED_AT + DAY}`);
    const [first = ""] = lines;
    await expect(importing(here.server, newer(first).replace('"status":2', '"status":1'))).rejects.toThrow(
      /line 1: .*status is 2/,
    );
    await expect(importing(here.server, newer(first).replace('"name":"', '"name":"x'))).rejects.toThrow(
      /line 1: .*out_coupon_id exists/,
    );
  });
});
