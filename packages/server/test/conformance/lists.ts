import { expect, it } from "vitest";
import { CALLBACKS_KEPT, type CallbackFilter } from "../../src/domain/claims/attempts.ts";
import type { Coupon, UserCoupon } from "../../src/domain/records.ts";
import {
  HOLDER_SLICE,
  type HoldersOf,
  ORDER_SLICE,
  type OrderFilter,
  type Store,
  WALLET_SLICE,
} from "../../src/store/store.ts";

import { aCoupon, anAttempt, anOrder, aPerson, aUserCoupon, awkward, inWallet, put } from "../../testing/records.ts";

/** What the port promises of its lists, asked of the store that a test is given. */
export function lists(store: () => Store): void {
  it("lists an app's orders, those recorded last first, whatever becomes of them", async () => {
    const order = (id: string, changes = {}, appid = "a") =>
      ({ record: "order", value: anOrder(appid, id, changes) }) as const;
    await put(store(), order("3"), order("9", { openid: "p" }), order("elsewhere", {}, "b"));
    await put(store(), order("1", { status: "locked" }));
    await put(store(), order("5", { openid: "p", status: "locked" }));
    await put(store(), order("9", { openid: "p", status: "returned" }));
    const list = async (filter: OrderFilter, before: number | null = null, limit = 9, appid = "a") => {
      const { entries, next } = await store().listOrders(appid, filter, before, limit);
      return { ids: entries.map(({ outOrderId }) => outOrderId), next };
    };
    expect(await list({})).toEqual({ ids: ["5", "1", "9", "3"], next: null });
    expect(await list({ openid: "p" })).toEqual({ ids: ["5", "9"], next: null });
    expect(await list({ status: "locked" })).toEqual({ ids: ["5", "1"], next: null });
    expect(await list({ openid: "p", status: "returned" })).toEqual({ ids: ["9"], next: null });
    expect(await list({ openid: "nobody" })).toEqual({ ids: [], next: null });
    expect((await list({}, null, 9, "b")).ids).toEqual(["elsewhere"]);
    expect(await list({}, null, 9, "none")).toEqual({ ids: [], next: null });
    const first = await list({}, null, 3);
    expect(first).toEqual({ ids: ["5", "1", "9"], next: expect.any(Number) });
    expect(await list({}, first.next, 3)).toEqual({ ids: ["3"], next: null });
    expect((await store().listOrders("a", {}, null, 1)).entries).toEqual([
      anOrder("a", "5", { openid: "p", status: "locked" }),
    ]);
    const many = Array.from({ length: ORDER_SLICE }, (_, i) => order(`many ${i}`));
    await put(store(), ...many);
    const none = await list({ openid: "p" });
    expect(none).toEqual({ ids: [], next: expect.any(Number) });
    expect(await list({ openid: "p" }, none.next)).toEqual({ ids: ["5", "9"], next: null });
  });

  it("lists who has a coupon by the ids of their user coupons, the last first, a slice at a time", async () => {
    const [c, d, elsewhere] = [aCoupon("a", "c", 0), aCoupon("a", "d", 1), aCoupon("b", "c", 0)];
    const ids = ["1", "5", "\uffee", "🎟️", "9"];
    const held = [
      ...ids.map((id, slot) => aUserCoupon(c, "o", id, slot, { status: slot % 2 ? "used" : "effective" })),
      aUserCoupon(d, "o", "5", 9),
      aUserCoupon(elsewhere, "o", "7", 0),
    ];
    await put(store(), ...[c, d, elsewhere].map((value) => ({ record: "coupon", value }) as const));
    await put(store(), ...held.map((value) => ({ record: "userCoupon", value }) as const));
    const list = async (of: Partial<HoldersOf>, before: string | null = null, limit = 9) => {
      const asked = { appid: "a", outCouponId: "c", ...of };
      const { entries, next } = await store().listHolders(asked, before, limit);
      return { ids: entries.map(({ outUserCouponId }) => outUserCouponId), next };
    };
    expect(await list({})).toEqual({ ids: ["🎟️", "\uffee", "9", "5", "1"], next: null });
    expect((await store().listHolders({ appid: "a", outCouponId: "d" }, null, 9)).entries).toEqual([held[5]]);
    expect(await list({ status: "used" })).toEqual({ ids: ["🎟️", "5"], next: null });
    expect((await list({ appid: "b" })).ids).toEqual(["7"]);
    expect((await list({ outCouponId: "none" })).ids).toEqual([]);
    expect(await list({}, null, 2)).toEqual({ ids: ["🎟️", "\uffee"], next: "\uffee" });
    expect(await list({}, "\uffee", 2)).toEqual({ ids: ["9", "5"], next: "5" });
    expect((await list({}, "5", 2)).ids).toEqual(["1"]);
    const others = Array.from({ length: HOLDER_SLICE }, (_, i) => aUserCoupon(d, "p", `6 ${i}`, i));
    await put(store(), ...others.map((value) => ({ record: "userCoupon", value }) as const));
    expect(await list({ outCouponId: "c" }, "6 z")).toEqual({ ids: [], next: "6 0" });
    expect((await list({ outCouponId: "c" }, "6 0")).ids).toEqual(["5", "1"]);
  });

  it("keeps people with their names, in the order of code points, until they are removed", async () => {
    const names = ["Z", "a", "小明", "\uffee", "🎟️", awkward];
    const people = names.map((name, n) => aPerson("a", name, n % 2 === 0 ? { unionid: null } : {}));
    await put(store(), ...people.map((value) => ({ record: "person", value }) as const));
    const inOrder = people.toSorted((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
    expect(await store().listPersons("a", null, 9)).toEqual(inOrder);
    expect(await store().listPersons("a", "a", 2)).toEqual(inOrder.slice(2, 4));
    expect(await store().person("a", awkward)).toEqual(people.at(-1));
    await put(store(), { record: "person", value: aPerson("a", "a", { open: false }) });
    await put(store(), { record: "person", value: aPerson("a", "Z", { openid: "another" }) });
    expect(await store().person("a", "a")).toBeUndefined();
    expect((await store().listPersons("a", null, 9))[0]).toEqual(aPerson("a", "Z", { openid: "another" }));
    expect(await store().listPersons("a", null, 9)).toHaveLength(names.length - 1);
  });

  it("lists what is past its end and can still expire", async () => {
    const fixed = (end: number) => ({
      claimWindow: null,
      limitPerPerson: null,
      total: 0,
      validity: { kind: "fixed" as const, interval: { start: 0, end } },
      discount: null,
    });
    const coupons = [
      aCoupon("a", "over", 0, { terms: fixed(9) }),
      aCoupon("a", "today", 1, { terms: fixed(10) }),
      aCoupon("a", "ended", 2, { terms: fixed(9), status: "expired" }),
      aCoupon("a", "counted", 3),
      aCoupon("b", "elsewhere", 0, { terms: fixed(1) }),
    ];
    await put(store(), ...coupons.map((value) => ({ record: "coupon", value }) as const));
    expect(await store().listCouponsOver("a", 10, 9)).toEqual([{ outCouponId: "over", last: 9 }]);
    expect((await store().listCouponsOver("a", 11, 9)).map(({ outCouponId }) => outCouponId)).toEqual([
      "over",
      "today",
    ]);
    expect(await store().listCouponsOver("a", 11, 1)).toHaveLength(1);
    const coupon = coupons[3] as Coupon;
    const until = (end: number) => ({ validity: { start: 0, end } });
    const held = [
      aUserCoupon(coupon, "o", "over", 0, until(9)),
      aUserCoupon(coupon, "o", "today", 1, until(10)),
      aUserCoupon(coupon, "o", "endless", 2, until(0)),
      aUserCoupon(coupon, "o", "started, endless", 6, { validity: { start: 5, end: 0 } }),
      aUserCoupon(coupon, "o", "used", 3, { ...until(9), status: "used" }),
      aUserCoupon(coupon, "o", "locked", 4, { ...until(9), order: { outOrderId: "x", until: 11 } }),
      aUserCoupon(coupon, "o", "unlocked", 5, { ...until(10), order: { outOrderId: "x", until: 10 } }),
    ];
    await put(store(), ...held.map((value) => ({ record: "userCoupon", value }) as const));
    const ids = (outUserCouponId: string) => ({ outCouponId: "counted", outUserCouponId });
    expect(await store().listUserCouponsOver("a", 10, 9)).toEqual([{ ...ids("over"), last: 9 }]);
    const over = async (second: number) =>
      (await store().listUserCouponsOver("a", second, 9)).map(({ outUserCouponId, last }) => [outUserCouponId, last]);
    expect((await over(11)).toSorted()).toEqual([
      ["over", 9],
      ["today", 10],
      ["unlocked", 10],
    ]);
    expect((await over(12)).slice(0, 2).toSorted()).toEqual([
      ["locked", 11],
      ["over", 9],
    ]);
    expect(await store().listUserCouponsOver("a", 11, 1)).toHaveLength(1);
    expect(await store().listUserCouponsOver("b", 11, 9)).toEqual([]);
    expect(await store().nextEnds("a", 0)).toEqual({ hold: null, userCoupon: 9, coupon: 9 });
    expect(await store().nextEnds("a", 10)).toEqual({ hold: null, userCoupon: 10, coupon: 10 });
    expect(await store().nextEnds("a", 11)).toEqual({ hold: null, userCoupon: 11, coupon: null });
    expect(await store().nextEnds("a", 12)).toEqual({ hold: null, userCoupon: null, coupon: null });
    const expired = { ...(held[0] as UserCoupon), status: "expired" as const };
    await put(store(), { record: "userCoupon", value: expired });
    expect(await store().listUserCouponsOver("a", 10, 9)).toEqual([]);
  });

  it("lists of a wallet what can be used before all else, of that what ends first, and says how many are beyond", async () => {
    const coupon = aCoupon("a", "c", 0);
    const ended = aCoupon("a", "ended", 1, { status: "expired" });
    const unusable = [aCoupon("a", "void", 2, { status: "void" }), aCoupon("a", "draft", 3, { status: "draft" })];
    const elsewhere = aCoupon("b", "c", 0);
    const coupons = [coupon, ended, ...unusable, elsewhere];
    await put(store(), ...coupons.map((value) => ({ record: "coupon", value }) as const));
    const until = (end: number, start = 1) => ({ validity: { start, end } });
    const used = { status: "used", usedAt: 5, ...until(60) } as const;
    const lock = (until: number) => ({ order: { outOrderId: "x", until } });
    let slot = 0;
    const of = (id: string, changes: Partial<UserCoupon>, its = coupon) => aUserCoupon(its, "o", id, slot++, changes);
    const held = [
      of("ends 70", until(70)),
      of("endless", until(0, 0)),
      of("ends 60 a", until(60)),
      of("used 1", used),
      of("ends 60 b", until(60, 50), ended),
      of("over", until(49)),
      of("ends today", until(50)),
      of("not yet", until(60, 51)),
      of("expired", { ...until(90), status: "expired" }),
      of("given up", { ...until(90), status: "given_up" }),
      of("of a void one", until(55), unusable[0]),
      of("of a draft", until(55), unusable[1]),
      of("locked", { ...until(55), ...lock(50) }),
      of("unlocked", { ...until(65), ...lock(49) }),
      of("starts in 1970, has ended", until(1, 0)),
      of("starts in 1970, ends 58", until(58, 0)),
      of("started, endless", until(0, 50)),
      of("not yet, endless", until(0, 51)),
      of("ends before it starts", until(49, 60)),
      of("used 2", used),
    ];
    const others = [
      aUserCoupon(coupon, "p", "another person's", 0, until(51)),
      aUserCoupon(elsewhere, "o", "another app's", 0, until(51)),
    ];
    await put(store(), ...[...held, ...others].map((value) => ({ record: "userCoupon", value }) as const));
    const usable = [
      "ends today",
      "starts in 1970, ends 58",
      "ends 60 b",
      "ends 60 a",
      "unlocked",
      "ends 70",
      "started, endless",
      "endless",
    ];
    const unused = held
      .toReversed()
      .map((one) => one.outUserCouponId)
      .filter((id) => !usable.includes(id));
    for (let limit = 1; limit <= held.length + 1; limit++) {
      const { entries, more } = await store().listWalletCoupons("a", "o", 50, limit);
      const expected = new Set([...usable, ...unused].slice(0, limit));
      expect(entries.map(inWallet)).toEqual(
        held
          .toReversed()
          .filter(({ outUserCouponId }) => expected.has(outUserCouponId))
          .map((userCoupon) => ({
            coupon: coupons.find((its) => its.appid === "a" && its.outCouponId === userCoupon.outCouponId) as Coupon,
            userCoupon,
          }))
          .map(inWallet),
      );
      expect(more).toBe(Math.max(0, usable.length - limit));
    }
    const ids = async (appid: string, openid: string) =>
      (await store().listWalletCoupons(appid, openid, 50, 9)).entries.map(
        ({ userCoupon }) => userCoupon.outUserCouponId,
      );
    expect(await ids("a", "p")).toEqual(["another person's"]);
    expect(await ids("b", "o")).toEqual(["another app's"]);
  });

  it("keeps attempts at callbacks, newest first, no more and no older ones than it says", async () => {
    const now = 1_000_000_000_000;
    const { count, milliseconds } = CALLBACKS_KEPT;
    const times = async () => (await store().listCallbacks("a", {}, null, 2 * count)).map(({ at }) => at);
    const nobodys = anAttempt("nobody");
    expect(await store().keepCallbacks([anAttempt("a", { at: now - milliseconds }), anAttempt("b"), nobodys])).toEqual([
      1, 1, 0,
    ]);
    expect(await store().keepCallbacks([anAttempt("a", { at: now, reason: awkward })])).toEqual([2]);
    expect(await times()).toEqual([now, now - milliseconds]);
    const second = { ...anAttempt("a", { at: now, reason: awkward }), nth: 2 };
    expect(await store().listCallbacks("a", {}, null, 1)).toEqual([second]);
    expect(await store().callback("a", 2)).toEqual(second);
    expect(await store().keepCallbacks([anAttempt("a", { at: now + 1 })])).toEqual([3]);
    expect(await times()).toEqual([now + 1, now]);
    expect(await store().callback("a", 1)).toBeUndefined();
    const many = Array.from({ length: count }, (_, i) => anAttempt("a", { at: now + 2 + i }));
    expect(await store().keepCallbacks(many)).toEqual(many.map((_, i) => 4 + i));
    expect(await times()).toEqual(many.map(({ at }) => at).toReversed());
    expect(await store().listCallbacks("b", {}, null, 9)).toHaveLength(1);
    expect(await store().listCallbacks("nobody", {}, null, 9)).toEqual([]);
  });

  it("finds attempts in the order in which they were kept, whatever the time, by what they came to", async () => {
    const kept = [
      anAttempt("a", { at: 9, verdict: "declined", requestId: "r" }),
      anAttempt("a", { at: 5, verdict: "granted", requestId: "r", purpose: "resend" }),
      anAttempt("a", { at: 7, verdict: "granted", requestId: awkward }),
      anAttempt("a", { at: 7, verdict: "granted", requestId: "r" }),
    ];
    await store().keepCallbacks([anAttempt("b"), ...kept]);
    const nths = async (filter: CallbackFilter, before: number | null = null, limit = 9) =>
      (await store().listCallbacks("a", filter, before, limit)).map(({ nth }) => nth);
    expect(await nths({})).toEqual([4, 3, 2, 1]);
    expect(await nths({}, 3)).toEqual([2, 1]);
    expect(await nths({}, 99, 1)).toEqual([4]);
    expect(await nths({ verdict: "granted" })).toEqual([4, 3, 2]);
    expect(await nths({ verdict: "granted" }, 4, 1)).toEqual([3]);
    expect(await nths({ requestId: awkward })).toEqual([3]);
    expect(await nths({ requestId: "r", purpose: "claim" })).toEqual([4, 1]);
    expect(await nths({ requestId: "r", purpose: "claim", verdict: "timed_out" })).toEqual([]);
    const after = async (nth: number, limit = 9) =>
      (await store().listCallbacksAfter("a", nth, limit)).map((one) => one.nth);
    expect([await after(0), await after(2), await after(1, 2), await after(4)]).toEqual([
      [1, 2, 3, 4],
      [3, 4],
      [2, 3],
      [],
    ]);
    expect(await store().callback("a", 2 ** 40)).toBeUndefined();
  });

  it("pages coupons by position and wallets newest first, at any offset", async () => {
    const coupons = Array.from({ length: 7 }, (_, i) => aCoupon("a", `c${i}`, i));
    await put(store(), ...coupons.map((value) => ({ record: "coupon", value }) as const));
    await put(store(), { record: "coupon", value: aCoupon("b", "other", 0) });
    const wallet = coupons.map((coupon, i) => aUserCoupon(coupon, "o", `u${i}`, i));
    await put(store(), ...wallet.map((value) => ({ record: "userCoupon", value }) as const));
    for (const offset of [0, 1, 4, 6, 7, 8, 2 ** 31 - 1])
      for (const limit of [0, 1, 3, 7, 200]) {
        const page = await store().listCoupons("a", offset, limit);
        expect(page.total).toBe(7);
        expect(page.entries.map(({ coupon }) => coupon)).toEqual(coupons.slice(offset, offset + limit));
        const held = await store().listUserCoupons("a", "o", offset, limit);
        expect(held).toEqual({ total: 7, entries: wallet.toReversed().slice(offset, offset + limit) });
      }
  });

  it("lists what is asked for of a wallet, newest first, a slice of it at a time", async () => {
    const coupons = [0, 1, 2].map((i) => aCoupon("a", i === 2 ? awkward : `c${i}`, i));
    const statuses = ["effective", "used", "expired", "given_up"] as const;
    const size = 2 * WALLET_SLICE + 7;
    const wallet = Array.from({ length: size }, (_, slot) => {
      const rare = slot === 3 || slot === WALLET_SLICE + 5;
      const coupon = coupons[rare ? 2 : slot % 2] as Coupon;
      return aUserCoupon(coupon, "o", `u${slot}`, slot, { status: statuses[slot % 3] as UserCoupon["status"] });
    });
    const others = [aUserCoupon(coupons[0] as Coupon, "p", "u", 0), aUserCoupon(coupons[0] as Coupon, awkward, "v", 0)];
    await put(store(), ...coupons.map((value) => ({ record: "coupon", value }) as const));
    await put(store(), ...[...wallet, ...others].map((value) => ({ record: "userCoupon", value }) as const));
    const filters = [
      {},
      { status: "used" },
      { status: "given_up" },
      { outCouponId: "c1" },
      { outCouponId: awkward },
      { status: "expired", outCouponId: awkward },
      { outCouponId: "none" },
    ] as const;
    for (const filter of filters) {
      const matches = (one: UserCoupon) =>
        Object.entries(filter).every(([name, value]) => one[name as never] === value);
      const wanted = wallet.toReversed().filter(matches);
      for (const limit of [1 + WALLET_SLICE, 300]) {
        const found: UserCoupon[] = [];
        let before: number | null = null;
        let pages = 0;
        do {
          const { entries, next } = await store().listWallet("a", "o", filter, before, limit);
          expect(entries.length).toBeLessThanOrEqual(Math.min(limit, WALLET_SLICE));
          found.push(...entries);
          before = next;
          pages += 1;
        } while (before !== null);
        expect(found, JSON.stringify(filter)).toEqual(wanted);
        expect(pages).toBeLessThanOrEqual(Math.ceil(size / WALLET_SLICE) + Math.ceil(wanted.length / limit));
      }
    }
    const newest = (count: number) => wallet.toReversed().slice(0, count);
    expect(await store().listWallet("a", "o", {}, null, 2)).toEqual({ entries: newest(2), next: size - 2 });
    expect(await store().listWallet("a", "o", {}, 2 ** 53 - 1, 2)).toEqual({ entries: newest(2), next: size - 2 });
    expect(await store().listWallet("a", "o", {}, 1, 9)).toEqual({ entries: [wallet[0]], next: null });
    expect(await store().listWallet("a", "o", {}, 2, 2)).toEqual({ entries: [wallet[1], wallet[0]], next: null });
    for (const before of [0, -5])
      expect(await store().listWallet("a", "o", {}, before, 9)).toEqual({ entries: [], next: null });
    expect((await store().listWallet("a", awkward, {}, null, 9)).entries).toEqual([others[1]]);
    expect(await store().listWallet("a", "nobody", {}, null, 9)).toEqual({ entries: [], next: null });
    expect(await store().listWallet("nobody", "o", {}, null, 9)).toEqual({ entries: [], next: null });
  });

  it("finds a user coupon by its ids, and all that have an id in the order of their coupons", async () => {
    const coupons = [awkward, "c1", "c2"].map((id, position) => aCoupon("a", id, position));
    const elsewhere = aCoupon("b", "c1", 0);
    await put(store(), ...[...coupons, elsewhere].map((value) => ({ record: "coupon", value }) as const));
    const held = coupons.toReversed().map((coupon, i) => aUserCoupon(coupon, `o${i}`, awkward, 0));
    const more = [aUserCoupon(coupons[1] as Coupon, "o", `${awkward}x`, 0), aUserCoupon(elsewhere, "o", awkward, 0)];
    await put(store(), ...[...held, ...more].map((value) => ({ record: "userCoupon", value }) as const));
    for (const one of [...held, ...more])
      expect(await store().userCoupon(one.appid, one.outCouponId, one.outUserCouponId)).toEqual(one);
    expect(await store().userCoupon("a", "c2", `${awkward}x`)).toBeUndefined();
    expect(await store().userCoupon("a", "none", awkward)).toBeUndefined();
    expect(await store().userCoupon("b", "c2", awkward)).toBeUndefined();
    expect(await store().findUserCoupons("a", awkward, 9)).toEqual(held.toReversed());
    expect(await store().findUserCoupons("a", awkward, 2)).toEqual(held.toReversed().slice(0, 2));
    expect(await store().findUserCoupons("b", awkward, 9)).toEqual([more[1]]);
    expect(await store().findUserCoupons("a", "u", 9)).toEqual([]);
    expect(await store().findUserCoupons("nobody", awkward, 9)).toEqual([]);
  });

  it("lists the wallets of an app one after another, from any place", async () => {
    const coupon = aCoupon("a", "c", 0);
    const elsewhere = aCoupon("b", "c", 0);
    await put(store(), { record: "coupon", value: coupon });
    await put(store(), { record: "coupon", value: elsewhere });
    const held = ["o", "p", awkward].flatMap((openid, person) =>
      [0, 1, 2].map((slot) => aUserCoupon(coupon, openid, `u${person}-${slot}`, slot)),
    );
    await put(store(), ...held.map((value) => ({ record: "userCoupon", value }) as const));
    await put(store(), { record: "userCoupon", value: aUserCoupon(elsewhere, "o", "u", 0) });
    const all = await store().listWallets("a", null, 99);
    expect(new Set(all)).toEqual(new Set(held));
    for (const [, wallet] of Map.groupBy(all, ({ openid }) => openid))
      expect(wallet.map(({ slot }) => slot)).toEqual([0, 1, 2]);
    expect(new Set(all.flatMap(({ openid }, i) => (openid === all[i - 1]?.openid ? [] : openid))).size).toBe(3);
    for (const [i, last] of all.entries()) {
      expect(await store().listWallets("a", last, 99)).toEqual(all.slice(i + 1));
      expect(await store().listWallets("a", last, 2)).toEqual(all.slice(i + 1, i + 3));
    }
    expect(await store().listWallets("nobody", null, 9)).toEqual([]);
  });
}
