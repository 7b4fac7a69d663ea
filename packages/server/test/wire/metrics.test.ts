import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Histogram, Registry } from "prom-client";
import { afterEach, expect, it } from "vitest";
import { Metrics } from "../../src/http/metrics.ts";
import { addActive, coupon } from "../../testing/coupons.ts";
import { startTestServer, type TestApp, type TestServer } from "../../testing/server.ts";
import { adapters } from "../../testing/stores.ts";
import { root } from "../style/sources.ts";

let server: TestServer;
afterEach(async () => {
  const begun = server;
  server = undefined as unknown as TestServer;
  await begun?.close();
});

const read = async () => (await server.fetch("/metrics")).text();

/** The values of a metric by its labels, as they are written. */
async function valuesOf(name: string): Promise<Record<string, number>> {
  const lines = [...(await read()).matchAll(new RegExp(`^${name}(?:\\{(.*)\\})? (\\S+)$`, "gm"))];
  return Object.fromEntries(lines.map(([, labels = "", value]) => [labels, Number(value)]));
}

const claim = (app: TestApp, id: string, who: string) =>
  app.call("claim", { openid: who, out_coupon_id: id, request_id: `${id} ${who}` });

it.each(adapters)(
  "tell claims by outcome, refusals by code, stock left, batches and the queue on %s",
  async (adapter) => {
    server = await startTestServer({ adapter });
    const app = await server.createApp("wx-metrics");
    await addActive(app, coupon("hot", { total_num: 3 }));
    await addActive(app, coupon("cold", { total_num: 100 }));
    await Promise.all(["a", "b", "c", "d", "e"].map((who) => claim(app, "hot", who)));

    expect(await valuesOf("quanku_claims_total")).toEqual({ 'outcome="granted"': 3, 'outcome="sold_out"': 2 });
    const calls = await valuesOf("quanku_calls_total");
    expect(calls['path="/quanku/coupon/claim",errcode="1090029"']).toBe(2);
    expect(await valuesOf("quanku_coupon_remaining")).toEqual({ 'appid="wx-metrics",out_coupon_id="hot"': 0 });
    expect((await valuesOf("quanku_batch_commands_sum"))[""]).toBeGreaterThanOrEqual(9);
    expect(await valuesOf("quanku_queue_commands")).toEqual({ "": 0 });
    expect(await valuesOf("quanku_calls_under_way")).toEqual({ "": 0 });
    const connections = await valuesOf("quanku_database_connections");
    expect(Object.keys(connections)).toEqual(adapter === "postgres" ? ['state="in_use"', 'state="idle"'] : []);
    expect(await read()).toContain("nodejs_eventloop_lag_p99_seconds ");
  },
);

it("name the twenty hottest coupons of many, and forget those that nobody claims any more", async () => {
  server = await startTestServer({ adapter: "memory" });
  const app = await server.createApp("wx-many");
  for (let i = 0; i < 25; i++) await addActive(app, coupon(`c${i}`, { total_num: 10 }));
  for (let i = 0; i < 25; i++) for (let n = 0; n < (i < 22 ? 2 : 1); n++) await claim(app, `c${i}`, `o${n}`);
  const told = Object.keys(await valuesOf("quanku_coupon_remaining"));
  expect(told).toHaveLength(20);
  expect(told.join()).not.toMatch(/"c2[234]"/);
  server.clock.now += 600;
  await claim(app, "c7", "late");
  expect(await valuesOf("quanku_coupon_remaining")).toEqual({ 'appid="wx-many",out_coupon_id="c7"': 7 });
});

it("tell what became of callbacks, and calls under way", async () => {
  let answer = (): void => {};
  let asked = (): void => {};
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  server = await startTestServer({
    ask: async (app, url, purpose, claim) => {
      asked();
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      const attempt = { appid: app.appid, at: 0, purpose, ...claim, url, request: "", message: "", status: 200 };
      return {
        answer: { answer: "declined", because: "sold_out", message: "none left" },
        attempt: { ...attempt, reply: "", read: "", milliseconds: 1, verdict: "declined", reason: "" },
      };
    },
  });
  const app = await server.createApp("wx-callback");
  await addActive(app, coupon("asked", { total_num: 3 }));
  const settings = { claimMode: "callback", callbackUrl: "https://shop.example/", callbackToken: "AAAAA" } as const;
  await server.apps.configure(app.appid, settings, "command_line");
  const claimed = claim(app, "asked", "a");
  await isAsked;
  expect(await valuesOf("quanku_calls_under_way")).toEqual({ "": 1 });
  answer();
  expect((await claimed).errcode).toBe(1090029);
  expect(await valuesOf("quanku_callbacks_total")).toEqual({ 'verdict="declined"': 1 });
  expect(await valuesOf("quanku_claims_total")).toMatchObject({ 'outcome="merchant_declined"': 1 });
});

it("are written as prom-client writes what it counts itself", async () => {
  const [metrics, registry] = [new Metrics(), new Registry()];
  const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 2.5];
  const told = { name: "quanku_call_duration_seconds", help: "Time from a request's arrival to its reply, by path" };
  const reference = new Histogram({ ...told, labelNames: ["path"], buckets, registers: [registry] });
  for (const [path, milliseconds] of [
    ...[0, 1, 1.1, 40, 2500, 60_000].map((milliseconds) => ["/b", milliseconds] as const),
    ["/a", 0.3],
  ] as const) {
    metrics.callsAt("/a");
    metrics.callsAt(path).came();
    metrics.callsAt(path).answered(0, milliseconds);
    reference.observe({ path }, milliseconds / 1000);
  }
  const { text } = await metrics.render();
  expect(text).toContain(await registry.metrics());
  expect(text).toContain(
    '\nquanku_calls_total{path="/b",errcode="0"} 6\nquanku_calls_total{path="/a",errcode="0"} 1\n',
  );
});

it("are each told in the reference, and nothing else is", async () => {
  const rows = (await new Metrics().described()).map(({ name, type, help }) => `| \`${name}\` | ${type} | ${help} |`);
  const page = readFileSync(join(root, "docs/reference/metrics.md"), "utf8");
  expect(page.split("\n").filter((line) => line.startsWith("| `"))).toEqual(rows);
});
