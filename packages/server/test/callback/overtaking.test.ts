import { expect, it } from "vitest";
import { Overtaking } from "../../src/outbound/overtaking.ts";

/** Longer than any test takes, in milliseconds. */
const LONG = 2 ** 31 - 1;

it("what waits is sent once the next of its app was answered, or failed; another app's does not count", async () => {
  const overtaking = new Overtaking(LONG);
  const sent: string[] = [];
  const send =
    (name: string, answered: Promise<unknown> = Promise.resolve()) =>
    async () => {
      sent.push(name);
      await answered;
      return name;
    };
  const answer = Promise.withResolvers<void>();
  const first = overtaking.pass("a", true, send("first"));
  await overtaking.pass("b", false, send("other"));
  const second = overtaking.pass("a", true, send("second", answer.promise));
  await overtaking.pass("a", false, send("third"));
  expect(sent).toEqual(["other", "second", "third"]);
  answer.resolve();
  expect(await Promise.all([first, second])).toEqual(["first", "second"]);
  expect(sent).toEqual(["other", "second", "third", "first"]);

  const waiting = overtaking.pass("a", true, send("fourth"));
  const failed = overtaking.pass("a", false, () => Promise.reject(new Error("cut")));
  await expect(failed).rejects.toThrow("cut");
  expect(await waiting).toBe("fourth");
});

it("what waits goes alone after a while", async () => {
  expect(await new Overtaking(1).pass("a", true, async () => "sent")).toBe("sent");
});
