import { adminRoot, routeNames, routeOf } from "@quanku/protocol/admin";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HOUSE } from "../../src/domain/records.ts";
import { accepted, browse, cookieIn, makeOperator, password, signIn } from "../../testing/operators.ts";
import { startTestServer, type TestServer } from "../../testing/server.ts";

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer({ adapter: "memory" });
  await server.createApp("wx-a");
  await makeOperator(server, "boss");
});
afterEach(() => server.close());

/** What a request comes to: its status, and what kind of problem. */
const outcome = async (response: Response) =>
  response.ok ? "200" : `${response.status} ${((await response.json()) as { code: string }).code}`;
const asked = async (...request: Parameters<typeof browse> extends [unknown, ...infer Rest] ? Rest : never) =>
  outcome(await browse(server, ...request));
const bearer = (text: string) => ({ headers: { authorization: `Bearer ${text}` } });
const session = (headers: Record<string, string | undefined>) => asked("GET", "/session", { headers });
const makeToken = async (of: string, role: "viewer" | "manager" | "owner", apps: string[] = []) =>
  accepted(await server.operators.createToken(of, { name: "t", role, apps, life: 60 })).token;

describe("a page of another site", () => {
  const changes = routeNames.filter((name) => routeOf(name).method !== "GET");
  it.each([
    "https://evil.example",
    "http://quanku.test.evil.example",
    "http://quanku.test:81",
    "null",
    "quanku.test",
    "",
  ])("%j changes nothing with the operator's cookie, a token or none", async (origin) => {
    const cookie = await signIn(server, "boss");
    const token = `Bearer ${await makeToken("boss", "owner")}`;
    for (const name of changes) {
      const { method, path } = routeOf(name);
      const at = path.replaceAll(/\{\w+\}/g, "wx-a");
      for (const headers of [{ cookie }, { authorization: token }, {}])
        expect(await asked(method, at, { headers: { origin, ...headers } }), name).toBe("403 foreign_origin");
    }
    expect(await session({ cookie })).toBe("200");
  });

  it("does not sign its visitor in as somebody else", async () => {
    const body = { name: "boss", password };
    const response = await browse(server, "POST", "/session", { body, headers: { origin: "https://evil.example" } });
    expect([response.status, response.headers.get("set-cookie")]).toEqual([403, null]);
  });

  it("is every page without TLS where the change comes over TLS", async () => {
    const cookie = await signIn(server, "boss");
    const ends = (origin: string) =>
      asked("DELETE", "/session", { headers: { cookie, origin, "x-forwarded-proto": "https" } });
    expect(await ends("http://quanku.test")).toBe("403 foreign_origin");
    expect(await ends("https://quanku.test")).toBe("200");
  });

  it("reads nothing: no reply lets it", async () => {
    const cookie = await signIn(server, "boss");
    for (const method of ["GET", "OPTIONS"]) {
      const response = await browse(server, method, "/session", {
        headers: { cookie, origin: "https://evil.example" },
      });
      const names = [...response.headers.keys()];
      expect(names.filter((name) => name.startsWith("access-control-"))).toEqual([]);
      expect(response.headers.get("cache-control")).toBe("no-store");
    }
  });

  it("is not told from a request without Origin where there is a cookie", async () => {
    const cookie = await signIn(server, "boss");
    expect(await asked("DELETE", "/session", { headers: { cookie, origin: undefined } })).toBe("403 no_origin");
    expect(await session({ cookie, origin: undefined })).toBe("200");
    const body = { name: "t", days: 1 };
    const token = await makeToken("boss", "owner");
    const both = { cookie, authorization: `Bearer ${token}`, origin: undefined };
    expect(await asked("POST", "/tokens", { body, headers: both })).toBe("403 no_origin");
    expect(await asked("DELETE", "/tokens/t", { headers: { ...both, cookie: undefined } })).toBe("200");
  });
});

describe("a session", () => {
  it("is a cookie that scripts cannot read, nor other sites send", async () => {
    const body = { name: "boss", password };
    const plain = await browse(server, "POST", "/session", { body });
    const tls = { "x-forwarded-proto": "https", origin: "https://quanku.test" };
    const overTls = await browse(server, "POST", "/session", { body, headers: tls });
    const attributes = `; Path=${adminRoot}; Max-Age=43200; HttpOnly; SameSite=Strict`;
    expect(plain.headers.get("set-cookie")).toMatch(new RegExp(`^quanku_session=[\\w-]{43}${attributes}$`));
    expect(overTls.headers.get("set-cookie")).toMatch(new RegExp(`^quanku_session=[\\w-]{43}${attributes}; Secure$`));
    expect(await plain.json()).toEqual({
      session: { name: "boss", role: "owner", apps: [], token: null, end_time: server.clock.now + 43_200 },
    });
  });

  it("is never one that was planted", async () => {
    const planted = `quanku_session=${"x".repeat(43)}`;
    const response = await browse(server, "POST", "/session", {
      body: { name: "boss", password },
      headers: { cookie: planted },
    });
    const own = cookieIn(response);
    expect([own === planted, await session({ cookie: planted }), await session({ cookie: own })]).toEqual([
      false,
      "401 sign_in",
      "200",
    ]);
  });

  it("ends with its time, when it is signed out, and with its operator", async () => {
    const [a, b, c] = [await signIn(server, "boss"), await signIn(server, "boss"), await signIn(server, "boss")];
    const out = await browse(server, "DELETE", "/session", { headers: { cookie: a } });
    expect(out.headers.get("set-cookie")).toContain("quanku_session=; Path=/quanku/admin/v1; Max-Age=0");
    expect([await session({ cookie: a }), await session({ cookie: b })]).toEqual(["401 sign_in", "200"]);
    server.clock.now += 43_199;
    expect(await session({ cookie: b })).toBe("200");
    server.clock.now += 1;
    expect([await session({ cookie: b }), await session({ cookie: c })]).toEqual(["401 sign_in", "401 sign_in"]);

    await makeOperator(server, "li");
    const gone = await signIn(server, "li");
    accepted(await server.operators.remove("li", "command_line"));
    expect(await session({ cookie: gone })).toBe("401 sign_in");
    await makeOperator(server, "li");
    expect(await session({ cookie: gone })).toBe("401 sign_in");
  });

  it("is of no more use once the password was reset, and others' once it was changed", async () => {
    const [mine, stolen] = [await signIn(server, "boss"), await signIn(server, "boss")];
    const change = (body: object) => asked("PUT", "/session/password", { body, headers: { cookie: mine } });
    expect(await change({ password: "wrong", new_password: "another-password" })).toBe("400 invalid_field");
    expect(await change({ new_password: "another-password" })).toBe("400 invalid_field");
    expect(await session({ cookie: stolen })).toBe("200");
    expect(await change({ password, new_password: "another-password" })).toBe("200");
    expect([await session({ cookie: mine }), await session({ cookie: stolen })]).toEqual(["200", "401 sign_in"]);
    const token = await makeToken("boss", "owner");
    accepted(await server.operators.reset("boss", password, "command_line"));
    expect(await session({ cookie: mine })).toBe("401 sign_in");
    expect(await asked("GET", "/session", bearer(token))).toBe("401 sign_in");
  });
});

describe("a thief of the database", () => {
  it("gets in with no digest of it", async () => {
    const { token } = accepted(
      await server.operators.createToken("boss", { name: "t", role: "owner", apps: [], life: 60 }),
    );
    await signIn(server, "boss");
    accepted(await server.operators.createLink("boss", "command_line"));
    const [boss] = await server.store.listOperators(HOUSE);
    const digests = [
      boss?.password?.digest,
      boss?.password?.salt,
      boss?.sessions[0]?.digest,
      boss?.tokens[0]?.digest,
      boss?.link?.digest,
    ];
    expect(digests.every((digest) => /^[\w-]{20,}$/.test(digest ?? ""))).toBe(true);
    expect(digests).not.toContain(token);
    for (const digest of digests as string[]) {
      expect(await session({ cookie: `quanku_session=${digest}` })).toBe("401 sign_in");
      expect(await asked("GET", "/session", bearer(digest))).toBe("401 sign_in");
      expect(await asked("POST", "/session", { body: { name: "boss", password: digest } })).toBe("401 wrong_password");
    }
    const { url, close } = await server.listen();
    for (const digest of digests)
      expect((await fetch(`${url}${adminRoot}/session/link?code=${digest}`)).status).toBe(409);
    await close();
  });

  it("gets in with no key used as one of another kind", async () => {
    const cookie = await signIn(server, "boss");
    const token = await makeToken("boss", "owner");
    expect(await asked("GET", "/session", bearer(cookie.split("=")[1] as string))).toBe("401 sign_in");
    expect(await session({ cookie: `quanku_session=${token}` })).toBe("401 sign_in");
  });
});

describe("an access token", () => {
  it("does no more than its operator may now, and nothing when they are gone", async () => {
    await makeOperator(server, "li", "manager", ["wx-a"]);
    const token = await makeToken("li", "manager", ["wx-a"]);
    const show = () => asked("GET", "/apps/wx-a/verify", bearer(token));
    const set = () => asked("POST", "/apps/wx-a/callback/verify", { ...bearer(token) });
    const past = async (what: () => Promise<string>) => !/^(401|403|404 unknown_app)/.test(await what());
    expect([await past(show), await past(set)]).toEqual([true, true]);
    accepted(await server.operators.change("li", { role: "viewer" }, "command_line"));
    expect([await past(show), await set()]).toEqual([true, "403 not_allowed"]);
    accepted(await server.operators.change("li", { role: "owner" }, "command_line"));
    expect(await asked("GET", "/operators", bearer(token))).toBe("403 not_allowed");
    accepted(await server.operators.change("li", { role: "manager", apps: [] }, "command_line"));
    expect(await show()).toBe("404 unknown_app");
    accepted(await server.operators.remove("li", "command_line"));
    expect(await show()).toBe("401 sign_in");
  });

  it("ends with its time, and when it is revoked", async () => {
    const cookie = await signIn(server, "boss");
    const make = async (name: string) => {
      const response = await browse(server, "POST", "/tokens", { body: { name, days: 1 }, headers: { cookie } });
      return ((await response.json()) as { token: string }).token;
    };
    const [a, b] = [await make("a"), await make("b")];
    expect(await asked("DELETE", "/tokens/b", bearer(a))).toBe("403 needs_session");
    expect(await asked("DELETE", "/tokens/b", { headers: { cookie } })).toBe("200");
    expect(await asked("GET", "/session", bearer(b))).toBe("401 sign_in");
    server.clock.now += 86_399;
    expect(await asked("GET", "/session", bearer(a))).toBe("200");
    server.clock.now += 1;
    expect(await asked("GET", "/session", bearer(a))).toBe("401 sign_in");
  });

  it("cannot keep itself alive: it makes no tokens, changes no password and ends no session", async () => {
    const token = await makeToken("boss", "owner");
    const change = { body: { password, new_password: "another-password" } };
    expect(await asked("POST", "/tokens", { body: { name: "u", days: 366 }, ...bearer(token) })).toBe(
      "403 needs_session",
    );
    expect(await asked("PUT", "/session/password", { ...change, ...bearer(token) })).toBe("403 needs_session");
    expect(await asked("DELETE", "/session", bearer(token))).toBe("403 needs_session");
  });

  it("is made for no more than one's own role and apps", async () => {
    await server.createApp("wx-b");
    await makeOperator(server, "li", "manager", ["wx-a"]);
    const cookie = await signIn(server, "li");
    const make = (body: object) =>
      asked("POST", "/tokens", { body: { name: "t", days: 1, ...body }, headers: { cookie } });
    expect(await make({ role: "owner" })).toBe("409 beyond_role");
    expect(await make({ apps: ["wx-b"] })).toBe("400 invalid_field");
    expect(await make({ apps: ["wx-a", "wx-none"] })).toBe("400 invalid_field");
    expect(await make({ role: "viewer", apps: ["wx-a"] })).toBe("200");
    expect(await make({})).toBe("409 token_exists");
  });
});

describe("a sign-in link", () => {
  const follow = (url: string, code: string, headers: Record<string, string> = {}) =>
    fetch(`${url}${adminRoot}/session/link?code=${code}`, { redirect: "manual", headers });
  const link = async () => accepted(await server.operators.createLink("boss", "command_line")).code;

  it("works once, for ten minutes, and the newest only", async () => {
    const { url, close } = await server.listen();
    const [old, code] = [await link(), await link()];
    expect((await follow(url, old)).status).toBe(409);
    const response = await follow(url, code);
    expect([response.status, response.headers.get("location")]).toEqual([303, "/console/"]);
    expect(await session({ cookie: cookieIn(response) })).toBe("200");
    const again = await follow(url, code);
    expect([again.status, cookieIn(again)]).toEqual([409, undefined]);
    const late = await link();
    server.clock.now += 600;
    expect((await follow(url, late)).status).toBe(409);
    await close();
  });

  it("works once however many follow it at the same moment", async () => {
    const { url, close } = await server.listen();
    const code = await link();
    const statuses = await Promise.all(Array.from({ length: 8 }, async () => (await follow(url, code)).status));
    expect(statuses.toSorted()).toEqual([303, ...Array(7).fill(409)]);
    await close();
  });

  it("works from this machine alone, whatever a header says", async () => {
    const { url, close } = await server.listen();
    const code = await link();
    for (const headers of [
      { "x-forwarded-for": "127.0.0.1" },
      { "x-forwarded-for": "203.0.113.9" },
      { forwarded: "for=127.0.0.1" },
    ])
      expect((await follow(url, code, headers as Record<string, string>)).status).toBe(403);
    expect(await asked("GET", `/session/link?code=${code}`)).toBe("403 not_local");
    expect((await follow(url, code)).status).toBe(303);
    await close();
  });
});
