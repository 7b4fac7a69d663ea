import type { Logger } from "pino";
import type { App } from "./domain/records.ts";
import type { AdminServices } from "./http/admin/handler.ts";
import { telling } from "./http/admin/stream.ts";
import { createHttpApp, type HttpLimits } from "./http/app.ts";
import { Tracing } from "./http/call-log/tracing.ts";
import { listEncoding } from "./http/calls/catalogue.ts";
import { Metrics } from "./http/metrics.ts";
import { withPushFaults } from "./outbound/push-faults.ts";
import { Operators } from "./service/access/operators.ts";
import type { Passwords } from "./service/access/passwords.ts";
import { Apps } from "./service/apps.ts";
import { CallLog } from "./service/call-log.ts";
import { Callbacks } from "./service/callbacks.ts";
import { Claims } from "./service/claims.ts";
import type { Clock } from "./service/clock.ts";
import { CouponPages } from "./service/coupon-pages.ts";
import { Faults } from "./service/faults/faults.ts";
import { Following, type FollowingLimits } from "./service/following.ts";
import { HandOuts } from "./service/hand-outs/hand-outs.ts";
import { HotCoupons } from "./service/hot-coupons.ts";
import { Ledger } from "./service/ledger.ts";
import type { AskMerchant, VerifyUrl } from "./service/merchant.ts";
import { Orders } from "./service/orders.ts";
import { readiness } from "./service/readiness.ts";
import { Removals } from "./service/removals.ts";
import { Clocks } from "./service/sandbox/clocks.ts";
import { SandboxStates } from "./service/sandbox/states.ts";
import type { TurnsLimits } from "./service/turns.ts";
import { Verifications } from "./service/verifications.ts";
import type { Store } from "./store/store.ts";

type StackOptions = {
  store: Store;
  clock: Clock;
  log: Logger;
  /** Asks merchants, and ends asking. `pauses` are for tests that ask thousands of times: see {@link Callbacks}. */
  merchants: { ask: AskMerchant; verifyUrl: VerifyUrl; close(): Promise<void>; pauses?: readonly number[] };
  /** How much is let in; what a server should bear unless given. */
  limits?: (HttpLimits & { turns?: TurnsLimits; following?: FollowingLimits; removalSlice?: number }) | undefined;
  /** Apps that are not served: see {@link Apps}. */
  withholds?: ((app: App) => boolean) | undefined;
  /** Hashes operators' passwords; as costly as it should be unless given. */
  passwords?: Passwords | undefined;
  /** The address of a proxy whose `X-Forwarded-For` is believed. */
  trustedProxy?: string | undefined;
  /** Whether `/metrics` is served elsewhere, from the `metrics` that this answers. */
  metricsElsewhere?: boolean;
  /** Whether the journal is chained and counted: see {@link Ledger}. */
  proves?: boolean;
  /** Whether the calls of sandbox apps are logged; they are unless given. */
  logsCalls?: boolean;
};

/** Puts the floors on a store: everything a process of Quanku serves with. */
export function assemble(options: StackOptions) {
  const { store, clock, log, merchants, limits, withholds, metricsElsewhere, proves, passwords, trustedProxy } =
    options;
  const { logsCalls = true } = options;
  const metrics = new Metrics();
  const hot = new HotCoupons(clock);
  const pages = new CouponPages(store, listEncoding);
  const ledger = new Ledger({
    store,
    clock,
    onCommit(changes, entries) {
      pages.forget(changes);
      hot.note(changes);
      tracing?.caused(entries);
    },
    onBatch: (commands) => metrics.committed(commands),
    proves,
  });
  metrics.watch({
    waiting: () => ledger.waiting,
    hotCoupons: (limit) => hot.top(limit),
    connections: () => store.connections?.(),
    settling: () => store.settling?.(),
  });
  const apps = new Apps({ store, ledger, clock, withholds });
  const faults = new Faults({ ledger, apps, clock });
  const callbacks = new Callbacks({
    store,
    ask: withPushFaults(counted(merchants.ask, metrics), faults),
    verifyUrl: merchants.verifyUrl,
    pauses: merchants.pauses,
    onError: (error) => log.warn({ err: error }, "attempts at callbacks could not be written down"),
  });
  const callLog = new CallLog({
    store,
    onDropped: (calls, error) => log.warn({ calls, err: error }, "calls of sandbox apps were not written down"),
  });
  const tracing = logsCalls ? new Tracing(callLog, apps, clock) : undefined;
  const claims = new Claims({ store, ledger, apps, callbacks, clock });
  const clocks = new Clocks({ store, ledger, apps, claims, clock });
  const orders = new Orders({ store, ledger, clock, turns: limits?.turns });
  const handOuts = new HandOuts({ store, ledger, clock });
  const services = { ledger, apps, claims, callbacks, orders, faults, pages, reads: store, metrics, clock, log };
  const verifications = new Verifications({
    store,
    clock,
    onError: (error) => log.warn({ err: error }, "a verification could not be brought to an end"),
  });
  const operators = new Operators({ store, ledger, clock, passwords });
  const following = new Following({
    store,
    telling,
    onError: (error) => log.warn({ err: error }, "what happens in an app that is followed could not be read"),
    limits: limits?.following,
  });
  const removals = new Removals({
    store,
    clock,
    onRemoved(appid) {
      apps.forget(appid);
      pages.forgetApp(appid);
    },
    onError: (error) => log.warn({ err: error }, "what is left of a deleted app could not be removed yet"),
    slice: limits?.removalSlice,
  });
  const states = new SandboxStates({
    store,
    clock,
    onEmptied(appid) {
      apps.forget(appid);
      pages.forgetApp(appid);
      hot.forget(appid);
    },
  });
  const sandbox = { clocks, states };
  const admin: AdminServices = {
    ...services,
    ...sandbox,
    store,
    operators,
    following,
    handOuts,
    removals,
    verifications,
    readiness: readiness(store),
  };
  const http = createHttpApp({
    ...services,
    admin,
    tracing,
    readiness: admin.readiness,
    limits: { patience: store.patience, ...limits },
    metricsElsewhere,
    trustedProxy,
  });

  /** Ends what was begun, once no new requests come; then the store can be closed. */
  async function settle(): Promise<void> {
    await verifications.stop();
    following.close();
    await removals.stop();
    faults.delays.stop();
    await claims.settled();
    await ledger.settled();
    await callbacks.written();
    await callLog.written();
    await merchants.close();
  }
  return {
    store,
    ledger,
    apps,
    claims,
    handOuts,
    callbacks,
    clocks,
    faults,
    callLog,
    operators,
    following,
    removals,
    metrics,
    admin,
    http,
    settle,
  };
}

const counted =
  (ask: AskMerchant, metrics: Metrics): AskMerchant =>
  async (...asked) => {
    const answer = await ask(...asked);
    metrics.asked(answer.attempt.verdict);
    return answer;
  };
