import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { isRefusal } from "../../src/domain/outcome.ts";
import type { App } from "../../src/domain/records.ts";
import { Apps } from "../../src/service/apps.ts";
import { Ledger } from "../../src/service/ledger.ts";
import { adapters, openTestStore } from "../../testing/stores.ts";

const APPID = "wx-shared";
const SECRET = "a-secret-of-16-characters";

/** When a process may still go by what it remembers, and when it must not, in milliseconds after it read. */
const [LAST_MOMENT, SECOND] = [999.999, 1000];

describe.each(adapters)("of two processes on %s, one", (adapter) => {
  let now: number;
  let elapsed: number;
  let one: Apps;
  let other: Apps;
  beforeEach(async () => {
    const { store, discard } = await openTestStore(adapter);
    onTestFinished(discard);
    [now, elapsed] = [1_700_000_000, 5_000];
    const clock = () => now;
    const start = () => new Apps({ store, ledger: new Ledger({ store, clock }), clock, elapsed: () => elapsed });
    [one, other] = [start(), start()];
    await one.create(APPID, { secret: SECRET }, "command_line");
  });

  const issue = async (force = false): Promise<string> => {
    const issued = await other.issueToken((await other.find(APPID)) as App, SECRET, "stable", force);
    if (isRefusal(issued)) throw new Error(issued.refused);
    return issued.token;
  };
  const verdict = async (token: string) => (await one.judge(token)).verdict;

  /** What the other process changes, and how one tells that it goes by it. */
  const changes: [string, () => Promise<unknown>, (token: string) => Promise<boolean>][] = [
    [
      "a secret that was rotated",
      () => other.rotateSecret(APPID, "command_line"),
      async (token) => (await verdict(token)) === "unknown",
    ],
    [
      "a token that was superseded twice",
      async () => {
        for (let times = 0; times < 2; times++) {
          now += 31;
          await issue(true);
        }
      },
      async (token) => (await verdict(token)) === "unknown",
    ],
    [
      "a setting that was changed",
      () => other.configure(APPID, { claimsPerMinute: 7 }, "command_line"),
      async (token) => {
        const judged = await one.judge(token);
        return judged.verdict === "good" && judged.app.settings.claimsPerMinute === 7;
      },
    ],
  ];

  it.each(changes)("honours %s a second after it last looked, not a moment later", async (_, change, isHonoured) => {
    const token = await issue();
    expect(await verdict(token)).toBe("good");
    const looked = elapsed;
    await change();
    elapsed = looked + LAST_MOMENT;
    expect(await isHonoured(token), "what is remembered is not read again").toBe(false);
    elapsed = looked + SECOND;
    expect(await isHonoured(token)).toBe(true);
  });

  it("knows a token of the other at once", async () => {
    expect(await verdict(await issue())).toBe("good");
    now += 31;
    expect(await verdict(await issue(true))).toBe("good");
  });
});
