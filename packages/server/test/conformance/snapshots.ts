import { expect, it } from "vitest";
import { type RecordKind, type RecordOf, recordKinds } from "../../src/domain/records.ts";
import type { RecordPlace, SnapshotReads, Store } from "../../src/store/store.ts";
import { aClaim, aCoupon, aHold, anApp, anOrder, aStock, aUserCoupon, awkward, put } from "../../testing/records.ts";

/** All records of a kind, so many at a time. */
async function allOf<K extends RecordKind>(reads: SnapshotReads, kind: K, limit: number): Promise<RecordOf[K][]> {
  const all: RecordOf[K][] = [];
  for (let last: RecordPlace | null = null; ; ) {
    const page: Awaited<ReturnType<typeof reads.records<K>>> = await reads.records(kind, last, limit);
    expect(page.records.length).toBeLessThanOrEqual(limit);
    all.push(...page.records);
    last = page.last;
    if (last === null) return all;
  }
}

const [c, d, e] = ["c", awkward, "e"].map((id, position) => aCoupon("a", id, position)) as [C, C, C];
type C = ReturnType<typeof aCoupon>;

const records = {
  coupon: [c, d, e],
  stock: [aStock(c), aStock(e)],
  // Wallet by wallet, oldest first: in neither the order of their ids nor that of their coupons.
  userCoupon: [
    aUserCoupon(d, "o", "2", 0),
    aUserCoupon(c, "o", awkward, 1),
    aUserCoupon(e, "o", "1", 2),
    aUserCoupon(c, "p", "3", 0, { status: "used", order: { outOrderId: "order", until: null } }),
  ],
  hold: [aHold(c, "o", "held"), aHold(d, "q", awkward, { takenBy: "2" })],
  order: [anOrder("a", "order"), anOrder("a", awkward)],
};
const [first] = records.userCoupon as [ReturnType<typeof aUserCoupon>];
const claims = [aClaim(first, "granted"), aClaim(records.userCoupon[3] ?? first, awkward)];
const kept = { ...records, claim: claims, app: [anApp("a")] };

/** What the port promises of an app as it is at one moment, asked of a store that holds the app `a` and nothing of it. */
export function snapshots(store: () => Store): void {
  const fill = async () => {
    for (const [record, values] of Object.entries({ ...records, claim: claims }))
      await put(store(), ...values.map((value) => ({ record, value }) as never));
  };
  const sorted = (some: readonly object[]) => some.map((one) => JSON.stringify(Object.entries(one).sort())).toSorted();

  it.each([1, 2, 99])("reads all that an app has at one moment, %i at a time", async (limit) => {
    await fill();
    await store().snapshot("a", async (reads) => {
      for (const kind of recordKinds) {
        const found: object[] = await allOf(reads, kind, limit);
        const ours: readonly object[] = kept[kind as keyof typeof kept] ?? [];
        expect(await reads.count(kind), kind).toBe(ours.length);
        const isOrdered = kind === "coupon" || kind === "userCoupon";
        if (isOrdered) expect(found, kind).toEqual(ours);
        else expect(sorted(found), kind).toEqual(sorted(ours));
      }
      const journal = await store().readJournal("a", 0, 99);
      const texts = journal.map(({ appid: _, steps: __, ...text }) => text);
      expect(await reads.journal(0, 99)).toMatchObject(texts);
      const [one] = texts;
      expect(await reads.journal(one?.seq ?? 0, limit)).toMatchObject(texts.slice(1, 1 + limit));
      expect(await reads.end()).toMatchObject({ ...(await store().journalEnd("a")), entries: texts.length });
    });
  });

  it("holds up no writer, and does not see what is written meanwhile", async () => {
    await put(store(), { record: "coupon", value: c }, { record: "stock", value: aStock(c) });
    const read = async (reads: SnapshotReads) => [
      await allOf(reads, "coupon", 9),
      await allOf(reads, "stock", 9),
      await reads.end(),
      await reads.journal(0, 99),
      await reads.tallies(null, 9),
    ];
    const after = await store().snapshot("a", async (reads) => {
      const before = await read(reads);
      await put(store(), { record: "coupon", value: d }, { record: "stock", value: aStock(c, { remaining: 1 }) });
      expect(await read(reads)).toEqual(before);
      return before;
    });
    expect(await store().snapshot("a", read)).not.toEqual(after);
  });

  it("ends when its work fails, and tells of an app that does not exist as of an empty one", async () => {
    const failing = store().snapshot("a", async () => {
      throw new Error("on purpose");
    });
    await expect(failing).rejects.toThrow("on purpose");
    await store().snapshot("nobody", async (reads) => {
      expect(await reads.end()).toMatchObject({ seq: 0, digest: "", entries: 0 });
      expect(await reads.journal(0, 9)).toEqual([]);
      for (const kind of recordKinds) expect(await allOf(reads, kind, 9), kind).toEqual([]);
      expect(await reads.tallies(null, 9)).toEqual([]);
    });
    await put(store(), { record: "coupon", value: c });
  });
}
