import { beforeEach, describe, expect, it } from "vitest";
import type { Command } from "../../src/domain/decide.ts";
import type { Change } from "../../src/domain/working-copy.ts";
import { Ledger } from "../../src/service/ledger.ts";
import { openMemoryStore } from "../../src/store/memory/open.ts";
import { type Store, StoreBusyError } from "../../src/store/store.ts";

const terms = { claimWindow: null, limitPerPerson: null, total: 2, validity: null, discount: null };
const content = {
  appid: "a",
  outCouponId: "c",
  kind: "shop_flat_discount",
  channel: 4,
  document: "{}",
  terms,
} as const;
const add: Command = { do: "addCoupon", content };
const activate: Command = { do: "changeCouponStatus", appid: "a", outCouponId: "c", to: "active" };
const give = (outUserCouponId: string): Command => ({
  do: "recordUserCoupon",
  appid: "a",
  openid: `o-${outUserCouponId}`,
  outCouponId: "c",
  outUserCouponId,
  status: "effective",
  receivedAt: undefined,
});

describe("the ledger", () => {
  let store: Store;
  let commits: Change[][];
  let ledger: Ledger;
  const clock = () => 1000;
  const onCommit = (changes: readonly Change[]) => void commits.push([...changes]);
  beforeEach(() => {
    store = openMemoryStore();
    commits = [];
    ledger = new Ledger({ store, clock, onCommit });
  });

  it("decides commands of one turn in order of arrival and commits them once", async () => {
    const answers = await Promise.all([add, activate, give("1"), give("2"), give("3")].map((c) => ledger.submit(c)));
    const done = { result: undefined };
    expect(answers).toEqual([done, done, done, done, { refused: "sold_out", facts: { id: "c" } }]);
    expect(commits.length).toBe(1);
    const stock = commits[0]?.find(({ record }) => record === "stock");
    expect(stock?.value).toMatchObject({ remaining: 0, claimed: 2 });
    expect(commits[0]?.map(({ fresh }) => fresh)).toEqual([true, true, true, true]);
  });

  it("writes one journal row for each command that changed something", async () => {
    await Promise.all([add, add, activate, activate, give("1")].map((c) => ledger.submit(c)));
    const rows = await store.readJournal("a", 0, 10);
    expect(rows.map(({ command }) => command)).toEqual(["addCoupon", "changeCouponStatus", "recordUserCoupon"]);
    expect(rows[1]?.steps[0]).toMatchObject({ before: { status: "draft" }, after: { status: "active" } });
    expect(rows[2]?.steps[1]).toMatchObject({ before: { remaining: 2 }, after: { remaining: 1, claimed: 1 } });
  });

  it("gives commands submitted together all or none of their effects", async () => {
    const refused = ledger.submitTogether([add, activate, give("1"), give("2"), give("3")]);
    const alone = ledger.submit(give("4"));
    expect((await refused).slice(-2)).toEqual([{ result: undefined }, { refused: "sold_out", facts: { id: "c" } }]);
    expect(await alone).toMatchObject({ refused: "unknown_coupon" });
    expect((await store.listCoupons("a", 0, 9)).total).toBe(0);
    expect(await store.readJournal("a", 0, 9)).toEqual([]);
    expect(await ledger.submitTogether([add, activate, give("1")])).toHaveLength(3);
    expect((await store.readJournal("a", 0, 9)).length).toBe(3);
  });

  it("lets one command's fault cost that command alone", async () => {
    const broken = { do: "nothing we know" } as unknown as Command;
    const answers = await Promise.allSettled([add, broken, activate, give("1")].map((c) => ledger.submit(c)));
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled"]);
    expect((await store.listCoupons("a", 0, 1)).entries[0]?.stock).toMatchObject({ remaining: 1, claimed: 1 });
  });

  it("answers only after the commit", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow: Store = {
      ...store,
      async transact(keys, work) {
        await held;
        await store.transact(keys, work);
      },
    };
    const order: string[] = [];
    const answered = new Ledger({ store: slow, clock, onCommit: () => order.push("committed") })
      .submit(add)
      .then(() => order.push("answered"));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(order).toEqual([]);
    release();
    await answered;
    expect(order).toEqual(["committed", "answered"]);
  });

  it("lets what arrives during a commit share the next one", async () => {
    const first = ledger
      .submit(add)
      .then(() => Promise.all([activate, give("1"), give("2")].map((c) => ledger.submit(c))));
    await first;
    expect(commits.length).toBe(2);
    await ledger.settled();
  });

  it("tells everybody when the store is busy, and goes on after", async () => {
    let busy = true;
    const flaky: Store = {
      ...store,
      async transact(keys, work) {
        if (busy) throw new StoreBusyError("locked");
        await store.transact(keys, work);
      },
    };
    ledger = new Ledger({ store: flaky, clock });
    const answers = await Promise.allSettled([add, activate].map((c) => ledger.submit(c)));
    for (const answer of answers) expect(answer).toMatchObject({ reason: { name: "StoreBusyError" } });
    busy = false;
    expect(await ledger.submit(add)).toEqual({ result: undefined });
  });
});
