import { z } from "zod";
import { channel, productId } from "./ids.ts";
import { validTypeMeanings } from "./meanings.ts";
import {
  fen,
  integer,
  merchantId,
  object,
  oneOf,
  optional,
  optionalFrom0,
  optionalNumber,
  optionalObject,
  seconds,
  text,
} from "./scalars.ts";

/** The most a `coupon_info` may take as JSON, in characters (our decision: a page holds 200 of them). */
export const COUPON_INFO_LIMIT = 65_536;

const tradeinInfo = z.looseObject({
  out_product_id: optional(productId().describe("The product that is traded in.")),
  price: optionalFrom0(fen().describe("What is paid for one item of it, fen; 0 is a price.")),
});

const buygetInfo = z.looseObject({
  buy_out_product_id: optional(productId().describe("The product that is bought.")),
  buy_product_cnt: optionalFrom0(integer().describe("How many items of it are bought for each gift.")),
  get_out_product_id: optional(productId().describe("The product that is free; it may be the same.")),
  get_product_cnt: optionalFrom0(integer().describe("How many items of it are free for each purchase.")),
});

/** The ids of products; an empty one among them names none. */
const productIds = () =>
  z.preprocess(
    (ids: string[] | undefined) => (Array.isArray(ids) ? ids.filter((id) => id !== "") : ids),
    optional(z.array(merchantId()).max(128)),
  );

const discountInfo = z.looseObject({
  discount_condition: optionalObject(
    z
      .looseObject({
        product_cnt: optionalFrom0(integer().describe("How many items have to be in the cart.")),
        product_price: optionalFrom0(fen().describe("How much has to be spent, fen.")),
        out_product_ids: productIds().describe("The products that it is for, by the merchant's ids."),
        tradein_info: optionalObject(tradeinInfo.describe("Of type 5: what is traded in.")),
        buyget_info: optionalObject(buygetInfo.describe("Of type 6: what is bought, and what is free for it.")),
      })
      .describe("What it is for, and what it asks for."),
  ),
  discount_num: optionalFrom0(
    integer().describe("What is paid, in 1/10000: 5100 pays 51 %; 1-9999 where the type needs it."),
  ),
  discount_fee: optionalFrom0(fen().describe("What is taken off, fen.")),
});

/**
 * The merchant's document as any coupon may carry it: known fields have their types, unknown ones are not read.
 * What a type cannot do without is checked by {@link couponToAdd} only, since live shops hold coupons without it.
 */
export const couponInfo = z.looseObject({
  name: text(120).describe("The coupon's name, as the person sees it."),
  promote_info: object(
    z
      .looseObject({
        promote_type: channel(),
        finder: optionalObject(
          z
            .looseObject({ nickname: optional(z.string().max(120).describe("The account's name.")) })
            .describe("The Channels account that promotes it."),
        ),
      })
      .describe("Where it is promoted."),
  ),
  discount_info: optionalObject(
    discountInfo.describe(
      "What it takes off. Required in `add` and `update`, with what the type needs; what it does not need is kept and not read.",
    ),
  ),
  receive_info: object(
    z
      .looseObject({
        start_time: optionalNumber(seconds().describe("The first second in which it can be claimed, Unix seconds.")),
        end_time: optionalNumber(seconds().describe("The last second in which it can be claimed, Unix seconds.")),
        limit_num_one_person: optionalNumber(
          integer(1).describe("How many one person may be given; absent: any number."),
        ),
        total_num: integer().describe("The stock that activation makes."),
      })
      .describe("When it can be claimed, how often, and how many there are."),
  ),
  valid_info: optionalObject(
    z
      .looseObject({
        valid_type: optionalNumber(oneOf(validTypeMeanings, "From when to when a claimed coupon can be used")),
        valid_day_num: optionalFrom0(integer().describe("Of valid_type 2: days of 86 400 seconds.")),
        valid_second: optionalFrom0(integer().describe("Of valid_type 3: seconds.")),
        start_time: optionalNumber(seconds().describe("Of valid_type 1: the first second of use, Unix seconds.")),
        end_time: optionalNumber(seconds().describe("Of valid_type 1: the last second of use, Unix seconds.")),
      })
      .describe("How long it can be used once claimed; absent: it states none."),
  ),
});
export type CouponInfo = z.infer<typeof couponInfo>;
