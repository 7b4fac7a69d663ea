import { type DataPlace, openStore } from "../src/cli/data.ts";
import type { Coupon, Stock } from "../src/domain/records.ts";
import type { Change } from "../src/domain/working-copy.ts";
import { Apps } from "../src/service/apps.ts";
import { systemClock } from "../src/service/clock.ts";
import { Ledger } from "../src/service/ledger.ts";
import type { Store } from "../src/store/store.ts";
import { aCoupon, aStock } from "../testing/records.ts";
import { progress } from "./progress.ts";

export const shop = { appid: "wxbench00000000000", secret: "bench-secret-0123456789" };

/** The id of the coupon at a position. */
export const couponId = (position: number) => `coupon_2026_summer_${String(position).padStart(8, "0")}`;

/** The coupon that everybody wants: active, as it is in every shop, and no end of stock. */
export const HOT_COUPON = couponId(1);

const BEGAN = 1_780_000_000;
/** Later than anything is measured. */
const ENDS = 2_000_000_000;
/** How many one person may have of a coupon: so many that nobody who claims at random is refused. */
const LIMIT = 5;
const COUPONS_TOGETHER = 5000;

/** A data directory, or a PostgreSQL database. */
export type Place = { dataDir: string } | { databaseUrl: string };

/** Of a statement that fills a database, in milliseconds: much more than one of a call may take. */
const FILLING_TIMEOUT = 60_000;

/**
 * Creates a shop that has so many coupons, `active` of three of them activated. They are saved through the store itself:
 * through the ledger, with a journal that repeats every document, a million takes minutes.
 */
export async function createShop(
  place: Place,
  coupons: number,
  active: 2 | 3 = 2,
  { sandbox = false } = {},
): Promise<void> {
  const defaults: DataPlace = { dataDir: "", databaseConnections: 1, statementTimeout: FILLING_TIMEOUT };
  const { store } = await openStore({ ...defaults, ...place }, { mayCreate: true });
  try {
    const ledger = new Ledger({ store, clock: systemClock });
    await new Apps({ store, ledger, clock: systemClock }).create(
      shop.appid,
      { secret: shop.secret, sandbox },
      "command_line",
    );
    await fill(store, coupons, active);
  } finally {
    await store.close();
  }
}

async function fill(store: Store, coupons: number, active: number): Promise<void> {
  const bar = progress(`coupons of a shop of ${coupons.toLocaleString("en")}`, coupons);
  for (let from = 0; from < coupons; from += COUPONS_TOGETHER) {
    const changes: Change[] = [];
    for (let position = from; position < Math.min(from + COUPONS_TOGETHER, coupons); position++) {
      const coupon = sampleCoupon(position, position % 3 >= 3 - active);
      changes.push({ record: "coupon", value: coupon, fresh: true });
      if (coupon.activatedAt !== null) changes.push({ record: "stock", value: stockOf(coupon), fresh: true });
    }
    await store.transact([], () => ({ changes, journal: [] }));
    bar.at(Math.min(from + COUPONS_TOGETHER, coupons));
  }
  bar.done();
}

/** A coupon as shops have them: about 950 bytes as an entry of get_list. */
function sampleCoupon(position: number, isActive: boolean): Coupon {
  const number = String(position).padStart(8, "0");
  const createdAt = BEGAN + position;
  const window = { start: createdAt, end: ENDS };
  const document = {
    name: `夏季新品女装专场 满200元减30元 优惠券 第${number}号`,
    promote_info: { promote_type: 4, finder: { nickname: `云杉服饰旗舰店${position % 97}号直播间` } },
    discount_info: {
      discount_condition: {
        product_cnt: 1 + (position % 5),
        product_price: 20_000 + (position % 100) * 100,
        out_product_ids: ["01", "02", "03", "04", "05"].map((size) => `product_${number}_size_${size}`),
      },
      discount_num: 9000,
      discount_fee: 3000,
    },
    receive_info: {
      start_time: window.start,
      end_time: window.end,
      limit_num_one_person: LIMIT,
      total_num: 2_000_000_000,
    },
    valid_info: { valid_type: 2, valid_day_num: 30 },
  };
  return aCoupon(shop.appid, couponId(position), position, {
    kind: "product_full_reduction",
    document: JSON.stringify(document),
    terms: {
      claimWindow: window,
      limitPerPerson: LIMIT,
      total: 2_000_000_000,
      validity: { kind: "days", days: 30 },
      discount: null,
    },
    status: isActive ? "active" : "draft",
    createdAt,
    updatedAt: createdAt + 600,
    activatedAt: isActive ? createdAt + 600 : null,
  });
}

const stockOf = (coupon: Coupon): Stock =>
  aStock(coupon, {
    remaining: 2_000_000_000,
    claimed: coupon.position % 1000,
    createdAt: coupon.createdAt + 600,
    updatedAt: coupon.createdAt + 700,
  });
