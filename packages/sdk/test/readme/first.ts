import { createClient } from "@quanku/sdk";

const client = createClient({
  baseUrl: "http://127.0.0.1:8080",
  appid: "wx9e20708660a0991b",
  secret: "quanku-demo-secret",
});

const { result } = await client.get({ out_coupon_id: "out_coupon_id_3" });
console.log(result.coupon.coupon_info.name);

let active = 0;
for await (const { coupon } of client.coupons()) if (coupon.status === 2) active++;
console.log(`${active} active coupons`);
