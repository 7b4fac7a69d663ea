import { expect, it } from "vitest";
import { operated } from "../../testing/admin.ts";
import { addActive, coupon } from "../../testing/coupons.ts";
import { ScriptedMerchant } from "../../testing/scripted-merchant.ts";
import { startTestServer } from "../../testing/server.ts";

it("a silent merchant is asked again once, also where the job runs while the clock stands", async () => {
  const merchant = new ScriptedMerchant();
  const server = await startTestServer({ adapter: "memory", ask: merchant.ask });
  const app = await server.createApp("wx_sandbox", undefined, { sandbox: true });
  await addActive(app, coupon("c", { total_num: 9 }));
  const callback = { claimMode: "callback", callbackUrl: "http://merchant.test/", callbackToken: "token" } as const;
  await server.apps.configure(app.appid, callback, "command_line");
  const beSilent = async (isDone: Promise<unknown>) => {
    let asked = 0;
    let done = false;
    void isDone.then(() => {
      done = true;
    });
    await expect
      .poll(
        () => {
          if (merchant.isAsked(app.appid, "r")) {
            asked++;
            merchant.reply(app.appid, "r", { answer: "timed_out", problem: "too slow" });
          }
          return done;
        },
        { interval: 1 },
      )
      .toBe(true);
    return asked;
  };
  const advance = (by: number) => operated(server, "advanceClock", { appid: app.appid, by });
  const attempts = [];
  attempts.push(await beSilent(app.call("claim", { openid: "o", out_coupon_id: "c", request_id: "r" })));
  await operated(server, "freezeClock", { appid: app.appid });
  attempts.push(await beSilent(advance(11)));
  await server.claims.finishAbandoned();
  attempts.push(await beSilent(advance(1)));
  expect(attempts).toEqual([3, 3, 0]);
  expect((await advance(20)).passed.holds).toBe(1);
  await server.close();
});
