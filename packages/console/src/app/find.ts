import { AdminError } from "@quanku/sdk/admin";
import { client } from "../data/client.ts";
import { addressesOf } from "../ui/addresses.ts";
import { currentLanguage } from "../words/language.ts";

/** Something that a search found: what it is, and the address of its page. */
export type Found = {
  kind: "coupon" | "person" | "userCoupon" | "order" | "call";
  title: string;
  about: string;
  to: string;
};

type Asked = { appid: string; text: string; signal: AbortSignal };

/** What of an app has a text as its id, or is a coupon whose name begins so. Each kind is asked for itself; one that is not there is none. */
export async function findEverywhere({ appid, text, signal }: Asked): Promise<Found[]> {
  const how = { signal };
  const to = addressesOf(appid);
  const couponAt = (coupon: Coupon) => couponFound(coupon, to.coupon(coupon.coupon.out_coupon_id));
  const kinds: Promise<Found[]>[] = [
    client.showCoupon({ appid, out_coupon_id: text }, how).then(({ coupon }) => [couponAt(coupon)]),
    client.listCoupons({ appid, name: text, limit: 5 }, how).then(({ entries }) => entries.map(couponAt)),
    client.findUserCoupons({ appid, out_user_coupon_id: text }, how).then(({ entries }) =>
      entries.map(({ out_coupon_id, out_user_coupon_id, openid }) => ({
        kind: "userCoupon" as const,
        title: out_user_coupon_id,
        about: `${out_coupon_id} · ${openid}`,
        to: to.userCoupon(out_coupon_id, out_user_coupon_id),
      })),
    ),
    client
      .listWallet({ appid, openid: text, limit: 1 }, how)
      .then(({ entries }) =>
        entries.length > 0 ? [{ kind: "person" as const, title: text, about: "", to: to.person(text) }] : [],
      ),
    client
      .showOrder({ appid, out_order_id: text }, how)
      .then(() => [{ kind: "order" as const, title: text, about: "", to: to.order(text) }]),
    client
      .showCall({ appid, rid: text }, how)
      .then(({ call }) => [{ kind: "call" as const, title: text, about: call.call, to: to.call(text) }]),
  ];
  const asked = await Promise.allSettled(kinds);
  const found = asked.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
  const failed = asked.find((one) => one.status === "rejected" && !isNone(one.reason));
  if (found.length === 0 && failed?.status === "rejected") throw failed.reason;
  return [...new Map(found.map((one) => [one.to, one])).values()];
}

/** Whether a failure says that there is no such thing, or can be none: an id that is none, a log that production apps do not have. */
const isNone = (error: unknown) => error instanceof AdminError && [400, 404, 409].includes(error.status ?? 0);

type Coupon = Awaited<ReturnType<typeof client.showCoupon>>["coupon"];

const couponFound = ({ coupon, name, words }: Coupon, to: string): Found => ({
  kind: "coupon",
  title: name || coupon.out_coupon_id,
  about: words[currentLanguage()],
  to,
});
