import { CouponApiError, createClient } from "@quanku/sdk";

const client = createClient({
  baseUrl: "http://127.0.0.1:8080",
  appid: "wx9e20708660a0991b",
  secret: "quanku-demo-secret",
});

async function claim(openid: string, out_coupon_id: string) {
  try {
    const { user_coupon } = await client.claim({ openid, out_coupon_id }, { signal: AbortSignal.timeout(10_000) });
    return `${openid} holds ${user_coupon.out_coupon_id}`;
  } catch (error) {
    if (!(error instanceof CouponApiError)) throw error;
    if (error.reason === "sold_out") return "nothing is left";
    // With the same request_id the claim can go on later, and no second coupon is given.
    if (error.retryable) return `claim again with request_id ${error.requestId}`;
    return `${error.reason}: ${error.text}`;
  }
}

console.log(await claim("o1", "shop_direct_5"));
console.log(await claim("o1", "nothing_of_ours"));
