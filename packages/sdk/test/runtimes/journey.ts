import { CouponApiError, createClient } from "@quanku/sdk";

/** An app, and a name that nothing in it has yet. */
export type Given = { baseUrl: string; appid: string; secret: string; name: string };

/** What every runtime does with the SDK alone: a token, a coupon, a list, a claim, and a refusal. Plain JSON. */
export async function journey({ name, ...shop }: Given) {
  const client = createClient(shop);
  await client.add({
    coupon: {
      out_coupon_id: name,
      type: 104,
      promote_type: 4,
      coupon_info: {
        name: `五元券 ${name}`,
        promote_info: { promote_type: 4 },
        discount_info: { discount_fee: 500 },
        receive_info: { total_num: 10 },
        valid_info: { valid_type: 2, valid_day_num: 1 },
      },
    },
  });
  await client.update_status({ out_coupon_id: name, status: 2 });
  const listed: string[] = [];
  for await (const { coupon } of client.coupons({ pageSize: 2 }))
    if (coupon.out_coupon_id === name) listed.push(coupon.coupon_info.name);
  const claimed = await client.claim({ openid: `of-${name}`, out_coupon_id: name });
  const again = await client.claim({ openid: `of-${name}`, out_coupon_id: "nowhere" }).catch((error: unknown) => error);
  const { code, reason, requestId } = again instanceof CouponApiError ? again : {};
  const away = await createClient({ ...shop, baseUrl: "http://127.0.0.1:1", retries: 0 })
    .get({ out_coupon_id: name })
    .catch((error: unknown) => error);
  const { kind, message } = away instanceof CouponApiError ? away : {};
  const leaked = JSON.stringify([message, String(away)]).includes(shop.secret);
  const giving = new AbortController();
  giving.abort();
  const aborted = await client.get({ out_coupon_id: name }, { signal: giving.signal }).catch((error) => error.kind);
  return {
    listed,
    claimed: claimed.user_coupon.openid,
    refused: { code, reason, hasRequestId: typeof requestId === "string" && requestId.length === 36 },
    away: { kind, leaked },
    aborted,
  };
}
