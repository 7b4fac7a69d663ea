import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AppSettings } from "../../src/domain/records.ts";
import { startTestServer, type TestServer } from "../../testing/server.ts";

const KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
const callback = { callbackUrl: "https://shop.example/hook", callbackToken: "AAAAA" } as const;

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer();
  await server.createApp("wx_set");
});
afterEach(() => server.close());

const set = async (settings: Partial<AppSettings>) => server.apps.configure("wx_set", settings, "command_line");
const current = async () => (await server.apps.find("wx_set"))?.settings;

describe("settings of an app", () => {
  it("begin with our rules deciding, no callback, expiry on and 60 claims a minute of one person", async () => {
    expect(await current()).toEqual({
      originalId: expect.stringMatching(/^gh_[0-9a-f]{12}$/),
      claimMode: "direct",
      callbackUrl: null,
      callbackToken: null,
      encodingAesKey: null,
      messageFormat: "json",
      messageMode: "plain",
      requireConfirm: false,
      autoExpire: true,
      stackingPolicy: "product_then_shop",
      thresholdBasis: "list",
      claimsPerMinute: null,
      claimsPerMinuteOfPerson: 60,
    });
  });

  it("change one by one and stay otherwise", async () => {
    await set({ ...callback, claimMode: "callback" });
    await set({ messageMode: "secure", encodingAesKey: KEY, messageFormat: "xml" });
    await set({ claimsPerMinuteOfPerson: null });
    expect(await current()).toMatchObject({
      ...callback,
      claimMode: "callback",
      messageMode: "secure",
      encodingAesKey: KEY,
      messageFormat: "xml",
      claimsPerMinuteOfPerson: null,
    });
  });

  const incomplete: [Partial<AppSettings>, missing: keyof AppSettings, needed: keyof AppSettings][] = [
    [{ claimMode: "callback" }, "callbackUrl", "claimMode"],
    [{ requireConfirm: true }, "callbackUrl", "requireConfirm"],
    [{ callbackUrl: callback.callbackUrl }, "callbackToken", "callbackUrl"],
    [{ ...callback, messageMode: "secure" }, "encodingAesKey", "messageMode"],
    [{ ...callback, messageMode: "compatible" }, "encodingAesKey", "messageMode"],
  ];
  for (const [settings, missing, needed] of incomplete)
    it(`are refused as a whole without ${missing}, which ${needed} needs`, async () => {
      const before = await current();
      expect(await set(settings)).toMatchObject({ refused: "settings_incomplete", facts: { missing, needed } });
      expect(await current()).toEqual(before);
    });

  it("are refused when what another needs is cleared", async () => {
    await set({ ...callback, claimMode: "callback", messageMode: "secure", encodingAesKey: KEY });
    for (const cleared of ["callbackUrl", "callbackToken", "encodingAesKey"] as const)
      expect(await set({ [cleared]: null })).toMatchObject({ refused: "settings_incomplete" });
    expect(await set({ claimMode: "direct", callbackUrl: null })).toMatchObject({ app: { confirmedUrl: null } });
  });

  const malformed: [keyof AppSettings, unknown[], names: string][] = [
    [
      "callbackUrl",
      [
        "",
        "shop.example",
        "ftp://shop.example",
        "https://user:pass@shop.example",
        "https://user@shop.example",
        "https://shop.example/#part",
        "file:///etc/passwd",
        `https://shop.example/${"x".repeat(1024)}`,
      ],
      "callback URL",
    ],
    ["callbackToken", ["", "ab", "a".repeat(33), "with space", "with-dash", "令牌令牌"], "callback token"],
    ["encodingAesKey", ["", KEY.slice(1), `${KEY}A`, `${KEY.slice(1)}=`, `${KEY.slice(1)}-`], "EncodingAESKey"],
    ["originalId", ["", "gh_", "wx123", "gh_a b", `gh_${"a".repeat(62)}`], "original id"],
    ["claimsPerMinute", [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY], "claims per minute"],
    ["claimsPerMinuteOfPerson", [0, 2 ** 60], "claims per minute of person"],
    ["claimMode", ["", "nobody", null], "claim mode"],
    ["stackingPolicy", ["everything"], "stacking policy"],
    ["autoExpire", ["on", null, 1], "auto expire"],
  ];
  for (const [name, values, spoken] of malformed)
    it(`are refused with a malformed ${name}, naming it and not telling it`, async () => {
      const before = await current();
      for (const value of values) {
        const refused = set({ ...callback, encodingAesKey: KEY, [name]: value } as Partial<AppSettings>);
        await expect(refused, String(value)).rejects.toThrow(new RegExp(`^${spoken} must `));
        if (String(value).length > 8) await expect(refused).rejects.not.toThrow(String(value));
      }
      expect(await current()).toEqual(before);
    });

  it("keep keys and tokens out of the journal", async () => {
    await set({ ...callback, callbackUrl: "https://shop.example/hook?key=hidden", encodingAesKey: KEY });
    const journal = JSON.stringify(await server.store.readJournal("wx_set", 0, 100));
    expect(journal).toContain("https://shop.example/hook");
    for (const secret of [KEY, '"AAAAA"', "hidden"]) expect(journal).not.toContain(secret);
  });

  it("of an unknown app are refused", async () => {
    expect(await server.apps.configure("wx_nobody", { autoExpire: false }, "command_line")).toMatchObject({
      refused: "unknown_app",
    });
  });
});
