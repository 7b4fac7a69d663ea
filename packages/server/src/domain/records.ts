/** A closed interval of time, Unix seconds. */
export type Interval = { start: number; end: number };

/** When a coupon a person holds can be used: a fixed interval, or a length counted from the claim. */
export type Validity =
  | { kind: "fixed"; interval: Interval }
  | { kind: "days"; days: number }
  | { kind: "seconds"; seconds: number };

/** What the rules read from a merchant's document: read once, when the document arrives. */
export type Terms = {
  /** When the coupon can be claimed; null: at any time. */
  claimWindow: Interval | null;
  /** How many one person may be given; null: no limit. */
  limitPerPerson: number | null;
  /** The stock that activation creates. */
  total: number;
  /** null where the document states none. */
  validity: Validity | null;
};

export type CouponKind =
  | "product_conditional_discount"
  | "product_full_reduction"
  | "product_flat_discount"
  | "product_direct_reduction"
  | "product_trade_in"
  | "product_buy_and_get"
  | "shop_conditional_discount"
  | "shop_full_reduction"
  | "shop_flat_discount"
  | "shop_direct_reduction";

/** `draft` can be edited; `active` can be claimed; `withdrawn` occurs in imported shops only and leads nowhere. */
export type CouponStatus = "withdrawn" | "draft" | "active" | "expired" | "void";

/** A coupon's definition. Times are Unix seconds. */
export type Coupon = {
  appid: string;
  outCouponId: string;
  /** 0, 1, 2, … in the app, in order of creation; fixed when it is added. */
  position: number;
  kind: CouponKind;
  /** Where the coupon is promoted, as the merchant numbers it. */
  channel: number;
  /** The merchant's document as JSON text; kept and served as it came. */
  document: string;
  terms: Terms;
  status: CouponStatus;
  createdAt: number;
  updatedAt: number;
  /** When it was first activated; null if it never was. */
  activatedAt: number | null;
};

/** What is left of a coupon and what was handed out; exists from its activation on. */
export type Stock = {
  appid: string;
  outCouponId: string;
  /** Its coupon's. */
  position: number;
  remaining: number;
  claimed: number;
  createdAt: number;
  updatedAt: number;
};

export type UserCouponStatus = "effective" | "expired" | "used" | "given_up";

/** A coupon held by a person. Times are Unix seconds. */
export type UserCoupon = {
  appid: string;
  outCouponId: string;
  outUserCouponId: string;
  openid: string;
  /** 0, 1, 2, … in the person's wallet, in order of recording. */
  slot: number;
  status: UserCouponStatus;
  createdAt: number;
  updatedAt: number;
  receivedAt: number;
  /** When it can be used; 0 and 0 where the coupon states no validity. */
  validity: Interval;
  usedAt: number | null;
};

/** A claim that was granted: what answers its request, now and whenever it is repeated. It never changes. */
export type Claim = {
  appid: string;
  /** The claimer's own id of the request, unique in the app. */
  requestId: string;
  outCouponId: string;
  outUserCouponId: string;
  openid: string;
  claimedAt: number;
  validity: Interval;
};

/** A token as it is kept: never its text. */
export type IssuedToken = {
  /** What the token was derived from, together with the app's secret. */
  nonce: string;
  /** SHA-256 of the token's text, base64url. */
  digest: string;
  /** When its life of 7200 s ends. */
  expiresAt: number;
  /** Until when it is honoured: `expiresAt`, or earlier once it is superseded. */
  honouredUntil: number;
};

/** What is known of one kind of token of an app. */
export type TokenState = {
  current: IssuedToken | null;
  previous: IssuedToken | null;
  /** When a renewal was last forced; 0: never. */
  forcedAt: number;
  /** The day the fetches are counted for, in days since 1970 of UTC+8. */
  quotaDay: number;
  fetches: number;
};

export type TokenKind = "regular" | "stable";

/** A tenant of the server. */
export type App = {
  appid: string;
  createdAt: number;
  /** Salted SHA-256 of the app's secret, base64url. */
  secret: { salt: string; digest: string };
  /** Token fetches a day, for each kind of token. */
  tokenQuota: number;
  tokens: Record<TokenKind, TokenState>;
};

/** A stored thing, tagged with what it is. */
export type StoredRecord =
  | { record: "app"; value: App }
  | { record: "coupon"; value: Coupon }
  | { record: "stock"; value: Stock }
  | { record: "userCoupon"; value: UserCoupon }
  | { record: "claim"; value: Claim };

/** What a command needs to know before it can be decided. */
export type RecordKey =
  | { need: "app"; appid: string }
  /** The coupon and its stock. */
  | { need: "coupon"; appid: string; outCouponId: string }
  /** How many coupons the app has. */
  | { need: "catalogueSize"; appid: string }
  | { need: "userCoupon"; appid: string; outCouponId: string; outUserCouponId: string }
  | { need: "claim"; appid: string; requestId: string }
  /** How many user coupons the person has, of all coupons. */
  | { need: "walletSize"; appid: string; openid: string }
  /** How many of one coupon the person was given; comes with a key of that coupon. */
  | { need: "held"; appid: string; outCouponId: string; openid: string };
