import { tokenPaths } from "@quanku/protocol/calls";
import { describe, expect, it } from "vitest";
import { launch, places, quanku, startServer } from "./server-process.ts";

const APPID = "wx_logs";
const at = (place: string) => (place.startsWith("postgres:") ? ["--database-url", place] : ["--data-dir", place]);

describe.each(Object.entries(places))("quanku logs on %s", (_, place) => {
  it("shows calls beside a running server, follows them, and explains one in two languages", async () => {
    const where = at(await place());
    const made = await quanku("app", "create", "--appid", APPID, "--sandbox", ...where);
    const { secret } = JSON.parse(made.stdout) as { secret: string };
    await quanku("app", "create", "--appid", "wx_shop", ...where);
    const server = await startServer(where[1] as string);
    const fetched = await server.fetch(
      `${tokenPaths.token}?grant_type=client_credential&appid=${APPID}&secret=${secret}`,
    );
    const { access_token } = (await fetched.json()) as { access_token: string };
    const get = async (id: string) => {
      const body = JSON.stringify({ out_coupon_id: id });
      const path = `/shop/coupon/get?access_token=${access_token}`;
      return (await server.fetch(path, { method: "POST", body })).headers.get("quanku-rid") as string;
    };
    const rid = await get("tea");
    const shown = async (...more: string[]) => (await quanku("logs", APPID, ...where, ...more)).stdout;
    await expect.poll(() => shown()).toContain(rid);

    const follower = launch(["logs", APPID, "-f", "--json", "--coupon", "milk", ...where]);
    const later: string[] = [];
    await expect
      .poll(async () => {
        later.push(await get("milk"));
        return follower.written.stdout;
      })
      .toContain('"call":"get"');
    expect(follower.written.stdout).not.toContain(rid);
    follower.child.kill("SIGINT");
    expect(await follower.exited).toMatchObject({ code: 0, signal: null });

    const lines = (await shown("--coupon", "tea")).trimEnd().split("\n");
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^\S+Z {2}get +1090057 +\d+\.\d ms {2}\S+ {2}tea {2}rules: unknown_coupon$/);
    expect(await shown("--code", "0")).toMatch(/^\S+ {2}token /);
    expect(await shown("--openid", "nobody")).toBe("there are none\n");
    const english = await shown("--rid", rid, "--lang", "en");
    for (const told of [
      "✓ json ",
      "– callback",
      "✗ rules     unknown_coupon: The app has no such coupon.",
      "changed  nothing",
    ])
      expect(english).toContain(told);
    expect(await shown("--rid", rid, "--lang", "zh")).toContain("✗ rules     unknown_coupon：该应用没有这张券。");
    expect(english).not.toContain("\u001b");
    const everything = (await shown("--limit", "1000", "--json")) + english;
    for (const hidden of [secret, access_token.slice(APPID.length + 1)]) expect(everything).not.toContain(hidden);
    expect(await quanku("logs", "wx_shop", ...where)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("wx_shop is no sandbox"),
    });
    await server.stop();
  });
});
