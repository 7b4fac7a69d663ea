import { setTimeout as sleep } from "node:timers/promises";
import type { CallName } from "@quanku/protocol/calls";
import type { Client } from "../../testing/client.ts";
import { coupon, userCoupon } from "../../testing/coupons.ts";
import { type Holdings, pairOf } from "./audit.ts";

/** A coupon that all writers claim at once. */
export const HOT = "hot";
export const HOT_TOTAL = 1_000_000;
const OWN_TOTAL = 1000;
const BUSY = 990010;

/** The wire's number of each status a coupon can have. */
export const couponStatuses: Record<string, number> = { draft: 1, active: 2, expired: 3, void: 4 };
const userCouponStatuses: Record<string, number> = { effective: 100, expired: 101, used: 102, given_up: 103 };

/** A write on its way: how to tell whether it happened, and what it changes of what must be there. */
type Write = { call: CallName; body: object; isIn(found: Holdings): boolean; apply(): void };

type Held = { openid: string; outCouponId: string; id: string; status: number };

/**
 * One connection that writes one call after another, on coupons and people of its own (and the hot coupon), and knows
 * what was acknowledged. After a crash at most one write is in doubt.
 */
export class Writer {
  readonly openids: readonly string[];
  readonly #name: string;
  readonly #coupons: { id: string; status: number }[] = [];
  readonly #held: Held[] = [];
  #made = 0;
  #inDoubt: Write | undefined;
  acknowledged = 0;
  /** How often it was told to try again later. */
  busy = 0;

  constructor(name: string) {
    this.#name = name;
    this.openids = [0, 1, 2].map((n) => `${name}-person-${n}`);
  }

  /** Writes until the connection breaks or it is told that it is over. Told to try again later, it does. */
  async run(client: Client, isOver = () => false): Promise<void> {
    while (!isOver()) {
      const write = this.#inDoubt ?? this.#next();
      this.#inDoubt = write;
      const reply = await client.call(write.call, write.body).catch(() => undefined);
      if (reply === undefined) return;
      if (reply.errcode === BUSY) {
        this.busy++;
        await sleep(20);
        continue;
      }
      if (reply.errcode !== 0) throw new Error(`${write.call} ${JSON.stringify(write.body)}: ${JSON.stringify(reply)}`);
      write.apply();
      this.#inDoubt = undefined;
      this.acknowledged++;
    }
  }

  /** Looks up the write in doubt, which may have happened or not; answers whether it did. */
  settle(found: Holdings): boolean {
    const write = this.#inDoubt;
    this.#inDoubt = undefined;
    if (!write?.isIn(found)) return false;
    write.apply();
    return true;
  }

  /** Adds what must be there of this writer: no less, and no more. */
  expect({ coupons, userCoupons }: Holdings): void {
    const nameOf = (names: Record<string, number>, status: number) =>
      Object.keys(names).find((name) => names[name] === status) as string;
    for (const { id, status } of this.#coupons) coupons.set(id, nameOf(couponStatuses, status));
    for (const { openid, outCouponId, id, status } of this.#held)
      userCoupons.set(pairOf(outCouponId, id), `${openid} ${nameOf(userCouponStatuses, status)}`);
  }

  /** A person's wallet as it must be listed, newest first. */
  wallet(openid: string): { out_user_coupon_id: string; out_coupon_id: string; status: number }[] {
    return this.#held
      .filter((held) => held.openid === openid)
      .map(({ outCouponId, id, status }) => ({ out_user_coupon_id: id, out_coupon_id: outCouponId, status }))
      .toReversed();
  }

  #next(): Write {
    const dice = Math.random();
    if (dice < 0.2) return this.#add();
    const entry = pick(this.#coupons);
    if (dice < 0.35 && entry && entry.status < 3) return this.#move(entry);
    const held = pick(this.#held);
    if (dice < 0.65 && held && [100, 102].includes(held.status)) return this.#moveHeld(held);
    return this.#userCoupon(dice < 0.85 ? HOT : (pick(this.#coupons.filter(({ status }) => status === 2))?.id ?? HOT));
  }

  #add(): Write {
    const id = `${this.#name}-${this.#made++}`;
    return {
      call: "add",
      body: { coupon: coupon(id, { total_num: OWN_TOTAL }) },
      isIn: ({ coupons }) => coupons.has(id),
      apply: () => this.#coupons.push({ id, status: 1 }),
    };
  }

  #move(entry: { id: string; status: number }): Write {
    const status = entry.status === 1 ? 2 : Math.random() < 0.5 ? 3 : 4;
    return {
      call: "update_status",
      body: { out_coupon_id: entry.id, status },
      isIn: ({ coupons }) => couponStatuses[coupons.get(entry.id) as string] === status,
      apply: () => {
        entry.status = status;
      },
    };
  }

  #userCoupon(outCouponId: string): Write {
    const id = `${this.#name}-${this.#made++}`;
    const openid = pick(this.openids) as string;
    return {
      call: "add_user_coupon",
      body: userCoupon(openid, outCouponId, id),
      isIn: ({ userCoupons }) => userCoupons.has(pairOf(outCouponId, id)),
      apply: () => this.#held.push({ openid, outCouponId, id, status: 100 }),
    };
  }

  #moveHeld(held: Held): Write {
    const status = held.status === 102 ? 100 : (pick([101, 102, 102, 103]) as number);
    const { openid, outCouponId, id } = held;
    return {
      call: "update_usercoupon_status",
      body: { openid, out_coupon_id: outCouponId, out_user_coupon_id: id, status },
      isIn: ({ userCoupons }) => {
        const [, now] = (userCoupons.get(pairOf(outCouponId, id)) ?? "").split(" ");
        return userCouponStatuses[now as string] === status;
      },
      apply: () => {
        held.status = status;
      },
    };
  }
}

/** Resolves once writers had so many more writes acknowledged, however slow the machine is; or once their work ended. */
export async function progressOf(writers: readonly Writer[], more: number, work?: Promise<unknown>): Promise<void> {
  const sum = () => writers.reduce((all, { acknowledged }) => all + acknowledged, 0);
  const enough = sum() + more;
  let isOver = false;
  const end = () => {
    isOver = true;
  };
  work?.then(end, end);
  while (sum() < enough && !isOver) await sleep(2);
}

/** A whole number from `least` on, below twice that: how much to wait for, at another point each time. */
export const aFew = (least: number): number => least + Math.floor(Math.random() * least);

const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(Math.random() * from.length)];
