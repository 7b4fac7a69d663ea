import type { Members } from "./reading.ts";

/** What coupons are worth on a cart: ADR 10 word by word, item by item, with every set of coupons tried. Money is fen. */

export type Line = { out_product_id: string; price: number; quantity: number };
export const policies = ["product_then_shop", "exclusive", "one_per_order"] as const;
export type Policy = (typeof policies)[number];
export const bases = ["list", "after_product_coupons"] as const;
export type Basis = (typeof bases)[number];
/** What an app says about coupons on one order. */
export type Stacking = { policy: Policy; basis: Basis };

/** Why a coupon cannot be used on a cart: a code and its facts, as a quote tells them. */
export type Why = { code: string; [fact: string]: unknown };

type Wanted = { items: number; spend: number };

/**
 * A way to use a coupon: which lines it takes, what it takes off each line where so much is left on them, which items it
 * gives away for nothing, by their lines, and what it asks for of the items on the lines that it counts.
 */
type Way = { takes: number[]; off(left: number[]): number[]; gives: number[]; asks: Wanted; counts: number[] };

/**
 * A coupon that can be used: which lines it may take, and the ways to use it, on everything first, the one that gives most
 * away before those that give less.
 */
export type Worth = { isShop: boolean; takes: number[]; ways: [Way, ...Way[]] };

/** A coupon that could be used by a person, by its place in the wallet, and its last second. */
export type Candidate = Worth & { place: number; ends: number };

type Stated = {
  discount_condition?: {
    product_cnt?: number;
    product_price?: number;
    out_product_ids?: string[];
    tradein_info: { out_product_id: string; price: number };
    buyget_info: { [end in "buy" | "get" as `${end}_out_product_id`]: string } & {
      [end in "buy" | "get" as `${end}_product_cnt`]: number;
    };
  };
  discount_num: number;
  discount_fee: number;
};
type Condition = NonNullable<Stated["discount_condition"]>;

const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
const amountsOf = (cart: Line[]) => cart.map(({ price, quantity }) => price * quantity);
const placesOf = (cart: Line[], isMeant: (product: string) => boolean) =>
  cart.flatMap(({ out_product_id: product }, at) => (isMeant(product) ? [at] : []));
const isPriced = (cart: Line[], at: number) => (cart[at] as Line).price > 0;
const itemsOn = (cart: Line[], places: number[]) => sum(places.map((at) => cart[at]?.quantity ?? 0));

/** What a coupon of a type is worth on a cart by its document. */
export function worthOf(type: number, info: Members, cart: Line[]): Worth | Why {
  const stated = info.discount_info as unknown as Stated;
  const condition = stated.discount_condition as Condition;
  const worth =
    type === 5 ? tradeIn(condition, cart) : type === 6 ? buyAndGet(condition, cart) : off(type, stated, cart);
  if ("code" in worth) return worth;
  if (worth.ways.length === 0 || aloneOff(worth, cart) === 0) return { code: "gives_nothing" };
  return worth;
}

/** What a coupon takes off by itself. */
export const aloneOff = ({ ways: [most] }: Worth, cart: Line[]): number => sum(most.off(amountsOf(cart)));

/** A ratio or an amount off, of some products or of everything: types 1 to 4 and 101 to 104. */
function off(type: number, stated: Stated, cart: Line[]): Worth | Why {
  const kind = type % 100;
  const { discount_condition: condition, discount_num: rate, discount_fee: fee } = stated;
  const ids = type > 100 ? undefined : condition?.out_product_ids;
  const listed = placesOf(cart, (product) => !ids || ids.includes(product));
  if (ids && listed.length === 0) return { code: "no_matching_product", out_product_ids: ids };
  const items = kind === 1 ? (condition?.product_cnt as number) : 0;
  const spend = kind === 2 ? (condition?.product_price as number) : 0;
  const pays = (amount: number) =>
    kind === 1 || kind === 3 ? Math.floor((amount * rate + 5000) / 10_000) : Math.max(0, amount - fee);
  const missing = missingOf(cart, listed, { items, spend }, ids);
  if (missing) return missing;
  const free = listed.filter((at) => !isPriced(cart, at));
  const wayOn = (takes: number[]): Way => ({
    takes,
    off(left) {
      const whole = sum(takes.map((at) => left[at] as number));
      return split(whole - pays(whole), takes, left);
    },
    gives: [],
    asks: { items, spend },
    counts: [...takes, ...free],
  });
  const takes = listed.filter((at) => isPriced(cart, at));
  if (type > 100) return { isShop: true, takes, ways: [wayOn(takes)] };
  // What is left to others is neither reduced nor counted; what costs nothing is left to nobody.
  const products = [...new Set(takes.map((at) => cart[at]?.out_product_id as string))];
  const sets = products.reduce<string[][]>((all, one) => all.flatMap((set) => [[...set, one], set]), [[]]);
  const ways = sets
    .map((set) => wayOn(takes.filter((at) => set.includes(cart[at]?.out_product_id as string))))
    .filter((way) => !missingOf(cart, way.counts, { items, spend }, ids) && sum(way.off(amountsOf(cart))) > 0);
  return { isShop: false, takes, ways: ways as Worth["ways"] };
}

/** One item of a product for a price: the dearest, if it costs more. It never counts for its own condition. */
function tradeIn(condition: Condition, cart: Line[]): Worth | Why {
  const { product_cnt = 0, product_price: spend = 0, out_product_ids = [] } = condition;
  const { out_product_id: had, price } = condition.tradein_info;
  const there = placesOf(cart, (product) => product === had);
  if (there.length === 0) return { code: "no_matching_product", out_product_ids: [had] };
  const ids = out_product_ids.length > 0 ? out_product_ids : undefined;
  const counted = placesOf(cart, (product) => product !== had && (!ids || ids.includes(product)));
  const items = product_cnt === 0 && spend === 0 && ids ? 1 : product_cnt;
  const missing = missingOf(cart, counted, { items, spend }, ids);
  if (missing) return missing;
  const takes = there.filter((at) => isPriced(cart, at));
  const dearest = Math.max(...there.map((at) => (cart[at] as Line).price));
  const at = there.find((place) => cart[place]?.price === dearest) as number;
  const off = () => cart.map((_, place) => (place === at ? Math.max(0, dearest - price) : 0));
  return {
    isShop: false,
    takes,
    ways: [{ takes, off, gives: price === 0 && dearest > 0 ? [at] : [], asks: { items, spend }, counts: counted }],
  };
}

/**
 * For every so many of a product, so many of another are free, the dearest first. Of the same, an item is bought or free:
 * groups of both are formed of the dearest first, and in each group the last are the free ones. Items at 0 are not given.
 */
function buyAndGet({ buyget_info: terms }: Condition, cart: Line[]): Worth | Why {
  const { buy_out_product_id: buy, buy_product_cnt: least, get_out_product_id: get, get_product_cnt: most } = terms;
  const there = placesOf(cart, (product) => product === get);
  if (there.length === 0) return { code: "no_matching_product", out_product_ids: [get] };
  const places = placesOf(cart, (product) => product === buy);
  const isSame = buy === get;
  const missing = missingOf(cart, places, { items: isSame ? least + 1 : least, spend: 0 }, [buy]);
  if (missing) return missing;
  const takes = there.filter((at) => isPriced(cart, at));
  const items = takes.flatMap((at) => Array<number>(cart[at]?.quantity ?? 0).fill(at));
  items.sort((x, y) => (cart[y] as Line).price - (cart[x] as Line).price);
  const free = isSame
    ? items.filter((_, place) => place % (least + most) >= least)
    : items.slice(0, Math.floor(itemsOn(cart, places) / least) * most);
  const ways = free.map((_, last): Way => {
    const gives = free.slice(0, last + 1);
    return {
      takes,
      off: () => cart.map(({ price }, place) => gives.filter((at) => at === place).length * price),
      gives,
      asks: { items: isSame ? 0 : Math.ceil(gives.length / most) * least, spend: 0 },
      counts: places,
    };
  });
  return { isShop: false, takes, ways: ways.reverse() as Worth["ways"] };
}

/** What is not there of what must be, judged by the cart's prices. */
function missingOf(
  cart: Line[],
  places: number[],
  wanted: { items: number; spend: number },
  ids: string[] | undefined,
): Why | undefined {
  const spent = sum(places.map((at) => amountsOf(cart)[at] as number));
  const items_more = Math.max(0, wanted.items - itemsOn(cart, places));
  const spend_more = Math.max(0, wanted.spend - spent);
  if (items_more === 0 && spend_more === 0) return;
  return { code: "below_threshold", items_more, spend_more, ...(ids && { out_product_ids: ids }) };
}

/** Splits an amount over lines in the ratio of what is left on them, by largest remainder, ties by their order. */
function split(amount: number, places: number[], left: number[]): number[] {
  if (amount === 0) return left.map(() => 0);
  const whole = BigInt(sum(places.map((at) => left[at] as number)));
  const exact = (at: number) => BigInt(amount) * BigInt(left[at] as number);
  const parts = left.map((_, at) => (places.includes(at) ? Number(exact(at) / whole) : 0));
  const byRemainder = places.toSorted((a, b) => Number((exact(b) % whole) - (exact(a) % whole)) || a - b);
  for (const at of byRemainder.slice(0, amount - sum(parts))) parts[at] = (parts[at] as number) + 1;
  return parts;
}

type Used = { one: Candidate; way: Way };

/** Coupons on a cart, in the order in which they are used, how, and what each takes off each line. */
export type Choice = { used: Candidate[]; ways: Used[]; parts: Map<Candidate, number[]>; pays: number };

/** The lines that a product coupon may take and that none of those used takes; a shop coupon's all. */
const leftFor = ({ isShop, takes }: Worth, ways: Used[]): number[] =>
  isShop ? takes : takes.filter((at) => !ways.some(({ one, way }) => !one.isShop && way.takes.includes(at)));

/** The way to use a coupon on what is left for it that gives least away; undefined where that is not enough. */
export const wayBeside = (worth: Worth, { ways }: Choice): Way | undefined =>
  worth.ways.findLast((way) => isSame(way.takes, leftFor(worth, ways)));

/** Of those used the coupons that leave another one nothing to be used on, or with which the policy does not let it go. */
export function inTheWay(policy: Policy, worth: Worth, choice: Choice): Candidate[] {
  const isStuck = !worth.isShop && !wayBeside(worth, choice);
  const those = choice.ways.filter(({ one, way }) => {
    if (policy === "one_per_order") return true;
    if (one.isShop !== worth.isShop) return policy === "exclusive";
    return worth.isShop || (isStuck && way.takes.some((at) => worth.takes.includes(at)));
  });
  return those.map(({ one }) => one);
}

/** The coupons with which least is paid: every set that the policy allows is tried, in every way. */
export function best(candidates: Candidate[], cart: Line[], { policy, basis }: Stacking): Choice {
  const ranked = candidates.toSorted((a, b) => (a.ends === b.ends ? a.place - b.place : a.ends < b.ends ? -1 : 1));
  let chosen = paying([], cart);
  for (const set of setsOf(ranked, policy)) {
    if (!isShared(set, basis) || set.some((used) => isUndone(used, set, cart, basis))) continue;
    const tried = paying(set, cart);
    if (isBetter(tried, chosen, cart, ranked)) chosen = tried;
  }
  return paying(completed(chosen.ways, ranked), cart);
}

function* setsOf(from: Candidate[], policy: Policy, chosen: Used[] = []): Generator<Used[]> {
  for (const [at, one] of from.entries())
    for (const way of one.ways) {
      if (!chosen.every((other) => goTogether(policy, { one, way }, other))) continue;
      yield [...chosen, { one, way }];
      yield* setsOf(from.slice(at + 1), policy, [...chosen, { one, way }]);
    }
}

function goTogether(policy: Policy, { one, way }: Used, { one: other, way: otherWay }: Used): boolean {
  if (policy === "one_per_order") return false;
  if (one.isShop !== other.isShop) return policy === "product_then_shop";
  return !one.isShop && !way.takes.some((at) => otherWay.takes.includes(at));
}

/**
 * Whether coupons leave lines only to others of the set: to one that takes them where a threshold is judged by what is left
 * to pay; else it may be open which one does, for they are given one in the end.
 */
function isShared(set: Used[], basis: Basis): boolean {
  const products = set.filter(({ one }) => !one.isShop);
  const isJudged = basis === "after_product_coupons" && set.some(({ one, way }) => one.isShop && way.asks.spend > 0);
  return products.every((used) =>
    used.one.takes.every((at) => {
      if (used.way.takes.includes(at)) return true;
      return products.some((by) => by !== used && (isJudged ? by.way : by.one).takes.includes(at));
    }),
  );
}

/** What nobody takes that may, the first that may takes. */
function completed(ways: Used[], ranked: Candidate[]): Used[] {
  const done = [...ways];
  for (const one of ranked) {
    const at = done.findIndex((used) => used.one === one);
    if (at < 0 || one.isShop) continue;
    const takes = [...(done[at] as Used).way.takes, ...leftFor(one, done)];
    const way = one.ways.find(
      (other) => isSame(other.takes, takes) && other.gives.length === done[at]?.way.gives.length,
    );
    done[at] = { one, way: way as Way };
  }
  return done;
}

const isSame = (some: number[], others: number[]) =>
  some.length === others.length && some.every((at) => others.includes(at));

/** What is missing for a coupon of those used, since others give items away or, of a shop coupon, take something off. */
export function lackOf({ one, way }: Used, set: Used[], cart: Line[], basis: Basis): Wanted {
  const others = set.filter((other) => other.one !== one && !other.one.isShop);
  const given = others.flatMap((other) => other.way.gives).filter((at) => way.counts.includes(at));
  const spentLess =
    one.isShop && basis === "after_product_coupons"
      ? sum(others.flatMap((other) => other.way.off(amountsOf(cart))))
      : sum(given.map((at) => (cart[at] as Line).price));
  const { items, spend } = way.asks;
  const there = sum(way.counts.map((at) => amountsOf(cart)[at] as number));
  return {
    items: items === 0 ? 0 : Math.max(0, items - itemsOn(cart, way.counts) + given.length),
    spend: spend === 0 ? 0 : Math.max(0, spend - there + spentLess),
  };
}

export const isUndone = (...[used, set, cart, basis]: Parameters<typeof lackOf>): boolean => {
  const { items, spend } = lackOf(used, set, cart, basis);
  return items > 0 || spend > 0;
};

/** Product coupons first, the shop coupon on what they leave. */
function paying(set: Used[], cart: Line[]): Choice {
  const ways = [...set.filter(({ one }) => !one.isShop), ...set.filter(({ one }) => one.isShop)];
  let left = amountsOf(cart);
  const parts = new Map<Candidate, number[]>();
  for (const { one, way } of ways) {
    const part = way.off(left);
    parts.set(one, part);
    left = left.map((amount, at) => amount - (part[at] as number));
  }
  return { used: ways.map(({ one }) => one), ways, parts, pays: sum(left) };
}

/**
 * Less is paid, or with fewer coupons, or with the one that ranks first of those that only one of the two has; or the one
 * that ranks first of those that are used in different ways gives more away, or takes what stands first in the cart.
 */
function isBetter(one: Choice, other: Choice, cart: Line[], ranked: Candidate[]): boolean {
  const rank = (candidate: Candidate) => ranked.indexOf(candidate);
  if (one.pays !== other.pays) return one.pays < other.pays;
  if (one.used.length !== other.used.length) return one.used.length < other.used.length;
  const own = one.used.filter((candidate) => !other.used.includes(candidate)).map(rank);
  const others = other.used.filter((candidate) => !one.used.includes(candidate)).map(rank);
  if (own.length > 0) return Math.min(...own) < Math.min(...others);
  for (const candidate of ranked) {
    const [way, otherWay] = [one, other].map(({ ways }) => ways.find((used) => used.one === candidate)?.way);
    if (!way || !otherWay) continue;
    if (way.gives.length !== otherWay.gives.length) return way.gives.length > otherWay.gives.length;
    const differing = productsOf(cart).findLast((product) => takes(way, product) !== takes(otherWay, product));
    if (differing) return takes(otherWay, differing);
  }
  return false;

  function takes(way: Way, product: string): boolean {
    return way.takes.some((at) => cart[at]?.out_product_id === product);
  }
}

const productsOf = (cart: Line[]) => [...new Set(cart.map(({ out_product_id }) => out_product_id))];
