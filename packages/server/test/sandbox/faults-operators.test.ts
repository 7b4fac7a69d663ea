import { describe, expect, it } from "vitest";
import { NOW, startFaultyShop } from "./faults-shop.ts";

/** What of an order cannot be, and what is said of it. */
const wrong: [given: object, field: string, says: string][] = [
  [{ what: "errcode" }, "what", "must be one of errcode=<code>, delay=<ms>, reset"],
  [{ what: "errcode=12" }, "what", "no success, not 12"],
  [{ what: "delay=0" }, "what", "1-60000 milliseconds"],
  [{ what: "push=late:5001" }, "what", "1-5000 milliseconds"],
  [{ what: "half,delay=5" }, "what", "must be one of"],
  [{}, "what", ""],
  [{ what: "half", calls: "claim,claims" }, "calls", 'cannot name "claims": half is for confirm, add'],
  [{ what: "push=lost", calls: "redeem" }, "calls", "push=lost is for claim, confirm"],
  [{ what: "token", calls: "stable_token" }, "calls", 'cannot name "stable_token"'],
  [{ what: "half", share: 10_001 }, "share", "from 1 to 10000"],
  [{ what: "half", count: 0 }, "count", "from 1 to"],
  [{ what: "half", seed: -1 }, "seed", "from 0 to"],
  [{ what: "half", seconds: 86_401 }, "seconds", "from 1 to 86400"],
  [{ what: "half", until: 5 }, "until", ""],
];

const calls = [
  ["orderFault", { what: "half" }],
  ["listFaults", {}],
  ["endFault", { fault: "x" }],
  ["endFaults", {}],
] as const;

describe("operators", () => {
  it("are told what is wrong, and nothing is ordered; nor is it of a production app", async () => {
    const shop = await startFaultyShop();
    for (const [given, field, says] of wrong) {
      const answer = await shop.operate("orderFault", { appid: shop.app.appid, ...given });
      expect(answer, JSON.stringify(given)).toMatchObject({
        status: 400,
        problem: "invalid_field",
        errors: [{ field }],
      });
      expect(answer).toMatchObject({ detail: expect.stringContaining(says) });
    }
    expect(await shop.listed()).toEqual([]);
    for (const [name, given] of calls) {
      const answer = await shop.operate(name, { appid: shop.shop.appid, ...given });
      expect(answer, name).toMatchObject({ status: 409, problem: "not_sandbox" });
      expect(answer).toMatchObject({ detail: expect.stringContaining("quanku app create --sandbox") });
    }
  });

  it("see what they ordered, and end it, one or all", async () => {
    const shop = await startFaultyShop();
    const { appid } = shop.app;
    const first = await shop.order({
      what: "errcode=45009",
      calls: " claim,redeem,claim",
      share: 100,
      count: 3,
      seed: 7,
    });
    expect(first).toEqual({
      fault: expect.stringMatching(/^[0-9a-f]{8}$/),
      what: "errcode=45009",
      calls: "claim,redeem",
      share: 100,
      count: 3,
      seed: 7,
      seen: 0,
      hit: 0,
      order_time: NOW,
      end_time: NOW + 600,
    });
    const second = await shop.order({ what: "push=late:5000", seconds: 86_400 });
    expect(second).toMatchObject({ calls: null, share: 10_000, count: null, end_time: NOW + 86_400 });
    expect(await shop.listed()).toEqual([first, second]);

    const { fault } = first;
    expect(await shop.operate("endFault", { appid, fault })).toEqual({ reply: { fault: first } });
    expect(await shop.operate("endFault", { appid, fault })).toMatchObject({ status: 404, problem: "unknown_fault" });
    for (let n = 1; n < 20; n++) await shop.order({ what: "half" });
    const full = await shop.operate("orderFault", { appid, what: "half" });
    expect(full).toMatchObject({
      status: 409,
      problem: "too_many_faults",
      detail: expect.stringContaining("20 faults"),
    });
    shop.server.clock.now += 600;
    expect(await shop.listed(), "the others are over").toEqual([second]);
    await shop.order({ what: "half" });
    expect(await shop.operate("endFaults", { appid })).toEqual({ reply: { ended: 2 } });
    expect(await shop.operate("endFaults", { appid })).toEqual({ reply: { ended: 0 } });
    const last = (await shop.server.store.listJournal(appid, null, 1))[0];
    expect(last).toMatchObject({ command: "endFaults", by: "command_line" });
    await shop.verified();
  });
});
