import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { UserCoupon } from "@quanku/sdk";
import { expect, it } from "vitest";
import { type Client, connect, inParallel } from "../../testing/client.ts";
import { addActive, coupon, give } from "../../testing/coupons.ts";
import { audit } from "./audit.ts";
import { createApp, directory, quanku, startServer } from "./server-process.ts";

const CLAIMS = Number(process.env.QUANKU_CLAIMS ?? 1_000);
const [TOTAL, WIDTH, IMPORTED] = [CLAIMS - 200, 24, 40];
const [SOLD_OUT, BUSY] = [1090029, 990010];

/** A shop of another file, as a snapshot. */
async function snapshot(dataDir: string): Promise<string> {
  const app = await createApp(dataDir, "wx-elsewhere");
  const server = await startServer(dataDir);
  const client = connect(server.url, app);
  await addActive(client, coupon("imported", { total_num: 1000 }));
  for (let n = 0; n < IMPORTED; n++) await give(client, `imported-${n}`, "imported", `imported-${n}`);
  client.close();
  await server.stop();
  const { stdout } = await quanku("export", "--appid", "wx-elsewhere", "--data-dir", dataDir);
  const file = join(dataDir, "shop.jsonl");
  writeFileSync(file, stdout);
  return file;
}

/** Whether the journal was written first: only so do several entries share a row. */
function wasWrittenFirst(dataDir: string): boolean {
  const db = new DatabaseSync(join(dataDir, "quanku.db"), { readOnly: true });
  try {
    return db.prepare("SELECT 1 FROM journal WHERE batch IS NOT NULL LIMIT 1").get() !== undefined;
  } finally {
    db.close();
  }
}

it("two servers and an import share a file during a rush: nothing is lost, doubled or stale", async () => {
  const file = await snapshot(directory());
  const dataDir = directory();
  const app = await createApp(dataDir, "wx-rush");
  const servers = [await startServer(dataDir), await startServer(dataDir)];
  const token = {};
  const [one, other] = servers.map(({ url }) => connect(url, app, WIDTH, token)) as [Client, Client];
  await addActive(one, coupon("hot", { total_num: TOTAL }));
  const granted = new Map<string, string>();
  const faults: string[] = [];

  /** What one server granted, the other shows at once, and answers as it was. */
  async function look(through: Client, n: number, reply: object): Promise<void> {
    const atLeast = granted.size;
    const { receive_num, issued_num } = await through.stock();
    if (receive_num < atLeast) faults.push(`${receive_num} shown, when ${atLeast} were granted`);
    if (receive_num + issued_num !== TOTAL) faults.push(`${receive_num} and ${issued_num} are not ${TOTAL}`);
    const wallet = await through.wallet(`person-${n}`);
    const again = await through.call("claim", bodyOf(n));
    if (wallet.length !== 1) faults.push(`${wallet.length} in the wallet of person ${n}`);
    if (again.errcode !== BUSY && JSON.stringify(again) !== JSON.stringify(reply)) faults.push(`${n} answered anew`);
  }

  const bodyOf = (n: number) => ({ openid: `person-${n}`, out_coupon_id: "hot", request_id: `request-${n}` });
  let importing: Promise<unknown> | undefined;
  await inParallel(CLAIMS, WIDTH, async (n) => {
    const [client, elsewhere] = n % 8 === 7 ? [other, one] : [one, other];
    if (n === CLAIMS >> 1) importing = quanku("import", file, "--appid", app.appid, "--data-dir", dataDir);
    let reply = await client.call("claim", bodyOf(n));
    while (reply.errcode === BUSY) reply = await client.call("claim", bodyOf(n));
    if (reply.errcode !== 0) {
      if (reply.errcode !== SOLD_OUT || granted.size + WIDTH < TOTAL) faults.push(JSON.stringify(reply));
      return;
    }
    granted.set((reply.user_coupon as UserCoupon).out_user_coupon_id, `person-${n}`);
    if (n % 10 === 7 || n % 10 === 2) await look(elsewhere, n, reply);
  });
  expect(await importing).toMatchObject({ code: 0 });
  for (const client of [one, other]) {
    expect((await client.coupons()).map(({ coupon }) => coupon.out_coupon_id)).toEqual(["hot", "imported"]);
    expect(await client.wallet("imported-1")).toHaveLength(1);
    expect(await client.stock()).toEqual({ issued_num: 0, receive_num: TOTAL });
    client.close();
  }
  expect(faults).toEqual([]);
  expect(granted.size).toBe(TOTAL);
  expect(wasWrittenFirst(dataDir), "that the journal was written first").toBe(true);

  await servers[0]?.kill();
  expect(await servers[1]?.stop()).toMatchObject({ code: 0, stderr: "" });
  const found = audit(dataDir);
  expect(found.holdings.userCoupons.size).toBe(TOTAL + IMPORTED);
  for (const [id, openid] of granted) expect(found.holdings.userCoupons.get(`hot ${id}`)).toBe(`${openid} effective`);
  expect(await quanku("verify", "--data-dir", dataDir)).toMatchObject({ code: 0, stderr: "" });
});
