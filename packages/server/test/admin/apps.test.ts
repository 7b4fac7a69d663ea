import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Problem } from "../../src/http/admin/problem.ts";
import type { Who } from "../../src/http/admin/who.ts";
import { operate, operated } from "../../testing/admin.ts";
import { startTestServer, type TestServer } from "../../testing/server.ts";
import { adapters } from "../../testing/stores.ts";
import { askAs } from "../../testing/tokens.ts";

const SECRET = "0123456789abcdef";
const KEY = "A".repeat(43);
const URL = "https://shop.example/hook?key=1";
const li: Who = { actor: "operator li", operator: "li", role: "manager", apps: ["wx_a"] };
const owner: Who = { actor: "token wang deploy", operator: "wang", role: "owner", apps: [] };

/** The fields that a problem names, each with what is wrong with it. */
const faultsOf = (answer: unknown) =>
  ((answer as Problem).errors ?? []).map(({ field, detail }) => `${field} ${detail}`);

describe.each(adapters)("operators' calls about apps, on %s", (adapter) => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startTestServer({ adapter });
    await server.createApp("wx_a");
    await server.createApp("wx_b");
  });
  afterEach(() => server.close());

  const last = async (appid: string) => (await server.store.readJournal(appid, 0, 999)).at(-1);
  const length = async (appid: string) => (await server.store.readJournal(appid, 0, 999)).length;

  it("list the apps that are somebody's, and show one", async () => {
    const all = (await operated(server, "listApps", {}, { who: owner })).entries;
    expect(all.map(({ appid }) => appid).toSorted()).toEqual(["wx_a", "wx_b"]);
    expect((await operated(server, "listApps", {}, { who: li })).entries).toEqual([
      (await operated(server, "showApp", { appid: "wx_a" }, { who: li })).app,
    ]);
    expect((await operated(server, "listApps", {}, { who: { ...li, apps: [] } })).entries).toEqual([]);
    expect(await operate(server, "showApp", { appid: "wx_b" }, { who: li })).toMatchObject({ status: 404 });
  });

  it("create an app, whose secret is told once", async () => {
    const { app, secret } = await operated(server, "createApp", { appid: "wx_c", token_quota: "7" }, { who: owner });
    expect(app).toMatchObject({ appid: "wx_c", token_quota: 7, claim_mode: "direct", callback_token: null });
    expect(secret).toMatch(/^[0-9a-f]{32}$/);
    expect(await askAs(server, { appid: "wx_c", secret })).toHaveProperty("access_token");
    expect(await last("wx_c")).toMatchObject({ command: "issueToken", by: "app" });
    expect((await server.store.readJournal("wx_c", 0, 1))[0]).toMatchObject({ by: "token wang deploy" });
    expect(await operated(server, "createApp", { appid: "wx_d", secret: SECRET })).toMatchObject({ secret: SECRET });
    expect(await operate(server, "createApp", { appid: "wx_c" })).toMatchObject({ status: 409, problem: "app_exists" });
  });

  it("tell what of a new app or a new secret is not well-formed, and never the secret", async () => {
    const asked = { appid: "no such id", secret: "short-secret", token_quota: 0, colour: "red" };
    const refused = await operate(server, "createApp", asked);
    expect(faultsOf(refused).toSorted()).toEqual([
      "appid must be 1-64 of A-Z a-z 0-9 _ -",
      "colour is no parameter of this call",
      "secret must have 16-128 characters; leave it out to have one made",
      "token_quota must be a whole number from 1 to 2147483647",
    ]);
    expect(JSON.stringify(refused)).not.toContain("short-secret");
    expect(faultsOf(await operate(server, "createApp"))).toEqual(["appid is required"]);
    expect(faultsOf(await operate(server, "rotateSecret", { appid: "wx_a", secret: "x".repeat(129) }))).toEqual([
      "secret must have at most 128 characters",
    ]);
    expect(await operated(server, "listApps")).toMatchObject({ entries: [{}, {}] });
  });

  it("change settings by their names, and show no key", async () => {
    const change = { claim_mode: "callback", callback_url: URL, callback_token: "abc", claims_per_minute: 6 };
    const { app } = await operated(server, "setApp", { appid: "wx_a", ...change }, { who: li });
    expect(app).toMatchObject({ ...change, callback_token: "***", callback_url_in_force: URL, encoding_aes_key: null });
    expect((await server.apps.find("wx_a"))?.settings).toMatchObject({ callbackToken: "abc", claimsPerMinute: 6 });
    expect(await last("wx_a")).toMatchObject({ command: "configureApp", by: "operator li" });
    expect(JSON.stringify(await last("wx_a"))).not.toContain('"abc"');
    const sealed = { message_mode: "secure", encoding_aes_key: KEY, auto_expire: false, claims_per_minute: null };
    const after = await operated(server, "setApp", { appid: "wx_a", ...sealed });
    expect(after.app).toMatchObject({ ...sealed, encoding_aes_key: "***", claim_mode: "callback" });
    const cleared = { message_mode: "plain", encoding_aes_key: null };
    expect((await operated(server, "setApp", { appid: "wx_a", ...cleared })).app).toMatchObject(cleared);
  });

  const wrong: [body: object, ...faults: string[]][] = [
    [{}, "body must name at least one setting"],
    [{ claim_mode: "Callback" }, "claim_mode must be one of direct, callback"],
    [{ auto_expire: "on" }, "auto_expire must be true or false"],
    [{ claims_per_minute: 0 }, "claims_per_minute must be a whole number of at least 1, or null for no limit"],
    [{ claims_per_minute: "6" }, "claims_per_minute must be a whole number of at least 1, or null for no limit"],
    [
      { callback_token: "***", original_id: null },
      "callback_token must be 3-32 of A-Z a-z 0-9, the same as in the merchant's program",
      "original_id must be gh_ and 1-61 of A-Z a-z 0-9 _ -",
    ],
    [{ callback_token: 12345 }, "callback_token must be 3-32 of A-Z a-z 0-9, the same as in the merchant's program"],
    [{ claimMode: "direct" }, expect.stringMatching(/^claimMode is no setting: they are claim_mode, callback_url, /)],
    [{ token_quota: 9 }, expect.stringMatching(/^token_quota is no setting: they are /)],
  ];
  it.each(wrong)("refuse settings %o by name, and change nothing", async (body, ...faults) => {
    const before = await length("wx_a");
    const answer = await operate(server, "setApp", { appid: "wx_a", ...body });
    expect(answer).toMatchObject({ status: 400, problem: "invalid_field" });
    expect(faultsOf(answer)).toEqual(faults);
    expect(await length("wx_a")).toBe(before);
  });

  it("refuse settings that do not fit together", async () => {
    const before = await length("wx_a");
    expect(await operate(server, "setApp", { appid: "wx_a", claim_mode: "callback" })).toMatchObject({
      status: 409,
      problem: "settings_incomplete",
      detail: "callback URL must be set, because claim mode is callback",
    });
    expect(await length("wx_a")).toBe(before);
  });

  it("rotate a secret, with which all tokens die", async () => {
    const before = await askAs(server, { appid: "wx_a", secret: "wx_a-secret-0123456789" });
    const { secret } = await operated(server, "rotateSecret", { appid: "wx_a" }, { who: owner });
    expect((await server.apps.judge(before.access_token as string)).verdict).toBe("unknown");
    expect(await askAs(server, { appid: "wx_a", secret })).toHaveProperty("access_token");
    const rows = await server.store.readJournal("wx_a", 0, 999);
    expect(rows.find(({ command }) => command === "rotateSecret")).toMatchObject({ by: "token wang deploy" });
    expect(await operated(server, "rotateSecret", { appid: "wx_a", secret: SECRET })).toEqual({ secret: SECRET });
    expect(await operate(server, "rotateSecret", { appid: "wx_a" }, { who: li })).toMatchObject({ status: 403 });
  });
});
