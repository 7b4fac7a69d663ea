import { expect, it } from "vitest";
import { HOUSE, type RecordKey } from "../../src/domain/records.ts";
import type { Store } from "../../src/store/store.ts";
import { anApp, anOperator, awkward, put } from "../../testing/records.ts";

/** What is kept under the house and no app: asked of the store that a test is given, which has apps `a` and `b`. */
export function house(store: () => Store): void {
  it("keeps operators under the house, which is no app, in every character", async () => {
    const before = await store().foreignRevision(HOUSE);
    const [wang, li] = [anOperator(HOUSE, "wang", { password: null, link: null }), anOperator(HOUSE, "li")];
    const spoilt = anOperator(HOUSE, awkward, { knownFrom: [awkward], tokens: [] });
    for (const value of [wang, spoilt, li]) await put(store(), { record: "operator", value });
    expect(await store().listOperators(HOUSE)).toEqual([li, wang, spoilt]);
    expect(await store().listOperators("a")).toEqual([]);
    expect((await store().listApps()).map(({ appid }) => appid).toSorted()).toEqual(["a", "b"]);
    expect(await store().app(HOUSE)).toBeUndefined();
    expect((await store().readJournal(HOUSE, 0, 9)).map(({ appid, command }) => [appid, command])).toEqual(
      Array(3).fill([HOUSE, "put"]),
    );
    expect(await store().foreignRevision(HOUSE), "its own commits are not somebody else's").toBe(before);
  });

  it("keeps an operator no longer who was removed, and a new one of that name", async () => {
    const li = anOperator(HOUSE, "li");
    await put(store(), { record: "operator", value: li });
    await put(store(), { record: "operator", value: { ...li, open: false } });
    expect(await store().listOperators(HOUSE)).toEqual([]);
    const again = { ...li, createdAt: 99, tokens: [] };
    await put(store(), { record: "operator", value: again });
    const keys: RecordKey[] = [
      { need: "operator", appid: HOUSE, name: "li" },
      { need: "operator", appid: HOUSE, name: "nobody" },
      { need: "operator", appid: HOUSE, name: "an" },
      { need: "operators", appid: HOUSE },
      { need: "operators", appid: "a" },
    ];
    await store().transact(keys, (records) => {
      expect(records.operator(HOUSE, "li")).toEqual(again);
      expect(records.operator(HOUSE, "nobody")).toBeUndefined();
      expect(records.operators(HOUSE)).toEqual([again]);
      expect(records.operators("a")).toEqual([]);
      const created = anOperator(HOUSE, "an");
      records.write([{ record: "operator", value: created }]);
      expect(records.operators(HOUSE), "one that was only just written is one of them").toEqual([created, again]);
      return { changes: [], journal: [] };
    });
    await put(store(), { record: "app", value: anApp("c") });
    expect(await store().listOperators(HOUSE)).toEqual([again]);
  });
}
