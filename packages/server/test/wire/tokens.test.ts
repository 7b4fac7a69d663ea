import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../../testing/server.ts";
import { ask, type Fields, fetcher, type Kind, kinds, worth } from "../../testing/tokens.ts";
import { dump, OPENED_AT } from "./support/shop.ts";

const LIFE = 7200;
const OVERLAP = 300;
const GOOD = 0;
const DEAD = 40001;
const EXPIRED = 42001;

const appid = "wx_tokens";
const secret = "wx_tokens-secret-0123456789";
const asked = { grant_type: "client_credential", appid, secret };

let server: TestServer;
let fetchToken: ReturnType<typeof fetcher>;
beforeEach(async () => {
  server = await startTestServer({ adapter: "memory", now: OPENED_AT });
  await server.apps.create(appid, { secret }, "command_line");
  fetchToken = fetcher(server, appid, secret);
});
afterEach(() => server.close());

/** Moves the clock to so many seconds after the opening. */
const goTo = (second: number) => {
  server.clock.now = OPENED_AT + second;
};
/** What a token is worth at each of several seconds, in their order. */
async function worthAt(token: string, ...seconds: number[]): Promise<(number | undefined)[]> {
  const worths = [];
  for (const second of seconds) {
    goTo(second);
    worths.push(await worth(server, token));
  }
  return worths;
}

describe("a regular token", () => {
  it("lives 7200 seconds to the second, and each fetch gives a new one", async () => {
    const first = await fetchToken("token");
    expect(first.expires_in).toBe(LIFE);
    expect(await worthAt(first.access_token, 0, LIFE - 1, LIFE, LIFE + 1, 100 * LIFE)).toEqual([
      GOOD,
      GOOD,
      EXPIRED,
      EXPIRED,
      EXPIRED,
    ]);
    const more = await Promise.all(Array.from({ length: 20 }, () => fetchToken("token")));
    expect(new Set([first, ...more].map(({ access_token }) => access_token)).size).toBe(21);
  });

  it("is honoured 300 seconds more once there is a newer one, to the second", async () => {
    const { access_token: old } = await fetchToken("token");
    goTo(1000);
    const { access_token: current } = await fetchToken("token");
    const ends = [1000, 1000 + OVERLAP - 1, 1000 + OVERLAP, LIFE - 1];
    expect(await worthAt(old, ...ends)).toEqual([GOOD, GOOD, DEAD, DEAD]);
    expect(await worthAt(old, LIFE)).toEqual([EXPIRED]);
    expect(await worthAt(current, ...ends, 1000 + LIFE - 1, 1000 + LIFE)).toEqual([
      GOOD,
      GOOD,
      GOOD,
      GOOD,
      GOOD,
      EXPIRED,
    ]);
  });

  it("never outlives its own end because it was superseded", async () => {
    const { access_token: old } = await fetchToken("token");
    goTo(LIFE - 100);
    await fetchToken("token");
    expect(await worthAt(old, LIFE - 1, LIFE, LIFE - 100 + OVERLAP)).toEqual([GOOD, EXPIRED, EXPIRED]);
  });

  it("dies at once when two newer ones were fetched", async () => {
    const tokens = [];
    for (let i = 0; i < 4; i++) tokens.push((await fetchToken("token")).access_token);
    const worths = await Promise.all(tokens.map((token) => worth(server, token)));
    expect(worths).toEqual([DEAD, DEAD, GOOD, GOOD]);
  });

  it("keeps the overlap it has when a third is fetched", async () => {
    const tokens = [];
    for (const second of [0, 100, 200]) {
      goTo(second);
      tokens.push((await fetchToken("token")).access_token);
    }
    const [first, second, third] = tokens as [string, string, string];
    expect(await worthAt(first, 200, LIFE)).toEqual([DEAD, DEAD]);
    expect(await worthAt(second, 200, 200 + OVERLAP - 1, 200 + OVERLAP)).toEqual([GOOD, GOOD, DEAD]);
    expect(await worthAt(third, 200 + OVERLAP)).toEqual([GOOD]);
  });

  it("is in force for one app only, whatever is written before its dot", async () => {
    await server.apps.create("wx_second", { secret: "another-secret-0123456789" }, "command_line");
    const { access_token } = await fetchToken("token");
    const mac = access_token.split(".")[1] as string;
    for (const forged of [`wx_second.${mac}`, `${appid}.${mac.slice(0, -1)}_`, `${appid}.${"A".repeat(43)}`, mac])
      expect(await worth(server, forged)).toBe(DEAD);
    expect(await worth(server, access_token)).toBe(GOOD);
  });
});

describe("a stable token", () => {
  it("comes back the same with what is left of its life, until its last 300 seconds", async () => {
    const first = await fetchToken("stable_token");
    expect(first.expires_in).toBe(LIFE);
    for (const second of [0, 1, 3600, LIFE - OVERLAP - 1]) {
      goTo(second);
      expect(await fetchToken("stable_token")).toEqual({ ...first, expires_in: LIFE - second });
    }
    goTo(LIFE - OVERLAP);
    const next = await fetchToken("stable_token");
    expect(next.expires_in).toBe(LIFE);
    expect(next.access_token).not.toBe(first.access_token);
  });

  it("is good beside its renewal until its own end", async () => {
    const { access_token: old } = await fetchToken("stable_token");
    goTo(LIFE - 200);
    const { access_token: renewed } = await fetchToken("stable_token");
    goTo(LIFE - 100);
    expect((await fetchToken("stable_token")).access_token).toBe(renewed);
    expect(await worthAt(old, LIFE - 100, LIFE - 1, LIFE)).toEqual([GOOD, GOOD, EXPIRED]);
    expect(await worthAt(renewed, LIFE - 100, LIFE, 2 * LIFE - 201, 2 * LIFE - 200)).toEqual([
      GOOD,
      GOOD,
      GOOD,
      EXPIRED,
    ]);
  });

  it("is made anew when the last one ran out", async () => {
    const { access_token: old } = await fetchToken("stable_token");
    goTo(3 * LIFE);
    const { access_token, expires_in } = await fetchToken("stable_token");
    expect([access_token === old, expires_in]).toEqual([false, LIFE]);
    expect([await worth(server, old), await worth(server, access_token)]).toEqual([EXPIRED, GOOD]);
  });

  it("is replaced by force, the old one good for 300 seconds", async () => {
    const { access_token: old } = await fetchToken("stable_token", false);
    goTo(100);
    const forced = await fetchToken("stable_token", true);
    expect([forced.access_token === old, forced.expires_in]).toEqual([false, LIFE]);
    goTo(150);
    expect(await fetchToken("stable_token")).toEqual({ ...forced, expires_in: LIFE - 50 });
    expect(await worthAt(old, 100, 100 + OVERLAP - 1, 100 + OVERLAP)).toEqual([GOOD, GOOD, DEAD]);
    expect(await worthAt(forced.access_token, 100 + OVERLAP)).toEqual([GOOD]);
  });

  it("is replaced by force once in 30 seconds: before that the call is a normal one", async () => {
    await fetchToken("stable_token");
    goTo(100);
    const forced = await fetchToken("stable_token", true);
    for (const second of [100, 101, 129]) {
      goTo(second);
      expect(await fetchToken("stable_token", true)).toEqual({ ...forced, expires_in: LIFE - (second - 100) });
    }
    goTo(130);
    expect((await fetchToken("stable_token", true)).access_token).not.toBe(forced.access_token);
  });

  it("dies at once when force is used twice, 31 seconds apart", async () => {
    const { access_token: first } = await fetchToken("stable_token");
    goTo(100);
    const { access_token: second } = await fetchToken("stable_token", true);
    expect(await worth(server, first)).toBe(GOOD);
    goTo(131);
    const { access_token: third } = await fetchToken("stable_token", true);
    const worths = await Promise.all([first, second, third].map((token) => worth(server, token)));
    expect(worths).toEqual([DEAD, GOOD, GOOD]);
  });
});

describe("the two kinds", () => {
  it("never touch each other", async () => {
    const { access_token: regular } = await fetchToken("token");
    const { access_token: stable } = await fetchToken("stable_token");
    expect(stable).not.toBe(regular);
    goTo(50);
    for (let i = 0; i < 5; i++) await fetchToken("token");
    expect((await fetchToken("stable_token")).access_token).toBe(stable);
    expect([await worth(server, regular), await worth(server, stable)]).toEqual([DEAD, GOOD]);
    const { access_token: newRegular } = await fetchToken("token");
    for (const second of [100, 200, 300]) {
      goTo(second);
      await fetchToken("stable_token", true);
    }
    expect([await worth(server, newRegular), await worth(server, stable)]).toEqual([GOOD, DEAD]);
  });

  it("both give tokens of at most 512 characters, of letters that no URL changes", async () => {
    const long = "x".repeat(64);
    await server.apps.create(long, { secret: "s".repeat(128) }, "command_line");
    for (const kind of kinds) {
      const { access_token } = await fetcher(server, long, "s".repeat(128))(kind);
      expect(access_token.length).toBeLessThanOrEqual(512);
      expect(access_token).toMatch(/^[A-Za-z0-9._-]{32,}$/);
      expect(await worth(server, access_token)).toBe(GOOD);
    }
  });
});

describe.each(kinds)("errors of %s", (kind) => {
  const refused = async (fields: Fields, errcode: number, text: string) => {
    const before = await dump(server);
    const reply = await ask(server, kind, fields);
    expect(reply).toMatchObject({ errcode });
    expect(reply.errmsg).toContain(text);
    expect(await dump(server)).toBe(before);
  };

  it("are told in the platform's order", async () => {
    const wrong = { grant_type: "password", secret: "" };
    await refused({}, 41002, "appid missing");
    await refused({ ...wrong, appid: "" }, 41002, "appid missing");
    await refused({ ...wrong, appid: "wx_nobody" }, 40013, "invalid appid");
    await refused({ ...wrong, appid }, 40002, "invalid grant_type");
    await refused({ secret: "wrong", appid }, 40002, "invalid grant_type");
    await refused({ ...asked, secret: undefined }, 41004, "appsecret missing");
    await refused({ ...asked, secret: "" }, 41004, "appsecret missing");
    await refused({ ...asked, secret: `${secret} ` }, 40125, "invalid appsecret");
    await refused({ ...asked, secret: secret.toUpperCase() }, 40125, "invalid appsecret");
    expect(await ask(server, kind, asked)).toMatchObject({ expires_in: LIFE });
  });

  it("tell an appid that differs by case or a space from the app's", async () => {
    for (const other of [appid.toUpperCase(), `${appid} `, `${appid}\u0000`, "__proto__", "券"])
      await refused({ ...asked, appid: other }, 40013, "invalid appid");
  });

  it("tell the quota of 2000 fetches a day of UTC+8, which no other kind or app shares", async () => {
    const midnight = Date.UTC(2024, 0, 1, 16) / 1000;
    server.clock.now = midnight - 10;
    const other = kinds.find((one) => one !== kind) as Kind;
    for (let i = 0; i < 2000; i += 250) await Promise.all(Array.from({ length: 250 }, () => fetchToken(kind)));
    await refused(asked, 45009, "reach max api daily quota limit");
    await refused({ ...asked, force_refresh: kind === "stable_token" ? true : undefined }, 45009, "2000");
    await refused({ ...asked, secret: "wrong" }, 40125, "invalid appsecret");
    await fetchToken(other);
    await server.apps.create("wx_second", { secret }, "command_line");
    await fetcher(server, "wx_second", secret)(kind);
    server.clock.now = midnight - 1;
    await refused(asked, 45009, "reach max api daily quota limit");
    server.clock.now = midnight;
    await fetchToken(kind);
  });
});

describe("stable_token", () => {
  const send = async (init: RequestInit, query = "") =>
    server.json(await server.fetch(`/cgi-bin/stable_token${query}`, init));
  const body = JSON.stringify(asked);

  it.each<[string, RequestInit, number]>([
    ["GET", { method: "GET" }, 43002],
    ["PUT", { method: "PUT", body }, 43002],
    ["no body", { method: "POST" }, 44002],
    ["form data", { method: "POST", body: new URLSearchParams(asked) }, 47001],
    ["an array", { method: "POST", body: `[${body}]` }, 47001],
    ["a body over 1 MiB", { method: "POST", body: body + " ".repeat(2 ** 20) }, 47001],
    ["a number for appid", { method: "POST", body: '{"appid":1}' }, 47001],
    ["an object for secret", { method: "POST", body: JSON.stringify({ ...asked, secret: {} }) }, 47001],
    ["text for force_refresh", { method: "POST", body: JSON.stringify({ ...asked, force_refresh: "yes" }) }, 47001],
    ["null for appid", { method: "POST", body: JSON.stringify({ ...asked, appid: null }) }, 41002],
    ["null for secret", { method: "POST", body: JSON.stringify({ ...asked, secret: null }) }, 41004],
    ["nothing", { method: "POST", body: "{}" }, 41002],
  ])("refuses %s", async (_, init, errcode) => {
    const before = await dump(server);
    expect(await send(init)).toMatchObject({ errcode });
    expect(await dump(server)).toBe(before);
  });

  it("reads its body, not its query", async () => {
    const query = `?${new URLSearchParams(asked)}`;
    expect(await send({ method: "POST", body: "{}" }, query)).toMatchObject({ errcode: 41002 });
  });

  it("takes null for force_refresh, and ignores unknown fields", async () => {
    const sent = JSON.stringify({ ...asked, force_refresh: null, unknown: { a: 1 } });
    expect(await send({ method: "POST", body: sent })).toMatchObject({ expires_in: LIFE });
  });
});

describe("a new secret", () => {
  const NEW = "wx_tokens-new-secret-0123456789";

  it("kills every token and the old secret", async () => {
    const tokens = [];
    for (const kind of kinds) tokens.push(await fetchToken(kind), await fetchToken(kind, true));
    await server.apps.rotateSecret(appid, "command_line", NEW);
    for (const { access_token } of tokens) expect(await worth(server, access_token)).toBe(DEAD);
    for (const kind of kinds) {
      expect(await ask(server, kind, asked)).toMatchObject({ errcode: 40125 });
      const { access_token } = await fetcher(server, appid, NEW)(kind);
      expect(await worth(server, access_token)).toBe(GOOD);
    }
  });

  it.each(kinds)("leaves no %s of the old secret alive that was asked for at the same time", async (kind) => {
    const racing = ask(server, kind, asked);
    await server.apps.rotateSecret(appid, "command_line", NEW);
    const { access_token: raced } = await racing;
    const { access_token } = await fetcher(server, appid, NEW)(kind);
    expect([await worth(server, String(raced)), await worth(server, access_token)]).toEqual([DEAD, GOOD]);
  });

  it("does not start the day's quota anew", async () => {
    for (let i = 0; i < 2000; i += 500) await Promise.all(Array.from({ length: 500 }, () => fetchToken("token")));
    await server.apps.rotateSecret(appid, "command_line", NEW);
    expect(await ask(server, "token", { ...asked, secret: NEW })).toMatchObject({ errcode: 45009 });
  });
});
