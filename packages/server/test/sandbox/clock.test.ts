import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Command } from "../../src/domain/decide.ts";
import { startTestServer, type TestServer } from "../../testing/server.ts";
import { adapters, openTestStore, type TestStore } from "../../testing/stores.ts";

const NOW = 1_700_000_000;
const DAY = 86_400;
const terms = { claimWindow: null, limitPerPerson: null, total: 1, validity: null, discount: null };

describe.each(adapters)("the clock of a sandbox app on %s", (adapter) => {
  let kept: TestStore;
  let server: TestServer;
  beforeEach(async () => {
    kept = await openTestStore(adapter);
    server = await startTestServer({ now: NOW, store: kept.store });
    await server.createApp("wx_sandbox", undefined, { sandbox: true });
    await server.createApp("wx_shop");
  });
  afterEach(async () => {
    await server.close();
    await kept.discard();
  });

  const submit = (command: Command) => server.ledger.submit(command, "command_line");

  it("decides what its commands come to, and no other app's", async () => {
    const move = { appid: "wx_sandbox", real: NOW };
    expect(await submit({ do: "setClock", to: NOW + 7 * DAY, ...move })).toHaveProperty("result");
    expect(await timesOfNew("c1")).toEqual([NOW + 7 * DAY, NOW]);

    server.clock.now = NOW + 10;
    expect(await timesOfNew("c2")).toEqual([NOW + 7 * DAY + 10, NOW + 10]);
    await submit({ do: "freezeClock", ...move, real: NOW + 10 });
    server.clock.now = NOW + 60;
    expect(await timesOfNew("c3")).toEqual([NOW + 7 * DAY + 10, NOW + 60]);

    const back = await submit({ do: "setClock", to: NOW, ...move });
    expect(back).toMatchObject({ refused: "clock_backwards" });
    await submit({ do: "setClock", to: NOW + 8 * DAY, ...move });
    await submit({ do: "resumeClock", ...move, real: NOW + 60 });
    server.clock.now = NOW + 61;
    expect(await timesOfNew("c4")).toEqual([NOW + 8 * DAY + 1, NOW + 61]);
    expect(await submit({ do: "freezeClock", appid: "wx_shop", real: NOW })).toMatchObject({ refused: "not_sandbox" });
  });

  it("is set to 400 days before the wire's numbers end at the latest", async () => {
    const set = (to: number) => submit({ do: "setClock", to, appid: "wx_sandbox", real: NOW });
    const latest = 2_147_483_647 - 400 * DAY;
    expect(await set(latest + 1)).toMatchObject({ refused: "clock_too_far", facts: { limit: latest } });
    expect(await set(latest)).toHaveProperty("result");
  });

  it("is moved for the commands behind in the same transaction, and for those behind in the same job", async () => {
    const set = (to: number) => ({ do: "setClock", to: NOW + to, appid: "wx_sandbox", real: NOW }) as const;
    const add = (outCouponId: string) => ({ do: "addCoupon", content: { ...content, outCouponId } }) as const;
    const content = { appid: "wx_sandbox", kind: "shop_direct_reduction", channel: 4, document: "{}", terms } as const;
    const answers = await Promise.all([submit(add("c1")), submit(set(DAY)), submit(add("c2")), submit(set(DAY - 1))]);
    expect(answers.map((answer) => "refused" in answer && answer.refused)).toEqual([
      false,
      false,
      false,
      "clock_backwards",
    ]);
    await server.ledger.submitTogether([set(2 * DAY), add("c3")], "command_line");
    const at = await Promise.all(["c1", "c2", "c3"].map((id) => server.store.coupon("wx_sandbox", id)));
    expect(at.map((coupon) => coupon?.createdAt)).toEqual([NOW, NOW + DAY, NOW + 2 * DAY]);
  });

  /** Adds a coupon to each app; answers when each was. */
  async function timesOfNew(id: string): Promise<number[]> {
    const times = [];
    for (const appid of ["wx_sandbox", "wx_shop"]) {
      const content = { appid, outCouponId: id, kind: "shop_direct_reduction", channel: 4, document: "{}" } as const;
      await submit({ do: "addCoupon", content: { ...content, terms } });
      times.push((await server.store.coupon(appid, id))?.createdAt as number);
    }
    return times;
  }
});
