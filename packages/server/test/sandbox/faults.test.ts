import { CouponApiError } from "@quanku/sdk";
import { describe, expect, it } from "vitest";
import { claimOf, type FaultyShop, NOW, type Seen, seen, startFaultyShop } from "./faults-shop.ts";

const nginx = (status: number, said: string): Seen => ({
  status,
  type: "text/html",
  body: [
    "<html>",
    `<head><title>${status} ${said}</title></head>`,
    "<body>",
    `<center><h1>${status} ${said}</h1></center>`,
    "<hr><center>nginx</center>",
    "</body>",
    "</html>",
    "",
  ].join("\r\n"),
});
const told = (errcode: number): Seen => ({ status: 200, errcode });

type Kind = {
  what: string;
  /** What a client sees beside the mark, which is there where a reply is. */
  sees: Seen;
  /** Whether the call was done all the same. */
  done: boolean;
  /** The code that the SDK ends with; absent: it gets over it. */
  ends?: number;
};

/** Every kind of fault of a call, and what a claim that meets it comes to. */
const kinds: Kind[] = [
  { what: "errcode=-1", sees: told(-1), done: false },
  { what: "errcode=45009", sees: told(45009), done: false, ends: 45009 },
  { what: "errcode=1090033", sees: told(1090033), done: false, ends: 1090033 },
  { what: "errcode=42001", sees: told(42001), done: false },
  { what: "delay=50", sees: told(0), done: true },
  { what: "reset", sees: { broke: "ECONNRESET" }, done: false },
  { what: "reset=after", sees: { broke: "ECONNRESET" }, done: true },
  { what: "half", sees: { status: 200, broke: "UND_ERR_SOCKET" }, done: true },
  { what: "http=502", sees: nginx(502, "Bad Gateway"), done: false },
  { what: "http=503", sees: nginx(503, "Service Temporarily Unavailable"), done: false },
  { what: "http=504", sees: nginx(504, "Gateway Time-out"), done: false },
  { what: "token", sees: told(42001), done: false },
];
const marked = ({ what, sees }: Kind): Seen => (sees.status === undefined ? sees : { ...sees, fault: what });
const fine: Seen = told(0);

/** A way to have a claim of the sandbox app meet a fault; the other apps are asked the same way. */
const ways: [way: string, meet: (shop: FaultyShop, what: string) => Promise<{ header?: string }>][] = [
  ["by rule", async (shop, what) => (await shop.order({ what, calls: "claim", count: 1 })) && {}],
  ["by header", async (_, what) => ({ header: what })],
];

describe.each(ways)("a fault that is ordered %s", (way, meet) => {
  it.each(kinds)("$what is met by a client once, and by no other app's", async (kind) => {
    const shop = await startFaultyShop();
    const { app, other, shop: production } = shop;
    const { header } = await meet(shop, kind.what);
    expect(await shop.claim(production, "r", header)).toEqual(fine);
    if (way === "by rule") {
      expect(await shop.claim(other, "r")).toEqual(fine);
      expect(await shop.listed()).toMatchObject([{ what: kind.what, seen: 0, hit: 0 }]);
    }
    const begun = performance.now();
    expect(await shop.claim(app, "r", header)).toEqual(marked(kind));
    if (kind.what === "delay=50") expect(performance.now() - begun).toBeGreaterThanOrEqual(49);
    expect(await shop.wallet(app, "r")).toHaveLength(kind.done ? 1 : 0);
    expect(await shop.listed(), "it ended by itself").toEqual([]);
    if (kind.what === "token") {
      expect(await shop.claim(app, "r"), "a token stays ended").toEqual(told(42001));
      await shop.server.crash();
      expect((await app.call("get_list", { page_size: 1 })).errcode).toBe(42001);
      await app.renewToken();
      expect((await app.call("get_list", { page_size: 1 })).errcode).toBe(0);
    } else expect(await shop.claim(app, "r")).toEqual(fine);
    if (way === "by header") expect(await shop.claim(other, "r")).toEqual(fine);
    expect(await shop.wallet(app, "r")).toHaveLength(kind.what === "token" ? 0 : 1);
    await shop.verified();
  });

  it.each(kinds)("$what is survived by the SDK, whose repeats come to one coupon", async (kind) => {
    const shop = await startFaultyShop();
    const { app } = shop;
    const { header } = await meet(shop, kind.what);
    const client = shop.sdk(app, header);
    const claimed = await client.claim(claimOf("r")).catch((error: unknown) => error);
    if (kind.ends === undefined) expect(claimed).toHaveProperty("user_coupon");
    else {
      expect(claimed).toBeInstanceOf(CouponApiError);
      expect(claimed).toMatchObject({ kind: "refused", code: kind.ends, requestId: "r" });
      expect(await shop.wallet(app, "r")).toEqual([]);
    }
    const { user_coupon } = await client.claim(claimOf("r"));
    expect(await shop.wallet(app, "r")).toEqual([user_coupon.out_user_coupon_id]);
    await shop.verified();
  });
});

describe("what a call meets", () => {
  it("by header is a delay and another together, and nothing of the rules then", async () => {
    const shop = await startFaultyShop();
    await shop.order({ what: "errcode=-1" });
    expect(await shop.claim(shop.app, "r", "delay=30, http=502")).toEqual({
      ...nginx(502, "Bad Gateway"),
      fault: "delay=30, http=502",
    });
    expect(await shop.listed()).toMatchObject([{ seen: 0 }]);
  });

  it.each([
    ["", "must be one of errcode=<code>, delay=<ms>"],
    ["errcode=7", "must name a code of the table of codes that is no success, not 7"],
    ["errcode=0", "must name a code"],
    ["delay=60001", "must be delay= and 1-60000 milliseconds"],
    ["half,reset", "cannot have both half and reset in one call: leave one out"],
    ["constructor", "must be one of"],
    ["push=lost", "push=lost is for an app whose merchant decides"],
  ])("is told where the header says %j, and nothing is done; a production app does not look", async (header, says) => {
    const shop = await startFaultyShop();
    const path = `/quanku/coupon/claim?access_token=${shop.app.accessToken}`;
    const init = { method: "POST", body: JSON.stringify(claimOf("r")), headers: { "quanku-fault": header } };
    const reply = await shop.server.json(await shop.server.fetch(path, init));
    expect(reply).toMatchObject({ errcode: 47001, errmsg: expect.stringContaining(`hint: [Quanku-Fault: ${says}`) });
    expect(await shop.wallet(shop.app, "r")).toEqual([]);
    expect(await shop.claim(shop.shop, "r", header)).toEqual(fine);
  });

  it("may be met by the fetch of a token, by whoever has the secret alone", async () => {
    const shop = await startFaultyShop();
    const { appid, secret } = shop.app;
    await shop.order({ what: "errcode=45009", calls: "stable_token", count: 2 });
    await shop.order({ what: "token" });
    const fetchToken = (given: string, header?: string) =>
      seen(`${shop.url}/cgi-bin/stable_token`, { grant_type: "client_credential", appid, secret: given }, header);
    expect(await fetchToken("another-secret-of-no-app")).toEqual(told(40125));
    expect(await shop.listed()).toMatchObject([{ seen: 0 }, { seen: 0 }]);
    const error = await shop
      .sdk(shop.app)
      .get_list({ page_size: 1 })
      .catch((error: unknown) => error);
    expect(error).toMatchObject({ name: "CouponApiError", call: "stable_token", code: 45009 });
    expect(await fetchToken(secret, "half")).toMatchObject({ broke: "UND_ERR_SOCKET" });
    expect(await fetchToken(secret, "token")).toMatchObject(told(47001));
    expect(await fetchToken(secret)).toMatchObject(told(45009));
    expect(await fetchToken(secret)).toEqual({ status: 200 });
    expect(await shop.listed(), "no token was used").toMatchObject([{ what: "token", seen: 0 }]);
  });

  it("ends by real time, also where the app's clock stands", async () => {
    const shop = await startFaultyShop();
    const { server, app } = shop;
    await server.ledger.submit({ do: "freezeClock", appid: app.appid, real: NOW }, "command_line");
    await shop.order({ what: "errcode=-1", seconds: 60 });
    server.clock.now = NOW + 59;
    expect(await shop.claim(app, "a")).toMatchObject(told(-1));
    server.clock.now = NOW + 60;
    expect(await shop.listed()).toEqual([]);
    expect((await server.apps.find(app.appid))?.sandbox?.faults, "nobody met it yet").toHaveLength(1);
    expect(await shop.claim(app, "a")).toEqual(fine);
    expect((await server.apps.find(app.appid))?.sandbox?.faults).toEqual([]);
  });

  it("is drawn by the seed: the same hits the same, by their order", async () => {
    const shop = await startFaultyShop();
    const pattern = async (seed: number, share: number) => {
      const { fault } = await shop.order({ what: "errcode=-1", calls: "get_list", seed, share });
      let hits = "";
      for (let n = 0; n < 40; n++)
        hits += (await shop.app.call("get_list", { page_size: 1 })).errcode === -1 ? "x" : ".";
      const [{ seen: looked, hit } = { seen: 0, hit: 0 }] = await shop.listed();
      expect([looked, hit]).toEqual([40, hits.split("x").length - 1]);
      await shop.operate("endFault", { appid: shop.app.appid, fault });
      return hits;
    };
    const first = await pattern(42, 3000);
    expect(first).toMatch(/x.*\..*x/);
    expect(await pattern(42, 3000)).toBe(first);
    expect(await pattern(43, 3000)).not.toBe(first);
    expect(await pattern(42, 10_000)).toBe("x".repeat(40));
  });

  it("is the first rule of its place that hits; a delay stands beside it", async () => {
    const shop = await startFaultyShop();
    await shop.order({ what: "errcode=-1", count: 1 });
    await shop.order({ what: "http=503", calls: "claim" });
    await shop.order({ what: "delay=1" });
    await shop.order({ what: "half", calls: "redeem" });
    expect(await shop.claim(shop.app, "r")).toEqual({ ...told(-1), fault: "delay=1, errcode=-1" });
    expect(await shop.listed()).toMatchObject([
      { what: "http=503", seen: 0 },
      { what: "delay=1", seen: 1, hit: 1 },
      { what: "half", seen: 0 },
    ]);
    expect(await shop.claim(shop.app, "r")).toMatchObject({ status: 503, fault: "delay=1, http=503" });
  });

  it("without a socket breaks off too", async () => {
    const { server, app } = await startFaultyShop();
    const path = `/quanku/coupon/claim?access_token=${app.accessToken}`;
    for (const header of ["half", "reset"]) {
      const init = { method: "POST", body: JSON.stringify(claimOf(header)), headers: { "quanku-fault": header } };
      await expect((await server.fetch(path, init)).text()).rejects.toThrow("ended before the reply was complete");
    }
  });
});
