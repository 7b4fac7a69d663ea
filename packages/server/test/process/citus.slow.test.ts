import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { type Client, connect, inParallel } from "../../testing/client.ts";
import { addActive, coupon } from "../../testing/coupons.ts";
import { createSchema, query } from "../../testing/postgres.ts";
import { auditDatabase } from "./audit.ts";
import { createApp, quanku, startServer } from "./server-process.ts";

/**
 * On a Citus cluster of the developer's own, whose coordinator QUANKU_TEST_DATABASE_URL names. QUANKU_TEST_CITUS says which
 * node the processes connect to: `coordinator`, or `workers` for the one that owns the schema. QUANKU_TEST_CITUS_CRASH is
 * a program that kills the node at the port it is given and starts it again.
 */
const { QUANKU_TEST_CITUS: through, QUANKU_TEST_CITUS_CRASH: crash } = process.env;
const CLAIMS = Number(process.env.QUANKU_CLAIMS ?? 1000);
const CRASHES = crash ? 6 : 0;
const BUSY = 990010;

it.runIf(through)(
  "processes on a schema of a Citus cluster lose nothing and double nothing when its node crashes",
  async () => {
    const schema = await createSchema();
    const apps = await Promise.all(["a", "b", "c", "d"].map((name) => createApp(schema.url, `citus-${name}`)));
    const servers = [await startServer(schema.url), await startServer(schema.url)];
    const clients = apps.map((app, i) => connect(servers[i % 2]?.url as string, app, 16));
    for (const client of clients) await addActive(client, coupon("c", { total_num: 10 * CLAIMS }));

    const granted = new Map<string, string>();
    const refusals = new Map<string, number>();
    const claim = async (n: number): Promise<string> => {
      const [client, ids] = [clients[n % 4] as Client, { openid: `o${n % 97}`, request_id: `r${n}` }];
      for (;;) {
        const reply = await client.call("claim", { ...ids, out_coupon_id: "c" });
        if (reply.errcode === 0) return JSON.stringify(reply.user_coupon);
        refusals.set(`${reply.errcode}`, (refusals.get(`${reply.errcode}`) ?? 0) + 1);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    let crashes = 0;
    const crashing = async () => {
      const owner = "SELECT nodeport FROM citus_shards WHERE table_name = 'ledger'::regclass";
      const [{ nodeport } = { nodeport: 0 }] = CRASHES > 0 ? (await query(schema.url, owner)).rows : [];
      for (; crashes < CRASHES; crashes++) {
        const before = granted.size;
        await expect.poll(() => granted.size).toBeGreaterThan(before + 20);
        await promisify(execFile)(crash as string, [`${nodeport}`]);
      }
    };
    const claiming = async () => {
      for (let from = 0; crashes < CRASHES || from < CLAIMS; from += 100)
        await inParallel(100, 32, async (n) => void granted.set(`r${from + n}`, await claim(from + n)));
    };
    await Promise.all([claiming(), crashing()]);

    expect([...refusals.keys()].filter((code) => code !== `${BUSY}`)).toEqual([]);
    const again = new Map<string, string>();
    await inParallel(granted.size, 16, async (n) => void again.set(`r${n}`, await claim(n)));
    expect(again).toEqual(granted);
    const { faults, holdings } = await auditDatabase(schema.url);
    expect(faults).toEqual([]);
    expect(holdings.userCoupons.size).toBe(granted.size);
    const { appid } = apps[0] as { appid: string };
    const commands = [["verify"], ["export", "--appid", appid], ["app", "delete", appid, "--confirm", appid]];
    for (const command of commands)
      expect(await quanku(...command, "--database-url", schema.url)).toMatchObject({ code: 0, stderr: "" });
    for (const client of clients) client.close();
    for (const server of servers) await server.stop();
    await schema.drop();
  },
);
