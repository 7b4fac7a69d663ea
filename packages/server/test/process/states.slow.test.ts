import { statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import { operated } from "../../testing/admin.ts";
import { addActive, coupon } from "../../testing/coupons.ts";
import { startTestServer, type TestServer } from "../../testing/server.ts";
import { faultsIn, rowsOf } from "../sandbox/filled.ts";
import { directory, launch } from "./server-process.ts";

const KILLS = Number(process.env.QUANKU_LOAD_KILLS ?? 5);
/** How many coupons are put back: enough for the commit to write for a while. */
const COUPONS = 2000;
const APPID = "wx-killed";

/** Does something with a server on the data of a directory, then lets go of it. */
async function within<T>(dataDir: string, work: (server: TestServer) => Promise<T>): Promise<T> {
  const store = openSqliteStore(dataDir, { patience: 30_000 });
  const server = await startTestServer({ store, now: Math.floor(Date.now() / 1000) });
  try {
    return await work(server);
  } finally {
    await server.close();
    await store.close();
  }
}

const load = (dataDir: string) => launch(["sandbox", "load", APPID, "s", "--data-dir", dataDir]);

/** Resolves once the log of the database has grown by so many bytes, or what may make it grow has ended. */
async function growth(dataDir: string, bytes: number, isOver: () => boolean): Promise<void> {
  const size = () => statSync(join(dataDir, "quanku.db-wal"), { throwIfNoEntry: false })?.size ?? 0;
  const before = size();
  while (!isOver() && size() < before + bytes) await new Promise((resolve) => setImmediate(resolve));
}

it(`a load that is killed leaves the app as it was or as it was saved, ${KILLS} times`, async () => {
  const dataDir = directory();
  /** Empties the app and gives it something else than what was saved. */
  const spoil = async (server: TestServer) => {
    await operated(server, "resetSandbox", { appid: APPID });
    await server.ledger.submit(adding("another"), "app");
    return (await rowsOf(server, APPID)).records.length;
  };
  const saved = await within(dataDir, async (server) => {
    const app = await server.createApp(APPID, undefined, { sandbox: true });
    await addActive(app, coupon("claimed", { total_num: 100 }));
    for (let i = 0; i < 50; i++)
      await app.must("claim", { openid: `p${i % 7}`, out_coupon_id: "claimed", request_id: `r${i}` });
    await Promise.all(Array.from({ length: COUPONS }, (_, i) => server.ledger.submit(adding(`c${i}`), "app")));
    await operated(server, "saveSandbox", { appid: APPID, state: "s" });
    const { records } = await rowsOf(server, APPID);
    await spoil(server);
    return records.length;
  });
  const began = performance.now();
  expect((await load(dataDir).exited).code).toBe(0);
  const took = performance.now() - began;

  for (let kill = 0; kill < KILLS; kill++) {
    const spoilt = await within(dataDir, spoil);
    const { child, exited } = load(dataDir);
    let isOver = false;
    const ended = exited.finally(() => {
      isOver = true;
    });
    // In the middle of what the commit writes, or at any other point of its way.
    if (kill % 2 === 0) await growth(dataDir, 4096 * (1 + Math.floor(Math.random() * 200)), () => isOver);
    else await Promise.race([sleep(took * (0.4 + Math.random() * 0.6)), ended]);
    child.kill("SIGKILL");
    await ended;
    await within(dataDir, async (server) => {
      const { records } = await rowsOf(server, APPID);
      expect([spoilt, saved]).toContain(records.length);
      expect(await faultsIn(server, APPID)).toEqual([]);
      expect((await server.store.app(APPID))?.secret.digest).toBeTruthy();
    });
  }
  expect((await load(dataDir).exited).code).toBe(0);
  await within(dataDir, async (server) => {
    expect((await rowsOf(server, APPID)).records).toHaveLength(saved);
    expect(await faultsIn(server, APPID)).toEqual([]);
  });
});

const adding = (outCouponId: string) => {
  const terms = { claimWindow: null, limitPerPerson: null, total: 1, validity: null, discount: null };
  const document = JSON.stringify({ name: "x".repeat(500) });
  const content = { appid: APPID, outCouponId, kind: "shop_direct_reduction", channel: 4, document, terms } as const;
  return { do: "addCoupon", content } as const;
};
