import { describe, expect, it } from "vitest";
import { connect, type Token } from "../../testing/client.ts";
import { addActive, coupon } from "../../testing/coupons.ts";
import { worth } from "../../testing/tokens.ts";
import { patiently, places, quanku, startServer } from "../process/server-process.ts";

const APPID = "wx_sandbox";
const [MINUTE, DAY] = [60, 86_400];

describe.each(["sqlite", "postgres"] as const)("quanku clock beside servers on %s", (adapter) => {
  it("moves what they decide by at once, and what they remember within a second", async () => {
    const place = await places[adapter]();
    const at = adapter === "sqlite" ? ["--data-dir", place] : ["--database-url", place, ...patiently];
    const run = (...args: string[]) => quanku(...args, ...at);
    const clock = async (...args: string[]) => {
      const { code, stdout, stderr } = await run("clock", APPID, ...args, "--json");
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      return JSON.parse(stdout);
    };
    const created = JSON.parse((await run("app", "create", "--appid", APPID, "--sandbox")).stdout);
    await run("app", "create", "--appid", "wx_shop");
    const options = adapter === "sqlite" ? [] : patiently;
    const servers = await Promise.all(
      Array.from({ length: adapter === "sqlite" ? 1 : 2 }, () => startServer(place, ...options)),
    );
    const [first, last] = [servers[0], servers.at(-1)] as [(typeof servers)[0], (typeof servers)[0]];
    const token: Token = {};
    const [shop, other] = [first, last].map(({ url }) => connect(url, created, 8, token)) as [
      ReturnType<typeof connect>,
      ReturnType<typeof connect>,
    ];
    const { clock: begun } = await clock();
    expect(begun).toMatchObject({ ahead: 0, frozen: false });
    const opens = begun.now + 60 * MINUTE;
    await addActive(shop, coupon("later", { total_num: 9, start_time: opens, end_time: opens + 90 * DAY }));
    const claim = (request_id: string) => other.call("claim", { openid: "p", out_coupon_id: "later", request_id });
    expect((await claim("early")).errcode).toBe(1090058);

    expect((await clock("advance", "1h30m")).clock.ahead).toBe(90 * MINUTE);
    expect((await claim("in-time")).errcode).toBe(0);

    const { passed, clock: shown } = await clock("advance", "31d");
    expect(passed).toEqual({ user_coupons: 1, coupons: 0, holds: 0 });
    expect(shown.ahead).toBeGreaterThanOrEqual(31 * DAY);
    for (const server of servers) await expect.poll(() => worth(server, token.kept?.token ?? "")).toBe(42001);

    const again = connect(last.url, created);
    const { result_list } = await again.call("get_usercoupon_list", { openid: "p", page_size: 9 });
    expect(result_list).toMatchObject([{ out_coupon_id: "later", status: 101 }]);

    expect(await run("verify", APPID)).toMatchObject({ code: 0, stdout: expect.stringContaining("is right") });
  });
});

it("quanku clock lets a clock stand and go on, and says what it cannot do", async () => {
  const at = ["--data-dir", await places.sqlite()];
  for (const app of [[APPID, "--sandbox"], ["wx_shop"]]) await quanku("app", "create", "--appid", ...app, ...at);
  const clock = async (...args: string[]) =>
    JSON.parse((await quanku("clock", APPID, ...args, "--json", ...at)).stdout).clock;
  const frozen = await clock("freeze");
  expect(await clock()).toMatchObject({ now: frozen.now, frozen: true });
  const to = new Date((frozen.now + DAY) * 1000).toISOString().replace(".000", "");
  expect(await clock("set", to)).toMatchObject({ now: frozen.now + DAY, frozen: true });
  expect(await clock("resume")).toMatchObject({ frozen: false });
  const refused: [string[], string][] = [
    [[APPID, "advance", "soon"], "soon must be a length of time such as 7d"],
    [[APPID, "set", "2020-01-01"], "only goes forward"],
    [[APPID, "set"], "set what? Say it as in: set 2026-12-01T09:00"],
    [[APPID, "stop"], "clock knows no stop: give one of advance, set, freeze, resume"],
    [["wx_shop", "freeze"], "app wx_shop is no sandbox"],
  ];
  const answers = await Promise.all(refused.map(([args]) => quanku("clock", ...args, ...at)));
  expect(answers).toEqual(
    refused.map(([, words]) => ({ code: 1, signal: null, stdout: "", stderr: expect.stringContaining(words) })),
  );
  const { stdout } = await quanku("clock", APPID, ...at);
  expect(stdout).toMatch(/^app's time {2}\d{4}-\d\d-\d\dT[\d:]+\+08:00 \(\d+\)\nreal time .*\nahead by {4}\d+\w/);
});
