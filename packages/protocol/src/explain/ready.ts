import type { CallName } from "../calls/table.ts";

/** A body that works on the demo shop as it is made, once the calls in `after` were sent as their pages have them. */
export type ReadyBody = { body: object; after?: readonly CallName[] };

/** The demo shop, whose secret everybody may know: it is served on loopback only. */
export const demoShop = { appid: "wx9e20708660a0991b", secret: "quanku-demo-secret" };

const cup = {
  out_coupon_id: "my_first_coupon",
  type: 104,
  promote_type: 4,
  coupon_info: {
    name: "立减5元",
    promote_info: { promote_type: 4 },
    discount_info: { discount_fee: 500 },
    receive_info: { limit_num_one_person: 1, total_num: 100 },
    valid_info: { valid_type: 2, valid_day_num: 30 },
  },
};
const held = { out_user_coupon_id: "my_user_coupon", out_coupon_id: "shop_direct_5" };
const cart = [{ out_product_id: "shirt", price: 9900, quantity: 2 }];

/** What each call's form begins with. */
export const readyBodies: Readonly<Record<CallName, ReadyBody>> = {
  confirm: { body: {} },
  add: { body: { coupon: cup } },
  get: { body: { out_coupon_id: "shop_direct_5" } },
  get_list: { body: { page_size: 3, offset: 2 } },
  update: { body: { coupon: { ...cup, coupon_info: { ...cup.coupon_info, name: "立减五元" } } }, after: ["add"] },
  update_status: { body: { out_coupon_id: "my_first_coupon", status: 2 }, after: ["add"] },
  update_coupon_stock: {
    body: { coupon_stock: { out_coupon_id: "shop_direct_5", stock_info: { issued_num: 9999, receive_num: 1 } } },
  },
  add_user_coupon: { body: { openid: "o1", user_coupon: { ...held, status: 100 } } },
  get_usercoupon_list: { body: { openid: "oIJ9d5Ad4JMhbybqJ3_J73LkR_Io", page_size: 10, offset: 0 } },
  update_user_coupon: {
    body: { openid: "o1", user_coupon: { ...held, ext_info: {} }, recv_time: 1_795_374_270 },
    after: ["add_user_coupon"],
  },
  update_usercoupon_status: { body: { openid: "o1", ...held, status: 102 }, after: ["add_user_coupon"] },
  claim: { body: { openid: "o2", out_coupon_id: "shop_direct_5", request_id: "my-claim-1" } },
  quote: { body: { openid: "o2", lines: cart } },
  lock: {
    body: { openid: "o2", out_order_id: "my-order-1", lines: cart, user_coupons: "best", ttl_seconds: 900 },
    after: ["claim"],
  },
  redeem: { body: { out_order_id: "my-order-1" }, after: ["lock"] },
  return: { body: { out_order_id: "my-order-1" }, after: ["redeem"] },
};
