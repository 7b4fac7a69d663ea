import type { JournalRow } from "../../src/domain/journal-entry.ts";
import type { Store } from "../../src/store/store.ts";
import { coupon } from "../../testing/coupons.ts";
import { named, ofAccess } from "../model/history.ts";
import { ShopModel } from "../model/model.ts";

/** The second in which everything happens. */
export const NOW = 1_700_000_000;
/** The one coupon of a shop. */
export const COUPON = "c";

/** What is asked beside the calls of the wire: what operators see, read from the store. */
export const looks: Record<string, (store: Store, appid: string, body: string) => Promise<unknown>> = {
  journal: async (store, appid) => (await store.readJournal(appid, 0, 1000)).flatMap(changeOf),
  held: async (store, appid, body) => {
    const { openid, out_user_coupon_id: id } = JSON.parse(body);
    const found = await store.userCoupon(appid, COUPON, id);
    return found && found.openid === openid ? found.status : "none";
  },
};

function changeOf({ at, command, steps }: JournalRow): string[] {
  return ofAccess.includes(command) ? [] : [`${at} ${steps.map(named).sort().join("+")}`];
}

const statuses: Record<number, string> = { 100: "effective", 101: "expired", 102: "used", 103: "given_up" };

/** The calls that a shop begins with: so many of a coupon, so many of them for one person. */
export const opening = (total: number, limit: number): [call: "add" | "update_status", body: string][] => [
  ["add", JSON.stringify({ coupon: coupon(COUPON, { total_num: total, limit_num_one_person: limit }) })],
  ["update_status", JSON.stringify({ out_coupon_id: COUPON, status: 2 })],
];

/** A model of a shop, on which calls can be tried in any order: ids that are made are named by the requests. */
export class ShopAt {
  readonly #model: ShopModel;

  constructor(model: ShopModel) {
    this.#model = model;
  }

  static open(appid: string, total: number, limit: number): ShopAt {
    const model = new ShopModel(appid, false);
    for (const [call, body] of opening(total, limit)) model.answer(call, body, NOW);
    return new ShopAt(model);
  }

  /** Makes a call; answers the shop after it, or undefined where it would not be answered like that. */
  after(call: string, body: string, reply: string | undefined): ShopAt | undefined {
    const model = new ShopModel(this.#model.appid, false);
    model.state = this.#model.state;
    model.claims.granted.push(...structuredClone(this.#model.claims.granted));
    const next = new ShopAt(model);
    const told = next.#answer(call, body);
    return reply === undefined || told === comparable(reply) ? next : undefined;
  }

  /** What tells two shops apart. */
  get key(): string {
    const { coupons, held, changed, claims } = this.#model;
    return this.#named(JSON.stringify([coupons, held, changed, claims.granted]));
  }

  #answer(call: string, named: string): string {
    const body = named.replace(/of-r\d+/g, (name) => this.#idOf(name) ?? name);
    if (call === "journal") return JSON.stringify(this.#model.changed.map(({ at, records }) => `${at} ${records}`));
    if (call === "held") {
      const { openid, out_user_coupon_id: id } = JSON.parse(body);
      const found = this.#model.held.find((held) => held.id === id && held.openid === openid);
      return JSON.stringify(found ? statuses[found.status] : "none");
    }
    const told = this.#model.answer(call, body, NOW);
    if ("waitsFor" in told) throw new Error("nobody waits here");
    return "text" in told ? this.#named(told.text) : `${told.errcode}`;
  }

  #idOf = (name: string) =>
    this.#model.claims.granted.find(({ requestId }) => `of-${requestId}` === name)?.userCouponId;

  #named = (text: string) =>
    text.replace(
      /stand-in-\d+-/g,
      (id) => `of-${this.#model.claims.granted.find(({ userCouponId }) => userCouponId === id)?.requestId}`,
    );
}

export const codeOf = (reply: string): number | undefined => JSON.parse(reply).errcode;

/** A refusal is its code. */
function comparable(reply: string): string {
  const code = codeOf(reply);
  return code === undefined || code === 0 ? reply : `${code}`;
}
