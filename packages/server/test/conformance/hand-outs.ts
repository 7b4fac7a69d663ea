import { expect, it } from "vitest";
import type { HandOut, RecordKey } from "../../src/domain/records.ts";
import type { Store } from "../../src/store/store.ts";
import { aCoupon, aHandOut, awkward, put } from "../../testing/records.ts";

/** What the port promises of hand-outs and their lines, asked of the store that a test is given. */
export function handOuts(store: () => Store): void {
  const coupon = aCoupon("a", "c", 0);
  const save = (...made: HandOut[]) =>
    put(store(), { record: "coupon", value: coupon }, ...made.map((value) => ({ record: "handOut", value }) as const));
  const lines = (...openids: string[]) => openids.map((openid, i) => ({ line: i + 1, openid }));

  it("keeps hand-outs in every character, and finds them by their id", async () => {
    const made = aHandOut(coupon, awkward);
    await save(made);
    expect(await store().handOut("a", awkward)).toEqual(made);
    expect(await store().handOut("b", awkward)).toBeUndefined();
    const changed: HandOut = { ...made, state: "done", worker: null, workerUntil: 0, refusals: {}, next: 3 };
    const keys: RecordKey[] = [{ need: "handOut", appid: "a", handOutId: awkward }];
    await put(store(), { record: "handOut", value: changed });
    await store().transact(keys, (records) => {
      expect(records.handOut("a", awkward)).toEqual(changed);
      return { changes: [], journal: [] };
    });
  });

  it("lists an app's hand-outs, newest first, page by page", async () => {
    const made = [3, 5, 5, 4].map((createdAt, i) => aHandOut(coupon, `h${i}`, { createdAt }));
    await save(...made);
    const idsAfter = async (last: HandOut | null, limit: number) =>
      (await store().listHandOuts("a", last, limit)).map(({ handOutId }) => handOutId);
    expect(await idsAfter(null, 9)).toEqual(["h2", "h1", "h3", "h0"]);
    expect(await idsAfter(null, 1)).toEqual(["h2"]);
    expect(await idsAfter(made[2] as HandOut, 2)).toEqual(["h1", "h3"]);
    expect(await idsAfter(made[0] as HandOut, 9)).toEqual([]);
  });

  it("lists hand-outs that are to be worked on, those that waited longest first", async () => {
    await save(
      aHandOut(coupon, "free", { worker: null, workerUntil: 0, updatedAt: 3 }),
      aHandOut(coupon, "dry", { worker: null, workerUntil: 0, state: "checking", updatedAt: 2 }),
      aHandOut(coupon, "mine", { worker: "me", workerUntil: 99, updatedAt: 1 }),
      aHandOut(coupon, "taken", { worker: "other", workerUntil: 10, updatedAt: 4 }),
      aHandOut(coupon, "cancelled with a batch not noted", {
        worker: "me",
        workerUntil: 11,
        state: "cancelled",
        updatedAt: 5,
      }),
      ...(["checked", "done", "cancelled"] as const).map((state) => aHandOut(coupon, state, { state, worker: null })),
    );
    const open = async (second: number, limit: number) =>
      (await store().listOpenHandOuts("me", second, limit)).map(({ handOutId }) => handOutId);
    expect(await open(10, 9)).toEqual(["dry", "free", "cancelled with a batch not noted", "mine"]);
    expect(await open(11, 4)).toEqual(["dry", "free", "taken", "cancelled with a batch not noted"]);
  });

  it("keeps the lines of a list in order, and tells those whose openid stood before", async () => {
    await store().addHandOutLines("a", "list", lines("x", "y", "x", awkward));
    await store().addHandOutLines("a", "list", [
      { line: 9, openid: "y" },
      { line: 10, openid: "z" },
    ]);
    await store().addHandOutLines("a", "other", lines("y"));
    const repeated = { skipped: "repeated" };
    expect(await store().listHandOutLines("a", "list", 0, 99)).toEqual([
      { line: 1, openid: "x", result: null },
      { line: 2, openid: "y", result: null },
      { line: 3, openid: "x", result: repeated },
      { line: 4, openid: awkward, result: null },
      { line: 9, openid: "y", result: repeated },
      { line: 10, openid: "z", result: null },
    ]);
    expect((await store().listHandOutLines("a", "list", 3, 2)).map(({ line }) => line)).toEqual([4, 9]);
    expect(await store().listHandOutLines("a", "other", 0, 9)).toEqual([{ line: 1, openid: "y", result: null }]);
  });

  it("notes results for whoever has the hand-out, and for nobody else", async () => {
    const made = aHandOut(coupon, "h", { worker: "me" });
    await save(made);
    await store().addHandOutLines("a", made.list, lines("x", "y", "z"));
    const refused = { refused: "sold_out" as const, facts: { id: awkward } };
    await store().noteHandOutLines(made, "me", [
      { line: 1, result: { given: awkward } },
      { line: 3, result: refused },
    ]);
    await store().noteHandOutLines(made, "other", [{ line: 2, result: { given: "by another" } }]);
    const noted = (await store().listHandOutLines("a", made.list, 0, 9)).map(({ result }) => result);
    expect(noted).toEqual([{ given: awkward }, null, refused]);
  });

  it("finds lists that no hand-out has and removes them piece by piece", async () => {
    const made = aHandOut(coupon, "h", { list: "2" });
    await save(made);
    for (const list of ["1", "2", "3", "4"]) await store().addHandOutLines("a", list, lines("x", "y", "z"));
    await store().addHandOutLines("b", "2", lines("x"));
    const loose = async (before: string, limit = 9) =>
      (await store().listLooseLines(before, limit)).map(({ appid, list }) => appid + list).toSorted();
    expect(await loose("9")).toEqual(["a1", "a3", "a4", "b2"]);
    expect(await loose("3")).toEqual(["a1", "b2"]);
    expect(await loose("9", 1)).toHaveLength(1);
    expect(await store().removeHandOutLines("a", "3", 2)).toBe(2);
    expect((await store().listHandOutLines("a", "3", 0, 9)).map(({ line }) => line)).toEqual([3]);
    expect(await store().removeHandOutLines("a", "3", 2)).toBe(1);
    expect(await store().removeHandOutLines("a", "3", 2)).toBe(0);
    expect(await loose("9")).toEqual(["a1", "a4", "b2"]);
    expect(await store().listHandOutLines("a", "2", 0, 9)).toHaveLength(3);
  });
}
