import { Writable } from "node:stream";
import { loginReply } from "@quanku/protocol/calls";
import { beforeAll, describe, expect, it } from "vitest";
import type { Reply } from "../../testing/replies.ts";
import { startTestServer, type TestServer } from "../../testing/server.ts";
import { adapters } from "../../testing/stores.ts";

const PATH = "/sns/jscode2session";
const good = {
  grant_type: "authorization_code",
  appid: "wx_sandbox",
  secret: "wx_sandbox-secret-0123456789",
  js_code: "c",
};

const asking = (server: TestServer) => async (fields: Record<string, string | undefined>, init?: RequestInit) => {
  const given = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined);
  return server.json(await server.fetch(`${PATH}?${new URLSearchParams(given)}`, init));
};

describe("a login", () => {
  let log = "";
  let server: TestServer;
  let ask: ReturnType<typeof asking>;
  const logTo = new Writable({
    write(chunk, _, done) {
      log += chunk;
      done();
    },
  });
  beforeAll(async () => {
    server = await startTestServer({ adapter: "memory", logTo });
    ask = asking(server);
    await server.createApp("wx_sandbox", undefined, { sandbox: true });
    await server.createApp("wx_other", undefined, { sandbox: true });
    await server.createApp("wx_shop");
    return () => server.close();
  });

  it("tells the same person of the same code in the same app, and nobody else", async () => {
    const first = await ask(good);
    expect(loginReply.parse(first)).toEqual(first);
    expect(Object.keys(first)).toEqual(["openid", "session_key"]);
    expect(first.openid).toMatch(/^o[A-Za-z0-9_-]{27}$/);
    expect(Buffer.from(first.session_key as string, "base64")).toHaveLength(16);
    const again = await ask(good);
    expect(again.openid).toBe(first.openid);
    expect(again.session_key).not.toBe(first.session_key);
    const elsewhere = { ...good, appid: "wx_other", secret: "wx_other-secret-0123456789" };
    const codes = ["C", "c ", "c\0", "小明", "x".repeat(5000)];
    const others = await Promise.all([ask(elsewhere), ...codes.map((js_code) => ask({ ...good, js_code }))]);
    expect(new Set([first, ...others].map(({ openid }) => openid)).size).toBe(codes.length + 2);
    expect(log).not.toContain(first.session_key as string);
  });

  const shop = { appid: "wx_shop", secret: "wx_shop-secret-0123456789" };
  it.each<[string, Record<string, string | undefined>, number]>([
    ["nothing at all", { appid: undefined, secret: undefined, grant_type: undefined, js_code: undefined }, 41002],
    ["no appid", { appid: "", grant_type: "?" }, 41002],
    ["an unknown app", { appid: "wx_nobody", grant_type: "?" }, 40013],
    ["an appid that no app can have", { appid: "\0" }, 40013],
    ["the grant of a token", { grant_type: "client_credential", secret: "" }, 40002],
    ["no grant", { grant_type: undefined }, 40002],
    ["no secret", { secret: undefined, js_code: "" }, 41004],
    ["another secret", { secret: "?", js_code: "" }, 40125],
    ["no code", { js_code: undefined }, 40029],
    ["an empty code", { js_code: "" }, 40029],
    ["a production app", shop, 40066],
    ["a production app, whatever else is wrong", { ...shop, secret: "?", js_code: "", grant_type: "?" }, 40066],
  ])("is refused for %s", async (_, changes, errcode) => {
    expect((await ask({ ...good, ...changes })).errcode).toBe(errcode);
  });

  it("is at a production app what any path is that nobody serves", async () => {
    const without = ({ errmsg }: Reply) => String(errmsg).replace(/ rid: .*/, "");
    const nowhere = await server.json(await server.fetch("/sns/nowhere"));
    expect(without(await ask({ ...good, ...shop }))).toBe(without(nowhere).replace("nowhere", "…"));
    expect(await ask(good, { method: "POST" })).toMatchObject({
      errcode: 40066,
      errmsg: expect.stringContaining("GET"),
    });
  });

  it("is counted under its path", async () => {
    const { text } = await server.metrics.render();
    expect(text).toContain(`quanku_calls_total{path="${PATH}",errcode="0"}`);
    expect(text).toContain(`quanku_calls_total{path="${PATH}",errcode="40029"} 2`);
  });
});

it.each(adapters)("a login as a person with a name is theirs, on %s", async (adapter) => {
  const server = await startTestServer({ adapter });
  const ask = asking(server);
  await server.createApp("wx_sandbox", undefined, { sandbox: true });
  const made = { do: "makePerson", appid: "wx_sandbox", name: "小明", openid: "o-ming", unionid: "u-ming" } as const;
  const before = await ask({ ...good, js_code: "小明" });
  await server.ledger.submit(made, "command_line");
  expect(await ask({ ...good, js_code: "小明" })).toMatchObject({ openid: "o-ming", unionid: "u-ming" });
  await server.ledger.submit({ ...made, unionid: null }, "command_line");
  expect(await ask({ ...good, js_code: "小明" })).not.toHaveProperty("unionid");
  await server.ledger.submit({ do: "removePerson", appid: "wx_sandbox", name: "小明" }, "command_line");
  expect((await ask({ ...good, js_code: "小明" })).openid).toBe(before.openid);
  for (const js_code of ["\0", "小明\0", "x".repeat(129)])
    expect((await ask({ ...good, js_code })).openid, "of what nobody can be called").toMatch(/^o[\w-]{27}$/);
  await server.close();
});
