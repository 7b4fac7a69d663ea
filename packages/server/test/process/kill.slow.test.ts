import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { demoApp } from "../../src/cli/demo.ts";
import { type Client, type Credentials, connect } from "../../testing/client.ts";
import { addActive, coupon } from "../../testing/coupons.ts";
import { askAs, listWith } from "../../testing/tokens.ts";
import { audit, type Holdings } from "./audit.ts";
import { createApp, directory, launchServer, quanku, type ServerProcess, startServer } from "./server-process.ts";
import { aFew, couponStatuses, HOT, HOT_TOTAL, progressOf, Writer } from "./writer.ts";

const ROUNDS = 20;
const WRITERS = 12;
/** How many writes are acknowledged in each round at least, and in one of so many rounds: there the journal is written first. */
const [WRITES, MANY, OF] = [150, 900, 5];

/** Fetches tokens of both kinds in turn and uses each, until the connection breaks. */
async function fetchTokens(server: ServerProcess, app: Credentials, fetched: string[]): Promise<void> {
  // Bounded so that all rounds together stay within the day's quota of fetches.
  for (let i = 0; i < 60; i++) {
    const reply = await askAs(server, app, i % 2 === 0 ? "token" : "stable_token").catch(() => undefined);
    if (reply === undefined) return;
    if (!reply.access_token) throw new Error(`no token: ${JSON.stringify(reply)}`);
    fetched.push(reply.access_token);
    await sleep(4);
  }
}

/** Every acknowledged write, read back over HTTP. */
async function readBack(client: Client, writers: Writer[], expected: Holdings): Promise<void> {
  const listed = await client.coupons();
  expect(listed.length).toBe(expected.coupons.size);
  for (const { coupon } of listed)
    expect(coupon.status).toBe(couponStatuses[expected.coupons.get(coupon.out_coupon_id) as string]);
  for (const writer of writers)
    for (const openid of writer.openids) {
      const wallet = await client.wallet(openid);
      const shown = wallet.map(({ out_user_coupon_id, out_coupon_id, status }) => ({
        out_user_coupon_id,
        out_coupon_id,
        status,
      }));
      expect(shown).toEqual(writer.wallet(openid));
    }
}

/** The newest token of each kind is good, and of an app of its own without coupons. */
async function useTokens(server: ServerProcess, tokens: string[]): Promise<void> {
  for (const token of tokens) {
    expect(await listWith(server, token), "an acknowledged token").toEqual({
      errcode: 0,
      total_num: 0,
      result_list: [],
    });
  }
}

/** Lets everybody write, and kills the server in the middle. */
async function writeUntilKilled(
  server: ServerProcess,
  writers: Writer[],
  least: number,
  work: Promise<unknown>,
): Promise<void> {
  await progressOf(writers, aFew(least), work);
  expect(await server.kill()).toMatchObject({ code: null, signal: "SIGKILL", stderr: "" });
  await work;
}

const sorted = (map: Map<string, string>) => [...map].toSorted(([a], [b]) => (a < b ? -1 : 1));

it(`loses nothing that was acknowledged and keeps no half of a write, killed ${ROUNDS} times`, async () => {
  const dataDir = directory();
  const [shop, tokens] = [await createApp(dataDir, "killed-shop"), await createApp(dataDir, "killed-tokens")];
  const writers = Array.from({ length: WRITERS }, (_, i) => new Writer(`writer-${i}`));
  const expected: Holdings = { coupons: new Map(), userCoupons: new Map() };
  const fetched: string[] = [];
  // The one token of all rounds: it too was acknowledged.
  const token = {};
  let inDoubt = 0;
  let journalRows = 0;

  for (let round = 1; round <= ROUNDS; round++) {
    const server = await startServer(dataDir);
    const client = connect(server.url, shop, WRITERS, token);
    if (round === 1) {
      await addActive(client, coupon(HOT, { total_num: HOT_TOTAL }));
      expected.coupons.set(HOT, "active");
    }
    await readBack(client, writers, expected);
    await useTokens(server, fetched.splice(0).slice(-2));

    const work = [...writers.map((writer) => writer.run(client)), fetchTokens(server, tokens, fetched)];
    await writeUntilKilled(server, writers, round % OF === 0 ? MANY : WRITES, Promise.all(work));

    const { faults, holdings, ...found } = audit(dataDir);
    expect(faults.slice(0, 10), `round ${round}`).toEqual([]);
    inDoubt += writers.filter((writer) => writer.settle(holdings)).length;
    for (const writer of writers) writer.expect(expected);
    expect(sorted(holdings.coupons), `coupons in round ${round}`).toEqual(sorted(expected.coupons));
    expect(sorted(holdings.userCoupons), `user coupons in round ${round}`).toEqual(sorted(expected.userCoupons));
    journalRows = found.journalRows;
  }
  expect(await quanku("verify", "--data-dir", dataDir)).toMatchObject({ code: 0, stderr: "" });

  const server = await startServer(dataDir);
  await readBack(connect(server.url, shop, 8, token), writers, expected);
  await useTokens(server, fetched.slice(-2));
  expect(await server.kill()).toMatchObject({ stderr: "" });

  const acknowledged = writers.reduce((sum, writer) => sum + writer.acknowledged, 0);
  expect(acknowledged, "fewer would prove little").toBeGreaterThanOrEqual(ROUNDS * WRITES);
  expect(journalRows).toBeGreaterThanOrEqual(acknowledged + inDoubt);
});

it("completes the demo shop where the first start was killed half-way", async () => {
  for (let round = 0; round < 5; round++) {
    const dataDir = directory();
    const first = launchServer(dataDir, "--demo");
    while (!existsSync(join(dataDir, "quanku.db"))) await sleep(1);
    await sleep(round * 5);
    await first.kill();

    const server = await startServer(dataDir, "--demo");
    const client = connect(server.url, demoApp);
    expect(await client.coupons()).toHaveLength(10);
    expect(await client.wallet("oIJ9d5Ad4JMhbybqJ3_J73LkR_Io")).toHaveLength(3);
    client.close();
    await server.kill();
  }
});
