/** What an address says after `?`. */
export type Search = Readonly<Record<string, string>>;

/** The addresses of an app's pages, and of what they show, as paths after `/console`. Ids are texts: whatever stands in them. */
export function addressesOf(appid: string) {
  const at = (...parts: readonly string[]) => `/${[appid, ...parts].map(encodeURIComponent).join("/")}`;
  return {
    overview: at(),
    coupons: at("coupons"),
    newCoupon: at("coupons", "new"),
    coupon: (id: string) => at("coupons", id),
    editCoupon: (id: string) => at("coupons", id, "edit"),
    handOuts: at("hand-outs"),
    newHandOut: at("hand-outs", "new"),
    handOut: (id: string) => at("hand-outs", id),
    people: at("people"),
    person: (openid: string) => at("people", openid),
    userCoupon: (couponId: string, id: string) => at("user-coupons", couponId, id),
    orders: at("orders"),
    order: (id: string) => at("orders", id),
    reports: at("reports"),
    callbacks: at("callbacks"),
    calls: at("calls"),
    call: (rid: string) => at("calls", rid),
    try: at("try"),
    sandbox: at("sandbox"),
    settings: at("settings"),
    ledger: at("ledger"),
  };
}

type Addresses = ReturnType<typeof addressesOf>;

/** The pages that are found without an id. */
export type PageName = { [Name in keyof Addresses]: Addresses[Name] extends string ? Name : never }[keyof Addresses];

/** The addresses of what belongs to no app. */
export const houseAddresses = { home: "/", access: "/~/access", health: "/~/health", account: "/~/account" } as const;
