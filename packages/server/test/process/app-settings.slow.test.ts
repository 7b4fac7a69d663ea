import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { withStore } from "../../src/cli/data.ts";
import { demoApp } from "../../src/cli/demo.ts";
import { FakeMerchant, shared } from "../../testing/fake-merchant.ts";
import { createApp, directory, quanku, quankuIn } from "./server-process.ts";

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
    sandbox: false,
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
  const unknownApp = "quanku: no app wx_nobody in this store: create it with quanku app create --appid wx_nobody\n";
  const commands = [
    "app show",
    "app set",
    "callbacks",
    "app verify-callback",
    "app rotate-secret",
    "export",
    "import x",
  ];
  for (const command of commands.map((words) => words.split(" "))) {
    const more = command[1] === "set" ? ["--auto-expire", "on"] : [];
    const named = ["export", "import"].includes(command[0] as string) ? ["--appid", "wx_nobody"] : ["wx_nobody"];
    const { code, stderr } = await run(...command, ...named, ...more);
    expect(code, command.join(" ")).toBe(1);
    expect(stderr).toBe(unknownApp);
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

it("app verify-callback reaches loopback for the demo shop as its server does, and names its own option otherwise", async () => {
  const merchant = await FakeMerchant.start();
  for (const [appid, code, says] of [
    [demoApp.appid, 0, "proved in"],
    ["wx_private", 1, "quanku app verify-callback take"],
  ] as const) {
    await createApp(dataDir, appid);
    await run("app", "set", appid, "--callback-url", merchant.url, "--callback-token", token);
    const verified = await run("app", "verify-callback", appid);
    expect(verified).toMatchObject({ code, stderr: "" });
    expect(verified.stdout).toContain(says);
  }
  await merchant.close();
});

it("app set reads a token and a key from a file, standard input or the environment", async () => {
  await createApp(dataDir, "wx_from");
  const file = join(directory(), "token");
  writeFileSync(file, `${token}\n`);
  const set = (surroundings: Parameters<typeof quankuIn>[0], ...args: string[]) =>
    quankuIn(surroundings, "app", "set", "wx_from", ...args, "--data-dir", dataDir);
  const stored = () =>
    withStore({ dataDir, databaseConnections: 1, statementTimeout: 1 }, async ({ apps }) => {
      const { callbackToken, encodingAesKey } = (await apps.find("wx_from"))?.settings ?? {};
      return { callbackToken, encodingAesKey };
    });

  const both = await set(
    { input: `${encodingAesKey}\r\n` },
    "--callback-token-from",
    file,
    "--encoding-aes-key-from",
    "-",
  );
  expect(both).toMatchObject({ code: 0, stderr: "" });
  expect(await stored()).toEqual({ callbackToken: token, encodingAesKey });
  expect((await set({ env: { TOKEN: "BBBBB" } }, "--callback-token-from", "env:TOKEN")).code).toBe(0);
  expect(await stored()).toEqual({ callbackToken: "BBBBB", encodingAesKey });

  const refusals: [args: string[], says: string][] = [
    [["--callback-token-from", "-", "--encoding-aes-key-from", "-"], "standard input holds one secret only"],
    [["--callback-token-from", file, "--callback-token", "AAAAA"], "cannot be used with option '--callback-token"],
    [["--callback-token-from", "-"], "standard input holds no secret: it is empty"],
    [["--callback-token-from", "env:NOTHING"], "there is no environment variable NOTHING"],
    [["--callback-token-from", `${file}.not`], "no such file: "],
    [["--callback-token-from", ""], "--callback-token-from is empty"],
  ];
  for (const [args, says] of refusals) {
    const { code, stdout, stderr } = await set({}, ...args);
    expect({ code, stdout }, args.join(" ")).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(says);
  }
  expect(await stored()).toEqual({ callbackToken: "BBBBB", encodingAesKey });
});
