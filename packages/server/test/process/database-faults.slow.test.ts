import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { query, startPostgres, type TestPostgres } from "../postgres.ts";
import { auditDatabase, type Holdings } from "./audit.ts";
import { createApp, type ServerProcess, startServer } from "./server-process.ts";
import { claim, connect, ShopClient } from "./shop-client.ts";
import { HOT, HOT_TOTAL, Writer } from "./writer.ts";

const RESTARTS = Number(process.env.QUANKU_RESTARTS ?? 10);
const CUTS = Number(process.env.QUANKU_CUTS ?? 100);

/** A PostgreSQL of its own, that the tests stop and start, as durable as any. */
let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.remove());

/** A new database on it, with an app whose coupon `hot` everybody can claim, served by some processes. */
async function openShop(appid: string, processes: number) {
  const place = new URL(postgres.url);
  place.pathname = `/${appid}`;
  await query(postgres.url, `CREATE DATABASE ${appid}`);
  const app = await createApp(place.href, appid);
  const servers = await Promise.all(Array.from({ length: processes }, () => startServer(place.href)));
  const { token } = await connect((servers[0] as ServerProcess).url, app);
  const clients = servers.map(({ url }) => new ShopClient(url, { connections: 8, token }));
  await (clients[0] as ShopClient).addActive(HOT, { total_num: HOT_TOTAL });
  return { place: place.href, servers, clients };
}

/** Lets writers write through all clients while the database suffers; what was acknowledged must be there, once. */
async function writeWhile(
  place: string,
  clients: ShopClient[],
  suffer: (progress: () => Promise<void>) => Promise<void>,
) {
  const writers = Array.from({ length: 12 }, (_, i) => new Writer(`writer-${i}`));
  let isOver = false;
  const work = writers.map((writer, i) => writer.run(clients[i % clients.length] as ShopClient, () => isOver));
  const sum = (of: "acknowledged" | "busy") => writers.reduce((all, writer) => all + writer[of], 0);
  /** Resolves when more was acknowledged, however slow the machine is. */
  const progress = async () => {
    const before = sum("acknowledged");
    await expect.poll(() => sum("acknowledged"), { timeout: 20_000 }).toBeGreaterThan(before + 20);
  };
  await suffer(progress);
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
      await progress();
      await postgres.stop();
      await postgres.start();
    }
    await progress();
  });
  for (const server of servers) expect(await server.stop()).toMatchObject({ code: 0 });
});

it(`loses and doubles nothing when connections are cut ${CUTS} times under load, and tells nobody`, async () => {
  const { place, servers, clients } = await openShop("cut", 2);
  const cut = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'quanku' AND datname = current_database()`;
  const { acknowledged, busy } = await writeWhile(place, clients, async () => {
    for (let i = 0; i < CUTS; i++) {
      await query(place, cut);
      await sleep(30 + Math.random() * 40);
    }
  });
  expect(acknowledged, "fewer would prove little").toBeGreaterThan(CUTS * 5);
  expect(busy).toBe(0);
  for (const server of servers) expect(await server.stop()).toMatchObject({ code: 0, stderr: "" });
});

it("answers 990010 within 2 s while the database is gone, and serves within 5 s once it is back", async () => {
  const { servers, clients } = await openShop("gone", 1);
  const [server, client] = [servers[0] as ServerProcess, clients[0] as ShopClient];
  expect([await status(server, "/readyz"), await status(server, "/healthz")]).toEqual([200, 200]);
  await postgres.stop();

  let slowest = 0;
  const call = async (n: number) => {
    const asked = performance.now();
    const reply = await client.call("add_user_coupon", claim("somebody", HOT, `gone-${n}`));
    slowest = Math.max(slowest, performance.now() - asked);
    return reply.errcode;
  };
  const codes = new Set<unknown>();
  for (let round = 0; round < 4; round++) {
    const calls = Array.from({ length: 8 }, (_, i) => sleep(i * 100).then(() => call(round * 8 + i)));
    for (const code of await Promise.all(calls)) codes.add(code);
  }
  expect([...codes]).toEqual([990010]);
  expect(slowest).toBeLessThan(2000);
  expect((await client.call("get_list", { page_size: 1 })).errcode).toBe(990010);
  expect([await status(server, "/readyz"), await status(server, "/healthz")]).toEqual([503, 200]);

  await postgres.start();
  const back = performance.now();
  while ((await call(0)) !== 0) await sleep(50);
  expect(performance.now() - back).toBeLessThan(5000);
  expect(await status(server, "/readyz")).toBe(200);
  expect((await client.all("get_usercoupon_list", { openid: "somebody" })).length).toBe(1);
  expect(await server.stop()).toMatchObject({ code: 0 });
});

it("answers 990010 within 2 s while the database hangs, and serves within 5 s once it goes on", async () => {
  const { place, servers, clients } = await openShop("hanging", 1);
  const [server, client] = [servers[0] as ServerProcess, clients[0] as ShopClient];
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
      codes.add((await client.call("add_user_coupon", claim("somebody", HOT, `hung-${i}`))).errcode);
      slowest = Math.max(slowest, performance.now() - asked);
    });
    await Promise.all(calls);
  } finally {
    for (const pid of [postgres.pid, ...hung]) process.kill(pid, "SIGCONT");
  }
  expect([...codes]).toEqual([990010]);
  expect(slowest).toBeLessThan(2000);
  const back = performance.now();
  while ((await client.call("add_user_coupon", claim("somebody", HOT, "after"))).errcode !== 0) await sleep(50);
  expect(performance.now() - back).toBeLessThan(5000);
  const { faults } = await auditDatabase(place);
  expect(faults).toEqual([]);
  expect(await server.stop()).toMatchObject({ code: 0 });
});
