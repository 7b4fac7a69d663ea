import { expect, it } from "vitest";
import { connect } from "../../testing/client.ts";
import { addActive, coupon } from "../../testing/coupons.ts";
import { decision, FakeMerchant, shared } from "../../testing/fake-merchant.ts";
import { audit } from "./audit.ts";
import { createApp, directory, quanku, refusesConnections, startServer } from "./server-process.ts";

/** Lets an app's claims be decided by a merchant. */
async function decideBy(merchant: FakeMerchant, dataDir: string): Promise<void> {
  const { token, appid } = shared;
  const settings = ["--claim-mode", "callback", "--callback-url", merchant.url, "--callback-token", token];
  const { code, stderr } = await quanku("app", "set", appid, ...settings, "--data-dir", dataDir);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
}

it("loses and doubles no claim when the server is killed while the merchant is asked", async () => {
  const claims = 200;
  const dataDir = directory();
  const app = await createApp(dataDir, shared.appid);
  const merchant = await FakeMerchant.start();
  await decideBy(merchant, dataDir);
  let server = await startServer(dataDir, "--allow-private-callbacks");
  let client = connect(server.url, app, claims);
  await addActive(client, coupon("c", { total_num: claims, limit_num_one_person: 1 }));

  const answeredEarly = new Set<string>();
  const isKilled = Promise.withResolvers<void>();
  merchant.answer = async (asked) => {
    if (Number(asked.event.request_id?.slice(1)) % 2 === 1) await isKilled.promise;
    return merchant.reply(asked, decision(asked));
  };
  const claim = (n: number) => client.call("claim", { openid: `person-${n}`, out_coupon_id: "c", request_id: `r${n}` });
  const all = Array.from({ length: claims }, (_, n) =>
    claim(n).then(
      (reply) => void (reply.errcode === 0 && answeredEarly.add(`r${n}`)),
      () => {},
    ),
  );
  await expect.poll(() => new Set(merchant.asked.map(({ event }) => event.request_id)).size).toBe(claims);
  await expect.poll(() => answeredEarly.size).toBeGreaterThan(0);
  await server.kill();
  isKilled.resolve();
  await Promise.all(all);
  client.close();
  expect(answeredEarly.size, "some were not").toBeLessThan(claims);
  expect(audit(dataDir).faults).toEqual([]);

  merchant.answer = (asked) => merchant.reply(asked, decision(asked));
  server = await startServer(dataDir, "--allow-private-callbacks");
  client = connect(server.url, app, 64);
  // Every tenth is sent again by its person; the server looks after the others by itself.
  for (let n = 0; n < claims; n += 10) expect((await claim(n)).errcode).toBe(0);
  await expect.poll(client.stock).toEqual({ issued_num: 0, receive_num: claims });
  for (let n = 0; n < claims; n++) {
    const held = await client.wallet(`person-${n}`);
    expect(held.map(({ out_user_coupon_id }) => out_user_coupon_id)).toEqual([`uc-r${n}`]);
  }
  client.close();
  expect((await server.stop()).code).toBe(0);
  const { faults } = audit(dataDir);
  expect(faults).toEqual([]);
  await merchant.close();
});

it("ends what waits for the merchant before it stops", async () => {
  const dataDir = directory();
  const app = await createApp(dataDir, shared.appid);
  const merchant = await FakeMerchant.start();
  await decideBy(merchant, dataDir);
  const server = await startServer(dataDir, "--allow-private-callbacks");
  const client = connect(server.url, app);
  await addActive(client, coupon("c", { total_num: 9 }));
  const isStopping = Promise.withResolvers<void>();
  merchant.answer = async (asked) => {
    await isStopping.promise;
    return merchant.reply(asked, decision(asked));
  };
  const reply = client.call("claim", { openid: "p", out_coupon_id: "c", request_id: "r" });
  await expect.poll(() => merchant.timesAsked("r")).toBeGreaterThan(0);
  server.signal("SIGTERM");
  await refusesConnections(server.url);
  isStopping.resolve();
  const { code, stderr } = await server.exited;
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect((await reply).errcode).toBe(0);
  client.close();

  const log = await quanku("callbacks", shared.appid, "--json", "--data-dir", dataDir);
  const [newest = ""] = log.stdout.split("\n");
  expect(JSON.parse(newest)).toMatchObject({ requestId: "r", verdict: "granted", status: 200 });
  await merchant.close();
});

it("asks nobody at a loopback address unless it is allowed to", async () => {
  const dataDir = directory();
  const app = await createApp(dataDir, shared.appid);
  const merchant = await FakeMerchant.start();
  await decideBy(merchant, dataDir);
  const server = await startServer(dataDir);
  const client = connect(server.url, app);
  const reply = await client.call("confirm", {});
  expect(reply.errcode).toBe(1090032);
  expect(reply.errmsg).toContain("127.0.0.1 is not a public address (loopback)");
  expect(reply.errmsg).toContain("--allow-private-callbacks");
  expect(merchant.asked).toEqual([]);
  client.close();
  await server.stop();
  await merchant.close();
});
