import { describe, expect, it } from "vitest";
import { startTestServer } from "../../testing/server.ts";
import { askAs } from "../../testing/tokens.ts";

describe("apps", () => {
  it("may be given a token quota of their own", async () => {
    const server = await startTestServer({ adapter: "memory" });
    const secret = "a-secret-of-16-characters";
    await server.apps.create("small", { secret, tokenQuota: 2 }, "command_line");
    const fetched = async () => (await askAs(server, { appid: "small", secret })).errcode;
    expect([await fetched(), await fetched(), await fetched()]).toEqual([undefined, undefined, 45009]);
    await expect(server.apps.create("other", { secret, tokenQuota: 0 }, "command_line")).rejects.toThrow("token quota");
    expect((await server.apps.list()).length).toBe(1);
  });

  it("start the 30 seconds of a forced renewal with the first that was forced", async () => {
    const server = await startTestServer({ adapter: "memory" });
    const app = await server.createApp("forcing");
    const force = async () => (await askAs(server, app, "stable_token", true)).access_token;
    const first = await force();
    server.clock.now += 29;
    expect(await force()).toBe(first);
    server.clock.now += 1;
    expect(await force()).not.toBe(first);
  });

  it("issue no token to a method that asks for none", async () => {
    const server = await startTestServer({ adapter: "memory" });
    const { appid, secret } = await server.createApp("asked");
    const query = new URLSearchParams({ grant_type: "client_credential", appid, secret });
    for (const method of ["OPTIONS", "PUT", "DELETE"]) {
      const reply = await server.json(await server.fetch(`/cgi-bin/token?${query}`, { method }));
      expect(reply.errcode).toBe(40066);
    }
  });
});
