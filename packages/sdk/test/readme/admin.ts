import { AdminError, createAdminClient } from "@quanku/sdk/admin";

const admin = createAdminClient({ baseUrl: "http://127.0.0.1:8080", token: process.env.TOKEN });
const appid = "wx9e20708660a0991b";

for await (const { coupon, words, stock } of admin.all.listCoupons({ appid, status: "active" }))
  console.log(`${coupon.out_coupon_id}: ${words.en}, ${stock?.remaining} left`);

try {
  await admin.give({ appid, openid: "o7", out_coupon_id: "nothing_of_ours", request_id: "sorry-1" });
} catch (error) {
  if (!(error instanceof AdminError)) throw error;
  console.log(`${error.status} ${error.code}: ${error.detail}`);
}
