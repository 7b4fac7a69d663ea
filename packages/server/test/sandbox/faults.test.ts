import { CouponApiError } from "@quanku/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  COUPON,
  claimOf,
  type FaultyShop,
  NOW,
  openFaultyShop,
  type Seen,
  seen,
  startFaultyShop,
} from "./faults-shop.ts";

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
  let shop: FaultyShop;
  beforeAll(async () => {
    shop = await openFaultyShop();
  });
  afterAll(() => shop.close());

  it.each(kinds)("$what is met by a client once, and by no other app's", async (kind) => {
    const { app, other, shop: production } = shop;
    const id = `met-${kind.what.replaceAll("=", "_")}`;
    const { header } = await meet(shop, kind.what);
    expect(await shop.claim(production, id, header)).toEqual(fine);
    expect(await shop.claim(other, id)).toEqual(fine);
    if (way === "by rule") expect(await shop.listed()).toMatchObject([{ what: kind.what, seen: 0, hit: 0 }]);
    const begun = performance.now();
    expect(await shop.claim(app, id, header)).toEqual(marked(kind));
    if (kind.what === "delay=50") expect(performance.now() - begun).toBeGreaterThanOrEqual(49);
    expect(await shop.wallet(app, id)).toHaveLength(kind.done ? 1 : 0);
    expect(await shop.listed(), "it ended by itself").toEqual([]);
    if (kind.what === "token") {
      expect(await shop.claim(app, id), "a token stays ended").toEqual(told(42001));
      await app.renewToken();
    }
    expect(await shop.claim(app, id)).toEqual(fine);
    expect(await shop.claim(other, id)).toEqual(fine);
    expect(await shop.wallet(app, id)).toHaveLength(1);
  });

  it.each(kinds)("$what is survived by the SDK, whose repeats come to one coupon", async (kind) => {
    const { app } = shop;
    const id = `sdk-${kind.what.replaceAll("=", "_")}`;
    const { header } = await meet(shop, kind.what);
    const client = shop.sdk(app, header);
    const claimed = await client.claim(claimOf(id)).catch((error: unknown) => error);
    if (kind.ends === undefined) expect(claimed).toHaveProperty("user_coupon");
    else {
      expect(claimed).toBeInstanceOf(CouponApiError);
      expect(claimed).toMatchObject({ kind: "refused", code: kind.ends, requestId: id });
      expect(await shop.wallet(app, id)).toEqual([]);
    }
    const { user_coupon } = await client.claim(claimOf(id));
    expect(await shop.wallet(app, id)).toEqual([user_coupon.out_user_coupon_id]);
  });

  it("leaves the books right", () => shop.verified());
});

describe("what a call meets", () => {
  it("may end its token, for all processes and for good; a new one is as good as any", async () => {
    const { server, app, claim } = await startFaultyShop();
    expect(await claim(app, "r", "token")).toMatchObject(told(42001));
    await server.crash();
    expect((await app.call("get_list", { page_size: 1 })).errcode).toBe(42001);
    await app.renewToken();
    expect((await app.call("get_list", { page_size: 1 })).errcode).toBe(0);
  });

  it.each([
    ["reset", "network"],
    ["reset=after", "network"],
    ["half", "network"],
    ["http=502", "http"],
  ])("where it must not be made twice, and is %s, is told by the SDK after one try", async (what, kind) => {
    const { app, sdk } = await startFaultyShop();
    const stock = { out_coupon_id: COUPON, stock_info: { issued_num: 500, receive_num: 0 } };
    const error = await sdk(app, what)
      .update_coupon_stock({ coupon_stock: stock })
      .catch((error: unknown) => error);
    expect(error).toBeInstanceOf(CouponApiError);
    expect(error).toMatchObject({ kind, retryable: false });
  });

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

  it("may be much: each claim that is repeated until it is granted comes to one coupon, and others' at once", async () => {
    const shop = await startFaultyShop();
    for (const what of ["reset=after", "half", "reset", "http=504", "errcode=-1", "token", "delay=2"])
      await shop.order({ what, share: 1500, seed: 3 });
    const client = shop.sdk(shop.app);
    const untilGranted = async (id: string): Promise<string> => {
      try {
        return (await client.claim(claimOf(id))).user_coupon.out_user_coupon_id;
      } catch (error) {
        expect(error).toBeInstanceOf(CouponApiError);
        return untilGranted(id);
      }
    };
    const ids = Array.from({ length: 40 }, (_, n) => `r${n}`);
    const beside = [shop.shop, shop.other].map((one) => Promise.all(ids.map((id) => shop.claim(one, id))));
    const granted = await Promise.all(ids.map(untilGranted));
    for (const [n, id] of ids.entries()) expect(await shop.wallet(shop.app, id)).toEqual([granted[n]]);
    expect((await Promise.all(beside)).flat()).toEqual(Array(80).fill(fine));
    for (const { what, hit } of await shop.listed()) expect(hit, what).toBeGreaterThan(0);
    await shop.verified();
  });

  it("takes no room from other apps while it is delayed, and none is delayed once the server stops", async () => {
    const shop = await startFaultyShop({ calls: 6 });
    const { app, server } = shop;
    const delayed = Array.from({ length: 30 }, (_, n) => shop.claim(app, `r${n}`, "delay=60000"));
    await expect.poll(() => server.faults.delays.waiting).toBe(30);
    for (const one of [shop.shop, shop.other, app]) expect(await shop.claim(one, "now")).toEqual(fine);
    server.faults.delays.stop();
    for (const one of await Promise.all(delayed)) expect(one).toEqual(told(990010));
    expect(await shop.claim(app, "r", "delay=60000")).toEqual(told(990010));
    expect(server.faults.delays.waiting).toBe(0);
    expect(await shop.wallet(app, "r0")).toEqual([]);
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
