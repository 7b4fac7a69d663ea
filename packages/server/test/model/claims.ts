import type { MerchantAnswer } from "../../src/service/merchant.ts";
import { EFFECTIVE, type Expected, type Held, outcomeOf, type ShopModel, type Waits } from "./model.ts";
import { Refused } from "./reading.ts";
import { shownHeld } from "./shown.ts";

/** What a person asks for. */
type Asked = { requestId: string; openid: string; couponId: string };

/**
 * One of a coupon that is kept for a request which the merchant decides. Once the merchant recorded a user coupon for
 * the person, the promise is kept, and what was recorded may be the answer.
 */
export type Promised = Asked & { until: number; recorded: string | undefined; askedAgain: boolean };

/** What the merchant is being asked now: which request, and for which time. */
type Question = Asked & { attempt: number };

/** What the merchant says to a request. */
export type Says = { requestId: string; reply: MerchantAnswer };

/** A request that is decided, for all who wait for it. */
export type Decided = { requestId: string; expected: Expected };

/** What stands for the id that the server makes for an app's n-th granted claim. */
export const standIn = (n: number) => `stand-in-${n}-`;

/** For how long one is promised after its request, and after how long a silent merchant is asked again, in seconds. */
export const PROMISED_FOR = 30;
export const ASKED_AGAIN_AFTER = 10;
const ATTEMPTS = 3;

const declined: { [reason: string]: number } = {
  sold_out: 1090029,
  person_limit: 1090030,
  slow_down: 1090031,
  unknown_coupon: 1090057,
  wrong_status: 1090058,
  system: 1090032,
  other: 1090033,
};

/** The claims of one app: those that were granted, and those that its merchant is to decide. */
export class ClaimsModel {
  readonly granted: (Asked & { userCouponId: string; shown: object })[] = [];
  promised: Promised[] = [];
  questions: Question[] = [];
  private readonly shop: ShopModel;
  /** Requests that were refused in this turn: the same ones beside them share the refusal. */
  private refused: { asked: Asked; refusal: Refused }[] = [];

  constructor(shop: ShopModel) {
    this.shop = shop;
  }

  /** What comes from now on does not come at once with what came before. */
  newTurn(): void {
    this.refused = [];
  }

  /** How many of a coupon are promised and not given yet, to everybody or to one person. */
  promisesOf = (couponId: string, openid?: string): number => this.open(couponId, openid).length;

  /** The promise that a user coupon recorded for a person keeps: the one whose time ends first. */
  oldest = (couponId: string, openid: string): Promised | undefined =>
    this.open(couponId, openid).sort((a, b) => a.until - b.until || (a.requestId < b.requestId ? -1 : 1))[0];

  /** The promises, those several times about which there is most to decide. */
  inWeight = (): Promised[] =>
    this.promised.flatMap((one) => {
      const others = this.promised.filter((other) => other !== one && isSame(other, one));
      const isOurs = !this.shop.settings.byMerchant && this.idle().includes(one);
      return Array<Promised>(1 + 3 * others.length + (isOurs ? 6 : 0)).fill(one);
    });

  /** The promises that the merchant is not being asked about. */
  idle = (): Promised[] =>
    this.promised.filter(({ requestId }) => !this.questions.some((one) => one.requestId === requestId));

  recordedOn(promise: Promised, id: string): void {
    promise.recorded = id;
    this.met("recorded on a promise");
  }

  claim(asked: Asked, now: number): object | Waits {
    const beside = this.refused.find((one) => one.asked.requestId === asked.requestId && isSame(one.asked, asked));
    if (beside && this.shop.settings.byMerchant) throw beside.refusal;
    const waiting = this.questions.find(({ requestId }) => requestId === asked.requestId);
    if (waiting) {
      this.met("repeated while it waits");
      return { waitsFor: sameAs(waiting, asked).requestId };
    }
    const before = this.granted.find(({ requestId }) => requestId === asked.requestId);
    if (before) return { user_coupon: sameAs(before, asked).shown };
    if (!this.shop.settings.byMerchant) return this.decideOurselves(asked, now);
    try {
      return this.promise(asked, now);
    } catch (refusal) {
      if (refusal instanceof Refused) this.refused.push({ asked, refusal });
      throw refusal;
    }
  }

  /** What an operator gives by the rules of a claim, also where the merchant decides those. Its id meets no request's. */
  gift({ requestId, ...asked }: Asked, now: number): Held {
    const own = { ...asked, requestId: `\u0000${requestId}` };
    const before = this.granted.find((one) => one.requestId === own.requestId);
    if (before) sameAs(before, own);
    else this.decideOurselves(own, now);
    const { couponId, userCouponId } = before ?? (this.granted.at(-1) as (typeof this.granted)[0]);
    return this.shop.held.find((one) => one.couponId === couponId && one.id === userCouponId) as Held;
  }

  /** Which of so many replies to a request come to be asked for. */
  heard(requestId: string, replies: MerchantAnswer[]): MerchantAnswer[] {
    const question = this.questions.find((one) => one.requestId === requestId);
    if (!question) return [];
    const told = replies.findIndex(({ answer }) => answer !== "timed_out" && answer !== "unreachable");
    const asked = ATTEMPTS + 1 - question.attempt;
    return replies.slice(0, told < 0 ? asked : Math.min(told + 1, asked));
  }

  /** What the merchant says at once to several requests, one after another; answers those that are decided by it. */
  merchantSays(says: Says[], now: number): Decided[] {
    const afterwards: (() => void)[] = [];
    const decided = says.flatMap(({ requestId, reply }): { requestId: string; expected?: Expected }[] => {
      const question = this.questions.find((one) => one.requestId === requestId);
      if (!question) return [];
      this.questions = this.questions.filter((one) => one !== question);
      const promise = this.promiseOf(requestId) as Promised;
      const outcome: { requestId: string; expected?: Expected } = { requestId };
      if (this.shop.watch?.stands) this.shop.count("clock: decided while it stands");
      if (reply.answer === "granted") {
        outcome.expected = outcomeOf(() => this.grant(promise, reply.outUserCouponId, now)) as Expected;
        if (outcome.expected.errcode !== 0) afterwards.push(() => this.giveBack(promise, "a grant is refused", now));
      } else if (reply.answer === "declined" || reply.answer === "mismatched") {
        const code = reply.answer === "declined" ? (declined[reply.because] as number) : 1090033;
        outcome.expected = { errcode: code, why: reply.answer };
        this.giveBack(promise, reply.answer, now);
      } else if (question.attempt < ATTEMPTS) {
        this.questions.push({ ...question, attempt: question.attempt + 1 });
        return [];
      } else {
        const code = reply.answer === "timed_out" ? 1090060 : 1090032;
        outcome.expected = { errcode: code, why: "silent" };
        const { recorded } = promise;
        if (recorded === undefined) this.met("silent");
        else afterwards.unshift(() => Object.assign(outcome, this.answeredByRecord(promise, recorded, now)));
      }
      return [outcome];
    });
    for (const work of afterwards) work();
    return decided as Decided[];
  }

  /**
   * What is done about promises that nobody asks the merchant about any more; answers how many were given back. By a clock
   * that stands the job asks nobody again.
   */
  finishAbandoned(now: number, stands = false): number {
    const idle = this.idle();
    const over = idle.filter(({ until }) => until < now);
    const given = over.filter(({ recorded }) => recorded === undefined);
    for (const promise of given) this.giveBack(promise, "over", now);
    for (const promise of over)
      if (promise.recorded !== undefined) this.answeredByRecord(promise, promise.recorded, now);
    for (const promise of stands ? [] : idle) {
      const quietFor = now - (promise.until - PROMISED_FOR);
      if (promise.until < now || quietFor <= ASKED_AGAIN_AFTER || promise.askedAgain) continue;
      promise.askedAgain = true;
      if (this.shop.settings.hasUrl) this.ask(promise);
      else if (promise.recorded !== undefined) this.answeredByRecord(promise, promise.recorded, now);
      this.met("asked again");
    }
    return given.length;
  }

  /** The process ends: nobody waits any more, and another process knows only what is stored. */
  crash(): void {
    if (this.questions.length > 0) this.met("crash while it waits");
    this.questions = [];
    for (const promise of this.promised) promise.askedAgain = false;
  }

  private promise(asked: Asked, now: number): Waits {
    const before = this.promiseOf(asked.requestId);
    const until = now + PROMISED_FOR;
    if (before) {
      sameAs(before, asked);
      if (before.until !== until) this.shop.note(now, "hold");
      Object.assign(before, { until, askedAgain: false });
      this.met("repeated after silence");
    } else {
      this.shop.checkLeft(this.shop.claimable(asked.couponId, now), asked.openid);
      this.promised.push({ ...asked, until, recorded: undefined, askedAgain: false });
      this.shop.note(now, "hold", this.shop.stock(asked.couponId));
    }
    this.ask(asked);
    return { waitsFor: asked.requestId };
  }

  /** Who makes the id of a claimed coupon is the server; here it is a stand-in, which the driver learns to translate. */
  private decideOurselves(asked: Asked, now: number): object {
    const own = this.promiseOf(asked.requestId);
    if (own) sameAs(own, asked);
    const isPromised = own !== undefined && own.recorded === undefined;
    const coupon = isPromised ? this.shop.coupon(asked.couponId) : this.shop.claimable(asked.couponId, now);
    const gift = { id: standIn(this.granted.length), openid: asked.openid, status: EFFECTIVE, taken: now };
    const held = this.shop.give(coupon, gift, isPromised, now);
    if (own) this.met("promised by the merchant's app, decided by ours");
    this.close(own);
    const records = [...(own ? ["hold"] : []), this.shop.stock(asked.couponId), "claim", "userCoupon"];
    this.shop.note(now, ...records);
    this.granted.push({ ...asked, userCouponId: held.id, shown: shownHeld(held) });
    return { user_coupon: shownHeld(held) };
  }

  /** The merchant gave a user coupon to a request. Where it is recorded already, that moved the stock. */
  private grant(promise: Promised, id: string, now: number): object {
    const { couponId, openid } = promise;
    const recorded = this.shop.held.find((held) => held.id === id && held.couponId === couponId);
    if (recorded && recorded.openid !== openid) throw new Refused(1090033, "held by another");
    const records = recorded ? this.claimRecorded(promise, id) : this.recordClaimed(promise, id, now);
    this.shop.note(now, "claim", "hold", ...records);
    if (this.shop.coupon(couponId).paused) this.shop.count("pause: what was promised is granted");
    const held = this.shop.held.find((one) => one.id === id && one.couponId === couponId);
    if (!held) throw new Error("the model granted nothing");
    // As it was given, whatever became of it since.
    const { created, used: _, ...asGiven } = { ...held, updated: held.created, status: EFFECTIVE };
    const shown = shownHeld({ ...asGiven, created });
    this.granted.push({ ...promise, userCouponId: id, shown });
    return { user_coupon: shown };
  }

  /** Where it was recorded on the promise of another request, the two requests change promises. */
  private claimRecorded(promise: Promised, id: string): string[] {
    const { couponId, openid } = promise;
    this.close(promise);
    if (promise.recorded === id) return [];
    const other = this.promised.find(
      (one) => one.recorded === id && one.couponId === couponId && one.openid === openid,
    );
    if (other) {
      other.recorded = promise.recorded;
      this.met("promises change places");
      return ["hold"];
    }
    if (promise.recorded !== undefined) {
      this.met("granted what is nobody's, and something else was recorded on it");
      return [];
    }
    this.met("granted what was recorded before");
    return [this.shop.stock(couponId)];
  }

  /** What was recorded on its promise was another request's: then this one takes that one's promise. */
  private recordClaimed(promise: Promised, id: string, now: number): string[] {
    const { couponId, openid } = promise;
    const from = promise.recorded === undefined ? promise : this.oldest(couponId, openid);
    const gift = { id, openid, status: EFFECTIVE, taken: now };
    this.shop.give(this.shop.coupon(couponId), gift, from !== undefined, now);
    this.close(promise);
    const taken = ["userCoupon"];
    if (from && from !== promise) {
      from.recorded = promise.recorded;
      this.met("granted on another request's promise");
      taken.push("hold");
    } else this.met(from ? "granted on its promise" : "granted beside what was recorded");
    return [...taken, this.shop.stock(couponId)];
  }

  /** The merchant said nothing, but recorded one: unless that went to another request meanwhile, it is the answer. */
  private answeredByRecord(promise: Promised, id: string, now: number): { expected?: Expected } {
    if (promise.recorded !== id) return {};
    this.met("what was recorded is the answer");
    return { expected: outcomeOf(() => this.grant(promise, id, now)) as Expected };
  }

  private giveBack(promise: Promised, because: string, now: number): void {
    this.close(promise);
    if (promise.recorded !== undefined) this.shop.note(now, "hold");
    else this.shop.note(now, "hold", this.shop.stock(promise.couponId));
    this.met(promise.recorded === undefined ? `given back: ${because}` : `closed, though recorded: ${because}`);
  }

  private open = (couponId: string, openid?: string) =>
    this.promised.filter(
      (one) =>
        one.recorded === undefined && one.couponId === couponId && (openid === undefined || one.openid === openid),
    );

  private promiseOf = (id: string) => this.promised.find(({ requestId }) => requestId === id);

  private ask({ requestId, openid, couponId }: Asked): void {
    this.questions.push({ requestId, openid, couponId, attempt: 1 });
  }

  private close(promise: Promised | undefined): void {
    this.promised = this.promised.filter((one) => one !== promise);
  }

  private met(what: string): void {
    this.shop.count(`promise ${what}`);
  }
}

/** A request id stands for one person and one coupon, for good. */
function sameAs<T extends Asked>(before: T, asked: Asked): T {
  if (isSame(before, asked)) return before;
  throw new Refused(1090033, "asked for something else before");
}

const isSame = (one: Asked, other: Asked) => one.openid === other.openid && one.couponId === other.couponId;
