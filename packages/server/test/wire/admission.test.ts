import { expect, it } from "vitest";
import { Admission } from "../../src/http/admission.ts";

/** A call that is under way until it is ended. */
function pending() {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { ended, end };
}

/** Lets calls of an app in until one is turned away; answers how many there were. */
async function crowd(admission: Admission, appid: string, calls: { end(): void }[]): Promise<number> {
  for (let count = 0; ; count++) {
    if (admission.isFull) return count;
    const call = pending();
    const isTurnedAway = admission.during(() => admission.of(appid, false, () => call.ended.then(() => "served")));
    if (
      (await Promise.race([isTurnedAway, new Promise((resolve) => setImmediate(resolve, "under way"))])) === undefined
    )
      return count;
    calls.push(call);
  }
}

it("an app has as many calls under way as there are places left, so that others find room", async () => {
  const admission = new Admission({ limit: 60 });
  const calls: { end(): void }[] = [];
  const counts = [];
  for (const appid of ["first", "second", "third"]) counts.push(await crowd(admission, appid, calls));
  expect(counts[0]).toBe(30);
  for (const count of counts) expect(count).toBeGreaterThan(5);
  expect(admission.isFull).toBe(false);
  for (const call of calls) call.end();
  await new Promise((resolve) => setImmediate(resolve));
  expect(await crowd(admission, "fourth", calls)).toBe(30);
});

it("calls that wait for merchants take no place", async () => {
  let waiting = 0;
  const admission = new Admission({ limit: 10, waitingElsewhere: () => waiting });
  const calls: { end(): void }[] = [];
  expect(await crowd(admission, "slow", calls)).toBe(5);
  waiting = 5;
  expect(await crowd(admission, "other", calls)).toBe(5);
});

it("an app whose calls take long has no more than a few under way; those that ask merchants may", async () => {
  const admission = new Admission({ patience: 0 });
  const calls: { end(): void }[] = [];
  const merchants = pending();
  for (let n = 0; n < 300; n++) void admission.during(() => admission.of("asking", true, () => merchants.ended));
  expect(await crowd(admission, "asking", calls)).toBe(1);
  expect(await crowd(admission, "slow", calls)).toBe(256);
  expect(await crowd(admission, "other", calls)).toBe(256);
});
