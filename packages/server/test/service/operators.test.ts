import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Operators } from "../../src/service/access/operators.ts";
import { Passwords } from "../../src/service/access/passwords.ts";
import { Ledger } from "../../src/service/ledger.ts";
import { NoTurnError } from "../../src/service/turns.ts";
import { openMemoryStore } from "../../src/store/memory/open.ts";
import type { Store } from "../../src/store/store.ts";
import { accepted, makeOperator, password, quickPasswords } from "../../testing/operators.ts";

let store: Store;
let now = 1_700_000_000;
let elapsed = 0;
const clock = () => now;

/** The operators as one process of several sees them. */
const inProcess = (passwords = quickPasswords()) =>
  new Operators({ store, ledger: new Ledger({ store, clock }), clock, passwords, elapsed: () => elapsed });

beforeEach(() => {
  store = openMemoryStore();
  [now, elapsed] = [1_700_000_000, 0];
});
afterEach(() => store.close());

const begin = async (operators: Operators, from = "203.0.113.1") => {
  const begun = await operators.signIn("boss", password, from);
  if ("notProved" in begun) throw new Error(JSON.stringify(begun));
  return { session: begun.session, token: undefined };
};

describe("what is remembered", () => {
  it("is seen at once where it changed, and within a second elsewhere", async () => {
    const [here, there] = [inProcess(), inProcess()];
    expect([await here.areAny(), await there.areAny()]).toEqual([false, false]);
    await makeOperator({ operators: here }, "boss");
    await makeOperator({ operators: here }, "li");
    expect([await here.areAny(), await there.areAny()]).toEqual([true, false]);
    elapsed += 1000;
    expect(await there.areAny()).toBe(true);

    const key = await begin(here);
    expect(await there.whoHas(key), "a key that another process gave out is good at once").toMatchObject({
      role: "owner",
    });
    accepted(await here.change("boss", { role: "viewer" }, "command_line"));
    expect(await here.whoHas(key)).toMatchObject({ role: "viewer" });
    elapsed += 1000;
    expect(await there.whoHas(key)).toMatchObject({ role: "viewer" });
    accepted(await here.remove("boss", "command_line"));
    expect(await here.whoHas(key)).toBeUndefined();
    elapsed += 1000;
    expect(await there.whoHas(key)).toBeUndefined();
  });

  it("costs one look at the store in a second, however many ask", async () => {
    const operators = inProcess();
    await makeOperator({ operators }, "boss");
    const key = await begin(operators);
    let looks = 0;
    const { listOperators } = store;
    store.listOperators = (appid) => {
      looks++;
      return listOperators(appid);
    };
    for (let i = 0; i < 100; i++) expect(await operators.whoHas(key)).toBeDefined();
    expect(looks).toBeLessThanOrEqual(1);
  });

  it("is not what a failed look left behind", async () => {
    const operators = inProcess();
    const { listOperators } = store;
    store.listOperators = async () => {
      throw new Error("away");
    };
    await expect(operators.areAny()).rejects.toThrow("away");
    store.listOperators = listOperators;
    expect(await operators.areAny()).toBe(false);
  });
});

describe("passwords", () => {
  it("are hashed by argon2id, each with a salt of its own, and told from wrong ones", async () => {
    const passwords = new Passwords();
    const [a, b] = await Promise.all([passwords.hash("pass-word-é"), passwords.hash("pass-word-é")]);
    expect(a).toMatchObject({ memory: 19_456, passes: 2, parallelism: 1 });
    expect([a.digest === b.digest, a.salt === b.salt]).toEqual([false, false]);
    expect(await passwords.isRight("pass-word-e\u0301", a)).toBe(true);
    expect(await passwords.isRight("pass-word-e", a)).toBe(false);
    expect(await passwords.isRight("pass-word-é", null)).toBe(false);
  });

  it("are hashed as they were when they were kept, whatever new ones cost", async () => {
    const costs: unknown[] = [];
    const passwords = new Passwords(async (_, __, cost) => {
      costs.push(cost.memory);
      return Buffer.alloc(32);
    });
    const kept = { salt: "s", digest: Buffer.alloc(32).toString("base64url"), memory: 8, passes: 1, parallelism: 1 };
    expect(await passwords.isRight("any", kept)).toBe(true);
    expect(costs).toEqual([8]);
  });

  it("are computed two at a time, 32 wait, and more are turned away", async () => {
    const running: (() => void)[] = [];
    const passwords = new Passwords(() => new Promise((resolve) => running.push(() => resolve(Buffer.alloc(32)))));
    const asked = Array.from({ length: 40 }, () => passwords.isRight("any", null).catch((error) => error));
    await Promise.resolve();
    expect(running).toHaveLength(2);
    const turnedAway = await Promise.all(asked.slice(34));
    expect(turnedAway.every((error) => error instanceof NoTurnError)).toBe(true);
    for (let done = 0; done < 34; done++) {
      await expect.poll(() => running.length).toBeGreaterThan(done);
      expect(running.length - done).toBeLessThanOrEqual(2);
      running[done]?.();
    }
    expect(await Promise.all(asked.slice(0, 34))).toEqual(Array(34).fill(false));
    const next = passwords.isRight("any", null);
    running.at(-1)?.();
    expect(await next).toBe(false);
  });
});

describe("signing in", () => {
  it("costs a name that is nobody's, or has no password, as much as one that is somebody's", async () => {
    const costs: number[] = [];
    const operators = inProcess(
      new Passwords(async (_, __, { memory, passes }) => {
        costs.push(memory * passes);
        return Buffer.alloc(32, 1);
      }),
    );
    accepted(await operators.create({ name: "link", role: "owner", apps: [], password: null }, "command_line"));
    await makeOperator({ operators }, "boss");
    costs.length = 0;
    const answers = [];
    for (const name of ["nobody", "link"]) answers.push(await operators.signIn(name, "wrong", "a"));
    await operators.signIn("boss", password, "a");
    expect(answers).toEqual(Array(2).fill({ notProved: "wrong" }));
    expect(new Set(costs).size).toBe(1);
    expect(costs).toHaveLength(3);
  });

  it("takes the right password from where it was right before, whatever is guessed elsewhere", async () => {
    const operators = inProcess();
    await makeOperator({ operators }, "boss");
    await begin(operators, "office");
    const attack = async (from: number) => {
      for (let i = from; i < from + 150; i++) await operators.signIn("boss", "wrong", `10.0.0.${i}`);
    };
    await attack(0);
    expect(await operators.signIn("boss", password, "home")).toEqual({ notProved: "throttled", wait: 30 });
    await begin(operators, "office");
    now += 30;
    await begin(operators, "home");
    await attack(200);
    await begin(operators, "home");
    expect(await operators.signIn("boss", password, "10.0.0.1")).toMatchObject({ notProved: "throttled" });
  });

  it("throttles a name that is nobody's as one that is somebody's", async () => {
    const operators = inProcess();
    await makeOperator({ operators }, "boss");
    const tried = async (name: string) => {
      const all = [];
      for (let i = 0; i < 120; i++) all.push(await operators.signIn(name, "wrong", `${name}${i}`));
      return all;
    };
    expect(await tried("nobody")).toEqual(await tried("boss"));
  });

  it("lets a password that was reset meanwhile in no more", async () => {
    const quick = quickPasswords();
    let meanwhile: (() => Promise<unknown>) | undefined;
    const operators = inProcess(
      Object.assign(Object.create(quick), {
        hash: (text: string) => quick.hash(text),
        async isRight(...given: Parameters<Passwords["isRight"]>) {
          await meanwhile?.();
          return quick.isRight(...given);
        },
      }),
    );
    await makeOperator({ operators }, "boss");
    meanwhile = () => operators.reset("boss", "another-password", "command_line");
    expect(await operators.signIn("boss", password, "a")).toEqual({ notProved: "wrong" });
  });
});
