import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { merchantsApp, startAsking } from "./asking.ts";
import { type Answer, decision, write } from "./fake-merchant.ts";

let asking: Awaited<ReturnType<typeof startAsking>>;
beforeAll(async () => {
  asking = await startAsking();
});
afterAll(() => asking.close());

const after =
  (milliseconds: number): Answer =>
  async (asked) => {
    await sleep(milliseconds);
    return write(decision(asked), "json");
  };

/** A good reply, a character every 10 ms, so that its last one is too late. */
const drip: Answer = async (asked, response) => {
  for (const character of write(decision(asked), "json").padEnd(400)) {
    if (response.destroyed) return undefined;
    response.write(character);
    await sleep(10);
  }
  response.end();
  return undefined;
};

/** At once when the time is over, as far as a busy machine lets see. */
const inTime = expect.toSatisfy((milliseconds: number) => milliseconds >= 2450 && milliseconds < 3500, "2.5 s");

describe.concurrent("a merchant has 2.5 s from the start to the last byte", () => {
  it("and is in time after 2.2 s", async () => {
    asking.merchant.script("in time", after(2200));
    expect((await asking.ask("in time")).answer).toEqual({ answer: "granted", outUserCouponId: "uc-in time" });
  });

  it("and is too late after 2.6 s", async () => {
    asking.merchant.script("late", after(2600));
    const { answer, attempt } = await asking.ask("late");
    expect(answer).toEqual({ answer: "timed_out", problem: "no reply within 2500 ms" });
    expect(attempt).toMatchObject({ verdict: "timed_out", status: null, reply: null, milliseconds: inTime });
  });

  it("also where every single byte comes soon", async () => {
    asking.merchant.script("drip", drip);
    const { answer, attempt } = await asking.ask("drip");
    expect(answer).toEqual({ answer: "timed_out", problem: "only a part of the reply within 2500 ms" });
    expect(attempt).toMatchObject({ status: 200, reply: expect.stringMatching(/^\{"out_user/), milliseconds: inTime });
  });

  it("and is not kept waiting afterwards: the connection is closed", async () => {
    const closed = new Promise((resolve) => {
      asking.merchant.script("silent", (_, response) => void response.on("close", () => resolve("closed")));
    });
    expect((await asking.ask("silent")).answer.answer).toBe("timed_out");
    expect(await Promise.race([closed, sleep(1000, "open")])).toBe("closed");
  });

  it("for the URL check too", async () => {
    const own = await startAsking();
    own.merchant.answer = after(2600);
    expect(await own.callbacks.verifyUrl(merchantsApp(), own.merchant.url)).toMatchObject({
      verdict: "timed_out",
      reason: "no reply within 2500 ms",
      milliseconds: inTime,
    });
    await own.close();
  });

  it.each([
    ["speak TLS", (port: number) => `https://127.0.0.1:${port}/`],
    ["begin his reply", (port: number) => `http://127.0.0.1:${port}/`],
  ])("to %s", async (_, urlOf) => {
    const server = createServer((socket) => socket.on("error", () => {}).resume());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    const { answer, attempt } = await asking.ask("mute", {}, urlOf(port));
    expect(answer).toEqual({ answer: "timed_out", problem: "no reply within 2500 ms" });
    expect(attempt.milliseconds).toEqual(inTime);
    server.close();
  });

  it("to have his name resolved", async () => {
    const own = await startAsking({ lookup: () => {}, allowPrivate: false });
    const { answer, attempt } = await own.ask("name", {}, "http://merchant.test/");
    expect(answer.answer).toBe("timed_out");
    expect(attempt.milliseconds).toEqual(inTime);
    await own.close();
  });

  it("even where so many ask that some must wait for a connection", async () => {
    const own = await startAsking();
    own.merchant.answer = () => undefined;
    setTimeout(() => expect(own.merchant.asked).toHaveLength(256), 2000);
    const crowd = await Promise.all(Array.from({ length: 280 }, (_, nth) => own.ask(`crowd-${nth}`)));
    for (const { answer, attempt } of crowd) {
      expect(answer.answer).toBe("timed_out");
      expect(attempt.milliseconds).toEqual(inTime);
    }
    own.merchant.answer = after(0);
    expect((await own.ask("afterwards")).answer.answer).toBe("granted");
    await own.close();
  });
});
