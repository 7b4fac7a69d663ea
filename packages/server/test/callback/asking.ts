import type { App, AppSettings } from "../../src/domain/records.ts";
import { type MerchantCallbackOptions, MerchantCallbacks } from "../../src/outbound/merchant-callbacks.ts";
import { systemClock } from "../../src/service/clock.ts";
import { settingsOfNewApp } from "../../src/service/settings.ts";
import type { Certified } from "../../testing/certificate.ts";
import { FakeMerchant, shared } from "../../testing/fake-merchant.ts";
import { anApp } from "../../testing/records.ts";
import { UNHURRIED } from "../../testing/server.ts";

/** The app of the fake merchant. */
export const merchantsApp = (settings: Partial<AppSettings> = {}): App => ({
  ...anApp(shared.appid),
  settings: {
    ...settingsOfNewApp(shared.appid),
    claimMode: "callback",
    callbackToken: shared.token,
    encodingAesKey: shared.encodingAesKey,
    ...settings,
  },
  confirmedUrl: null,
  exported: null,
  sandbox: null,
});

/** A claim of some person's on some coupon. */
export const claimOf = (requestId: string) => ({ openid: "o-person_1", outCouponId: "coupon-1", requestId });

/** A fake merchant and what asks it, with time enough unless it is said otherwise. */
export async function startAsking(options: Partial<MerchantCallbackOptions> = {}, tls?: Certified) {
  const merchant = await FakeMerchant.start(shared, tls);
  const callbacks = new MerchantCallbacks({ clock: systemClock, allowPrivate: true, timeLimit: UNHURRIED, ...options });
  return {
    merchant,
    callbacks,
    /** Asks about a claim. */
    ask: (requestId: string, settings: Partial<AppSettings> = {}, url = merchant.url) =>
      callbacks.ask(merchantsApp(settings), url, "claim", claimOf(requestId)),
    async close() {
      await callbacks.close();
      await merchant.close();
    },
  };
}
