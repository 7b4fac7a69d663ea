import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { demoApp, ensureDemoShop } from "../../src/cli/demo.ts";
import { importSnapshot } from "../../src/cli/snapshot-file.ts";
import { writeSnapshot } from "../../src/wire/export.ts";
import { startTestServer, type TestServer } from "../../testing/server.ts";
import { type AdapterName, adapters } from "../../testing/stores.ts";
import { temporaryDirectory } from "../../testing/temporary-directory.ts";
import { askAs } from "../../testing/tokens.ts";

const PEOPLE = ["o1", "o2", "o3"];

async function start(adapter: AdapterName): Promise<TestServer> {
  const server = await startTestServer({ adapter });
  onTestFinished(() => server.close());
  return server;
}

/** The demo shop after a life of some claims, redemptions, returns and edits. */
async function livedIn(adapter: AdapterName) {
  const server = await start(adapter);
  await ensureDemoShop(server);
  const token = (await askAs(server, demoApp)).access_token;
  const call = async (name: string, body: object) => {
    const init = { method: "POST", body: JSON.stringify(body) };
    const path = name === "claim" ? "/quanku/coupon/claim" : `/shop/coupon/${name}`;
    return server.json(await server.fetch(`${path}?access_token=${token}`, init));
  };
  const held: { openid: string; out_coupon_id: string; out_user_coupon_id: string }[] = [];
  for (let i = 0; i < 30; i++) {
    server.clock.now += 60;
    const openid = PEOPLE[i % 3] as string;
    const reply = await call("claim", { openid, out_coupon_id: "shop_direct_5", request_id: `r${i}` });
    if (reply.errcode === 0) held.push(reply.user_coupon as (typeof held)[0]);
  }
  expect(held.length).toBeGreaterThan(5);
  for (const [i, { openid, out_coupon_id, out_user_coupon_id }] of held.entries()) {
    const ids = { openid, out_coupon_id, out_user_coupon_id };
    if (i % 2 === 0) await call("update_usercoupon_status", { ...ids, status: 102 });
    if (i % 4 === 0) await call("update_usercoupon_status", { ...ids, status: 100 });
    if (i % 5 === 1) await call("update_usercoupon_status", { ...ids, status: 103 });
  }
  await server.ledger.submit({ do: "pauseCoupon", appid: demoApp.appid, outCouponId: "shop_direct_5" }, "command_line");
  return server;
}

async function snapshotOf({ store }: TestServer): Promise<string> {
  let text = "";
  for await (const line of writeSnapshot(store, demoApp.appid)) text += line;
  return text;
}

/** What every read of the shop answers, as it was sent. */
async function answers(server: TestServer): Promise<string[]> {
  const token = (await askAs(server, demoApp)).access_token;
  const call = async (name: string, body: object) =>
    (
      await server.fetch(`/shop/coupon/${name}?access_token=${token}`, { method: "POST", body: JSON.stringify(body) })
    ).text();
  const pages = [0, 3, 9, 10].flatMap((offset) => [1, 4, 200].map((page_size) => ({ offset, page_size })));
  const listed = JSON.parse(await call("get_list", { page_size: 200 })).result_list as {
    coupon: { out_coupon_id: string };
  }[];
  const people = [...PEOPLE, "oIJ9d5Ad4JMhbybqJ3_J73LkR_Io", "nobody"];
  return Promise.all([
    ...pages.map((page) => call("get_list", page)),
    ...listed.map(({ coupon: { out_coupon_id } }) => call("get", { out_coupon_id })),
    ...people.flatMap((openid) => pages.map((page) => call("get_usercoupon_list", { openid, ...page }))),
  ]);
}

const pairs = adapters.flatMap((from) => adapters.filter((to) => to !== from).map((to) => [from, to] as const));

it.each<readonly [AdapterName, AdapterName]>(pairs)(
  "a snapshot of %s answers every read identically on %s",
  async (from, to) => {
    const source = await livedIn(from);
    const directory = temporaryDirectory();
    onTestFinished(directory.remove);
    const file = join(directory.path, "shop.jsonl");
    const snapshot = await snapshotOf(source);
    writeFileSync(file, snapshot);

    const target = await start(to);
    target.clock.now = source.clock.now;
    await target.apps.create(demoApp.appid, { secret: demoApp.secret }, "command_line");
    const importing = { ledger: target.ledger, file, appid: demoApp.appid, by: "command_line" as const };
    const lines = snapshot.split("\n").length - 1;
    expect(await importSnapshot(importing)).toEqual({ new: lines, changed: 0, unchanged: 0 });
    expect(await answers(target)).toEqual(await answers(source));
    expect(await snapshotOf(target)).toBe(snapshot);
    expect(snapshot.match(/,"paused":true}\n/g)).toHaveLength(1);
    expect(await importSnapshot(importing)).toEqual({ new: 0, changed: 0, unchanged: lines });
    expect(await snapshotOf(target)).toBe(snapshot);
    // Whether claims of what is there are paused is not the snapshot's to say.
    const resume = { do: "resumeCoupon", appid: demoApp.appid, outCouponId: "shop_direct_5" } as const;
    await target.ledger.submit(resume, "command_line");
    expect(await importSnapshot(importing)).toEqual({ new: 0, changed: 0, unchanged: lines });
    expect(await snapshotOf(target)).toBe(snapshot.replace(',"paused":true}', "}"));
  },
);
