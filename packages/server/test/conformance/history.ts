import { expect, it } from "vitest";
import type { Subject } from "../../src/domain/journal.ts";
import type { JournalRow } from "../../src/domain/journal-entry.ts";
import { type Tally, WHOLE_SHOP } from "../../src/domain/reports/tally.ts";
import { Journal } from "../../src/service/journal.ts";
import { digestOf } from "../../src/store/chain.ts";
import type { Store } from "../../src/store/store.ts";
import { aCoupon, anApp, anOrder, aStock, aUserCoupon, awkward, keysOf, put, written } from "../../testing/records.ts";

const numbers = (rows: readonly JournalRow[]) => rows.map(({ seq }) => seq);

/** What the port promises of journals, and of what is found and counted by them, asked of the store that a test is given. */
export function history(store: () => Store): void {
  it("keeps the chain that it is given, and where it ends apart from its rows", async () => {
    for (const id of ["c", awkward])
      await put(store(), { record: "coupon", value: aCoupon("a", id, id === "c" ? 0 : 1) });
    await put(store(), { record: "coupon", value: aCoupon("b", "c", 0) });
    for (const appid of ["a", "b"]) {
      let previous = "";
      const rows = await store().readJournal(appid, 0, 99);
      for (const row of rows) {
        expect(row.digest).toBe(digestOf(previous, { ...row, steps: row.text }));
        expect(row.steps).toEqual(JSON.parse(row.text));
        previous = row.digest;
      }
      expect(await store().journalEnd(appid)).toEqual({ seq: rows.at(-1)?.seq, digest: previous });
    }
    expect(await store().journalEnd("nobody")).toEqual({ seq: 0, digest: "" });
  });

  it("tells a transaction where journals end, and is asked for nothing by one that writes no entry", async () => {
    const end = await store().journalEnd("a");
    await store().transact([{ need: "app", appid: "a" }], (records) => {
      expect(records.end("a").digest).toBe(end.digest);
      expect(records.end("a").seq).toBeGreaterThanOrEqual(end.seq);
      return { changes: [], journal: [] };
    });
    expect(await store().journalEnd("a")).toEqual(end);
  });

  it("lists the journal newest first, from any entry", async () => {
    for (const position of [0, 1, 2])
      await put(store(), { record: "coupon", value: aCoupon("a", `c${position}`, position) });
    const newestFirst = (await store().readJournal("a", 0, 99)).toReversed();
    expect(await store().listJournal("a", null, 99)).toEqual(newestFirst);
    for (const [i, { seq }] of newestFirst.entries())
      expect(await store().listJournal("a", seq, 2)).toEqual(newestFirst.slice(i + 1, i + 3));
    expect(await store().listJournal("nobody", null, 9)).toEqual([]);
  });

  it("reads entries of one transaction from any of them on, and finds each, however many they are", async () => {
    const c = aCoupon("a", "c", 0);
    await put(store(), { record: "coupon", value: c });
    const sizes = [300, 1, 5, 2, 1, 30];
    const given = Array.from({ length: sizes.reduce((all, size) => all + size) }, (_, n) =>
      aUserCoupon(c, "o", `u${n}`, n),
    );
    for (let left = [...given]; left.length > 0; ) {
      const some = left.splice(0, sizes.shift());
      const changes = some.map((value) => ({ record: "userCoupon", value }) as const);
      await store().transact(keysOf(changes), (records) => {
        const journal = new Journal(records);
        for (const [n, change] of changes.entries()) {
          const steps = records.write([change]);
          journal.add({
            appid: "a",
            at: 7 + n,
            command: "claimCoupon",
            by: n % 50 === 0 ? "operator li" : "app",
            steps,
          });
        }
        return journal.commit;
      });
    }
    const all = await store().readJournal("a", 0, 999);
    expect(all.slice(-given.length).map(({ steps }) => steps)).toEqual(
      given.map(({ appid: _, ...after }) => [{ record: "userCoupon", before: null, after }]),
    );
    for (const [i, row] of all.entries())
      expect(row.digest).toBe(digestOf(all[i - 1]?.digest ?? "", { ...row, steps: row.text }));
    const newestFirst = all.toReversed();
    const lengths = [1, 2, 7, 256, 257, 400];
    const looked = [...all.entries()].filter(([i]) => i % 17 === 0 || i > 295);
    for (const [i, { seq }] of looked) {
      const limit = lengths[i % lengths.length] as number;
      expect(numbers(await store().readJournal("a", seq, limit))).toEqual(numbers(all.slice(i + 1, i + 1 + limit)));
      const before = newestFirst.slice(all.length - i, all.length - i + limit);
      expect(numbers(await store().listJournal("a", seq, limit))).toEqual(numbers(before));
    }
    for (const limit of lengths)
      expect(numbers(await store().listJournal("a", null, limit))).toEqual(numbers(newestFirst.slice(0, limit)));
    const byLi = newestFirst.filter(({ by }) => by === "operator li");
    expect(byLi.length).toBeGreaterThan(6);
    const li: Subject = { of: "by", by: "operator li" };
    expect(await store().listHistory("a", li, null, 99)).toEqual(byLi);
    for (const [i, { seq }] of byLi.entries())
      expect(await store().listHistory("a", li, seq, 2)).toEqual(byLi.slice(i + 1, i + 3));
    for (const [n, { outUserCouponId }] of [...given.entries()].filter(([n]) => n % 17 === 0 || n > 295)) {
      const subject: Subject = { of: "userCoupon", outCouponId: "c", outUserCouponId };
      expect(numbers(await store().listHistory("a", subject, null, 9))).toEqual([all.at(n - given.length)?.seq]);
    }
    await store().snapshot("a", async (reads) => {
      const { entries, seq, digest } = await reads.end();
      expect({ entries, seq, digest }).toEqual({ entries: all.length, ...(await store().journalEnd("a")) });
      for (const [i, { seq }] of looked) {
        const next = all.slice(i + 1, i + 2).map(({ seq, text, digest }) => ({ seq, text, digest }));
        expect(await reads.journal(seq, 1)).toMatchObject(next);
      }
    });
  });

  it("finds the entries about each subject, and that which recorded a user coupon", async () => {
    const [c, d] = [aCoupon("a", "c", 0), aCoupon("a", awkward, 1)];
    const [one, other] = [aUserCoupon(c, "o", awkward, 0), aUserCoupon(d, "o", "u", 1)];
    const order = anOrder("a", awkward, {
      coupons: [{ outCouponId: awkward, outUserCouponId: "u", parts: [3] }],
      status: "locked",
      redeemedAt: null,
      returns: [],
    });
    const redeemed = { ...order, status: "redeemed" as const, redeemedAt: 9 };
    const writes: Parameters<typeof put>[1][][] = [
      [
        { record: "coupon", value: c },
        { record: "stock", value: aStock(c) },
      ],
      [{ record: "coupon", value: d }],
      [{ record: "userCoupon", value: one }],
      [{ record: "stock", value: aStock(c, { remaining: 5 }) }],
      [
        { record: "userCoupon", value: other },
        { record: "order", value: order },
      ],
      [{ record: "userCoupon", value: { ...one, usedAt: 1 } }],
      [{ record: "order", value: redeemed }],
      [{ record: "userCoupon", value: { ...one, usedAt: 2 } }],
    ];
    const before = (await store().readJournal("a", 0, 99)).length;
    for (const records of writes) await put(store(), ...records);
    const rows = (await store().readJournal("a", 0, 99)).slice(before);
    const of: [Subject, number[]][] = [
      [{ of: "coupon", outCouponId: "c" }, [0, 3]],
      [{ of: "coupon", outCouponId: awkward }, [1]],
      [{ of: "userCoupon", outCouponId: "c", outUserCouponId: awkward }, [2, 5, 7]],
      [{ of: "userCoupon", outCouponId: awkward, outUserCouponId: "u" }, [4]],
      [{ of: "userCoupon", outCouponId: awkward, outUserCouponId: awkward }, []],
      [{ of: "order", outOrderId: awkward }, [4, 6]],
      [{ of: "ordersOf", outCouponId: awkward }, [6]],
      [{ of: "ordersOf", outCouponId: "c" }, []],
      [{ of: "by", by: "operator li" }, []],
    ];
    for (const [subject, places] of of) {
      const expected = places.toReversed().map((place) => rows[place] as JournalRow);
      expect(await store().listHistory("a", subject, null, 99)).toEqual(expected);
      expect(numbers(await store().listHistory("a", subject, null, 1))).toEqual(numbers(expected.slice(0, 1)));
      for (const [i, { seq }] of expected.entries())
        expect(numbers(await store().listHistory("a", subject, seq, 2))).toEqual(numbers(expected.slice(i + 1, i + 3)));
      expect(await store().listHistory("b", subject, null, 99)).toEqual([]);
    }
    const by: Subject = { of: "by", by: "command_line" };
    expect((await store().listHistory("a", by, null, 99)).length).toBe(before + writes.length);
  });

  it("adds up what is counted, and lists it by day and coupon from any place", async () => {
    const tally = (day: number, outCouponId: string, by = 1): Tally => ({
      appid: "a",
      day,
      outCouponId,
      claimed: by,
      redeemed: 2 * by,
      returned: 3 * by,
      expired: 4 * by,
      givenUp: 5 * by,
      orders: 6 * by,
      discount: 7 * by,
      turnover: 2 ** 40 * by,
      refunded: 9 * by,
    });
    const app = { record: "app", value: anApp("a") } as const;
    const count = (...tallies: Tally[]) =>
      store().transact(keysOf([app]), (records) => ({ ...written(records, [app]), tallies }));
    const all = [1, 2, 3].flatMap((day) => [WHOLE_SHOP, "c", awkward].map((id) => tally(day, id)));
    await count(...all.toReversed());
    await count(tally(2, "c", 10), tally(2, WHOLE_SHOP, 10));
    const sums = all.map((one) => (one.day === 2 && one.outCouponId !== awkward ? tally(2, one.outCouponId, 11) : one));
    const listed = (from: number, to: number, outCouponId: string | null, limit = 99, last: Tally | null = null) =>
      store().listTallies("a", { from, to, outCouponId }, last, limit);
    expect(await listed(1, 3, null)).toEqual(sums);
    expect(await listed(2, 2, null)).toEqual(sums.slice(3, 6));
    expect(await listed(3, 2, null)).toEqual([]);
    for (const id of [WHOLE_SHOP, "c", awkward])
      expect(await listed(2, 9, id)).toEqual(sums.filter(({ day, outCouponId }) => day > 1 && outCouponId === id));
    for (const [i, last] of sums.entries()) expect(await listed(1, 3, null, 2, last)).toEqual(sums.slice(i + 1, i + 3));
    expect(await listed(1, 3, "c", 9, sums[1])).toEqual([sums[4], sums[7]]);
    expect(await store().listTallies("b", { from: 0, to: 9, outCouponId: null }, null, 9)).toEqual([]);
  });
}
