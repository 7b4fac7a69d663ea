import { describe, expect, it } from "vitest";
import { NoTurnError, Turns } from "../../src/service/turns.ts";

/** Keeps the processor busy for so many milliseconds, and then does what is left. */
function toil(milliseconds: number, then = () => 0): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
  then();
}

const patient = { patience: 60_000 };

describe("work that keeps the processor busy", () => {
  it("leaves the event loop a turn after each slice", async () => {
    const turns = new Turns({ ...patient, slice: 1 });
    const order: string[] = [];
    const pieces = ["a", "b", "c"].map((name) => turns.take("app", () => toil(3, () => order.push(name))));
    const between = (left: number): void => {
      order.push("others");
      if (left > 1) setImmediate(between, left - 1);
    };
    setImmediate(between, 3);
    await Promise.all(pieces);
    expect(order).toEqual(["a", "others", "b", "others", "c"]);
  });

  it("alternates between apps: who asks for much waits for itself", async () => {
    const turns = new Turns(patient);
    const order: string[] = [];
    const loud = Array.from({ length: 20 }, () => turns.take("loud", () => order.push("loud")));
    const quiet = ["quiet", "third"].map((app) => turns.take(app, () => order.push(app)));
    await Promise.all([...loud, ...quiet]);
    expect(order.slice(0, 3).toSorted()).toEqual(["loud", "quiet", "third"]);
    expect(order).toHaveLength(22);
  });

  it("waits as long as the queue has places, of which an app has as many as are left", async () => {
    const turns = new Turns({ ...patient, waiting: 8 });
    const outcomes = (app: string, count: number) =>
      Promise.allSettled(Array.from({ length: count }, () => turns.take(app, () => app)));
    const [loud, quiet] = await Promise.all([outcomes("loud", 20), outcomes("quiet", 1)]);
    expect(loud.filter(({ status }) => status === "fulfilled")).toHaveLength(4);
    expect(loud.at(-1)).toMatchObject({ reason: expect.any(NoTurnError) });
    expect(quiet).toMatchObject([{ status: "fulfilled" }]);
  });

  it("is refused where it has waited too long, and done again afterwards", async () => {
    const turns = new Turns({ patience: 20 });
    const [long, late] = [turns.take("app", () => toil(50)), turns.take("app", () => "late")];
    await long;
    await expect(late).rejects.toThrow(NoTurnError);
    const fails = new Turns(patient).take("app", () => JSON.parse("{"));
    await expect(fails).rejects.toThrow(SyntaxError);
  });
});
