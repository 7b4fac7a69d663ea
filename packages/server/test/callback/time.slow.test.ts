import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { MerchantCallbackOptions } from "../../src/outbound/merchant-callbacks.ts";
import { type Answer, decision, write } from "../../testing/fake-merchant.ts";
import { merchantsApp, startAsking } from "./asking.ts";

/** How much time the merchant has here, in milliseconds: little where it shall run out, much where it shall not. */
const [LITTLE, ENOUGH] = [200, 10_000];

/** Runs a test with a merchant of its own. */
const asking =
  (
    options: Partial<MerchantCallbackOptions>,
    test: (own: Awaited<ReturnType<typeof startAsking>>, limit: number) => Promise<void>,
  ) =>
  async () => {
    const own = await startAsking(options);
    await test(own, options.timeLimit as number);
    await own.close();
  };

const silent: Answer = () => undefined;

/** A reply whose characters come one every 10 ms, and that never ends. */
const drip: Answer = async (asked, response) => {
  response.write(write(decision(asked), "json").slice(0, -1));
  for (; !response.destroyed; await sleep(10)) response.write(" ");
  return undefined;
};

it("a merchant has 2.5 s unless another time is set", async () => {
  const own = await startAsking({ timeLimit: undefined });
  own.merchant.answer = silent;
  const { answer, attempt } = await own.ask("late");
  expect(answer).toEqual({ answer: "timed_out", problem: "no reply within 2500 ms" });
  // Never sooner; how much later a busy machine tells it, nobody knows, but it is no other order of time.
  expect(attempt.milliseconds).toBeGreaterThanOrEqual(2450);
  expect(attempt.milliseconds).toBeLessThan(25_000);
  await own.close();
});

describe.concurrent("a merchant has a time from the start to the last byte", () => {
  it(
    "and is in time within it",
    asking({ timeLimit: ENOUGH }, async ({ merchant, ask }) => {
      merchant.answer = async (asked) => {
        await sleep(300);
        return write(decision(asked), "json");
      };
      expect((await ask("in time")).answer).toEqual({ answer: "granted", outUserCouponId: "uc-in time" });
    }),
  );

  it(
    "and is too late after it; the connection is closed then",
    asking({ timeLimit: LITTLE }, async ({ merchant, ask }, limit) => {
      const closed = Promise.withResolvers<void>();
      merchant.answer = (_, response) => void response.on("close", closed.resolve);
      // On a machine that takes longer than that to connect, the merchant never hears of a question.
      for (let n = 0; merchant.asked.length === 0; n++) {
        const { answer, attempt } = await ask(`late-${n}`);
        expect(answer).toEqual({ answer: "timed_out", problem: `no reply within ${limit} ms` });
        expect(attempt).toMatchObject({ verdict: "timed_out", status: null, reply: null });
        expect(attempt.milliseconds).toBeGreaterThanOrEqual(limit * 0.98);
      }
      await closed.promise;
    }),
  );

  it(
    "also where every single byte comes soon",
    asking({ timeLimit: ENOUGH / 2 }, async ({ merchant, ask }, limit) => {
      merchant.answer = drip;
      const { answer, attempt } = await ask("drip");
      expect(answer).toEqual({ answer: "timed_out", problem: `only a part of the reply within ${limit} ms` });
      expect(attempt).toMatchObject({ status: 200, reply: expect.stringMatching(/^\{"out_user/) });
    }),
  );

  it(
    "for the URL check too",
    asking({ timeLimit: LITTLE }, async ({ merchant, callbacks }, limit) => {
      merchant.answer = silent;
      expect(await callbacks.verifyUrl(merchantsApp(), merchant.url)).toMatchObject({
        verdict: "timed_out",
        reason: `no reply within ${limit} ms`,
      });
    }),
  );

  it.each([
    ["speak TLS", (port: number) => `https://127.0.0.1:${port}/`],
    ["begin the reply", (port: number) => `http://127.0.0.1:${port}/`],
  ])("to %s", async (_, urlOf) => {
    const own = await startAsking({ timeLimit: LITTLE });
    const server = createServer((socket) => socket.on("error", () => {}).resume());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    const { answer } = await own.ask("mute", {}, urlOf(port));
    expect(answer).toEqual({ answer: "timed_out", problem: `no reply within ${LITTLE} ms` });
    server.close();
    await own.close();
  });

  it(
    "to have the name resolved",
    asking({ timeLimit: LITTLE, lookup: () => {}, allowPrivate: false }, async ({ ask }) => {
      expect((await ask("name", {}, "http://merchant.test/")).answer.answer).toBe("timed_out");
    }),
  );

  it(
    "even where so many ask that some must wait for a connection",
    asking({ timeLimit: ENOUGH }, async ({ merchant, ask }) => {
      merchant.answer = silent;
      const crowd = Promise.all(Array.from({ length: 280 }, (_, nth) => ask(`crowd-${nth}`)));
      await expect.poll(() => merchant.asked.length).toBe(256);
      for (const { answer } of await crowd) expect(answer.answer).toBe("timed_out");
      merchant.answer = (asked) => write(decision(asked), "json");
      expect((await ask("afterwards")).answer.answer).toBe("granted");
    }),
  );
});
