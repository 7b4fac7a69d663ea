import type { Logger } from "pino";
import type { App } from "./domain/records.ts";
import type { AdminServices } from "./http/admin/handler.ts";
import { createHttpApp, type HttpLimits } from "./http/app.ts";
import { listEncoding } from "./http/calls/catalogue.ts";
import { Metrics } from "./http/metrics.ts";
import { Apps } from "./service/apps.ts";
import { Callbacks } from "./service/callbacks.ts";
import { Claims } from "./service/claims.ts";
import type { Clock } from "./service/clock.ts";
import { CouponPages } from "./service/coupon-pages.ts";
import { HotCoupons } from "./service/hot-coupons.ts";
import { Ledger } from "./service/ledger.ts";
import type { AskMerchant } from "./service/merchant.ts";
import { Orders } from "./service/orders.ts";
import { readiness } from "./service/readiness.ts";
import type { TurnsLimits } from "./service/turns.ts";
import { Verifications } from "./service/verifications.ts";
import type { Store } from "./store/store.ts";

type StackOptions = {
  store: Store;
  clock: Clock;
  log: Logger;
  /** Asks merchants, and ends asking. `pauses` are for tests that ask thousands of times: see {@link Callbacks}. */
  merchants: { ask: AskMerchant; close(): Promise<void>; pauses?: readonly number[] };
  /** How much is let in; what a server should bear unless given. */
  limits?: (HttpLimits & { turns?: TurnsLimits }) | undefined;
  /** Apps that are not served: see {@link Apps}. */
  withholds?: ((app: App) => boolean) | undefined;
  /** Whether `/metrics` is served elsewhere, from the `metrics` that this answers. */
  metricsElsewhere?: boolean;
  /** Whether the journal is chained and counted: see {@link Ledger}. */
  proves?: boolean;
};

/** Puts the floors on a store: everything a process of Quanku serves with. */
export function assemble(options: StackOptions) {
  const { store, clock, log, merchants, limits, withholds, metricsElsewhere, proves } = options;
  const metrics = new Metrics();
  const hot = new HotCoupons(clock);
  const pages = new CouponPages(store, listEncoding);
  const ledger = new Ledger({
    store,
    clock,
    onCommit(changes) {
      pages.forget(changes);
      hot.note(changes);
    },
    onBatch: (commands) => metrics.committed(commands),
    proves,
  });
  metrics.watch({
    waiting: () => ledger.waiting,
    hotCoupons: (limit) => hot.top(limit),
    connections: () => store.connections?.(),
  });
  const apps = new Apps({ store, ledger, clock, withholds });
  const callbacks = new Callbacks({
    store,
    ask: counted(merchants.ask, metrics),
    pauses: merchants.pauses,
    onError: (error) => log.warn({ err: error }, "attempts at callbacks could not be written down"),
  });
  const claims = new Claims({ store, ledger, apps, callbacks, clock });
  const orders = new Orders({ store, ledger, clock, turns: limits?.turns });
  const services = { ledger, apps, claims, callbacks, orders, pages, reads: store, metrics, clock, log };
  const verifications = new Verifications({
    store,
    clock,
    onError: (error) => log.warn({ err: error }, "a verification could not be brought to an end"),
  });
  const admin: AdminServices = { ...services, store, verifications };
  const http = createHttpApp({
    ...services,
    readiness: readiness(store),
    limits: { patience: store.patience, ...limits },
    metricsElsewhere,
  });

  /** Ends what was begun, once no new requests come; then the store can be closed. */
  async function settle(): Promise<void> {
    await verifications.stop();
    await claims.settled();
    await ledger.settled();
    await callbacks.written();
    await merchants.close();
  }
  return { store, ledger, apps, claims, callbacks, metrics, admin, http, settle };
}

const counted =
  (ask: AskMerchant, metrics: Metrics): AskMerchant =>
  async (...asked) => {
    const answer = await ask(...asked);
    metrics.asked(answer.attempt.verdict);
    return answer;
  };
