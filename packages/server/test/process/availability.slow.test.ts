import { rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "@quanku/sdk";
import pg from "pg";
import { expect, it, onTestFinished } from "vitest";
import { type Client, connect, inParallel, lineOf } from "../../testing/client.ts";
import { addActive, coupon, give, userCoupon } from "../../testing/coupons.ts";
import { query } from "../../testing/postgres.ts";
import { auditDatabase } from "./audit.ts";
import { createApp, database, directory, startServer } from "./server-process.ts";

/** How many ask at once, and how often each. */
const CROWD = Number(process.env.QUANKU_CROWD ?? 600);
const ROUNDS = Number(process.env.QUANKU_CROWD_ROUNDS ?? 3);
/** An app may have as many calls under way as places are left beside it and all others (ADR 11): of 4096, for so many others. */
const STRANGERS = Math.min(CROWD, 4096 - 2 * CROWD);

const BUSY = 990010;
/** What the server waits for is released by the test, however slow the machine is. */
const PATIENT = ["--statement-timeout", "20000"];
/** How often something that must not be held up is done while something else is. */
const MEANWHILE = 20;

const status = async (url: string, path: string) => (await fetch(url + path)).status;

it(`serves all of ${CROWD} connections that read wallets while ${STRANGERS} ask for tokens of made-up apps`, async () => {
  const place = await database();
  const app = await createApp(place, "crowded");
  const server = await startServer(place, ...PATIENT);
  const client = connect(server.url, app, CROWD);
  const strangers = lineOf(STRANGERS);
  const once = { tokens: "regular", retries: 0, timeout: 600_000 } as const;
  const stranger = { ...once, secret: "x", baseUrl: server.url, fetch: strangers.fetch };
  const codes = new Map<string, number>();
  const count = (kind: string, code: unknown) => codes.set(`${kind} ${code}`, (codes.get(`${kind} ${code}`) ?? 0) + 1);
  const asked = CROWD * ROUNDS;
  await Promise.all([
    inParallel(asked, CROWD, async (n) => {
      const reply = await client.call("get_usercoupon_list", { openid: `person-${n}`, page_size: 10 });
      count("wallet", reply.errcode);
    }),
    inParallel(asked, STRANGERS, async (n) => {
      const { code } = await createClient({ ...stranger, appid: `nobody${n}` })
        .get_list({ page_size: 1 })
        .catch((error) => error);
      count("stranger", code);
    }),
  ]);
  client.close();
  strangers.close();
  expect(Object.fromEntries(codes)).toEqual({ "wallet 0": asked, "stranger 40013": asked });
  expect(await server.stop()).toMatchObject({ code: 0, stderr: "" });
});

it("acknowledges nothing once its data directory is deleted, and says so", async () => {
  const place = directory();
  const app = await createApp(place, "deleted");
  const server = await startServer(place);
  const client = connect(server.url, app);
  await addActive(client, coupon("c", { total_num: 10_000 }));
  await give(client, "o", "c", "before");
  expect(await status(server.url, "/readyz")).toBe(200);
  rmSync(place, { recursive: true });
  const codes = new Set<unknown>();
  await inParallel(200, 8, async (n) => {
    codes.add((await client.call("add_user_coupon", userCoupon("o", "c", `after-${n}`))).errcode);
  });
  expect([...codes]).toEqual([BUSY]);
  // It was ready a moment ago, and that may be told for a second.
  await expect.poll(() => status(server.url, "/readyz"), { timeout: 30_000 }).toBe(503);
  expect(await (await fetch(`${server.url}/readyz`)).text()).toContain("was deleted or replaced");
  expect(await status(server.url, "/healthz")).toBe(200);
  client.close();
  expect(await server.stop()).toMatchObject({ code: 0 });
});

it("answers others while another process holds the lock of its file, and goes on once it is free", async () => {
  const place = directory();
  const app = await createApp(place, "locked");
  const server = await startServer(place, ...PATIENT);
  const client = connect(server.url, app);
  await addActive(client, coupon("c", { total_num: 100 }));
  const other = new DatabaseSync(join(place, "quanku.db"));
  other.exec("BEGIN IMMEDIATE");
  const told: string[] = [];
  const claimed = client.call("add_user_coupon", userCoupon("o", "c", "u")).then((reply) => {
    told.push("claimed");
    return reply;
  });
  for (let i = 0; i < MEANWHILE; i++) {
    expect(await status(server.url, "/healthz")).toBe(200);
    await client.must("get_list", { page_size: 1 });
    told.push("read");
  }
  other.exec("ROLLBACK");
  other.close();
  expect((await claimed).errcode).toBe(0);
  expect(told).toEqual([...Array(MEANWHILE).fill("read"), "claimed"]);
  client.close();
  expect(await server.stop()).toMatchObject({ code: 0, stderr: "" });
});

it("tells busy, having changed nothing, where another process holds the lock of its file for long", async () => {
  const place = directory();
  const app = await createApp(place, "locked");
  const server = await startServer(place);
  const client = connect(server.url, app);
  await addActive(client, coupon("c", { total_num: 100 }));
  const other = new DatabaseSync(join(place, "quanku.db"));
  other.exec("BEGIN IMMEDIATE");
  const codes = new Set<unknown>();
  await inParallel(24, 8, async (n) => {
    codes.add((await client.call("add_user_coupon", userCoupon("o", "c", `u${n}`))).errcode);
  });
  other.exec("ROLLBACK");
  other.close();
  expect([...codes]).toEqual([BUSY]);
  expect(await client.wallet("o")).toEqual([]);
  client.close();
  await server.stop();
});

it("serves an app while another's row in the ledger is held by somebody else", async () => {
  const place = await database();
  const apps = [await createApp(place, "held"), await createApp(place, "free")] as const;
  const server = await startServer(place, ...PATIENT);
  const [held, free] = apps.map((app) => connect(server.url, app, 40)) as [Client, Client];
  for (const client of [held, free]) await addActive(client, coupon("c", { total_num: 10_000 }));
  const holder = new pg.Client({ connectionString: place });
  await holder.connect();
  onTestFinished(() => holder.end());
  await holder.query("BEGIN; SELECT * FROM ledger WHERE appid = 'held' FOR UPDATE");
  const told: string[] = [];
  const give = async (client: Client, name: string, n: number) => {
    const reply = await client.call("add_user_coupon", userCoupon(`o${n}`, "c", `u${n}`));
    told.push(`${name} ${reply.errcode}`);
  };
  const waiting = inParallel(40, 40, (n) => give(held, "held", n));
  await inParallel(MEANWHILE * 10, 10, (n) => give(free, "free", n));
  expect(told).toEqual(Array(MEANWHILE * 10).fill("free 0"));
  await holder.query("ROLLBACK");
  await waiting;
  for (const answer of told.slice(MEANWHILE * 10)) expect(["held 0", `held ${BUSY}`]).toContain(answer);
  held.close();
  free.close();
  await server.stop();
  expect((await auditDatabase(place)).faults).toEqual([]);
});

it(`gets ${CROWD} claims done on a database that takes its time for each row, with few batches that time out`, async () => {
  const place = await database();
  const app = await createApp(place, "slow");
  await query(
    place,
    `CREATE FUNCTION take_time() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN PERFORM pg_sleep(0.0025); RETURN NEW; END $$;
     CREATE TRIGGER takes_time BEFORE INSERT ON user_coupon FOR EACH ROW EXECUTE FUNCTION take_time()`,
  );
  const server = await startServer(place);
  const client = connect(server.url, app, CROWD);
  await addActive(client, coupon("c", { total_num: 1_000_000 }));
  await inParallel(CROWD, CROWD, async (n) => {
    for (;;) {
      const { errcode } = await client.call("add_user_coupon", userCoupon(`o${n}`, "c", `u${n}`));
      if (errcode === 0) return;
      expect(errcode).toBe(BUSY);
      await sleep(100 + Math.random() * 400);
    }
  });
  client.close();
  const { stderr } = await server.stop();
  const timedOut = stderr.split("\n").filter((line) => line.includes("statement timeout")).length;
  expect(timedOut, "those whose batch timed out").toBeLessThan(CROWD / 3);
  expect((await auditDatabase(place)).faults).toEqual([]);
});
