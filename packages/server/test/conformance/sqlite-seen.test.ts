import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RecordKey } from "../../src/domain/records.ts";
import { type Change, WorkingCopy } from "../../src/domain/working-copy.ts";
import { Bits, type Kind, kinds } from "../../src/store/sqlite/bits.ts";
import { openDatabase } from "../../src/store/sqlite/connection.ts";
import { AppNumbers, Numbers } from "../../src/store/sqlite/numbers.ts";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import { Seen } from "../../src/store/sqlite/seen.ts";
import { type Reading, readBeside, readHere } from "../../src/store/sqlite/seen-rows.ts";
import { query } from "../../src/store/sqlite/statements.ts";
import { aClaim, aCoupon, anApp, anOrder, aStock, aUserCoupon, put } from "../../testing/records.ts";
import { temporaryDirectory } from "../../testing/temporary-directory.ts";

const kind = fc.constantFrom(...(Object.keys(kinds) as Kind[]));
const thing = fc.tuple(kind, fc.maxSafeNat(), fc.string({ unit: "binary" }));

describe("what a store keeps in mind of what there is", () => {
  it("always tells of what was noted, however few its bits", () => {
    fc.assert(
      fc.property(fc.array(thing), fc.constantFrom(512, 4096, 2 ** 20), (things, least) => {
        const bits = Bits.for(0, least);
        for (const one of things) bits.note(...one);
        for (const one of things) expect(bits.mayHave(...one)).toBe(true);
      }),
    );
  });

  it.for(Object.keys(kinds) as Kind[])("takes hardly any %s that never was for one that was noted", (kind) => {
    const count = 20_000;
    const bits = Bits.for(count, 512);
    for (let n = 0; n < count; n++) bits.note(kind, 2 ** 32 + 7, `person_${String(n).padStart(9, "0")}`);
    const others = {
      text: (n: number) => bits.mayHave(kind, 2 ** 32 + 7, `person_${String(count + n).padStart(9, "0")}`),
      number: (n: number) => bits.mayHave(kind, 2 ** 33 + 7, `person_${String(n).padStart(9, "0")}`),
      kind: (n: number) =>
        bits.mayHave(kind === "given" ? "wallet" : "given", 2 ** 32 + 7, `person_${String(n).padStart(9, "0")}`),
    };
    for (const [what, mayHave] of Object.entries(others)) {
      const taken = Array.from({ length: count }, (_, n) => mayHave(n)).filter(Boolean).length;
      expect(taken, what).toBeLessThan(count / 50);
    }
  });
});

describe("a store that knows what there is", () => {
  const coupon = aCoupon("a", "c", 0);
  const row = (n: number) => aUserCoupon(coupon, `person ${n}`, `u${n}`, 0);
  const keysOf = (n: number): RecordKey[] => [
    { need: "claim", appid: "a", requestId: `r${n}` },
    { need: "userCoupon", appid: "a", outCouponId: "c", outUserCouponId: `u${n}` },
    { need: "walletSize", appid: "a", openid: `person ${n}` },
    { need: "given", appid: "a", outCouponId: "c", openid: `person ${n}` },
    { need: "order", appid: "a", outOrderId: `o${n}` },
  ];

  /** A database of so many claims, and what is asked of it. */
  async function opened(count: number, read?: (bits: Bits) => Reading) {
    const directory = temporaryDirectory();
    const store = openSqliteStore(directory.path);
    await put(store, { record: "app", value: anApp("a") }, { record: "coupon", value: coupon });
    await put(store, { record: "stock", value: aStock(coupon) });
    const claims = Array.from({ length: count }, (_, n) => [
      { record: "userCoupon", value: row(n) } as const,
      { record: "claim", value: aClaim(row(n), `r${n}`) } as const,
      { record: "order", value: anOrder("a", `o${n}`) } as const,
    ]);
    await put(store, ...claims.flat());
    await store.close();
    const db = openDatabase(directory.path);
    const numbers = new Numbers(
      new AppNumbers(db),
      query(db, "SELECT id FROM coupon WHERE app = ? AND out_coupon_id = ?"),
    );
    const seen = new Seen({ read: read ?? readHere(db), rows: () => count });
    return {
      seen,
      numbers,
      file: join(directory.path, "quanku.db"),
      isNew: (n: number) => keysOf(n).map((key) => seen.tellNew(key, new WorkingCopy(), numbers)),
      [Symbol.dispose]() {
        seen.forget();
        db.close();
        directory.remove();
      },
    };
  }
  const [all, none] = [
    [true, true, true, true, true],
    [false, false, false, false, false],
  ];
  const rest = () => new Promise(setImmediate);

  it("tells what is new, and never of a row that it is", async () => {
    using store = await opened(12_000);
    store.seen.begin();
    await rest();
    for (let n = 0; n < 12_000; n += 97) expect(store.isNew(n), `${n}`).toEqual(none);
    expect(store.isNew(12_001)).toEqual(all);
  });

  it("reads on a thread of its own just as well", async () => {
    using store = await opened(6_001, (bits) => reading(bits));
    let ended: Promise<boolean> | undefined;
    function reading(bits: Bits): Reading {
      const begun = readBeside(store.file)(bits);
      ended = begun.done;
      return begun;
    }
    store.seen.begin();
    expect(store.isNew(6_002)).toEqual(none);
    expect(await ended).toBe(true);
    await rest();
    for (const n of [0, 1, 4_999, 5_000, 6_000]) expect(store.isNew(n), `${n}`).toEqual(none);
    expect(store.isNew(6_002)).toEqual(all);
  });

  it("knows nothing while it reads, where that fails, and from when another process wrote", async () => {
    const done = Promise.withResolvers<boolean>();
    using store = await opened(0, () => ({ done: done.promise, stop() {} }));
    store.seen.begin();
    await rest();
    expect(store.isNew(1)).toEqual(none);
    done.resolve(false);
    await rest();
    expect(store.isNew(1)).toEqual(none);
    using other = await opened(0);
    other.seen.begin();
    await rest();
    expect(other.isNew(1)).toEqual(all);
    other.seen.forget();
    other.seen.beginAnew();
    await rest();
    expect(other.isNew(1)).toEqual(none);
  });

  it("keeps in mind what was written while it read", async () => {
    const done = Promise.withResolvers<boolean>();
    using store = await opened(0, () => ({ done: done.promise, stop() {} }));
    store.seen.begin();
    const changes: Change[] = [
      { record: "userCoupon", value: row(3), fresh: true },
      { record: "claim", value: aClaim(row(3), "r3"), fresh: true },
      { record: "order", value: anOrder("a", "o3"), fresh: true },
    ];
    store.seen.note(changes, store.numbers);
    done.resolve(true);
    await rest();
    expect(store.isNew(3)).toEqual(none);
    expect(store.isNew(4)).toEqual(all);
  });
});
