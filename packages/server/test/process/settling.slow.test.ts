import { expect, it, onTestFinished } from "vitest";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import { addActive, coupon, userCoupon } from "../../testing/coupons.ts";
import { startTestServer, type TestApp } from "../../testing/server.ts";
import { behind } from "../../testing/tampering.ts";
import { temporaryDirectory } from "../../testing/temporary-directory.ts";
import { layOut, type Moment, toldBy, watchCommits } from "./moments.ts";
import { expectAllThere, type Granted } from "./restarted.ts";

/** How often claims come, several at once; the environment turns it up for a soak. */
const BURSTS = Number(process.env.QUANKU_BURSTS ?? 16);
const [AT_ONCE, PEOPLE] = [12, 40];

function directory(): string {
  const { path, remove } = temporaryDirectory();
  onTestFinished(remove);
  return path;
}

/** Lets claims and what else there is come in bursts, of different sizes; answers what a kill would have left in between. */
async function rush(generation: number) {
  const dataDir = directory();
  const store = openSqliteStore(dataDir, { journalFirst: "always", generation });
  const server = await startTestServer({ store });
  const app = await server.createApp("wx-rush");
  await addActive(app, coupon("hot", { total_num: 1_000_000, limit_num_one_person: 1000 }));
  await addActive(app, coupon("few", { total_num: 100, limit_num_one_person: 3 }));
  const acknowledged: Granted[] = [];
  const watched = watchCommits(dataDir, () => acknowledged.length);
  for (let burst = 0; burst < BURSTS; burst++) {
    const sent = Array.from({ length: 1 + ((burst * 7) % AT_ONCE) }, (_, i) => burst * AT_ONCE + i);
    await Promise.all(sent.map((n) => send(app, n, acknowledged)));
    if (burst % 6 === 5) await app.must("add", { coupon: coupon(`added-${burst}`, { total_num: 1 }) });
    if (burst % 10 === 9) await behind({ dataDir }, "PRAGMA wal_checkpoint(TRUNCATE)");
    if (burst % 8 === 7) await app.must("get_usercoupon_list", { openid: "person-1", page_size: 10 });
  }
  watched.stop();
  await server.close();
  await store.close();
  return { app, acknowledged, moments: watched.moments };
}

async function send(app: TestApp, n: number, acknowledged: Granted[]): Promise<void> {
  const openid = `person-${(n * 7) % PEOPLE}`;
  if (n % 6 === 5) return void (await app.call("add_user_coupon", userCoupon(openid, "hot", `by-hand-${n}`)));
  const body = { openid, out_coupon_id: n % 3 === 0 ? "few" : "hot", request_id: `request-${n}` };
  const reply = await app.call("claim", body);
  if (reply.errcode !== 0) return;
  acknowledged.push({ body, reply: JSON.stringify(reply) });
  if (n % 4 !== 0) return;
  const { out_user_coupon_id } = reply.user_coupon as { out_user_coupon_id: string };
  const { out_coupon_id } = body;
  await app.must("update_usercoupon_status", { openid, out_coupon_id, out_user_coupon_id, status: 102 });
}

/** What opening a file that a kill left would leave, were it killed too. */
async function openingMoments(moment: Moment<unknown>): Promise<Moment<void>[]> {
  const dataDir = directory();
  layOut(moment, dataDir);
  const { moments, stop } = watchCommits(dataDir, () => {});
  const store = openSqliteStore(dataDir);
  stop();
  await store.close();
  return moments;
}

it.each([1, 7, 40])(
  "wherever a kill comes, with generations of %i, all that was acknowledged is there",
  async (generation) => {
    const { app, acknowledged, moments } = await rush(generation);
    const told = new Map<number, ReturnType<typeof toldBy>>();
    let [owed, halfWay] = [0, 0];
    async function check(moment: Moment<unknown>, count: number, where: string): Promise<void> {
      const dataDir = directory();
      layOut(moment, dataDir);
      const left = toldBy(dataDir);
      if (left.settled < left.last) owed++;
      if (left.records !== (told.get(left.settled) ?? left).records) halfWay++;
      const granted = acknowledged.slice(0, count);
      await expectAllThere(dataDir, app, [...granted.slice(0, 5), ...granted.slice(-20)]);
      const once = toldBy(dataDir);
      expect(once.settled, where).toBe(left.last);
      expect(once, `${where}: the same entries, settled in other steps`).toEqual(told.get(once.last) ?? once);
      told.set(once.last, once);
    }
    for (const [i, moment] of moments.entries()) {
      await check(moment, moment.acknowledged, moment.where);
      if (i % 7 > 0) continue;
      for (const opened of await openingMoments(moment))
        await check(opened, moment.acknowledged, `${moment.where}, and ${opened.where} of the restart`);
    }
    expect(acknowledged.length, "fewer would prove little").toBeGreaterThan(BURSTS);
    expect(owed, "that something was owed").toBeGreaterThan(moments.length / 4);
    if (generation > 10) expect(halfWay, "that a generation was half settled").toBeGreaterThan(0);
  },
);
