import type { UserCoupon } from "@quanku/sdk";
import { expect, it } from "vitest";
import { connect, inParallel } from "../../testing/client.ts";
import { addActive, coupon } from "../../testing/coupons.ts";
import { createApp, patiently, places, startServer } from "./server-process.ts";

/** How many claims come for a thousand coupons, and how many requests are each sent 32 times. */
const CLAIMS = Number(process.env.QUANKU_CLAIMS ?? 5_000);
const REQUESTS = Number(process.env.QUANKU_REQUESTS ?? 200);
const SOLD_OUT = 1090029;
const PERSON_LIMIT = 1090030;

const kinds = ["sqlite", "postgres"] as const;

it.each(kinds)(`gives a thousand coupons to ${CLAIMS} claims on %s, and not one more`, async (kind) => {
  const [total, people, connections] = [1000, CLAIMS / 2, 128];
  const place = await places[kind]();
  const app = await createApp(place, "flash-sale");
  const server = await startServer(place, ...patiently);
  const claimants = connect(server.url, app, connections);
  const reader = connect(server.url, app, 1);
  await addActive(claimants, coupon("flash", { total_num: total, limit_num_one_person: 1 }));

  const granted = new Map<string, string>();
  const refusals = new Set<unknown>();
  let isOver = false;
  const sums = new Set<number>();
  const watch = (async () => {
    while (!isOver) {
      const { issued_num, receive_num } = await reader.stock();
      sums.add(issued_num + receive_num);
      expect(receive_num).toBeLessThanOrEqual(total);
    }
  })();
  await inParallel(CLAIMS, connections, async (n) => {
    const openid = `person-${(n * 7919) % people}`;
    const reply = await claimants.call("claim", { openid, out_coupon_id: "flash", request_id: `request-${n}` });
    if (reply.errcode === 0) granted.set((reply.user_coupon as UserCoupon).out_user_coupon_id, openid);
    else refusals.add(reply.errcode);
  });
  isOver = true;
  await watch;

  expect([...sums]).toEqual([total]);
  expect(granted.size).toBe(total);
  expect(new Set(granted.values()).size, "one a person").toBe(total);
  for (const code of refusals) expect([SOLD_OUT, PERSON_LIMIT]).toContain(code);
  expect(await reader.stock()).toEqual({ issued_num: 0, receive_num: total });
  for (const [id, openid] of granted)
    expect((await claimants.wallet(openid)).map((held) => held.out_user_coupon_id)).toEqual([id]);
  claimants.close();
  reader.close();
  await server.stop();
});

it.each(kinds)(
  `answers each of ${REQUESTS} requests sent 32 times through two kills with one coupon on %s`,
  async (kind) => {
    const [requests, copies] = [REQUESTS, 32];
    const place = await places[kind]();
    const app = await createApp(place, "stuttering");
    let server = await startServer(place, ...patiently);
    let client = connect(server.url, app, 64);
    await addActive(client, coupon("once", { total_num: 5 * requests, limit_num_one_person: 1 }));

    /** Replaces the server by a new one on the same data; those whose call broke wait for it. */
    let restarted = Promise.resolve();
    const restart = async () => {
      await server.kill();
      server = await startServer(place, ...patiently);
      client = client.movedTo(server.url);
    };
    const answers = Array.from({ length: requests }, () => new Set<string>());
    let broken = 0;
    await inParallel(requests * copies, 64, async (n) => {
      if (n === 8 * requests || n === 20 * requests) restarted = restart();
      // Half of the copies at once, half spread over the whole run.
      const which = n % 2 === 0 ? Math.floor(n / copies) : Math.floor(n / 2) % requests;
      const body = { openid: `person-${which}`, out_coupon_id: "once", request_id: `request-${which}` };
      for (;;) {
        const reply = await client.call("claim", body).catch(() => undefined);
        if (reply) {
          answers[which]?.add(JSON.stringify(reply));
          return;
        }
        broken++;
        await restarted;
      }
    });

    expect(broken, "the kills came in the middle").toBeGreaterThan(0);
    for (const replies of answers) expect([...replies]).toEqual([expect.stringContaining('{"errcode":0,')]);
    for (let which = 0; which < requests; which += 50) expect((await client.wallet(`person-${which}`)).length).toBe(1);
    expect(await client.stock()).toEqual({ issued_num: 4 * requests, receive_num: requests });
    client.close();
    await server.stop();
  },
);
