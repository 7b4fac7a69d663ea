import type { Actor } from "../../domain/actor.ts";
import { isRefusal, type Refusal, refuse } from "../../domain/outcome.ts";
import { timeOfApp } from "../../domain/sandbox/clock.ts";
import { whyNotSet } from "../../domain/sandbox/move-clock.ts";
import { isSandbox, type SandboxApp } from "../../domain/sandbox/sandbox.ts";
import { type LastSeconds, type Store, StoreBusyError } from "../../store/store.ts";
import type { Apps } from "../apps.ts";
import { ABANDONED_SECONDS, type Claims } from "../claims.ts";
import type { Clock } from "../clock.ts";
import { EXPIRY, type Expiry } from "../expiry.ts";
import type { Ledger } from "../ledger.ts";

/** How many stops an advance makes where something was due, and how many more where there is more, each of equal length. */
const [EXACT_STOPS, WIDE_STOPS] = [900, 100];
/** How many things that are over are expired together. */
const BATCH = 400;
/** How long an advance waits for merchants in all, in milliseconds: as long as one takes that is silent. */
const ASKING = 10_000;

/** What an advance did on its way: how many of each came to their end. */
export type Passed = { userCoupons: number; coupons: number; holds: number };

/** What an app's clock shows. `real` and `now` in Unix seconds. */
export type ClockShown = { now: number; real: number; frozen: boolean };

/** What became of a clock that was set forward. */
export type Moved = { shown: ClockShown; passed: Passed };

type ClocksOptions = { store: Store; ledger: Ledger; apps: Apps; claims: Claims; clock: Clock };

/** An advance that the store had no time for: the clock is at `now`, and what was due until then is `passed`. */
export class AdvanceStopped extends StoreBusyError {
  override name = "AdvanceStopped";
  readonly now: number;
  readonly passed: Readonly<Passed>;

  constructor(message: string, { now, passed }: { now: number; passed: Passed }) {
    super(message);
    this.now = now;
    this.passed = passed;
  }
}

/**
 * The clocks of sandbox apps. A clock that is set forward goes through what is due on its way: it stops at each second at
 * which something comes to its end, and there what is over is given back or expired, as the jobs would, so that the journal
 * tells each at its time and in its order. Where very much is due, later stops are wider, and in each all keeps its order.
 * Nobody else waits: claims go on beside it, each at the time that the clock shows.
 */
export class Clocks {
  readonly #options: ClocksOptions;

  constructor(options: ClocksOptions) {
    this.#options = options;
  }

  /** What an app's clock shows. */
  async show(appid: string): Promise<Refusal | ClockShown> {
    const app = await this.#sandbox(appid);
    return isRefusal(app) ? app : this.#shown(app);
  }

  /**
   * Sets the clock forward by seconds through all that is due on the way, and tells what that was. Another that is under
   * way at once takes nothing from it: the clock is then at the later of both. Throws {@link AdvanceStopped}.
   */
  advance(appid: string, seconds: number, by: Actor): Promise<Refusal | Moved> {
    return this.#forward(appid, (now) => now + seconds, by);
  }

  /** The same to a second of the app's time, which must not be over. */
  set(appid: string, to: number, by: Actor): Promise<Refusal | Moved> {
    return this.#forward(appid, () => to, by);
  }

  /** Lets the clock stand where it is. */
  freeze = (appid: string, by: Actor) => this.#change("freezeClock", appid, by);

  /** Lets the clock go on from where it stands. */
  resume = (appid: string, by: Actor) => this.#change("resumeClock", appid, by);

  async #change(command: "freezeClock" | "resumeClock", appid: string, by: Actor): Promise<Refusal | ClockShown> {
    const { ledger, apps, clock } = this.#options;
    const changed = await ledger.submit({ do: command, appid, real: clock() }, by);
    apps.forget(appid);
    return isRefusal(changed) ? changed : this.#shown(changed.result);
  }

  async #forward(appid: string, target: (now: number) => number, by: Actor): Promise<Refusal | Moved> {
    const { clock } = this.#options;
    const passed: Passed = { userCoupons: 0, coupons: 0, holds: 0 };
    const asking = { left: ASKING };
    let app = await this.#sandbox(appid);
    if (isRefusal(app)) return app;
    let now = timeOfApp(app, clock());
    const to = target(now);
    const refused = whyNotSet(to, now);
    if (refused) return refused;
    try {
      for (let stops = 0; ; stops++) {
        await this.#endWhatIsOver(app, now, passed, asking);
        if (now >= to) return { shown: this.#shown(app), passed };
        const stop = await this.#nextStop(app, now, to, stops);
        const moved = await this.#setTo(appid, stop, by);
        if (isRefusal(moved)) return moved;
        app = moved;
        now = timeOfApp(app, clock());
      }
    } catch (error) {
      if (error instanceof StoreBusyError) throw new AdvanceStopped(error.message, { now, passed });
      throw error;
    }
  }

  /** Sets the clock to a second, unless it is beyond that already: then it was moved by somebody else, or went on. */
  async #setTo(appid: string, to: number, by: Actor): Promise<Refusal | SandboxApp> {
    const { ledger, apps, clock } = this.#options;
    const moved = await ledger.submit({ do: "setClock", appid, to, real: clock() }, by);
    apps.forget(appid);
    if (isRefusal(moved) && moved.refused !== "clock_backwards") return moved;
    return this.#sandbox(appid);
  }

  /** Where to stop next: where anything is due; once there were many stops, not before an even part of the way. */
  async #nextStop(app: SandboxApp, now: number, to: number, stops: number): Promise<number> {
    if (stops >= EXACT_STOPS) {
      const left = Math.max(1, EXACT_STOPS + WIDE_STOPS - stops);
      return Math.min(to, now + Math.ceil((to - now) / left));
    }
    const { store } = this.#options;
    const next = await store.nextEnds(app.appid, now);
    // Before a hold's time is over its merchant is asked once more, as soon as nobody can be asking any more.
    const asked = next.hold === null ? null : (await store.nextEnds(app.appid, now + ABANDONED_SECONDS)).hold;
    const due = [...dueOf(app, next), ...(asked === null ? [] : [asked - ABANDONED_SECONDS + 1])];
    return Math.min(to, ...due);
  }

  /** Gives back and expires what is over at a second of the app's clock. */
  async #endWhatIsOver(app: SandboxApp, now: number, passed: Passed, asking: { left: number }): Promise<void> {
    const began = performance.now();
    passed.holds += await this.#options.claims.finishAbandonedOf(app.appid, now, asking.left);
    asking.left = Math.max(0, asking.left - (performance.now() - began));
    if (app.settings.autoExpire) await this.#expire(app.appid, now, passed);
  }

  async #expire(appid: string, now: number, passed: Passed): Promise<void> {
    const { store, ledger } = this.#options;
    for (let goesOn = true; goesOn; ) {
      const userCoupons = await store.listUserCouponsOver(appid, now, BATCH);
      const coupons = await store.listCouponsOver(appid, now, BATCH);
      const isMore = userCoupons.length === BATCH || coupons.length === BATCH;
      const commands = [
        ...userCoupons.map(({ last, ...ids }) => ({
          last,
          command: { do: "expireUserCoupon", appid, ...ids } as Expiry,
        })),
        ...coupons.map(({ last, outCouponId }) => ({
          last,
          command: { do: "expireCoupon", appid, outCouponId } as Expiry,
        })),
      ]
        .filter(({ last }) => last <= Math.min(lastKnown(userCoupons), lastKnown(coupons)))
        .toSorted((a, b) => a.last - b.last)
        .map(({ command }) => command);
      const answers = await ledger.submitTogether(commands, EXPIRY);
      const expired = commands.filter((_, i) => (answers[i] as { result?: unknown }).result === true);
      for (const { do: kind } of expired) passed[kind === "expireCoupon" ? "coupons" : "userCoupons"]++;
      goesOn = isMore && expired.length > 0;
    }
  }

  async #sandbox(appid: string): Promise<Refusal | SandboxApp> {
    const app = await this.#options.store.app(appid);
    if (!app) return refuse("unknown_app", { appid });
    return isSandbox(app) ? app : refuse("not_sandbox", { appid });
  }

  #shown(app: { sandbox: SandboxApp["sandbox"] | null }): ClockShown {
    const real = this.#options.clock();
    return { now: timeOfApp(app, real), real, frozen: app.sandbox?.clock.frozenAt != null };
  }
}

/** Up to which last second a list that may go on is known whole. */
const lastKnown = (list: readonly { last: number }[]): number =>
  list.length < BATCH ? Number.POSITIVE_INFINITY : (list.at(-1)?.last ?? 0);

/** The seconds at which the next of each kind is over: one after its last. Where nothing expires by itself, holds alone. */
function dueOf({ settings }: SandboxApp, { hold, userCoupon, coupon }: LastSeconds): number[] {
  const lasts = settings.autoExpire ? [hold, userCoupon, coupon] : [hold];
  return lasts.filter((last) => last !== null).map((last) => last + 1);
}
