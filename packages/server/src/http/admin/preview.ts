import type { RouteReply } from "@quanku/protocol/admin";
import { readDocument, type SentCoupon } from "@quanku/protocol/calls";
import { errorText } from "@quanku/protocol/codes";
import { isReplaceable, notReplaceable, sameContent } from "../../domain/catalogue/coupons.ts";
import { type Refusal, refuse } from "../../domain/outcome.ts";
import type { Coupon } from "../../domain/records.ts";
import { contentOf } from "../../wire/coupon.ts";
import { discountIn, showTried } from "../../wire/coupon-preview.ts";
import { cartOf } from "../../wire/order.ts";
import { tellRefusal } from "../../wire/refusals.ts";
import { tellInChinese } from "../../wire/refusals-told-zh.ts";
import { wordsOf } from "../../wire/words.ts";
import { documentTooLong } from "./coupons.ts";
import type { AdminHandlers } from "./handler.ts";
import { readInput } from "./input.ts";
import { type FieldFault, inBothOf, isProblem } from "./problem.ts";

type Fault = RouteReply<"previewCoupon">["preview"]["errors"][number];

/** What a coupon that may be unfinished would come to, if it were added or took a draft's place. */
export const previewHandlers: AdminHandlers<"previewCoupon"> = {
  async previewCoupon({ services: { reads }, input: { appid, coupon, lines, replaces = false }, text }) {
    const { faults, content } = readCoupon(appid, coupon, text);
    const id = coupon.out_coupon_id;
    if (typeof id === "string" && !faults.some(({ field }) => field === "coupon.out_coupon_id")) {
      const existing = await reads.coupon(appid, id);
      const refusal = replaces ? whyNotReplaced(existing, id) : whyNotAdded(existing, id, content);
      if (refusal) faults.push(refused("coupon.out_coupon_id", refusal));
    }
    const discount = discountIn(coupon);
    const quote = discount && lines ? showTried(discount, cartOf(lines)) : null;
    const words = discount && wordsOf({ terms: { discount } });
    return { reply: { preview: { errors: faults, words, quote } } };
  },
};

type Content = ReturnType<typeof contentOf>;

/** What `addCoupon` would find wrong with a coupon's form, and what it says if nothing is. */
function readCoupon(appid: string, coupon: unknown, text: string): { faults: Fault[]; content: Content | undefined } {
  const read = readInput("addCoupon", { path: { appid }, query: {}, body: { coupon } });
  if (isProblem(read)) return { faults: (read.errors ?? []).map(shown), content: undefined };
  const sent: SentCoupon = read.coupon;
  const document = readDocument(text, sent.coupon_info);
  if (!document.ok) return { faults: [shown(inBothOf("coupon.coupon_info", documentTooLong))], content: undefined };
  return { faults: [], content: contentOf(appid, sent, document.value) };
}

const shown = ({ field, detail, zh }: FieldFault): Fault => ({ field, detail, detail_zh: zh });

const whyNotReplaced = (existing: Coupon | undefined, id: string): Refusal | undefined =>
  isReplaceable(existing) ? undefined : notReplaceable(existing, id);

/** The same coupon once more is a repeat, which is no fault. */
const whyNotAdded = (existing: Coupon | undefined, id: string, content: Content | undefined): Refusal | undefined =>
  existing && !(content && sameContent(existing, content)) ? refuse("coupon_exists", { id }) : undefined;

function refused(field: string, refusal: Refusal): Fault {
  const told = tellRefusal(refusal);
  return { field, detail: told.detail ?? errorText(told), detail_zh: tellInChinese(refusal) };
}
