import { describe, expect, it } from "vitest";
import { gathered } from "../../src/store/postgres/gathered.ts";
import { Turns } from "../../src/store/postgres/turns.ts";
import { StoreBusyError } from "../../src/store/store.ts";

const turnOfTheLoop = () => new Promise(setImmediate);

/** Work that lasts until it is ended, and who began it, in order. */
function works(turns: Turns) {
  const began: { app: string; end: () => void }[] = [];
  const ask = (app: string, purpose: "read" | "write" = "read") =>
    turns.take(purpose, app, () => new Promise<void>((end) => began.push({ app, end })));
  return { began, ask, order: () => began.map(({ app }) => app).join("") };
}

describe("turns at the connections of a database", () => {
  it("are served app by app, however much one asks for", async () => {
    const { began, ask, order } = works(new Turns(2, 10_000));
    const all = [..."AAAAAABBC"].map((app) => ask(app));
    for (let n = 0; n < all.length; n++) {
      await turnOfTheLoop();
      began[n]?.end();
    }
    await Promise.all(all);
    expect(order()).toBe("AABCABAAA");
  });

  it("leave some for writes while reads are held up, and the other way round", async () => {
    for (const [held, other] of [["read", "write"] as const, ["write", "read"] as const]) {
      const { began, ask, order } = works(new Turns(10, 10_000));
      const all = [...Array.from({ length: 20 }, () => ask("H", held)), ask("O", other), ask("O", other)];
      await turnOfTheLoop();
      expect(order()).toBe("HHHHHHHHOO");
      for (let n = 0; n < all.length; n++) {
        await turnOfTheLoop();
        began[n]?.end();
      }
      await Promise.all(all);
    }
  });

  it("are given on where work fails", async () => {
    const turns = new Turns(1, 10_000);
    const failing = turns.take("read", "a", () => Promise.reject(new Error("a fault")));
    const next = turns.take("write", "a", async () => "done");
    await expect(failing).rejects.toThrow("a fault");
    expect(await next).toBe("done");
  });

  it("end for those who waited too long, or are more than may wait, without having been begun", async () => {
    const { began, ask, order } = works(new Turns(1, 50));
    const first = ask("a");
    const waiting = Array.from({ length: 10_000 }, () => ask("b"));
    for (const wait of waiting) wait.catch(() => {});
    await expect(ask("c")).rejects.toThrow("too many wait");
    for (const outcome of await Promise.allSettled(waiting))
      expect(outcome).toMatchObject({ status: "rejected", reason: { name: "StoreBusyError" } });
    began[0]?.end();
    await first;
    expect(order()).toBe("a");
    const after = ask("d");
    began[1]?.end();
    await after;
  });

  it("are refused to all who wait once there is nothing to wait for", async () => {
    const { began, ask } = works(new Turns(1, 10_000));
    const turns = new Turns(1, 10_000);
    const { ask: askHere, began: begunHere } = works(turns);
    const first = askHere("a");
    const waiting = [askHere("a"), askHere("b", "write")];
    turns.refuseAll(new StoreBusyError("the database is away"));
    for (const wait of waiting) await expect(wait).rejects.toThrow("the database is away");
    begunHere[0]?.end();
    await first;
    const other = ask("a");
    began[0]?.end();
    await other;
  });
});

describe("gathered questions", () => {
  it("are asked one at a time, with all that was asked meanwhile, and see what came before they were asked", async () => {
    const asked: string[][] = [];
    let value = 0;
    const ask = gathered(async (keys) => {
      asked.push(keys);
      const seen = value;
      await turnOfTheLoop();
      return new Map(keys.filter((key) => key !== "nobody").map((key) => [key, seen]));
    });
    const first = ask("a");
    await Promise.resolve();
    value = 1;
    const later = [ask("a"), ask("b"), ask("nobody"), ask("b")];
    expect([await first, ...(await Promise.all(later))]).toEqual([0, 1, 1, undefined, 1]);
    expect(asked).toEqual([["a"], ["a", "b", "nobody"]]);
  });

  it("go on after one failed", async () => {
    let fails = true;
    const ask = gathered(async (keys) => {
      if (fails) throw new Error("away");
      return new Map(keys.map((key) => [key, true]));
    });
    await expect(ask("a")).rejects.toThrow("away");
    fails = false;
    expect(await ask("a")).toBe(true);
  });

  it("shed more keys than one question may have", async () => {
    const ask = gathered(async (keys) => new Map(keys.map((key) => [key, true])));
    const answers = await Promise.allSettled(Array.from({ length: 10_001 }, (_, i) => ask(`nobody${i}`)));
    expect(answers.filter(({ status }) => status === "rejected").length).toBe(1);
  });
});
