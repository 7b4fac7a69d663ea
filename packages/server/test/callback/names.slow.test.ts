import { afterAll, beforeAll, expect, it } from "vitest";
import { Names } from "../../src/outbound/names.ts";
import { startNameServer } from "../../testing/name-server.ts";
import { startAsking } from "./asking.ts";

/** Claims of merchants whose name server is silent. Turned up by `npm run soak`. */
const DEAD = Number(process.env.QUANKU_DEAD_NAMES ?? 40);
/** How many names are asked for at once. */
const TOGETHER = 40;

let server: Awaited<ReturnType<typeof startNameServer>>;
beforeAll(async () => {
  server = await startNameServer();
});
afterAll(() => void server.socket.close());

it("a name server that never answers holds up nobody else's claims", async () => {
  const names = new Names({ servers: [server.address], timeout: 6000 });
  const asking = await startAsking({ lookup: names.lookup, timeLimit: 6000 });
  let isOver = false;
  const dead: Promise<string>[] = [];
  while (dead.length < DEAD) {
    const nth = dead.length;
    const asked = asking.ask(`dead-${nth}`, {}, `http://dead-${nth}.test/`);
    dead.push(
      asked.then(({ answer }) => {
        isOver = true;
        return answer.answer;
      }),
    );
    // A system drops what comes faster than it is read, and these are silent, not lost.
    if (dead.length % TOGETHER === 0)
      await expect.poll(() => new Set(server.asked).size).toBeGreaterThanOrEqual(dead.length);
  }
  const good = await asking.ask("good", {}, asking.merchant.urlAt("good.test"));
  expect(good.answer.answer).toBe("granted");
  expect((await asking.ask("local", {}, asking.merchant.urlAt("localhost"))).answer.answer).toBe("granted");
  expect(isOver).toBe(false);
  expect(await Promise.all(dead)).not.toContain("granted");
  await asking.close();
});
