import { Writable } from "node:stream";
import { expect, it, onTestFinished } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { type Distribution, quantile } from "../../src/http/distribution.ts";
import { operated } from "../../testing/admin.ts";
import { addActive, coupon } from "../../testing/coupons.ts";
import { startTestServer } from "../../testing/server.ts";
import { adapters } from "../../testing/stores.ts";

it.each(adapters)("an owner sees how the process does, and what it has to do, on %s", async (adapter) => {
  const server = await startTestServer({ adapter });
  onTestFinished(() => server.close());
  const app = await server.createApp("wx_a");
  await server.createApp("wx_b");
  await addActive(app, coupon("c", { total_num: 1 }));
  await app.must("claim", { openid: "o1", out_coupon_id: "c", request_id: "r1" });
  for (const openid of ["o2", "o3"]) await app.call("claim", { openid, out_coupon_id: "c", request_id: openid });
  await app.call("claim", {});
  const { health } = await operated(server, "showHealth");
  expect(health).toMatchObject({
    is_ready: true,
    why: null,
    version: packageJson.version,
    node: process.versions.node,
    store: adapter,
    apps: 2,
  });
  expect(health.start_time + health.uptime).toBeLessThanOrEqual(Date.now() / 1000 + 1);
  const { load } = health;
  expect(load?.calls.find(({ path }) => path.endsWith("/claim"))).toEqual({
    path: "/quanku/coupon/claim",
    count: 4,
    failures: [
      { errcode: 1090029, count: 2 },
      { errcode: 990004, count: 1 },
    ],
    p50: expect.any(Number),
    p99: expect.any(Number),
  });
  expect(load?.claims).toEqual({ granted: 1, sold_out: 2 });
  expect(load?.callbacks).toEqual({});
  expect(load?.commands_waiting).toBe(0);
  expect(load?.commits.commands).toBeGreaterThanOrEqual(load?.commits.count as number);
  expect(load?.connections).toEqual(
    adapter === "postgres" ? { in_use: expect.any(Number), idle: expect.any(Number), waiting: 0 } : null,
  );
  expect(load?.memory.resident).toBeGreaterThan(load?.memory.heap_used as number);
});

it("whoever is no owner sees whether it is ready, their own apps, and nothing of what others do", async () => {
  const server = await startTestServer({ adapter: "memory" });
  onTestFinished(() => server.close());
  for (const appid of ["wx_a", "wx_b"]) await server.createApp(appid);
  for (const role of ["viewer", "manager"] as const) {
    const who = { actor: "operator li", operator: "li", role, apps: ["wx_b"] } as const;
    const { health } = await operated(server, "showHealth", {}, { who });
    expect(health).toMatchObject({ is_ready: true, apps: 1, load: null });
  }
});

it("a store that keeps no writes is told with what hinders it", async () => {
  const server = await startTestServer({ adapter: "memory" });
  onTestFinished(() => server.close());
  server.store.ping = () => Promise.reject(new Error("the disk is full"));
  expect((await operated(server, "showHealth")).health).toMatchObject({ is_ready: false, why: "the disk is full" });
});

it.each<[string, Distribution, number, number | null]>([
  ["nothing", { count: 0, sum: 0, buckets: [] }, 0.5, null],
  ["the middle of one bucket", spread([1, 2], [0, 4]), 0.5, 1.5],
  ["the first bucket, which begins at 0", spread([1, 2], [2, 2]), 0.5, 1],
  ["past an empty bucket", spread([1, 2, 4], [1, 0, 3]), 0.99, 3.973],
  ["beyond the last bound", spread([1, 2, Number.POSITIVE_INFINITY], [0, 1, 9]), 0.99, 2],
])("a quantile of %s", (_, seen, share, expected) => {
  const found = quantile(seen, share);
  expect(found === null ? null : Math.round(found * 1000) / 1000).toBe(expected);
});

/** How many lie in each bucket, as a histogram tells it: how many are at most its bound. */
function spread(bounds: readonly number[], inEach: readonly number[]): Distribution {
  let count = 0;
  const buckets = bounds.map((most, at) => {
    count += inEach[at] as number;
    return { most, count };
  });
  return { count, sum: 0, buckets };
}

it("the keys of a callback are told to who asks, whose name is logged, and they are in no log", async () => {
  let log = "";
  const logTo = new Writable({
    write(chunk, _, done) {
      log += chunk;
      done();
    },
  });
  const server = await startTestServer({ adapter: "memory", logTo });
  onTestFinished(() => server.close());
  await server.createApp("wx_a");
  const keys = async () => (await operated(server, "showCallbackKeys", { appid: "wx_a" }, { who })).keys;
  const who = { actor: "operator li", operator: "li", role: "manager", apps: ["wx_a"] } as const;
  expect(await keys()).toEqual({ token: null, encoding_aes_key: null });
  const [token, key] = ["kJ7sQ2xW9", "a1B2".repeat(11).slice(0, 43)];
  await operated(server, "setApp", { appid: "wx_a", callback_token: token, encoding_aes_key: key });
  expect(await keys()).toEqual({ token, encoding_aes_key: key });
  expect(log).toContain('"by":"operator li"');
  expect(log).not.toContain(token);
  expect(log).not.toContain(key);
});
