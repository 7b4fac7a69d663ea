import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Client, connect } from "../../testing/client.ts";
import { addActive, coupon, userCoupon } from "../../testing/coupons.ts";
import { query, startPostgres, type TestPostgres } from "../../testing/postgres.ts";
import { auditDatabase, type Holdings } from "./audit.ts";
import { createApp, patiently, type ServerProcess, startServer } from "./server-process.ts";
import { aFew, HOT, HOT_TOTAL, progressOf, Writer } from "./writer.ts";

const RESTARTS = Number(process.env.QUANKU_RESTARTS ?? 5);
const CUTS = Number(process.env.QUANKU_CUTS ?? 50);
/** How many of all answers may be 990010 where connections are cut while everybody writes. */
const BUSY_SHARE = 0.05;
/** An answer that takes longer hangs, in milliseconds: the server itself gives up after one or two seconds. */
const HANGING = 30_000;

/** A PostgreSQL of its own, that the tests stop and start, as durable as any. */
let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.remove());

/** A new database on it, with an app whose coupon `hot` everybody can claim, served by some processes. */
async function openShop(appid: string, processes: number, ...more: string[]) {
  const place = new URL(postgres.url);
  place.pathname = `/${appid}`;
  await query(postgres.url, `CREATE DATABASE ${appid}`);
  const app = await createApp(place.href, appid);
  const servers = await Promise.all(Array.from({ length: processes }, () => startServer(place.href, ...more)));
  const token = {};
  const clients = servers.map(({ url }) => connect(url, app, 8, token));
  await addActive(clients[0] as Client, coupon(HOT, { total_num: HOT_TOTAL }));
  return { place: place.href, servers, clients };
}

/** Lets writers write through all clients while the database suffers; what was acknowledged must be there, once. */
async function writeWhile(
  place: string,
  clients: Client[],
  suffer: (progress: (more: number) => Promise<void>) => Promise<void>,
) {
  const writers = Array.from({ length: 12 }, (_, i) => new Writer(`writer-${i}`));
  let isOver = false;
  const work = writers.map((writer, i) => writer.run(clients[i % clients.length] as Client, () => isOver));
  const sum = (of: "acknowledged" | "busy") => writers.reduce((all, writer) => all + writer[of], 0);
  await suffer((more) => progressOf(writers, more, Promise.all(work)));
  isOver = true;
  await Promise.all(work);
  const { faults, holdings } = await auditDatabase(place);
  expect(faults.slice(0, 10)).toEqual([]);
  for (const writer of writers) writer.settle(holdings);
  const expected: Holdings = { coupons: new Map([[HOT, "active"]]), userCoupons: new Map() };
  for (const writer of writers) writer.expect(expected);
  const sorted = (map: Map<string, string>) => [...map].toSorted(([a], [b]) => (a < b ? -1 : 1));
  expect(sorted(holdings.coupons)).toEqual(sorted(expected.coupons));
  expect(sorted(holdings.userCoupons)).toEqual(sorted(expected.userCoupons));
  return { acknowledged: sum("acknowledged"), busy: sum("busy") };
}

const status = async (server: ServerProcess, path: string) => (await fetch(server.url + path)).status;

it(`loses and doubles nothing when PostgreSQL is restarted ${RESTARTS} times under load`, async () => {
  const { place, servers, clients } = await openShop("restarted", 2);
  await writeWhile(place, clients, async (progress) => {
    for (let i = 0; i < RESTARTS; i++) {
      await progress(20);
      await postgres.stop();
      await postgres.start();
    }
    await progress(20);
  });
  for (const server of servers) expect(await server.stop()).toMatchObject({ code: 0 });
});

it(`loses and doubles nothing when connections are cut ${CUTS} times under load, and tells hardly anybody`, async () => {
  const { place, servers, clients } = await openShop("cut", 2, ...patiently);
  const cut = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'quanku' AND datname = current_database()`;
  const { acknowledged, busy } = await writeWhile(place, clients, async (progress) => {
    for (let i = 0; i < CUTS; i++) {
      await query(place, cut);
      await progress(aFew(5));
    }
  });
  expect(acknowledged, "fewer would prove little").toBeGreaterThanOrEqual(CUTS * 5);
  // A machine that takes a second to connect again says so; most writes never hear of a cut.
  expect(busy / (acknowledged + busy)).toBeLessThan(BUSY_SHARE);
  for (const server of servers) expect(await server.stop()).toMatchObject({ code: 0 });
});

it("answers 990010 while the database is gone, and serves once it is back", async () => {
  const { servers, clients } = await openShop("gone", 1);
  const [server, client] = [servers[0] as ServerProcess, clients[0] as Client];
  expect([await status(server, "/readyz"), await status(server, "/healthz")]).toEqual([200, 200]);
  await postgres.stop();

  let slowest = 0;
  const call = async (n: number) => {
    const asked = performance.now();
    const reply = await client.call("add_user_coupon", userCoupon("somebody", HOT, `gone-${n}`));
    slowest = Math.max(slowest, performance.now() - asked);
    return reply.errcode;
  };
  const codes = new Set<unknown>();
  for (let round = 0; round < 4; round++) {
    const calls = Array.from({ length: 8 }, (_, i) => sleep(i * 100).then(() => call(round * 8 + i)));
    for (const code of await Promise.all(calls)) codes.add(code);
  }
  expect([...codes]).toEqual([990010]);
  expect(slowest).toBeLessThan(HANGING);
  expect((await client.call("get_list", { page_size: 1 })).errcode).toBe(990010);
  expect([await status(server, "/readyz"), await status(server, "/healthz")]).toEqual([503, 200]);

  await postgres.start();
  await expect.poll(() => call(0)).toBe(0);
  expect(await status(server, "/readyz")).toBe(200);
  expect((await client.wallet("somebody")).length).toBe(1);
  expect(await server.stop()).toMatchObject({ code: 0 });
});

it("answers 990010 while the database hangs, and serves once it goes on", async () => {
  const { place, servers, clients } = await openShop("hanging", 1);
  const [server, client] = [servers[0] as ServerProcess, clients[0] as Client];
  const { rows } = await query(
    place,
    "SELECT pid FROM pg_stat_activity WHERE application_name = 'quanku' AND datname = current_database()",
  );
  const hung = rows.map(({ pid }) => pid as number);
  for (const pid of [...hung, postgres.pid]) process.kill(pid, "SIGSTOP");
  let slowest = 0;
  const codes = new Set<unknown>();
  try {
    const calls = Array.from({ length: 20 }, async (_, i) => {
      await sleep(i * 150);
      const asked = performance.now();
      codes.add((await client.call("add_user_coupon", userCoupon("somebody", HOT, `hung-${i}`))).errcode);
      slowest = Math.max(slowest, performance.now() - asked);
    });
    await Promise.all(calls);
  } finally {
    for (const pid of [postgres.pid, ...hung]) process.kill(pid, "SIGCONT");
  }
  expect([...codes]).toEqual([990010]);
  expect(slowest).toBeLessThan(HANGING);
  const after = async () => (await client.call("add_user_coupon", userCoupon("somebody", HOT, "after"))).errcode;
  await expect.poll(after).toBe(0);
  const { faults } = await auditDatabase(place);
  expect(faults).toEqual([]);
  expect(await server.stop()).toMatchObject({ code: 0 });
});
