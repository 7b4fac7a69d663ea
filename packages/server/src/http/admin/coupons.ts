import type { RouteName } from "@quanku/protocol/admin";
import { PAGE } from "@quanku/protocol/admin";
import { COUPON_INFO_LIMIT, inBoth, readDocument, type SentCoupon } from "@quanku/protocol/calls";
import type { CouponPlace } from "../../domain/catalogue/search.ts";
import type { Command } from "../../domain/decide.ts";
import { isRefusal, refuse } from "../../domain/outcome.ts";
import { contentOf, kindOfType } from "../../wire/coupon.ts";
import { encodeCouponEntry } from "../../wire/coupon-entry.ts";
import { isNumber, readCursor, writeCursor } from "./cursor.ts";
import type { AdminCall, AdminHandler, AdminHandlers, AdminServices } from "./handler.ts";
import { faultIn, faultsIn, inBothOf, isProblem, type Problem, problemOf } from "./problem.ts";

/** What is wrong with a document that {@link readDocument} refuses. */
export const documentTooLong = inBoth(
  `must take at most ${COUPON_INFO_LIMIT} characters as JSON`,
  `写成 JSON 最多 ${COUPON_INFO_LIMIT} 个字符`,
);

type Step = "activateCoupon" | "expireCoupon" | "voidCoupon" | "pauseCoupon" | "resumeCoupon";
type Named = { appid: string; outCouponId: string };
type Called = Pick<AdminCall<RouteName>, "services" | "who">;

/** A coupon and its stock as they are now. */
async function show({ store }: AdminServices, { appid, outCouponId }: Named): Promise<{ json: string } | Problem> {
  const coupon = await store.coupon(appid, outCouponId);
  const [stocked] = coupon ? (await store.listCoupons(appid, coupon.position, 1)).entries : [];
  if (!stocked) return problemOf(refuse("unknown_coupon", { id: outCouponId }));
  return { json: `{"coupon":${encodeCouponEntry(stocked)}}` };
}

/** Submits a command about a coupon, and shows the coupon after it. */
async function change({ services, who }: Called, named: Named, command: Command): Promise<{ json: string } | Problem> {
  const answer = await services.ledger.submit(command, who.actor);
  return isRefusal(answer) ? problemOf(answer) : show(services, named);
}

const step =
  (commandOf: (named: Named) => Command): AdminHandler<Step> =>
  (call) => {
    const named = { appid: call.input.appid, outCouponId: call.input.out_coupon_id };
    return change(call, named, commandOf(named));
  };

const move = (to: "active" | "expired" | "void") => step((named) => ({ do: "changeCouponStatus", ...named, to }));

/** Adds or replaces a coupon with the merchant's document as it stands in the body, to the digit. */
function send(
  call: Called & { text: string },
  command: "addCoupon" | "replaceCoupon",
  appid: string,
  coupon: SentCoupon,
): Promise<{ json: string } | Problem> | Problem {
  const document = readDocument(call.text, coupon.coupon_info);
  if (!document.ok) return faultsIn([inBothOf("coupon.coupon_info", documentTooLong)]);
  const content = contentOf(appid, coupon, document.value);
  return change(call, content, { do: command, content });
}

const isPlace = (place: unknown): place is [position: number, name: string] =>
  Array.isArray(place) && isNumber(place[0]) && typeof place[1] === "string";

/** The calls about coupons and their stock. */
export const couponHandlers: AdminHandlers<
  Step | "listCoupons" | "addCoupon" | "showCoupon" | "replaceCoupon" | "restockCoupon"
> = {
  async listCoupons({ services: { store }, input }) {
    const { appid, status, type, name, cursor, limit = PAGE.byDefault } = input;
    const list = ["coupons", appid, status ?? null, type ?? null, name ?? null];
    const begin = readCursor(list, cursor, isPlace);
    if (isProblem(begin)) return begin;
    const after: CouponPlace | null = begin.after ? { position: begin.after[0], name: begin.after[1] } : null;
    const filters = { status, kind: type && kindOfType[type], namePrefix: name };
    const { entries, next } = await store.findCoupons(appid, filters, after, limit);
    const cursorOfNext = next && writeCursor(list, [next.position, next.name]);
    return { json: `{"entries":[${entries.map(encodeCouponEntry).join()}],"next":${JSON.stringify(cursorOfNext)}}` };
  },
  addCoupon: async (call) => send(call, "addCoupon", call.input.appid, call.input.coupon),
  showCoupon: ({ services, input: { appid, out_coupon_id: outCouponId } }) => show(services, { appid, outCouponId }),
  async replaceCoupon(call) {
    const { appid, coupon, out_coupon_id: named } = call.input;
    if (coupon.out_coupon_id !== named)
      return faultIn("coupon.out_coupon_id", "must be the one that the path names", "必须与路径中的一致");
    return send(call, "replaceCoupon", appid, coupon);
  },
  activateCoupon: move("active"),
  expireCoupon: move("expired"),
  voidCoupon: move("void"),
  pauseCoupon: step((named) => ({ do: "pauseCoupon", ...named })),
  resumeCoupon: step((named) => ({ do: "resumeCoupon", ...named })),
  restockCoupon(call) {
    const { appid, out_coupon_id: outCouponId, remaining } = call.input;
    return change(call, { appid, outCouponId }, { do: "restock", appid, outCouponId, remaining, claimed: null });
  },
};
