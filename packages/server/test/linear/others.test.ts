import { join } from "node:path";
import { DatabaseSync, StatementSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { verify } from "../../src/service/verification.ts";
import type { TestApp } from "../../testing/server.ts";
import { behind } from "../../testing/tampering.ts";
import { temporaryDirectory } from "../../testing/temporary-directory.ts";
import { startMember, type Way } from "./members.ts";
import { COUPON, codeOf, opening } from "./shop.ts";

const LISTED = '{"page_size":1}';

describe("of two stores on one file, one", () => {
  let dataDir: string;
  let shop: TestApp;
  beforeEach(async () => {
    const { path, remove } = temporaryDirectory();
    onTestFinished(remove);
    dataDir = path;
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  /** A store on the file; the first opens a shop, in which there are so many of a coupon. */
  async function open(name: string, way: Way, total = 0) {
    const member = await startMember(dataDir, name, way);
    onTestFinished(member.close);
    if (total > 0) {
      shop = await member.server.createApp("wx-shop");
      for (const [call, body] of opening(total, total)) await shop.must(call, body);
    }
    const { appid, accessToken: token } = shop;
    const ask = (call: string, body: string) => member.ask({ appid, token, call, body });
    return {
      store: member.store,
      claim: async (request: string) =>
        codeOf(await ask("claim", JSON.stringify({ openid: request, out_coupon_id: COUPON, request_id: request }))),
      left: async () => JSON.parse(await ask("get_list", LISTED)).result_list[0].coupon_stock.stock_info.issued_num,
    };
  }

  /**
   * Holds back a message to a thread that asks for something, after so many of them that meet another's lock; answers
   * when it is there, and what lets it go.
   */
  function held(wanted: "commit" | "settle", locked = 0) {
    const there = Promise.withResolvers<() => void>();
    const post = Worker.prototype.postMessage;
    let seen = 0;
    vi.spyOn(Worker.prototype, "postMessage").mockImplementation(function (this: Worker, message) {
      if (message.ask !== wanted || seen > locked) return post.call(this, message);
      if (seen++ < locked) this.emit("message", { error: { message: "locked", errcode: 5 } });
      else there.resolve(() => post.call(this, message));
    });
    return there.promise;
  }

  it("shows no page that it kept from before the other's commit, whoever noticed that first", async () => {
    const one = await open("one", { commits: "here", generation: 16_000 }, 2);
    const other = await open("other", { commits: "here", generation: 16_000 });
    for (const [nth, [reads, writes]] of [
      [one, other],
      [other, one],
    ].entries()) {
      expect(await reads?.left()).toBe(2 - nth);
      expect(await writes?.claim(`r${nth}`)).toBe(0);
      expect(await reads?.claim(`r${nth}`), "a repeat, for which it looks around").toBe(0);
      expect(await reads?.left()).toBe(1 - nth);
    }
  });

  it("does not take the other's entry for its own that has the same number", async () => {
    const one = await open("one", { commits: "by thread", generation: 16_000 }, 2);
    const other = await open("other", { commits: "here", generation: 16_000 });
    expect(await one.left()).toBe(2);
    const committing = held("commit");
    const claimed = one.claim("r1");
    const letGo = await committing;
    expect(await other.claim("r2")).toBe(0);
    const left = one.left();
    await sleep(1);
    letGo();
    expect(await left).toBeLessThan(2);
    expect(await claimed).toBe(0);
    expect(await one.left()).toBe(0);
  });

  it("decides nothing on what was so before the other's commit, however long it settled", async () => {
    const one = await open("one", { commits: "by thread", generation: 1 }, 3);
    const other = await open("other", { commits: "here", generation: 16_000 });
    const settling = held("settle", 2);
    expect([await one.claim("r1"), await one.claim("r2")]).toEqual([0, 0]);
    const claimed = one.claim("r3");
    const letGo = await settling;
    expect(await other.claim("r4")).toBe(0);
    letGo();
    expect(await claimed).toBe(1090029);
    expect([await one.left(), await other.left()]).toEqual([0, 0]);
  });

  it.for([1, 16_000])("knows again what was claimed here and there, %i entries a generation", async (generation) => {
    const one = await open("one", { commits: "here", generation }, 9);
    const other = await open("other", { commits: "here", generation });
    const turns = [one, one, other, one, other, other];
    for (const [nth, store] of turns.entries()) {
      expect(await store.claim(`r${nth}`)).toBe(0);
      for (const again of [store, one, other]) expect(await again.claim(`r${nth}`)).toBe(0);
      expect(await store.left(), "each request has taken one").toBe(8 - nth);
    }
    expect(await one.store.listUserCoupons("wx-shop", "r3", 0, 9)).toMatchObject({ total: 1 });
    expect(await verify(other.store, "wx-shop")).toMatchObject({ faults: [] });
  });

  it("waits for a lock where it settles before it reads", async () => {
    const one = await open("one", { commits: "here", generation: 16_000 }, 1);
    const other = await open("other", { commits: "to all", generation: 1 });
    const third = new DatabaseSync(join(dataDir, "quanku.db"));
    onTestFinished(() => third.close());
    expect(await one.claim("r1")).toBe(0);
    third.exec("BEGIN IMMEDIATE");
    const wallet = other.store.listUserCoupons("wx-shop", "r1", 0, 1);
    await sleep(1);
    third.exec("ROLLBACK");
    expect((await wallet).total).toBe(1);
  });

  it("reads what was so when it looked whether the other wrote", async () => {
    const { store, claim } = await open("one", { commits: "here", generation: 1 }, 1);
    expect(await claim("r1")).toBe(0);
    const status = async () => (await store.listUserCoupons("wx-shop", "r1", 0, 1)).entries[0]?.status;
    expect(await status()).toBe("effective");
    // Nothing is owed then.
    await store.listWallets("wx-shop", null, 1);
    const get = StatementSync.prototype.get;
    vi.spyOn(StatementSync.prototype, "get").mockImplementationOnce(function (this: StatementSync, ...values) {
      const found = get.apply(this, values as never);
      void behind({ dataDir }, "UPDATE user_coupon SET status = 'used'");
      return found;
    });
    expect(await status()).toBe("effective");
    expect(await status()).toBe("used");
  });
});
