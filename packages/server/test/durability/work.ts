import { defaultSettings } from "../../src/domain/access/settings.ts";
import type { ClaimRequest } from "../../src/domain/claims/claim.ts";
import type { Command } from "../../src/domain/decide.ts";
import { isRefusal } from "../../src/domain/outcome.ts";
import type { Claim } from "../../src/domain/records.ts";
import type { SqliteOptions } from "../../src/store/sqlite/open.ts";
import { aContent } from "../../testing/records.ts";

/**
 * What a recorded program does: a crowd that claims at once, and then so many claims by so many clients, each of which makes
 * one after another, from its `first` on.
 */
export type Work = {
  life: number;
  crowd: number;
  first: number;
  claims: number;
  clients: number;
  options: SqliteOptions;
};

/** That a client was told that its request came to a user coupon, and with `isUsed` that this was redeemed. */
export type Acknowledged = { client: number; i: number; id: string; isUsed?: true };

export const clock = () => 1_700_000_000;

export const APP = "a";
export const LIMIT = 3;
/** The coupon of which a person gets {@link LIMIT}, and the one that is soon gone. */
export const coupons = { plenty: 1_000_000, scarce: 60 } as const;

/** What there is before anybody claims. */
export const opening: Command[] = [
  {
    do: "createApp",
    appid: APP,
    secret: { salt: "s", digest: "d" },
    tokenQuota: 2000,
    settings: defaultSettings("gh_x"),
    sandbox: false,
  },
  ...Object.entries(coupons).flatMap(([outCouponId, total]): Command[] => [
    { do: "addCoupon", content: { ...aContent({ total, limitPerPerson: total > 60 ? LIMIT : null }), outCouponId } },
    { do: "changeCouponStatus", appid: APP, outCouponId, to: "active" },
  ]),
];

/** What a client asks for the i-th time. Every tenth is of a few people, who soon have all that they may have. */
export const requestOf = (client: number, i: number): ClaimRequest => ({
  appid: APP,
  requestId: `${client}-${i}`,
  openid: `person ${i % 10 === 0 ? i % 3 : (client * 7919 + i * 104_729) % 1000}`,
  outCouponId: i % 8 === 7 ? "scarce" : "plenty",
});

export const isGranted = (answer: object): answer is { result: Claim } => !isRefusal(answer);

/** Every seventh is redeemed. */
export const redeemOf = ({ openid, outCouponId, outUserCouponId }: Claim, i: number): Command | undefined =>
  i % 7 === 0
    ? { do: "changeUserCouponStatus", appid: APP, openid, outCouponId, outUserCouponId, to: "used" }
    : undefined;
