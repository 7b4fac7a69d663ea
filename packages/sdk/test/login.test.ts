import type { LoginReply } from "@quanku/protocol/calls";
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import { startTestServer, type TestServer } from "../../server/testing/server.ts";
import { createClient, type Session } from "../src/index.ts";
import type { Plain } from "./plain.ts";
import { refused, SECRET, scripted } from "./support/scripted.ts";

describe("a login", () => {
  let server: TestServer;
  const of = async (appid: string, sandbox: boolean) => {
    const { secret } = await server.createApp(appid, undefined, { sandbox });
    const fetch = (url: string, init: RequestInit) => server.fetch(url.replace("http://quanku.test", ""), init);
    return createClient({ baseUrl: "http://quanku.test", appid, secret, fetch });
  };
  beforeAll(async () => {
    server = await startTestServer({ adapter: "memory" });
  });
  afterAll(() => server.close());

  it("tells who a code of a sandbox app is", async () => {
    expectTypeOf<Session>().toEqualTypeOf<Plain<LoginReply>>();
    const client = await of("wx_sandbox", true);
    const session = await client.code2Session("a code & more");
    expect(session).toEqual({
      openid: expect.stringMatching(/^o[\w-]{27}$/),
      session_key: expect.stringMatching(/^[\w+/]{22}==$/),
    });
    expect((await client.code2Session("a code & more")).openid).toBe(session.openid);
    expect((await client.code2Session("another")).openid).not.toBe(session.openid);
    await expect(client.code2Session("")).rejects.toMatchObject({ reason: "invalid_code", call: "jscode2session" });
    const shop = await of("wx_shop", false);
    await expect(shop.code2Session("a code")).rejects.toMatchObject({ reason: "invalid_url", code: 40066 });
  });

  it("needs no token, is made again where the host was busy, and not where the answer was lost", async () => {
    const busy = scripted([refused(990010), { openid: "o1", session_key: "k" }]);
    const session = busy.client.code2Session("code");
    await expect.poll(() => busy.host.asked.length).toBe(1);
    await busy.clock.pass(1000);
    expect(await session).toEqual({ openid: "o1", session_key: "k" });
    expect(busy.host.asked.map(({ method, path }) => `${method} ${path}`)).toEqual(
      Array(2).fill("GET /sns/jscode2session"),
    );
    expect(Object.fromEntries(busy.host.asked[0]?.query ?? [])).toEqual({
      appid: "wx1",
      secret: SECRET,
      js_code: "code",
      grant_type: "authorization_code",
    });

    const lost = scripted([new Error(`socket hang up: ?secret=${encodeURIComponent(SECRET)}`)]);
    const error = await lost.client.code2Session("code").catch((error: unknown) => error);
    expect(error).toMatchObject({ kind: "network", retryable: false, text: "socket hang up: ?secret=***" });
    expect(lost.host.asked).toHaveLength(1);
  });
});
