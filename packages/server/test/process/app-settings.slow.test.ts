import { expect, it } from "vitest";
import { FakeMerchant, shared } from "../callback/fake-merchant.ts";
import { createApp, directory, quanku } from "./server-process.ts";

const dataDir = directory();
const run = (...args: string[]) => quanku(...args, "--data-dir", dataDir);
const { appid, token, encodingAesKey } = shared;

it("app set and app show tell every setting, and no key or token", async () => {
  await createApp(dataDir, appid);
  const fresh = JSON.parse((await run("app", "show", appid)).stdout);
  expect(fresh).toEqual({
    appid,
    create_time: expect.any(Number),
    token_quota: 2000,
    original_id: expect.stringMatching(/^gh_/),
    claim_mode: "direct",
    callback_url: null,
    callback_url_in_force: null,
    callback_confirmed: false,
    callback_token: null,
    encoding_aes_key: null,
    message_format: "json",
    message_mode: "plain",
    require_confirm: false,
    auto_expire: true,
    stacking_policy: "product_then_shop",
    threshold_basis: "list",
    claims_per_minute: null,
    claims_per_minute_of_person: 60,
  });
  const url = "https://shop.example/hook";
  const all = [
    ["--claim-mode", "callback"],
    ["--callback-url", url],
    ["--callback-token", token],
    ["--encoding-aes-key", encodingAesKey],
    ["--message-format", "xml"],
    ["--message-mode", "secure"],
    ["--original-id", "gh_0123"],
    ["--require-confirm", "on"],
    ["--auto-expire", "off"],
    ["--stacking-policy", "exclusive"],
    ["--threshold-basis", "after_product_coupons"],
    ["--claims-per-minute", "6000"],
    ["--claims-per-minute-of-person", "none"],
  ];
  const { code, stdout, stderr } = await run("app", "set", appid, ...all.flat());
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(JSON.parse(stdout)).toEqual({
    ...fresh,
    original_id: "gh_0123",
    claim_mode: "callback",
    callback_url: url,
    callback_url_in_force: url,
    callback_token: "***",
    encoding_aes_key: "***",
    message_format: "xml",
    message_mode: "secure",
    require_confirm: true,
    auto_expire: false,
    stacking_policy: "exclusive",
    threshold_basis: "after_product_coupons",
    claims_per_minute: 6000,
    claims_per_minute_of_person: null,
  });
  expect((await run("app", "show", appid)).stdout).toBe(stdout);
});

it("app set refuses what is malformed or does not fit together, names it, and changes nothing", async () => {
  await createApp(dataDir, "wx_refused");
  const before = (await run("app", "show", "wx_refused")).stdout;
  const refusals: [args: string[], says: string][] = [
    [[], "give at least one setting"],
    [["--claim-mode", "magic"], "Allowed choices are direct, callback"],
    [["--claim-mode", "callback"], "quanku: callback URL must be set, because claim mode is callback"],
    [["--callback-url", "shop.example"], "callback URL must be an http or https URL"],
    [
      ["--callback-url", "https://shop.example"],
      "callback token must be set, because callback URL is https://shop.example",
    ],
    [["--callback-token", "?"], "callback token must be 3-32 of"],
    [["--encoding-aes-key", "short"], "EncodingAESKey must be 43 of"],
    [["--message-mode", "secure"], "EncodingAESKey must be set, because message mode is secure"],
    [["--require-confirm", "yes"], "give on or off"],
    [["--claims-per-minute", "many"], "give a whole number of at least 1"],
    [["--original-id", "wx"], "original id must be gh_"],
  ];
  for (const [args, says] of refusals) {
    const { code, stdout, stderr } = await run("app", "set", "wx_refused", ...args);
    expect({ code, stdout }, args.join(" ")).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(says);
  }
  expect((await run("app", "show", "wx_refused")).stdout).toBe(before);
  for (const command of [["app", "show"], ["app", "set"], ["callbacks"], ["app", "verify-callback"]]) {
    const more = command[1] === "set" ? ["--auto-expire", "on"] : [];
    const { code, stderr } = await run(...command, "wx_nobody", ...more);
    expect(code, command.join(" ")).toBe(1);
    expect(stderr).toMatch(/no app wx_nobody in this store|invalid appid/);
  }
});

it("app verify-callback explains what comes back, and callbacks keeps it", async () => {
  const merchant = await FakeMerchant.start();
  await createApp(dataDir, "wx_verified");
  const verify = () => run("app", "verify-callback", "wx_verified", "--allow-private-callbacks");
  expect((await verify()).stderr).toContain("wx_verified has no callback URL: set one with quanku app set");
  await run("app", "set", "wx_verified", "--callback-url", `${merchant.url}?key=hidden-key`, "--callback-token", token);

  const proved = await verify();
  expect(proved).toMatchObject({ code: 0, stderr: "" });
  expect(proved.stdout).toContain("proved in");
  merchant.answer = () => "welcome";
  const wrong = await verify();
  expect(wrong.code).toBe(1);
  expect(wrong.stdout).toMatch(
    /mismatched in .*\n {2}why {7}the reply is "welcome", expected the echostr \d+ and nothing else/,
  );
  await merchant.close();
  expect((await verify()).stdout).toContain("connection refused");

  const { stdout } = await run("callbacks", "wx_verified");
  expect(stdout.match(/^\d{4}-.* verify/gm)).toHaveLength(3);
  expect(stdout.indexOf("connection refused")).toBeLessThan(stdout.indexOf("the echostr came back"));
  for (const secret of [token, "hidden-key"]) expect(stdout).not.toContain(secret);
  expect((await run("callbacks", "wx_verified", "--limit", "1", "--json")).stdout.trim().split("\n")).toHaveLength(1);
  expect((await run("callbacks", "wx_refused")).stdout).toBe("the callback of wx_refused was not asked yet\n");
});
