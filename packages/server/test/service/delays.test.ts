import { expect, it } from "vitest";
import { Delays } from "../../src/service/faults/delays.ts";

it("so many of an app are delayed at once, so many of all, and no more until one is over", async () => {
  const delays = new Delays({ ofApp: 2, inAll: 3 });
  const short = delays.wait("a", 1);
  const long = [delays.wait("a", 60_000), delays.wait("b", 60_000)];
  expect([await delays.wait("a", 1), await delays.wait("c", 1), delays.waiting]).toEqual(["full", "full", 3]);
  expect(await short).toBe("over");
  expect(await delays.wait("a", 1)).toBe("over");
  delays.stop();
  expect(await Promise.all([...long, delays.wait("c", 60_000)])).toEqual(["stopped", "stopped", "stopped"]);
  expect(delays.waiting).toBe(0);
});
