import { describe, expect, it } from "vitest";
import type { MerchantAnswer } from "../../src/service/merchant.ts";
import { connect } from "../../testing/client.ts";
import { addActive, coupon } from "../../testing/coupons.ts";
import type { Reply } from "../../testing/replies.ts";
import { startTestServer, type TestApp } from "../../testing/server.ts";
import { createApp, directory, startServer } from "./server-process.ts";

/** Connections that claim at once. Turned up by `npm run soak`, which alone holds them to a time. */
const CONNECTIONS = Number(process.env.QUANKU_OVERLOAD ?? 300);
const isSoak = process.env.QUANKU_OVERLOAD !== undefined;
/** Claims of each connection, one after another. */
const ROUNDS = 5;
/** What a process may take under a load of any size, in bytes; idle it takes a fifth. */
const MEMORY = 512 * 2 ** 20;
/** Apps whose merchants are silent, with claims of each that wait for them. */
const SILENT = Number(process.env.QUANKU_SILENT ?? 24);

const errcodes = (replies: Reply[]) => replies.map(({ errcode }) => errcode);
const count = (replies: Reply[], errcode: number) => errcodes(replies).filter((one) => one === errcode).length;

/** More than are claimed. */
const plenty = { total_num: 1_000_000 };

describe("more calls than can be served", () => {
  it("are all answered: what is let in is served, the rest is told to retry, and another app finds room", async () => {
    const server = await startTestServer({ limits: { calls: 40 } });
    const site = await server.listen();
    const [loud, quiet] = [await server.createApp("wx_loud"), await server.createApp("wx_quiet")];
    for (const app of [loud, quiet]) await addActive(app, coupon("hot", plenty));
    const claim = async ({ accessToken }: TestApp, n: number): Promise<Reply> => {
      const body = JSON.stringify({ openid: `person-${n}`, out_coupon_id: "hot", request_id: `r-${n}` });
      const response = await fetch(`${site.url}/quanku/coupon/claim?access_token=${accessToken}`, {
        method: "POST",
        body,
      });
      return (await response.json()) as Reply;
    };
    const flood = Promise.all(Array.from({ length: 400 }, (_, n) => claim(loud, n)));
    const others: Reply[] = [];
    for (let n = 0; n < 20; n++) others.push(await claim(quiet, n));
    const replies = await flood;
    expect(count(others, 0)).toBe(20);
    expect(count(replies, 0)).toBeGreaterThanOrEqual(20);
    expect(count(replies, 990010)).toBe(400 - count(replies, 0));
    const [entry] = (await server.store.listCoupons(loud.appid, 0, 1)).entries;
    expect(entry?.stock?.claimed).toBe(count(replies, 0));
    await site.close();
    await server.close();
  });

  it("leave a process that serves, in bounded memory and time", async () => {
    const dataDir = directory();
    const app = await createApp(dataDir, "overloaded");
    const server = await startServer(dataDir);
    const client = connect(server.url, app, CONNECTIONS);
    await addActive(client, coupon("hot", plenty));
    const served: number[] = [];
    let shed = 0;
    let closed = 0;
    await Promise.all(
      Array.from({ length: CONNECTIONS }, async (_, connection) => {
        for (let round = 0; round < ROUNDS; round++) {
          const begun = performance.now();
          const id = `${connection}-${round}`;
          const asked = { openid: `person-${id}`, out_coupon_id: "hot", request_id: id };
          const reply = await client.call("claim", asked).catch(() => undefined);
          if (!reply) closed++;
          else if (reply.errcode === 0) served.push(performance.now() - begun);
          else {
            expect(reply.errcode).toBe(990010);
            shed++;
          }
        }
      }),
    );
    expect(served.length + shed + closed).toBe(CONNECTIONS * ROUNDS);
    expect(served.length).toBeGreaterThan(0);
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    const memory = Number(/^process_resident_memory_bytes (\d+)$/m.exec(metrics)?.[1] ?? 0);
    expect(memory).toBeLessThan(MEMORY);
    if (isSoak) {
      // As the server sees it: what this process adds, which sends it all, is not the server's.
      const calls = (name: string) =>
        [...metrics.matchAll(new RegExp(`^quanku_call_duration_seconds_${name},?path="[^"]*"} (\\d+)$`, "gm"))].reduce(
          (sum, [, count]) => sum + Number(count),
          0,
        );
      const soon = calls('bucket{le="1"') / calls("count{");
      const p99 = served.toSorted((a, b) => a - b)[Math.floor(served.length * 0.99)] as number;
      process.stdout.write(
        `overload: ${served.length} served, ${shed} shed, ${closed} closed; ${(100 * soon).toFixed(2)} % within 1 s; p99 with this client's own queue ${p99.toFixed()} ms\n`,
      );
      expect(soon).toBeGreaterThanOrEqual(0.99);
    }
    expect(await client.stock()).toMatchObject({ receive_num: served.length });
    client.close();
    expect(await server.stop()).toMatchObject({ code: 0, stderr: expect.not.stringContaining('"level":50') });
  });
});

it("one shop's hard quotes wait for their turn, as many as there are places; another's is served", async () => {
  const server = await startTestServer({ adapter: "memory", limits: { turns: { patience: 60_000, waiting: 16 } } });
  const [loud, quiet] = [await server.createApp("wx_hard"), await server.createApp("wx_quiet")];
  const lines = [{ out_product_id: "tea", price: 1000, quantity: 1 }];
  const quote = (app: TestApp) => app.call("quote", { openid: "rich", lines });
  const lock = (app: TestApp, n: number) =>
    app.call("lock", { openid: "rich", lines, user_coupons: "best", out_order_id: `o-${n}`, ttl_seconds: 60 });
  const [loudly, quietly] = await Promise.all([
    Promise.all(Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? quote(loud) : lock(loud, n)))),
    quote(quiet),
  ]);
  expect(quietly.errcode).toBe(0);
  expect(count(loudly, 0)).toBe(8);
  expect(count(loudly, 990010)).toBe(32);
  expect((await quote(loud)).errcode).toBe(0);
  await server.close();
});

it("thousands of claims that wait for silent merchants are bounded in all, and cost others nothing", async () => {
  const APPS = SILENT;
  const EACH = 300;
  let answer: (answer: MerchantAnswer) => void = () => {};
  const silence = new Promise<MerchantAnswer>((resolve) => {
    answer = resolve;
  });
  const sent = { request: "", message: "", status: null, reply: null, read: null, milliseconds: 0, reason: "" };
  const server = await startTestServer({
    adapter: "memory",
    ask: async ({ appid }, url, purpose, claim) => ({
      answer: await silence,
      attempt: { appid, at: 0, purpose, ...claim, url, ...sent, verdict: "declined" as const },
    }),
  });
  const apps = await Promise.all(Array.from({ length: APPS }, (_, n) => server.createApp(`wx_slow_${n}`)));
  const settings = { claimMode: "callback", callbackUrl: "http://merchant.test/", callbackToken: "token" } as const;
  const claims: Promise<Reply>[] = [];
  for (const app of apps) {
    await server.apps.configure(app.appid, { ...settings, claimsPerMinute: null }, "command_line");
    await addActive(app, coupon("slow", plenty));
    for (let n = 0; n < EACH; n++)
      claims.push(app.call("claim", { openid: `person-${n}`, out_coupon_id: "slow", request_id: `r-${n}` }));
    await server.ledger.settled();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(server.claims.waiting).toBeGreaterThan(3000);
  expect(server.claims.waiting).toBeLessThanOrEqual(4096);
  const other = await server.createApp("wx_other");
  await addActive(other, coupon("fast", plenty));
  const claimed = await other.call("claim", { openid: "p", out_coupon_id: "fast", request_id: "r" });
  expect(claimed.errcode).toBe(0);
  answer({ answer: "declined", because: "sold_out", message: "" });
  const replies = await Promise.all(claims);
  expect(count(replies, 300_000) + count(replies, 1_090_029)).toBe(APPS * EACH);
  expect(count(replies, 300_000)).toBeGreaterThanOrEqual(APPS * (EACH - 256));
  await server.close();
});
