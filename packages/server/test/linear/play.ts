import { setImmediate as endOfTurn, setTimeout as sleep } from "node:timers/promises";
import { userCoupon } from "../../testing/coupons.ts";
import { assertLinearizable } from "./check.ts";
import { type Event, named } from "./history.ts";
import { type Ask, Killed, type Member } from "./members.ts";
import { COUPON, codeOf, ShopAt } from "./shop.ts";

/** A number from 0 on, below a limit. */
export type Dice = (below: number) => number;

/** The same numbers again for the same seed (mulberry32). */
export function diceOf(seed: number): Dice {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const [CLIENTS, CALLS, PEOPLE, REQUESTS] = [3, 5, 2, 6];
const BUSY = 990010;

/** How many of the coupon there are, and for one person. */
export const terms = (dice: Dice) => ({ total: 1 + dice(4), limit: 1 + dice(3) });

type Shop = { appid: string; token: string; total: number; limit: number };

/** Plays one history on a shop that was opened, checks it, and answers it. */
export class Play {
  readonly #shop: Shop;
  readonly #members: readonly Member[];
  readonly #dice: Dice;
  readonly #events: Event[] = [];
  readonly #ids: string[] = ["by-hand-0", "by-hand-1"];
  #now = 0;

  constructor(shop: Shop, members: readonly Member[], dice: Dice) {
    this.#shop = shop;
    this.#members = members;
    this.#dice = dice;
  }

  /** `meanwhile` happens beside the calls: a kill, say. */
  async run(meanwhile?: () => Promise<void>): Promise<readonly Event[]> {
    const clients = Array.from({ length: CLIENTS }, (_, client) => this.#client(client));
    await Promise.all([...clients, meanwhile?.()]);
    await this.#askAgain();
    const events = named(this.#events);
    assertLinearizable(events, ShopAt.open(this.#shop.appid, this.#shop.total, this.#shop.limit));
    return events;
  }

  async #client(client: number): Promise<void> {
    for (let n = 0; n < CALLS; n++) {
      await this.#rest();
      const process = this.#dice(this.#members.length);
      await this.#make(client, process, ...this.#next());
    }
  }

  /** Mostly none, so that calls meet; sometimes so long that what is owed is settled meanwhile. */
  async #rest(): Promise<void> {
    const dice = this.#dice(60);
    if (dice === 0) await sleep(35);
    else if (dice < 15) await sleep(this.#dice(3));
  }

  /** Who was not answered asks again, and everything is looked at once more, through each process. */
  async #askAgain(): Promise<void> {
    const unanswered = this.#events.filter(({ call, reply }) => call === "claim" && reply === undefined);
    for (const { body } of unanswered) await this.#make(CLIENTS, 0, "claim", body);
    for (const process of this.#members.keys()) {
      await this.#make(CLIENTS, process, "journal", "{}");
      await this.#make(CLIENTS, process, "get_list", '{"page_size":1}');
      for (let person = 0; person < PEOPLE; person++) await this.#make(CLIENTS, process, ...this.#wallet(person));
    }
  }

  async #make(client: number, process: number, call: string, body: string): Promise<void> {
    const { appid, token } = this.#shop;
    const ask: Ask = { appid, token, call, body };
    const event: Event = {
      client,
      process,
      call,
      body,
      began: this.#now++,
      ended: Number.POSITIVE_INFINITY,
      reply: undefined,
    };
    // A server asks once in each turn whether another wrote, and nothing reaches it in the turn in which it was sent.
    await endOfTurn();
    const reply = await (this.#members[process] as Member).ask(ask).catch(whereKilled);
    if (reply !== undefined && codeOf(reply) === BUSY) return;
    if (reply !== undefined) Object.assign(event, { ended: this.#now++, reply });
    this.#events.push(event);
    if (call === "claim" && reply !== undefined && codeOf(reply) === 0)
      this.#ids.push(JSON.parse(reply).user_coupon.out_user_coupon_id);
  }

  #next(): [call: string, body: string] {
    const openid = `person-${this.#dice(PEOPLE)}`;
    const which = this.#dice(12);
    if (which < 4) {
      // A request is one person's.
      const request = this.#dice(REQUESTS);
      const body = { openid: `person-${request % PEOPLE}`, out_coupon_id: COUPON, request_id: `r${request}` };
      return ["claim", JSON.stringify(body)];
    }
    if (which === 4) return ["add_user_coupon", JSON.stringify(userCoupon(openid, COUPON, `by-hand-${this.#dice(2)}`))];
    if (which === 5 || which === 6) {
      const id = this.#ids[this.#dice(this.#ids.length)] as string;
      const held = { openid, out_coupon_id: COUPON, out_user_coupon_id: id };
      return which === 5
        ? ["update_usercoupon_status", JSON.stringify({ ...held, status: [102, 102, 100, 103][this.#dice(4)] })]
        : ["held", JSON.stringify(held)];
    }
    if (which < 9) return ["get_list", '{"page_size":1}'];
    if (which === 9) return ["journal", "{}"];
    return this.#wallet(this.#dice(PEOPLE));
  }

  #wallet = (person: number): [string, string] => [
    "get_usercoupon_list",
    JSON.stringify({ openid: `person-${person}`, page_size: 10 }),
  ];
}

function whereKilled(error: Error): undefined {
  if (!(error instanceof Killed)) throw error;
}
