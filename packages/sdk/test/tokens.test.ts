import { describe, expect, it } from "vitest";
import { createClient, memoryStore, type StoredToken, type TokenStore } from "../src/index.ts";
import { ManualClock, settled } from "./support/manual-clock.ts";
import { ok, refused, ScriptedHost, SECRET, scripted } from "./support/scripted.ts";

const ask = { out_coupon_id: "a" };
const of = (host: ScriptedHost) => host.calls.map(({ query }) => query.get("access_token"));

describe("a token", () => {
  it("is fetched as the stable one, unless the regular one is wanted", async () => {
    const stable = scripted([ok]);
    await stable.client.get(ask);
    const asked = { grant_type: "client_credential", appid: "wx1", secret: SECRET };
    expect(stable.host.fetches).toMatchObject([{ method: "POST", path: "/cgi-bin/stable_token", body: asked }]);
    const regular = scripted([ok], { tokens: "regular" });
    await regular.client.get(ask);
    expect(regular.host.fetches).toMatchObject([{ method: "GET", path: "/cgi-bin/token" }]);
    expect(Object.fromEntries(regular.host.fetches[0]?.query ?? [])).toEqual(asked);
  });

  it("is fetched once for all calls that need it, and not before one does", async () => {
    const { host, client } = scripted([ok]);
    expect(host.asked).toEqual([]);
    await Promise.all(Array.from({ length: 100 }, () => client.get(ask)));
    expect(host.fetches).toHaveLength(1);
    expect(new Set(of(host))).toEqual(new Set(["token-1"]));
  });

  it("is renewed five minutes before it ends, once for all", async () => {
    const { host, clock, client } = scripted([ok]);
    await client.get(ask);
    await clock.pass((7200 - 301) * 1000);
    await client.get(ask);
    await clock.pass(1000);
    await Promise.all([client.get(ask), client.get(ask)]);
    expect(of(host)).toEqual(["token-1", "token-1", "token-2", "token-2"]);
  });

  it("that is short, as the rest of a stable one is, is used for half of its time", async () => {
    let left = 200;
    const { host, clock, client } = scripted([ok], {
      acts: [() => ({ access_token: `of-${left}`, expires_in: left })],
    });
    for (; left > 1; left--) {
      await client.get(ask);
      await clock.pass(1000);
    }
    expect(host.fetches.length).toBeGreaterThan(1);
    expect(host.fetches.length).toBeLessThan(10);
  });

  it("that cannot be renewed is used while it is good", async () => {
    const acts = [{ access_token: "first", expires_in: 7200 }, new Error("away")];
    const { host, clock, client } = scripted([ok], { acts, retries: 0 });
    await client.get(ask);
    await clock.pass((7200 - 1) * 1000);
    await client.get(ask);
    expect(of(host)).toEqual(["first", "first"]);
    await clock.pass(1000);
    await expect(client.get(ask)).rejects.toMatchObject({ kind: "network", call: "stable_token" });
  });

  it.each([40001, 42001])(
    "that is refused with %s is fetched anew and the call sent once more, for all at once",
    async (code) => {
      const { host, client } = scripted([
        ({ query }) => (query.get("access_token") === "token-1" ? refused(code) : ok),
      ]);
      await Promise.all(Array.from({ length: 20 }, () => client.get(ask)));
      expect(host.fetches).toHaveLength(2);
      expect(of(host).filter((token) => token === "token-2")).toHaveLength(20);
    },
  );

  it("that is refused again is told", async () => {
    const { host, client } = scripted([refused(40001)]);
    await expect(client.get(ask)).rejects.toMatchObject({ code: 40001, reason: "invalid_token", call: "get" });
    expect(of(host)).toEqual(["token-1", "token-2"]);
  });

  it("that a call came back too late to refuse is left alone", async () => {
    let answer = (_: object) => {};
    const late = new Promise<Record<string, unknown>>((resolve) => {
      answer = (reply) => resolve(reply as Record<string, unknown>);
    });
    const forgetful: TokenStore = { get: () => undefined, set: () => {} };
    const { host, client } = scripted([() => late, refused(40001), ok], { store: forgetful });
    const first = client.get(ask);
    await settled();
    await client.get(ask);
    answer(refused(40001));
    await first;
    expect(host.fetches, "the one that the second call fetched serves the first").toHaveLength(2);
  });

  it("is not to be had: the host's words, of the token call, for everybody who waits", async () => {
    const { host, client } = scripted([ok], {
      acts: [refused(40125, "invalid appsecret rid: 6b081a02-4b3d7d5e-4df0ed00")],
    });
    const both = await Promise.allSettled([client.get(ask), client.get(ask)]);
    for (const { reason } of both as PromiseRejectedResult[])
      expect(reason).toMatchObject({
        kind: "refused",
        code: 40125,
        reason: "invalid_secret",
        call: "stable_token",
        rid: "6b081a02-4b3d7d5e-4df0ed00",
        retryable: false,
      });
    expect(host.asked).toHaveLength(1);
  });

  it("that is none is told", async () => {
    const { client } = scripted([ok], { acts: [{ access_token: "", expires_in: 7200 }] });
    await expect(client.get(ask)).rejects.toMatchObject({ kind: "body", call: "stable_token" });
  });

  it("keeps nobody who gives up, and goes on for the others", async () => {
    let answer = (_: object) => {};
    const slow = new Promise<Record<string, unknown>>((resolve) => {
      answer = (token) => resolve(token as Record<string, unknown>);
    });
    const { host, client } = scripted([ok], { acts: [() => slow] });
    const giving = new AbortController();
    const one = client.get(ask, { signal: giving.signal });
    const other = client.get(ask);
    await settled();
    giving.abort();
    await expect(one).rejects.toMatchObject({ kind: "aborted", call: "get" });
    answer({ access_token: "t", expires_in: 7200 });
    await other;
    expect(of(host)).toEqual(["t"]);
  });
});

describe("processes that share a store", () => {
  /** So many clients of one host and one clock. */
  function processes(count: number, host: ScriptedHost, store: TokenStore) {
    const clock = new ManualClock();
    const shop = { baseUrl: "http://host.test", appid: "wx1", secret: SECRET, tokens: "regular" } as const;
    return {
      clock,
      clients: Array.from({ length: count }, () => createClient({ ...shop, store, clock, fetch: host.fetch })),
    };
  }

  it("share a token, also a regular one of which every fetch ends another", async () => {
    const alive = new Map<string, number>();
    let made = 0;
    const give = () => {
      alive.set(`t${++made}`, made);
      alive.delete(`t${made - 2}`);
      return { access_token: `t${made}`, expires_in: 7200 };
    };
    const host = new ScriptedHost(
      [({ query }) => (alive.has(query.get("access_token") ?? "") ? ok : refused(40001))],
      [give],
    );
    const { clock, clients } = processes(3, host, memoryStore());
    for (const client of clients) await client.get(ask);
    expect(made, "the first fetched, the others read").toBe(1);

    // Somebody without the store fetches twice: ours is dead.
    give();
    give();
    for (const client of clients) await client.get(ask);
    expect(host.fetches, "the first to be refused fetched, the others re-read the store").toHaveLength(2);

    await clock.pass((7200 - 300) * 1000);
    for (const client of clients) await client.get(ask);
    expect(host.fetches, "one renews").toHaveLength(3);
  });

  it("fetch one token where they all start at once, if the store can lock", async () => {
    const kept = new Map<string, StoredToken>();
    let turn: Promise<unknown> = Promise.resolve();
    const store: TokenStore = {
      get: async (key) => kept.get(key),
      set: async (key, token) => kept.set(key, token),
      lock(_, work) {
        const mine = turn.then(work);
        turn = mine.catch(() => {});
        return mine;
      },
    };
    const host = new ScriptedHost([ok]);
    await Promise.all(processes(5, host, store).clients.map((client) => client.get(ask)));
    expect(host.fetches).toHaveLength(1);
  });

  it("keep each app's tokens, and each kind's, apart, and no secret", async () => {
    const keys: string[] = [];
    const store: TokenStore = { get: (key) => void keys.push(key), set: () => {} };
    const { fetch } = new ScriptedHost([ok]);
    const shop = { baseUrl: "http://host.test/", appid: "wx1", secret: SECRET, fetch, store };
    await createClient(shop).get(ask);
    await createClient({ ...shop, appid: "wx2" }).get(ask);
    await createClient({ ...shop, tokens: "regular" }).get(ask);
    await createClient({ ...shop, baseUrl: "http://host.test/prefix/" }).get(ask);
    await createClient({ ...shop, baseUrl: "http://host.test" }).get(ask);
    expect(new Set(keys).size).toBe(4);
    expect(keys.join()).not.toContain(SECRET);
  });

  it("are told what the store throws", async () => {
    const broken = new Error("the store is away");
    const store: TokenStore = { get: () => Promise.reject(broken), set: () => {} };
    const { client } = scripted([ok], { store });
    await expect(client.get(ask)).rejects.toBe(broken);
  });
});
