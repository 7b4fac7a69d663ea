import { lazyRouteComponent } from "@tanstack/react-router";

/** The pages of an app: each address after `/console/<appid>`, and the file that shows it, fetched when it is first gone to. */
export const appPages = {
  "/": lazyRouteComponent(() => import("../pages/overview/overview.tsx"), "Overview"),
  "/coupons": lazyRouteComponent(() => import("../pages/coupons/coupon-list.tsx"), "CouponList"),
  "/coupons/new": lazyRouteComponent(() => import("../pages/wizard/wizard.tsx"), "NewCoupon"),
  "/coupons/$couponId": lazyRouteComponent(() => import("../pages/coupons/coupon.tsx"), "CouponPage"),
  "/coupons/$couponId/edit": lazyRouteComponent(() => import("../pages/wizard/wizard.tsx"), "EditCoupon"),
  "/hand-outs": lazyRouteComponent(() => import("../pages/hand-outs/hand-outs.tsx"), "HandOuts"),
  "/hand-outs/new": lazyRouteComponent(() => import("../pages/hand-outs/new-hand-out.tsx"), "NewHandOut"),
  "/hand-outs/$handOut": lazyRouteComponent(() => import("../pages/hand-outs/hand-out.tsx"), "HandOutPage"),
  "/people": lazyRouteComponent(() => import("../pages/people/people.tsx"), "People"),
  "/people/$openid": lazyRouteComponent(() => import("../pages/people/person.tsx"), "PersonPage"),
  "/user-coupons/$couponId/$userCouponId": lazyRouteComponent(
    () => import("../pages/people/user-coupon.tsx"),
    "UserCouponPage",
  ),
  "/orders": lazyRouteComponent(() => import("../pages/orders/orders.tsx"), "Orders"),
  "/orders/$orderId": lazyRouteComponent(() => import("../pages/orders/order.tsx"), "OrderPage"),
  "/reports": lazyRouteComponent(() => import("../pages/reports/reports.tsx"), "Reports"),
  "/callbacks": lazyRouteComponent(() => import("../pages/callbacks/lab.tsx"), "CallbackLab"),
  "/calls": lazyRouteComponent(() => import("../pages/calls/calls.tsx"), "Calls"),
  "/calls/$rid": lazyRouteComponent(() => import("../pages/calls/call.tsx"), "CallPage"),
  "/try": lazyRouteComponent(() => import("../pages/try/try.tsx"), "TryIt"),
  "/sandbox": lazyRouteComponent(() => import("../pages/sandbox/sandbox.tsx"), "Sandbox"),
  "/settings": lazyRouteComponent(() => import("../pages/settings/settings.tsx"), "Settings"),
  "/ledger": lazyRouteComponent(() => import("../pages/ledger/ledger.tsx"), "Ledger"),
} as const;

/** The pages of the house, after `/console/~`, which no appid can be. */
export const housePages = {
  "/access": lazyRouteComponent(() => import("../pages/access/access.tsx"), "Access"),
  "/health": lazyRouteComponent(() => import("../pages/health/health.tsx"), "Health"),
  "/account": lazyRouteComponent(() => import("../pages/access/account.tsx"), "Account"),
} as const;
