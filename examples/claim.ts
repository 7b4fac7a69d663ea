/**
 * A mini program's backend on the SDK: somebody logs in with a code and claims a coupon. `npm run example:claim -- xiaoming tea-5`,
 * of the app that APPID and SECRET name, which is a sandbox.
 */
import { CouponApiError, createClient } from "@quanku/sdk";

const { BASE_URL: baseUrl = "http://127.0.0.1:8080" } = process.env;
const { APPID: appid = "wx9e20708660a0991b", SECRET: secret = "quanku-demo-secret" } = process.env;
const [code = "xiaoming", out_coupon_id = "shop_direct_5"] = process.argv.slice(2);

const client = createClient({ baseUrl, appid, secret });

try {
  const { openid } = await client.code2Session(code);
  console.log(`${code} is ${openid}`);
  const { user_coupon } = await client.claim({ openid, out_coupon_id });
  const until = new Date(user_coupon.end_time * 1000).toISOString();
  console.log(`${openid} was given ${user_coupon.out_user_coupon_id}, good until ${until}`);
} catch (error) {
  if (!(error instanceof CouponApiError)) throw error;
  console.log(error.message);
  process.exitCode = 1;
}
