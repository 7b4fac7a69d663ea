import type { Actor } from "../domain/actor.ts";
import type { OrderRequest } from "../domain/orders/price.ts";
import type { Returned, ReturnOrder } from "../domain/orders/return.ts";
import { isRefusal, type Refusal, refuse } from "../domain/outcome.ts";
import type { CartLine } from "../domain/pricing/cart.ts";
import type { StackingPolicy, ThresholdBasis } from "../domain/pricing/policies.ts";
import { type Quote, quote } from "../domain/pricing/quote.ts";
import type { App, Order, UserCouponId } from "../domain/records.ts";
import { timeOfApp } from "../domain/sandbox/clock.ts";
import { freeFor } from "../domain/wallet/user-coupons.ts";
import type { Store } from "../store/store.ts";
import type { Clock } from "./clock.ts";
import type { Ledger } from "./ledger.ts";
import { Turns, type TurnsLimits } from "./turns.ts";

/** How many of a person's coupons are looked at. */
const WALLET_LIMIT = 1000;
/** How often what a decision was prepared from may change under it before it is refused. */
const TRIES = 5;

/** What a shop asks about a cart; without a policy the app's holds. */
export type CartRequest = { openid: string; lines: readonly CartLine[]; policy: StackingPolicy | undefined };
/** Which coupons an order is to use. */
export type Wanted = "best" | readonly UserCouponId[];
export type OrderAsked = CartRequest & { outOrderId: string; userCoupons: Wanted };

/** A quote, and how many coupons of the person that could be used now were not looked at. */
export type Bounded = Quote & { notLookedAt: number };

type OrdersOptions = { store: Store; ledger: Ledger; clock: Clock; turns?: TurnsLimits | undefined };

/** Carts and orders: what coupons are worth on them, and what becomes of the coupons. */
export class Orders {
  readonly #store: Store;
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  /** The search for the best coupons of a large wallet keeps the processor busy. */
  readonly #turns: Turns;

  constructor({ store, ledger, clock, turns }: OrdersOptions) {
    this.#store = store;
    this.#ledger = ledger;
    this.#clock = clock;
    this.#turns = new Turns(turns);
  }

  /** The least a person pays for a cart, and what becomes of each coupon that is looked at. Changes nothing. */
  quote(app: App, { openid, lines, policy = app.settings.stackingPolicy }: CartRequest): Promise<Bounded> {
    return this.#quote(app, { openid, lines, policy, basis: app.settings.thresholdBasis });
  }

  /** Keeps coupons for an order, for `ttl` seconds. */
  lock(app: App, asked: OrderAsked, ttl: number, by: Actor): Promise<Refusal | Order> {
    return this.#trying(asked.userCoupons, async () => {
      const request = await this.#requestOf(app, asked, undefined);
      return this.#ledger.submit({ do: "lockOrder", ...request, ttl }, by);
    });
  }

  /** Uses an order's coupons; without `asked`, those it was locked with. */
  redeem(app: App, outOrderId: string, asked: OrderAsked | undefined, by: Actor): Promise<Refusal | Order> {
    return this.#trying(asked?.userCoupons ?? "best", async () => {
      const before = await this.#store.order(app.appid, outOrderId);
      if (!asked && !before) return refuse("unknown_order", { id: outOrderId });
      const request = asked ? await this.#requestOf(app, asked, before) : requestOf(before as Order);
      return this.#ledger.submit({ do: "redeemOrder", ...request }, by);
    });
  }

  /** Takes an order back, or items of it. */
  giveBack({ appid }: App, outOrderId: string, items: ReturnOrder["items"], by: Actor): Promise<Refusal | Returned> {
    return this.#trying([], async () => {
      const order = await this.#store.order(appid, outOrderId);
      if (!order) return refuse("unknown_order", { id: outOrderId });
      return this.#ledger.submit({ do: "returnOrder", appid, outOrderId, userCoupons: order.coupons, items }, by);
    });
  }

  async #quote(
    app: App,
    { openid, lines, policy, basis }: CartRequest & { policy: StackingPolicy; basis: ThresholdBasis },
    outOrderId?: string,
  ): Promise<Bounded> {
    const { appid } = app;
    const now = timeOfApp(app, this.#clock());
    const { entries, more } = await this.#store.listWalletCoupons(appid, openid, now, WALLET_LIMIT);
    const wallet =
      outOrderId === undefined
        ? entries
        : entries.map(({ coupon, userCoupon }) => ({ coupon, userCoupon: freeFor(outOrderId, userCoupon) }));
    const quoted = await this.#turns.take(appid, () => quote(lines, wallet, policy, now, basis));
    return { ...quoted, proven: quoted.proven && more === 0, notLookedAt: more };
  }

  /** What is asked for with the coupons it comes to: those of the order as it is, or the best there are now. */
  async #requestOf(app: App, asked: OrderAsked, before: Order | undefined): Promise<OrderRequest> {
    const { outOrderId, openid, lines, userCoupons, policy = app.settings.stackingPolicy } = asked;
    const basis = app.settings.thresholdBasis;
    const request = { appid: app.appid, outOrderId, openid, lines, policy, basis, asked: spelled(asked) };
    if (userCoupons !== "best") return { ...request, userCoupons };
    if (before) return { ...request, userCoupons: before.coupons };
    const { coupons } = await this.#quote(app, request, outOrderId);
    return { ...request, userCoupons: coupons.filter(({ used }) => used) };
  }

  /** Decides again where the order, or coupons that we chose, became something else meanwhile. */
  async #trying<R>(wanted: Wanted, decide: () => Promise<Refusal | { result: R }>): Promise<Refusal | R> {
    for (let tries = 1; ; tries++) {
      const answer = await decide();
      if (!isRefusal(answer)) return answer.result;
      const mayChange =
        answer.refused === "order_moved" || (wanted === "best" && answer.refused === "coupon_not_usable");
      if (!mayChange || tries === TRIES) return answer;
    }
  }
}

/** An order as it would be asked for again. */
const requestOf = ({
  appid,
  outOrderId,
  openid,
  lines,
  coupons,
  policy,
  basis = "list",
  asked,
}: Order): OrderRequest => ({
  appid,
  outOrderId,
  openid,
  lines,
  userCoupons: coupons,
  policy,
  basis,
  asked,
});

/** A request in one spelling, whatever the order of its members and coupons. */
function spelled({ openid, lines, userCoupons, policy }: OrderAsked): string {
  const coupons =
    userCoupons === "best"
      ? userCoupons
      : userCoupons.map(({ outCouponId, outUserCouponId }) => [outCouponId, outUserCouponId]).toSorted(byText);
  const cart = lines.map(({ outProductId, price, quantity }) => [outProductId, price, quantity]);
  return JSON.stringify([openid, cart, coupons, policy ?? null]);
}

const byText = (a: string[], b: string[]) => (a.join("\0") < b.join("\0") ? -1 : 1);
