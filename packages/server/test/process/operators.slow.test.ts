import { adminRoot } from "@quanku/protocol/admin";
import { describe, expect, it } from "vitest";
import { createApp, directory, quanku, quankuIn, startServer } from "./server-process.ts";

describe("operators on the command line", () => {
  it("come and go beside a running server", async () => {
    const place = directory();
    const ended = async (...args: string[]) => {
      const { code, stdout, stderr } = await quankuIn(
        { env: { PW: "given-password" } },
        "operator",
        ...args,
        "--data-dir",
        place,
      );
      return { code, told: stdout === "" ? stderr : JSON.parse(stdout) };
    };
    await createApp(place, "wx-cli");
    const server = await startServer(place);
    const signIn = async (operator: string, password: string) => {
      const headers = { "content-type": "application/json" };
      const init = { method: "POST", headers, body: JSON.stringify({ name: operator, password }) };
      const response = await server.fetch(`${adminRoot}/session`, init);
      return [response.status, ((await response.json()) as { errcode?: number }).errcode];
    };
    expect(await signIn("li", "x")).toEqual([200, 40066]);

    const li = await ended("create", "li", "--role", "owner");
    expect(li).toEqual({ code: 0, told: { name: "li", role: "owner", apps: [], password: expect.any(String) } });
    await expect.poll(() => signIn("li", li.told.password)).toEqual([200, undefined]);
    const given = ["--role", "manager", "--app", "wx-cli", "--password-from", "env:PW"];
    expect(await ended("create", "wang", ...given)).toEqual({
      code: 0,
      told: { name: "wang", role: "manager", apps: ["wx-cli"] },
    });
    expect(await signIn("wang", "given-password")).toEqual([200, undefined]);
    const reset = await ended("reset", "wang");
    expect(await signIn("wang", "given-password")).toEqual([401, undefined]);
    expect(await signIn("wang", reset.told.password)).toEqual([200, undefined]);
    expect(await ended("create", "zhao", "--role", "viewer", "--app", "wx-none")).toMatchObject({
      code: 1,
      told: expect.stringContaining("no app wx-none"),
    });
    expect(await ended("remove", "li")).toMatchObject({ code: 1, told: expect.stringContaining("the last owner") });
    const { told } = await ended("link", "li", "--url", server.url);
    const follow = async () => (await fetch(told.link, { redirect: "manual" })).status;
    expect([await follow(), await follow()]).toEqual([303, 409]);
    expect((await ended("remove", "wang")).code).toBe(0);
    expect(await signIn("wang", reset.told.password)).toEqual([401, undefined]);
    expect(await ended("list")).toMatchObject({ told: { name: "li", role: "owner", has_password: true } });
    await server.stop();
  });
});

describe("the demo", () => {
  const linkIn = (screen: string) => /\S+\/session\/link\?code=\S+/.exec(screen)?.[0] ?? "none";

  it("prints a link that signs in once, on every start, and no other start prints one", async () => {
    const dataDir = directory();
    for (const _ of ["first", "second"]) {
      const server = await startServer(dataDir, "--demo");
      const link = linkIn(server.written.stdout);
      const response = await fetch(link, { redirect: "manual" });
      const cookie = response.headers.get("set-cookie")?.split(";")[0] ?? "";
      const session = await server.fetch(`${adminRoot}/session`, { headers: { cookie } });
      expect(await session.json()).toMatchObject({ session: { name: "demo", role: "owner" } });
      expect((await fetch(link, { redirect: "manual" })).status).toBe(409);
      await server.stop();
    }
    const plain = await startServer(dataDir);
    expect(linkIn(plain.written.stdout)).toBe("none");
    await plain.stop();
  });

  it("makes no operator where there are others, nor in a store of one's own apps", async () => {
    const [mine, others] = [directory(), directory()];
    await createApp(mine, "wx-mine");
    const inMine = await startServer(mine, "--demo");
    expect(linkIn(inMine.written.stdout)).toBe("none");
    expect((await (await inMine.fetch(`${adminRoot}/session`)).json()) as object).toMatchObject({ errcode: 40066 });
    await inMine.stop();
    await (await startServer(others, "--demo")).stop();
    await quanku("operator", "create", "li", "--role", "owner", "--data-dir", others);
    await quanku("operator", "remove", "demo", "--data-dir", others);
    const inOthers = await startServer(others, "--demo");
    expect(linkIn(inOthers.written.stdout)).toBe("none");
    await inOthers.stop();
  });
});
