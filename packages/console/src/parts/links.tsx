import { useCall } from "../data/calls.ts";
import { useAppid } from "../data/session.ts";
import { PageLink, useAddresses } from "../ui/link.tsx";
import { currentLanguage } from "../words/language.ts";
import "./links.css";

/** A person, by their openid. */
export const PersonLink = ({ openid }: { openid: string }) => (
  <PageLink to={useAddresses().person(openid)}>
    <code>{openid}</code>
  </PageLink>
);

/** An order, by its id. */
export const OrderLink = ({ id }: { id: string }) => (
  <PageLink to={useAddresses().order(id)}>
    <code>{id}</code>
  </PageLink>
);

/** A user coupon, by its id. */
export const UserCouponLink = ({ couponId, id }: { couponId: string; id: string }) => (
  <PageLink to={useAddresses().userCoupon(couponId, id)}>
    <code>{id}</code>
  </PageLink>
);

/** A coupon by its name, or by its id until that is read; with `worth` also what it gives in words. */
export function CouponLink({ id, worth = false }: { id: string; worth?: boolean }) {
  const to = useAddresses();
  const { name, words } = useCouponWords(id);
  return (
    <span className="coupon-link">
      <PageLink to={to.coupon(id)}>{name}</PageLink>
      {worth && words !== "" && <span className="aside">{words}</span>}
    </span>
  );
}

/** A coupon's name, and what it gives in words; its id and nothing until they are read. */
export function useCouponWords(id: string): { name: string; words: string } {
  const appid = useAppid();
  const { data } = useCall("showCoupon", { appid, out_coupon_id: id }, { enabled: id !== "" });
  return { name: data?.coupon.name || id, words: data?.coupon.words[currentLanguage()] ?? "" };
}
