import { type Fault, idFaults, numberFaults, openidFaults } from "./documents.ts";
import { type Dice, type Kind, type Pools, pick, type Target } from "./kinds.ts";
import type { ShopModel } from "./model.ts";
import { policies } from "./prices.ts";
import type { Json, Members } from "./reading.ts";

/** Calls about carts and orders: few carts of few lines at few prices, so that thresholds, ties and ids meet. */

const products = ["product_id_1", "product_id_2", "product_id_3", "商品 4", "product_id_5"];
const prices = [1000, 2500, 333, 5000, 99, 1000, 0, 1, 700_000_001];
/** Longer than this nothing is waited for. */
const LONGEST_WAIT = 10 * 86_400;

/** A cart, mostly of products that a coupon is about, and another one. */
const cartOf = (by: number, shop: ShopModel, about: string): Members[] =>
  Array.from({ length: 1 + (by % 3) }, (_, at) => {
    const mixed = by * 7 + at * 31 * (1 + (by % 11));
    const meant = productsOf(shop, at === 0 ? about : (shop.coupons[by % 4]?.id ?? about));
    return {
      out_product_id: pick(meant.length > 0 && mixed % 5 > 0 ? meant : products, mixed >> 2),
      price: pick(prices, mixed >> 4),
      quantity: pick([1, 2, 3, 1, 2, 4, 1], mixed >> 3),
    };
  });

/** The products that a coupon's document names. */
function productsOf({ coupons }: ShopModel, id: string): string[] {
  const named = JSON.stringify(coupons.find((one) => one.id === id)?.info.discount_info ?? {});
  return products.filter((product) => named.includes(JSON.stringify(product)));
}

const policyOf = (by: number): Members => (by % 3 === 0 ? { policy: pick(policies, by >> 2) } : {});
const otherOf = <T>(all: T[], one: T, by: number): T => pick(all.filter((other) => other !== one).concat(one), by);

/** The coupons that an order asks for: mostly the best, or the one that is aimed at, alone or with another of the person. */
function couponsOf({ held, coupon, openid }: Target, by: number, shop: ShopModel): Json {
  const aimed = { out_user_coupon_id: held, out_coupon_id: coupon };
  const [other] = shop.held.filter((one) => one.openid === openid && one.id !== held && one.status === 100);
  const both = other ? [aimed, { out_user_coupon_id: other.id, out_coupon_id: other.couponId }] : [aimed];
  return pick<Json>(["best", "best", [aimed], [aimed], both, both, [], "best"], by);
}

/** A new order; now and then somebody asks for another person's coupon. */
const begun = (target: Target, rolled: Dice, { openids }: Pools, shop: ShopModel): Members => ({
  openid: rolled.aim % 16 === 1 ? otherOf(openids, target.openid, rolled.two) : target.openid,
  out_order_id: target.order,
  lines: cartOf(rolled.two, shop, target.coupon),
  user_coupons: couponsOf(target, rolled.one, shop),
  ...policyOf(rolled.held),
});

/** What an order asked for, again: as it was, in another spelling of the same, or with something else. */
function again(target: Target, rolled: Dice, pools: Pools, shop: ShopModel): Members {
  const order = shop.orders.all.find(({ id }) => id === target.order);
  if (!order) return begun(target, rolled, pools, shop);
  const { lines, user_coupons: coupons, openid } = order.content;
  const texts = lines.map(({ quantity, ...line }) => ({ ...line, quantity: String(quantity) }));
  const ways: Members[] = [
    ...Array<Members>(12).fill({}),
    { lines: texts },
    ...Array<Members>(4).fill({ user_coupons: coupons === "best" ? coupons : coupons.toReversed() }),
    { lines: [...lines, { out_product_id: "more", price: 0, quantity: 1 }] },
    { lines: lines.map((line) => ({ ...line, quantity: line.quantity + 1 })) },
    { openid: otherOf(pools.openids, openid, rolled.two) },
    { user_coupons: coupons === "best" ? [] : "best" },
    { policy: pick(policies, rolled.two) },
  ];
  return { out_order_id: order.id, ...structuredClone(order.content), ...pick(ways, rolled.one) };
}

const ttls = [1, 5, 5, 60, 600, 600, "3600", 86_400];
const locking = (content: Members, rolled: Dice): Members => ({ ...content, ttl_seconds: pick(ttls, rolled.person) });

/** Often at the last second of a lock, or the next, or after the end of a coupon that it outlasts. */
const aroundItsEnd: Kind["wait"] = ({ order: id }, rolled, shop, now) => {
  const order = shop.orders.all.find((one) => one.id === id);
  const until = (order?.lockedUntil ?? now) - now;
  const end = shop.held.find((held) => order && held.order?.id === id && held.end >= now)?.end ?? now;
  const outlasted = end > now && end - now < until ? [end + 1 - now, end + 1 - now, until, 0] : [];
  return Math.max(pick([0, 0, 0, until, until + 1, until + 1, ...outlasted, ...outlasted], rolled.two), 0);
};

/** Now and then at a user coupon's end, or right after; or shortly before, so that its lock may outlast it. */
const aroundValidity =
  (often: number): NonNullable<Kind["wait"]> =>
  ({ held, coupon }, rolled, shop, now) => {
    const { end = now } = shop.held.find((one) => one.id === held && one.couponId === coupon) ?? {};
    const left = end - now;
    if (left < 5 || left > LONGEST_WAIT || rolled.held % 16 >= often) return 0;
    return pick([left, left - 3, left - 3, left - 3, left + 1], rolled.two);
  };

/** Items of an order, mostly of those that are left; now and then a return that was made before. */
function items({ order: id, held }: Target, rolled: Dice, _: Pools, shop: ShopModel): Members {
  const order = shop.orders.all.find((one) => one.id === id);
  const [before] = order?.returns.filter((one) => one.id !== undefined) ?? [];
  if (before && rolled.one % 5 === 0) {
    const lines = before.refund.lines.map(({ line, quantity }) => ({ line, quantity }));
    const sent = rolled.two % 3 === 0 ? lines.map((one) => ({ ...one, quantity: one.quantity + 1 })) : lines;
    return { out_order_id: id, out_return_id: before.id as string, lines: sent };
  }
  const left = (order?.lines ?? []).flatMap(({ quantity, returned }, line) =>
    quantity > returned ? [{ line, quantity: quantity - returned }] : [],
  );
  const some = left.slice(rolled.two % 2).map(({ line, quantity }) => ({ line, quantity: Math.ceil(quantity / 2) }));
  const more = left.map(({ line, quantity }) => ({ line, quantity: quantity + 1 }));
  const twice = some.flatMap((one) => [one, one]);
  const lines = pick([left, some, some, some, some, more, twice, left], rolled.one);
  return {
    out_order_id: id,
    out_return_id: pick(["r", held, `return ${rolled.held}`, `return ${rolled.coupon}`], rolled.two),
    lines: lines.length > 0 ? lines : [{ line: rolled.two % 3, quantity: 1 }],
  };
}

const idOnly = ({ order }: Target): Members => ({ out_order_id: order });

const cartFaults: Fault[] = [
  ...numberFaults("lines.0.price"),
  ...numberFaults("lines.0.quantity"),
  ...idFaults("lines.0.out_product_id"),
  { path: "lines.0.quantity", value: 0 },
  { path: "lines", value: [] },
  { path: "lines", value: {} },
  { path: "lines", value: [null] },
  { path: "lines", value: Array<Json>(101).fill({ out_product_id: "p", price: 1, quantity: 1 }) },
  { path: "lines", value: [{ out_product_id: "p", price: 2 ** 30, quantity: 2 }] },
  { path: "lines" },
  { path: "policy", value: "cheapest" },
  { path: "policy", value: null },
];
const orderFaults: Fault[] = [
  ...cartFaults,
  ...openidFaults,
  ...idFaults("out_order_id"),
  ...idFaults("user_coupons.0.out_coupon_id"),
  { path: "user_coupons" },
  ...["worst", {}, 7, [null], ["best"]].map((value) => ({ path: "user_coupons", value: value as Json })),
  { path: "user_coupons", value: Array<Json>(2).fill({ out_coupon_id: "c", out_user_coupon_id: "u" }) },
  {
    path: "user_coupons",
    value: Array.from({ length: 51 }, (_, at) => ({ out_coupon_id: "c", out_user_coupon_id: `${at}` })),
  },
];
const lockFaults: Fault[] = [
  ...orderFaults,
  ...numberFaults("ttl_seconds"),
  ...[0, 86_401].map((value) => ({ path: "ttl_seconds", value })),
];
const itemFaults: Fault[] = [
  ...idFaults("out_order_id"),
  ...idFaults("out_return_id"),
  ...numberFaults("lines.0.quantity"),
  ...numberFaults("lines.0.line"),
  { path: "lines.0.line", value: 100 },
  { path: "lines.0.quantity", value: 0 },
  { path: "lines", value: [] },
  { path: "lines" },
];

export const orderKinds: Kind[] = [
  {
    times: 7,
    call: "quote",
    aims: "usable coupon",
    faults: [...cartFaults, ...openidFaults],
    wait: aroundValidity(2),
    body: ({ openid, coupon }, { one, two }, _, shop) => ({
      openid,
      lines: cartOf(two, shop, coupon),
      ...policyOf(one),
    }),
  },
  {
    times: 11,
    call: "lock",
    aims: "usable coupon",
    faults: lockFaults,
    wait: aroundValidity(8),
    body: (target, rolled, pools, shop) => locking(begun(target, rolled, pools, shop), rolled),
  },
  {
    times: 4,
    call: "lock",
    aims: "locked order",
    faults: lockFaults,
    wait: aroundItsEnd,
    body: (target, rolled, pools, shop) => locking(again(target, rolled, pools, shop), rolled),
  },
  { times: 7, call: "redeem", aims: "usable coupon", faults: orderFaults, wait: aroundValidity(2), body: begun },
  { times: 4, call: "redeem", aims: "order", faults: orderFaults, wait: aroundItsEnd, body: again },
  {
    times: 8,
    call: "redeem",
    aims: "locked order",
    faults: idFaults("out_order_id"),
    wait: aroundItsEnd,
    body: idOnly,
  },
  { times: 1, call: "return", aims: "order", faults: idFaults("out_order_id"), body: idOnly },
  { times: 2, call: "return", aims: "paid order", faults: [], body: idOnly },
  { times: 1, call: "return", aims: "locked order", faults: [], wait: aroundItsEnd, body: idOnly },
  { times: 8, call: "return", aims: "paid order", faults: itemFaults, body: items },
  {
    times: 4,
    call: "update_usercoupon_status",
    aims: "coupon of an order",
    faults: [],
    body: ({ openid, held, coupon }, rolled) => ({
      openid,
      out_user_coupon_id: held,
      out_coupon_id: coupon,
      status: pick([102, 100, 100, 101, 103], rolled.one),
    }),
  },
  {
    times: 2,
    call: "update_status",
    aims: "coupon of an order",
    faults: [],
    body: ({ coupon }, rolled) => ({ out_coupon_id: coupon, status: pick([3, 4], rolled.one) }),
  },
  {
    times: 3,
    call: "get_usercoupon_list",
    aims: "coupon of an order",
    faults: [],
    body: ({ openid }) => ({ openid, page_size: 200 }),
  },
];
