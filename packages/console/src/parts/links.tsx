import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useCall } from "../data/calls.ts";
import { useAppid } from "../data/session.ts";
import { currentLanguage } from "../words/language.ts";
import "./links.css";

type Led = { to: string; params: Readonly<Record<string, string>>; children: ReactNode };

/** Leads to a page of the app that is shown. */
export function ToPage({ to, params, children }: Led) {
  const appid = useAppid();
  return (
    <Link to={`/$appid${to}` as never} params={{ appid, ...params } as never}>
      {children}
    </Link>
  );
}

/** A person, by their openid. */
export const PersonLink = ({ openid }: { openid: string }) => (
  <ToPage to="/people/$openid" params={{ openid }}>
    <code>{openid}</code>
  </ToPage>
);

/** An order, by its id. */
export const OrderLink = ({ id }: { id: string }) => (
  <ToPage to="/orders/$orderId" params={{ orderId: id }}>
    <code>{id}</code>
  </ToPage>
);

/** A user coupon, by its id. */
export const UserCouponLink = ({ couponId, id }: { couponId: string; id: string }) => (
  <ToPage to="/user-coupons/$couponId/$userCouponId" params={{ couponId, userCouponId: id }}>
    <code>{id}</code>
  </ToPage>
);

/** A coupon by its name, or by its id until that is read; with `worth` also what it gives in words. */
export function CouponLink({ id, worth = false }: { id: string; worth?: boolean }) {
  const { name, words } = useCouponWords(id);
  return (
    <span className="coupon-link">
      <ToPage to="/coupons/$couponId" params={{ couponId: id }}>
        {name}
      </ToPage>
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
