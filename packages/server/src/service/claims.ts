import { randomUUIDv7 } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Actor } from "../domain/actor.ts";
import type { KeptAttempt } from "../domain/claims/attempts.ts";
import type { ClaimRequest } from "../domain/claims/claim.ts";
import { HOLD_SECONDS } from "../domain/claims/hold.ts";
import { isRefusal, type Refusal, refuse } from "../domain/outcome.ts";
import type { App, Claim, Hold } from "../domain/records.ts";
import { timeOfApp } from "../domain/sandbox/clock.ts";
import type { Store } from "../store/store.ts";
import type { Apps } from "./apps.ts";
import { type Callbacks, refusalOf } from "./callbacks.ts";
import { ClaimLimits } from "./claim-limits.ts";
import type { Clock } from "./clock.ts";
import type { Ledger } from "./ledger.ts";
import type { MerchantAnswer } from "./merchant.ts";

/** After how many seconds nobody can be asking any more about a hold: three times 2.5 s, and the pauses between. */
const ASKING_SECONDS = 10;
/** How long before its time is over a hold counts as abandoned where nobody asks, in seconds. */
export const ABANDONED_SECONDS = HOLD_SECONDS - ASKING_SECONDS;
/** How many claims of an app may wait for its merchant at once. */
const WAITING_LIMIT = 256;
/** How many claims of all apps may wait for merchants; an app may have as many of them as there are places left. */
const WAITING_IN_ALL = 4096;
/** How many holds of one app, and of all, are looked after in one go. */
const [ABANDONED_OF_EACH, ABANDONED_IN_ALL] = [1000, 4000];

/** Whoever looks after abandoned claims. */
const JOB = "job claims";

type ClaimAnswer = Refusal | { claim: Claim };

type ClaimsOptions = { store: Store; ledger: Ledger; apps: Apps; callbacks: Callbacks; clock: Clock };

/**
 * Claims, in both modes. Where the merchant decides, a claim has two phases: one of the stock is promised, the merchant is
 * asked, and the answer records the coupon or gives the hold back. What a process
 * that ended left open, `finishAbandoned` ends.
 */
export class Claims {
  readonly #options: ClaimsOptions;
  readonly #limits: ClaimLimits;
  readonly #waiting = new Map<string, Promise<ClaimAnswer>>();
  readonly #waitingOf = new Map<string, number>();
  /** Holds whose merchant was asked again, as they were then: a repeated request moves the time they are over. */
  #askedAgain = new Map<string, Hold>();

  constructor(options: ClaimsOptions) {
    this.#options = options;
    this.#limits = new ClaimLimits(options.clock);
  }

  /** Decides a claim. The same request again, also while it is being decided, has the same answer. */
  claim(app: App, request: ClaimRequest, by: Actor): Promise<ClaimAnswer> {
    const same = this.#waiting.size === 0 ? undefined : this.#waiting.get(keyOf(request));
    if (same) return same;
    const exceeded = this.#limits.take(app, request.openid);
    if (exceeded) return this.#decided(request, by).then((decided) => decided ?? exceeded);
    if (app.settings.claimMode === "direct") return this.#decideOurselves(app, request, by);
    return this.#wait(request, async () => {
      const hold = await this.#options.ledger.submit({ do: "holdCoupon", ...request }, by);
      if (isRefusal(hold)) return hold;
      if (!hold.result) return this.#askMerchant(app, request, by);
      this.#limits.forgive(app, request.openid);
      return { claim: hold.result };
    });
  }

  /**
   * Asks the merchant once more about a claim, for an operator. Where one of the stock is still promised to it, the answer
   * decides it as any answer does; else nothing changes. Answers what was kept of the attempt.
   */
  async resend(app: App, request: ClaimRequest, by: Actor): Promise<Refusal | KeptAttempt> {
    const held = await this.#options.ledger.submit({ do: "findHold", ...request }, by);
    const asked = await this.#options.callbacks.askFor(app, "resend", request);
    if (isRefusal(asked)) return asked;
    if (!isRefusal(held) && held.result) await this.#decideBy(asked.answer, request, by);
    return asked.kept;
  }

  /** How many claims wait for their merchants. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * Looks after holds that nobody asks about any more, because their process ended or their merchant was silent: asks
   * once again, and gives back what was promised when its time is over by its app's clock. While that stands still, a
   * hold waits with it, and nobody waits for the hold.
   */
  async finishAbandoned(): Promise<void> {
    const { store, clock } = this.#options;
    const real = clock();
    const holds = await store.listHolds(real + ABANDONED_SECONDS, ABANDONED_OF_EACH, ABANDONED_IN_ALL);
    const apps = new Map<string, App>();
    for (const appid of new Set([...holds, ...this.#askedAgain.values()].map(({ appid }) => appid))) {
      const app = await store.app(appid);
      if (app) apps.set(appid, app);
    }
    this.#forgetAsked(holds, apps, real);
    const ofApps = [...Map.groupBy(holds, ({ appid }) => appid)];
    await Promise.all(
      ofApps.map(async ([appid, holds]) => {
        const app = apps.get(appid);
        if (app) await this.#lookAfter(holds, timeOfApp(app, real), true);
      }),
    );
  }

  /**
   * Does the same for one app at a second of its clock, and waits for merchants that are asked again, for `patience`
   * milliseconds at most; where that is 0, none is asked. Answers how many holds were given back.
   */
  async finishAbandonedOf(appid: string, now: number, patience: number): Promise<number> {
    for (let all = 0; ; ) {
      const holds = await this.#options.store.listHoldsOf(appid, now + ABANDONED_SECONDS, ABANDONED_OF_EACH);
      const { givenBack, asked } = await this.#lookAfter(holds, now, patience > 0);
      all += givenBack;
      const isLate = new AbortController();
      if (asked.length > 0)
        await Promise.race([Promise.allSettled(asked), sleep(patience, undefined, isLate).catch(() => {})]);
      isLate.abort();
      if (holds.length < ABANDONED_OF_EACH || givenBack === 0) return all;
    }
  }

  /** Resolves when no claim waits for its merchant. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#waiting.values());
  }

  async #decideOurselves(app: App, request: ClaimRequest, by: Actor): Promise<ClaimAnswer> {
    const outUserCouponId = randomUUIDv7();
    const { appid, openid, outCouponId, requestId } = request;
    const command = { do: "claimCoupon", appid, openid, outCouponId, requestId, outUserCouponId, isNew: true } as const;
    const answer = this.#granted(await this.#options.ledger.submit(command, by));
    const isRepeat = !isRefusal(answer) && answer.claim.outUserCouponId !== outUserCouponId;
    if (isRepeat) this.#limits.forgive(app, openid);
    return answer;
  }

  /** What a request was granted before, if it was. */
  async #decided(request: ClaimRequest, by: Actor): Promise<ClaimAnswer | undefined> {
    const found = await this.#options.ledger.submit({ do: "findClaim", ...request }, by);
    if (isRefusal(found)) return found;
    return found.result ? { claim: found.result } : undefined;
  }

  #granted(answer: Refusal | { result: Claim }): ClaimAnswer {
    return isRefusal(answer) ? answer : { claim: answer.result };
  }

  /** Lets a request wait for its merchant once, however often it is sent meanwhile. */
  #wait(request: ClaimRequest, decide: () => Promise<ClaimAnswer>): Promise<ClaimAnswer> {
    const { appid } = request;
    const same = this.#waiting.get(keyOf(request));
    if (same) return same;
    const others = this.#waitingOf.get(appid) ?? 0;
    const limit = Math.min(WAITING_LIMIT, WAITING_IN_ALL - this.#waiting.size);
    if (others >= limit) return Promise.resolve(refuse("too_many_waiting", { limit }));
    this.#waitingOf.set(appid, others + 1);
    const answer = decide().finally(() => {
      this.#waiting.delete(keyOf(request));
      const left = (this.#waitingOf.get(appid) as number) - 1;
      if (left === 0) this.#waitingOf.delete(appid);
      else this.#waitingOf.set(appid, left);
    });
    this.#waiting.set(keyOf(request), answer);
    return answer;
  }

  /** The second phase: the merchant is asked, and the answer is recorded. */
  async #askMerchant(app: App, request: ClaimRequest, by: Actor): Promise<ClaimAnswer> {
    return this.#decideBy(await this.#options.callbacks.decide(app, request), request, by);
  }

  async #decideBy(answer: MerchantAnswer, request: ClaimRequest, by: Actor): Promise<ClaimAnswer> {
    if (answer.answer === "granted") {
      const granted = await this.#grant(request, answer.outUserCouponId, "said", by);
      if (isRefusal(granted)) await this.#release(request, "declined", by);
      return granted;
    }
    const isSilent = answer.answer === "timed_out" || answer.answer === "unreachable";
    const recorded = await this.#release(request, isSilent ? "silent" : "declined", by);
    return recorded ?? refusalOf(answer);
  }

  async #grant(
    request: ClaimRequest,
    outUserCouponId: string,
    because: "said" | "recorded",
    by: Actor,
  ): Promise<ClaimAnswer> {
    return this.#granted(
      await this.#options.ledger.submit({ do: "grantClaim", ...request, outUserCouponId, because }, by),
    );
  }

  /** Releases a hold; answers the claim where the merchant recorded a user coupon on it without saying so. */
  async #release(
    request: ClaimRequest,
    because: "declined" | "silent" | "over",
    by: Actor,
  ): Promise<{ claim: Claim } | undefined> {
    const released = await this.#options.ledger.submit({ do: "releaseHold", ...request, because }, by);
    if (isRefusal(released) || released.result === null) return;
    const granted = await this.#grant(request, released.result, "recorded", by);
    return isRefusal(granted) ? undefined : granted;
  }

  /**
   * Of the holds that nobody asks about, gives back those that are over at a second of their app's clock, and where it is
   * to `ask`, has the merchant asked again about the others. Answers how many were given back, and who is being asked.
   */
  async #lookAfter(holds: readonly Hold[], now: number, ask: boolean) {
    const asked: Promise<unknown>[] = [];
    const orphans = holds.filter((hold) => !this.#waiting.has(keyOf(hold)));
    const ends = await Promise.all(
      orphans.map(async (hold) => {
        if (hold.until < now) return (await this.#release(requestOf(hold), "over", JOB)) === undefined;
        if (ask) asked.push(...(await this.#askAgain(hold)));
        return false;
      }),
    );
    return { givenBack: ends.filter(Boolean).length, asked };
  }

  #wasAskedAgain = (hold: Hold) => this.#askedAgain.get(keyOf(hold))?.until === hold.until;

  /** Keeps what it knows of these holds, and of those of clocks that stand, which are not among them until they are over. */
  #forgetAsked(holds: readonly Hold[], apps: ReadonlyMap<string, App>, real: number): void {
    const waits = ({ appid, until }: Hold) => {
      const app = apps.get(appid);
      return app?.sandbox != null && app.sandbox.clock.frozenAt !== null && until >= timeOfApp(app, real);
    };
    const kept = [
      ...[...this.#askedAgain.values()].filter(waits),
      ...holds.filter((hold) => this.#wasAskedAgain(hold)),
    ];
    this.#askedAgain = new Map(kept.map((hold) => [keyOf(hold), hold]));
  }

  /** Begins to ask again, unless it did before. */
  async #askAgain(hold: Hold): Promise<Promise<unknown>[]> {
    if (this.#wasAskedAgain(hold)) return [];
    const app = await this.#options.apps.find(hold.appid);
    if (!app) return [];
    this.#askedAgain.set(keyOf(hold), hold);
    const request = requestOf(hold);
    return [this.#wait(request, () => this.#askMerchant(app, request, JOB)).catch(() => {})];
  }
}

/** Whoever uses another's request id is told so by the rules, and does not wait for that one's answer. */
const keyOf = ({ appid, requestId, openid, outCouponId }: ClaimRequest) =>
  [appid, requestId, openid, outCouponId].join("\0");

const requestOf = ({ appid, openid, outCouponId, requestId }: Hold): ClaimRequest => ({
  appid,
  openid,
  outCouponId,
  requestId,
});
