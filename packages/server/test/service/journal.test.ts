import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { Command } from "../../src/domain/decide.ts";
import type { UserCoupon } from "../../src/domain/records.ts";
import { Ledger } from "../../src/service/ledger.ts";
import { digestOf } from "../../src/store/chain.ts";
import type { Commit, Store } from "../../src/store/store.ts";
import { aContent, anApp, aUserCoupon, put } from "../../testing/records.ts";
import { adapters, openTestStore } from "../../testing/stores.ts";

const add: Command = { do: "addCoupon", content: aContent({ total: 3 }) };
const activate: Command = { do: "changeCouponStatus", appid: "a", outCouponId: "c", to: "active" };
const claim = (id: string): Command => {
  const ids = { appid: "a", outCouponId: "c", openid: `o${id}`, outUserCouponId: id, requestId: id };
  return { do: "claimCoupon", ...ids };
};
const { slot: _, order: __, ...imported } = aUserCoupon({ appid: "a", outCouponId: "c" } as never, "o", "imported", 0);

describe.each(adapters)("the journal that the ledger writes to %s", (adapter) => {
  let store: Store;
  let commits: Commit[];
  let ledger: Ledger;
  beforeEach(async () => {
    const opened = await openTestStore(adapter);
    store = opened.store;
    onTestFinished(opened.discard);
    commits = [];
    const transact: Store["transact"] = (keys, work) =>
      opened.store.transact(keys, (records) => {
        const commit = work(records);
        commits.push(commit);
        return commit;
      });
    ledger = new Ledger({ store: { ...opened.store, transact }, clock: () => 1000 });
    await put(store, { record: "app", value: anApp("a") });
  });
  const submit = (...commands: Command[]) => Promise.all(commands.map((one) => ledger.submit(one, "app")));
  const recordedIn = async (outUserCouponId: string) =>
    (await store.listHistory("a", { of: "userCoupon", outCouponId: "c", outUserCouponId }, null, 9)).map(
      ({ command, steps }) => [command, (steps[0]?.after as UserCoupon | undefined)?.outUserCouponId],
    );

  it("is one chain, over commands that came alone, together and as one change", async () => {
    await ledger.submit(add, "app");
    await ledger.submitTogether([activate, claim("1")], "operator li");
    await ledger.submitTogether([claim("2"), { ...activate, to: "draft" }], "app");
    await submit(claim("3"), claim("4"), claim("5"));
    const rows = await store.readJournal("a", 0, 99);
    expect(rows.map(({ command }) => command).slice(1)).toEqual([
      "addCoupon",
      "changeCouponStatus",
      ...["claimCoupon", "claimCoupon", "claimCoupon"],
    ]);
    for (const [i, row] of rows.entries())
      expect(row.digest).toBe(digestOf(rows[i - 1]?.digest ?? "", { ...row, steps: row.text }));
    expect(await store.journalEnd("a")).toEqual({ seq: rows.at(-1)?.seq, digest: rows.at(-1)?.digest });
  });

  it("is found again by each user coupon that an entry recorded, whichever way it came", async () => {
    await submit(add, activate, claim("1"), claim("2"));
    await ledger.submitTogether([{ do: "importUserCoupon", userCoupon: imported }], "app");
    await ledger.submitTogether([claim("3"), { ...activate, to: "void" }], "app");
    expect(await recordedIn("1")).toEqual([["claimCoupon", "1"]]);
    expect(await recordedIn("2")).toEqual([["claimCoupon", "2"]]);
    expect(await recordedIn("3")).toEqual([["claimCoupon", "3"]]);
    expect(await recordedIn("imported")).toEqual([["importUserCoupon", "imported"]]);
    expect(await recordedIn("4")).toEqual([]);
  });

  it("costs a batch of claims of one coupon two sums, and nothing that is found by", async () => {
    await submit(add, activate);
    commits = [];
    await submit(claim("1"), claim("2"), claim("3"), claim("4"));
    const [{ journal, tallies } = { journal: [], tallies: [] }, ...others] = commits;
    expect(others).toEqual([]);
    expect(journal.map(({ subjects }) => subjects)).toEqual([[], [], []]);
    expect(tallies?.map(({ outCouponId, claimed }) => [outCouponId, claimed]).toSorted()).toEqual([
      ["", 3],
      ["c", 3],
    ]);
  });
});
