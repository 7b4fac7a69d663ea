import type { SentCoupon } from "@quanku/protocol/calls";
import type { CartLine } from "../src/domain/pricing/cart.ts";
import type { Coupon, UserCoupon } from "../src/domain/records.ts";
import type { Change } from "../src/domain/working-copy.ts";
import { Apps } from "../src/service/apps.ts";
import { systemClock } from "../src/service/clock.ts";
import { Ledger } from "../src/service/ledger.ts";
import { openSqliteStore } from "../src/store/sqlite/open.ts";
import { contentOf } from "../src/wire/coupon.ts";
import { coupon as wireCoupon } from "../testing/coupons.ts";
import { aStock, aUserCoupon } from "../testing/records.ts";
import { progress } from "./progress.ts";
import { couponId, shop } from "./shop.ts";

const BEGAN = 1_780_000_000;
const BEGUN = { createdAt: BEGAN, updatedAt: BEGAN };
const PLENTY = 2_000_000_000;
const RECORDS_TOGETHER = 20_000;

/** A cart as people fill them: ten products, some of them more than once. */
export const tenLines: CartLine[] = Array.from({ length: 10 }, (_, at) => ({
  outProductId: `product_${at}`,
  price: 1990 + 1000 * at,
  quantity: 1 + (at % 3),
}));

/** A cart as calls carry it. */
export const wireLines = (lines: readonly CartLine[]) =>
  lines.map(({ outProductId, price, quantity }) => ({ out_product_id: outProductId, price, quantity }));

/** A person's openid, with eight digits that count people. */
export const personId = (digits: string) => `o-bench-person-${digits}`;
/** The id of a person's user coupon of the coupon at a position. */
export const userCouponId = (digits: string, position: number) => `held-${digits}-${position}`;

/**
 * The coupons of a wallet as long as asked for, one user coupon each: full reductions and rates on two or three products,
 * on the whole cart, and buy and get, in turn.
 */
export const heldCoupons = (count: number, digits = "00000000"): { coupon: Coupon; userCoupon: UserCoupon }[] =>
  Array.from({ length: count }, (_, position) => {
    const coupon = usualCoupon(position);
    const changes = { receivedAt: BEGAN, validity: { start: 0, end: 0 }, ...BEGUN };
    const id = userCouponId(digits, position);
    return { coupon, userCoupon: aUserCoupon(coupon, personId(digits), id, position, changes) };
  });

/**
 * Creates a data directory whose shop has so many coupons, and so many people who hold one of each. They are saved through
 * the store itself, without a history.
 */
export async function createWallets(dataDir: string, people: number, coupons: number): Promise<void> {
  const store = openSqliteStore(dataDir);
  const ledger = new Ledger({ store, clock: systemClock });
  await new Apps({ store, ledger, clock: systemClock }).create(shop.appid, { secret: shop.secret }, "command_line");
  const all = heldCoupons(coupons);
  const records = all.flatMap(({ coupon }): Change[] => [
    { record: "coupon", value: coupon, fresh: true },
    { record: "stock", value: aStock(coupon, { remaining: PLENTY - people, claimed: people, ...BEGUN }), fresh: true },
  ]);
  await store.transact([], () => ({ changes: records, journal: [] }));
  const bar = progress(`wallets of ${people.toLocaleString("en")} people`, people);
  const together = Math.ceil(RECORDS_TOGETHER / coupons);
  // A transaction of a store knows the coupons that it loaded.
  const keys = all.map(({ coupon: { appid, outCouponId } }) => ({
    need: "coupon" as const,
    appid,
    outCouponId,
  }));
  for (let from = 0; from < people; from += together) {
    const changes: Change[] = [];
    for (let person = from; person < Math.min(from + together, people); person++)
      for (const { userCoupon: value } of heldCoupons(coupons, String(person).padStart(8, "0")))
        changes.push({ record: "userCoupon", value, fresh: true });
    await store.transact(keys, () => ({ changes, journal: [] }));
    bar.at(Math.min(from + together, people));
  }
  bar.done();
  await store.close();
}

type Stated = Pick<SentCoupon, "type"> & NonNullable<SentCoupon["coupon_info"]["discount_info"]>;

function usualCoupon(position: number): Coupon {
  const products = [position, position + 1, position + 4].map((at) => `product_${at % 10}`);
  const stated = [
    { type: 2, discount_condition: { product_price: 3000, out_product_ids: products }, discount_fee: 500 + position },
    { type: 1, discount_condition: { product_cnt: 2, out_product_ids: products.slice(1) }, discount_num: 8800 },
    { type: 102, discount_condition: { product_price: 20_000 }, discount_fee: 2000 + position },
    { type: 101, discount_condition: { product_cnt: 5 }, discount_num: 9500 },
    {
      type: 6,
      discount_condition: {
        buyget_info: {
          buy_out_product_id: products[0],
          buy_product_cnt: 1,
          get_out_product_id: products[2],
          get_product_cnt: 1,
        },
      },
    },
  ][position % 5] as Stated;
  const { type, ...discount_info } = stated;
  const info = { name: `优惠券 ${position}`, discount_info, valid_info: undefined };
  const sent = wireCoupon(couponId(position), { total_num: PLENTY }, { type, ...info });
  const active = { status: "active", paused: false, position, activatedAt: BEGAN, ...BEGUN } as const;
  return { ...contentOf(shop.appid, sent as SentCoupon, JSON.stringify(sent.coupon_info)), ...active };
}
