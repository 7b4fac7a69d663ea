import { createMemoryHistory, createRootRoute, createRoute, createRouter } from "@tanstack/react-router";
import { describe, expect, it } from "vitest";
import { appPages, housePages } from "../src/app/pages.tsx";
import { addressesOf, houseAddresses } from "../src/ui/addresses.ts";

const root = createRootRoute();
const routeOf = (path: string) => createRoute({ getParentRoute: () => root, path });
const router = createRouter({
  routeTree: root.addChildren(
    [
      "/",
      ...Object.keys(housePages).map((path) => `/~${path}`),
      ...Object.keys(appPages).map((path) => `/$appid${path}`),
    ].map(routeOf),
  ),
  basepath: "/console",
  history: createMemoryHistory(),
});

/** Which page an address leads to, once it was written into the browser's address bar and read again, and what that names. */
function reached(address: string) {
  const { href } = router.buildLocation({ to: address });
  router.history.replace(new URL(href, "http://shop").href.slice("http://shop".length));
  const { fullPath, params } = router.matchRoutes(router.parseLocation(router.history.location)).at(-1) ?? {};
  return { page: fullPath, params };
}

const hostile = [
  "a/b",
  "/",
  "50%",
  "a%2Fb",
  "a?b",
  "a#b",
  "a b",
  "../x",
  "a..b",
  "$openid",
  "{$x}",
  "a+b",
  "a\\b",
  "券 1",
];
const to = addressesOf("wx9e20708660a0991b");
const appid = "wx9e20708660a0991b";

describe("the addresses of pages", () => {
  it.each(hostile)("bring the id %s back as it was", (id) => {
    expect(reached(to.coupon(id))).toEqual({ page: "/$appid/coupons/$couponId", params: { appid, couponId: id } });
    expect(reached(to.editCoupon(id)).params).toEqual({ appid, couponId: id });
    expect(reached(to.userCoupon(id, `${id}2`)).params).toEqual({ appid, couponId: id, userCouponId: `${id}2` });
  });

  it("lead to every page that there is", () => {
    const all = [...Object.values(to), ...Object.values(houseAddresses)].map((one) =>
      reached(typeof one === "string" ? one : one("id", "id2")).page?.replace(/(?<=.)\/$/, ""),
    );
    const pages = [
      ...Object.keys(appPages).map((path) => `/$appid${path}`.replace(/\/$/, "")),
      "/",
      ...Object.keys(housePages).map((path) => `/~${path}`),
    ];
    expect(all.sort()).toEqual(pages.sort());
  });
});
