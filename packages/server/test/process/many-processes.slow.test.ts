import type { UserCoupon } from "@quanku/sdk";
import { expect, it } from "vitest";
import { type Client, type Credentials, connect, inParallel } from "../../testing/client.ts";
import { addActive, coupon } from "../../testing/coupons.ts";
import { askAs, worth } from "../../testing/tokens.ts";
import { auditDatabase, type Holdings } from "./audit.ts";
import { createApp, database, patiently, type ServerProcess, startServer } from "./server-process.ts";
import { aFew, couponStatuses, HOT, HOT_TOTAL, progressOf, Writer } from "./writer.ts";

const KILLS = Number(process.env.QUANKU_KILLS ?? 6);
const CLAIMS = Number(process.env.QUANKU_CLAIMS ?? 5_000);
const SOLD_OUT = 1090029;
/** How many writes through the process that is killed are acknowledged in each round at least. */
const WRITES = 30;

const start = (count: number, place: string): Promise<ServerProcess[]> =>
  Promise.all(Array.from({ length: count }, () => startServer(place, ...patiently)));

/** A client of each process, all with the one token of their program. */
function connectAll(servers: ServerProcess[], app: Credentials): Client[] {
  const token = {};
  return servers.map(({ url }) => connect(url, app, 32, token));
}

it.each([2, 4])(`%i processes give a thousand coupons to ${CLAIMS} claims, and not one more`, async (processes) => {
  const [total, people] = [1000, CLAIMS / 2];
  const place = await database();
  const app = await createApp(place, "flash-sale");
  const servers = await start(processes, place);
  const clients = connectAll(servers, app);
  const clientOf = (n: number) => clients[n % processes] as Client;
  await addActive(clientOf(0), coupon("flash", { total_num: total, limit_num_one_person: 1 }));

  const granted = new Map<string, string>();
  const codes = new Set<unknown>();
  await inParallel(CLAIMS, 32 * processes, async (n) => {
    const openid = `person-${(n * 7919) % people}`;
    const reply = await clientOf(n).call("claim", { openid, out_coupon_id: "flash", request_id: `request-${n}` });
    codes.add(reply.errcode);
    if (reply.errcode === 0) granted.set((reply.user_coupon as UserCoupon).out_user_coupon_id, openid);
  });

  expect(granted.size).toBe(total);
  expect(new Set(granted.values()).size, "one a person").toBe(total);
  expect([...codes].toSorted()).toEqual([0, SOLD_OUT]);
  const { faults, holdings } = await auditDatabase(place);
  expect(faults).toEqual([]);
  expect([...holdings.userCoupons.keys()].toSorted()).toEqual(
    [...granted.keys()].map((id) => `flash ${id}`).toSorted(),
  );
  for (const client of clients) {
    expect(await client.stock()).toEqual({ issued_num: 0, receive_num: total });
    client.close();
  }
  for (const server of servers) expect(await server.stop()).toMatchObject({ code: 0, stderr: "" });
});

it("answers a request sent through different processes at once with one coupon", async () => {
  const [requests, copies] = [300, 8];
  const place = await database();
  const app = await createApp(place, "stuttering");
  const servers = await start(2, place);
  const clients = connectAll(servers, app);
  await addActive(clients[0] as Client, coupon("once", { total_num: 5 * requests, limit_num_one_person: 1 }));
  const answers = Array.from({ length: requests }, () => new Set<string>());
  await inParallel(requests * copies, 64, async (n) => {
    const which = Math.floor(n / copies);
    const body = { openid: `person-${which}`, out_coupon_id: "once", request_id: `request-${which}` };
    answers[which]?.add(JSON.stringify(await clients[n % 2]?.call("claim", body)));
  });
  for (const replies of answers) expect([...replies]).toEqual([expect.stringContaining('{"errcode":0,')]);
  const { faults, holdings } = await auditDatabase(place);
  expect(faults).toEqual([]);
  expect(holdings.userCoupons.size).toBe(requests);
  for (const client of clients) client.close();
  for (const server of servers) await server.stop();
});

it("shows a client its own write whichever process it asks next", async () => {
  const place = await database();
  const app = await createApp(place, "roaming");
  const servers = await start(2, place);
  const [one, other] = connectAll(servers, app) as [Client, Client];
  await addActive(one, coupon("seen", { total_num: 10_000 }));
  for (let i = 0; i < 150; i++) {
    const [writer, reader] = i < 75 ? [one, other] : [other, one];
    const openid = `person-${i >> 1}`;
    const body = { openid, out_coupon_id: "seen", request_id: `request-${i}` };
    const claimed = await writer.must("claim", body);
    expect(await reader.stock()).toMatchObject({ receive_num: i + 1 });
    const wallet = await reader.sdk.get_usercoupon_list({ openid, page_size: 1 });
    expect(wallet.result_list[0]).toEqual(claimed.user_coupon);
    expect(await reader.call("claim", body)).toEqual(claimed);
  }
  for (let i = 0; i < 20; i++) {
    const [giver, taker] = (i % 2 === 0 ? servers : servers.toReversed()) as [ServerProcess, ServerProcess];
    const { access_token } = await askAs(giver, app);
    expect(await worth(taker, access_token as string), "a token of another process").toBe(0);
  }
  for (const client of [one, other]) client.close();
  for (const server of servers) await server.stop();
});

it(`loses and doubles nothing when one of two processes is killed ${KILLS} times`, async () => {
  const place = await database();
  const app = await createApp(place, "killed-shop");
  const stays = await startServer(place, ...patiently);
  const steady = connect(stays.url, app, 8);
  await addActive(steady, coupon(HOT, { total_num: HOT_TOTAL }));
  const writers = Array.from({ length: 12 }, (_, i) => new Writer(`writer-${i}`));
  const expected: Holdings = { coupons: new Map([[HOT, "active"]]), userCoupons: new Map() };
  const sorted = (map: Map<string, string>) => [...map].toSorted(([a], [b]) => (a < b ? -1 : 1));

  for (let round = 1; round <= KILLS; round++) {
    const killed = await startServer(place, ...patiently);
    const client = connect(killed.url, app, 6, steady.token);
    let isOver = false;
    const work = writers.map((writer, i) => writer.run(i % 2 === 0 ? client : steady, () => isOver));
    const throughKilled = writers.filter((_, i) => i % 2 === 0);
    await progressOf(throughKilled, aFew(WRITES), Promise.all(work));
    expect(await killed.kill()).toMatchObject({ code: null, signal: "SIGKILL", stderr: "" });
    isOver = true;
    await Promise.all(work);
    client.close();

    const { faults, holdings } = await auditDatabase(place);
    expect(faults.slice(0, 10), `round ${round}`).toEqual([]);
    for (const writer of writers) writer.settle(holdings);
    for (const writer of writers) writer.expect(expected);
    expect(sorted(holdings.coupons), `coupons in round ${round}`).toEqual(sorted(expected.coupons));
    expect(sorted(holdings.userCoupons), `user coupons in round ${round}`).toEqual(sorted(expected.userCoupons));
  }
  for (const { coupon } of await steady.coupons())
    expect(coupon.status).toBe(couponStatuses[expected.coupons.get(coupon.out_coupon_id) as string]);
  const acknowledged = writers.reduce((sum, writer) => sum + writer.acknowledged, 0);
  expect(acknowledged, "fewer would prove little").toBeGreaterThanOrEqual(KILLS * WRITES);
  steady.close();
  expect(await stays.stop()).toMatchObject({ code: 0, stderr: "" });
});
