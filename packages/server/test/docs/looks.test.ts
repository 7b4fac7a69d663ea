import { codes, type Errcode } from "@quanku/protocol/codes";
import { explanations } from "@quanku/protocol/explain";
import { expect, it } from "vitest";
import { demoApp, ensureDemoShop } from "../../src/cli/demo.ts";
import { startTestServer } from "../../testing/server.ts";
import { askAs } from "../../testing/tokens.ts";

/** Codes whose texts hold what a merchant, a clock or a crowd makes: they only begin as the code does. */
const notMadeHere: Errcode[] = [-1, 45009, 45011, 48001, 300000, 990010, 1090020, 1090031, 1090032, 1090060];

/** Texts that tell of a merchant, a moment or an order: other tests have them. */
const ofOthers = /callback declined|the callback|claimed from|cannot be used/;

const coupon = (changes: object = {}, info: object = {}) => ({
  coupon: {
    out_coupon_id: "c1",
    type: 104,
    promote_type: 4,
    coupon_info: {
      name: "立减5元",
      promote_info: { promote_type: 4 },
      discount_info: { discount_fee: 500 },
      receive_info: { total_num: 10, limit_num_one_person: 1 },
      ...info,
    },
    ...changes,
  },
});
const claim = (id: string, more: object = {}) => ({ openid: "o1", out_coupon_id: id, request_id: "r1", ...more });
const held = { out_user_coupon_id: "u1", out_coupon_id: "shop_direct_5", status: 100 };

/** Requests that go wrong, in order: the shop is the demo's. */
const wrong: [call: string, body: object | string][] = [
  ["/shop/coupon/getlist", {}],
  ["/shop/coupon/get_list", {}],
  ["/shop/coupon/get_list", ""],
  ["/shop/coupon/get_list", "page_size=1"],
  ["/shop/coupon/get_list", { page_size: "many" }],
  ["/shop/coupon/get_list", { page_size: 500 }],
  ["/shop/coupon/get", { out_coupon_id: "x".repeat(129) }],
  ["/shop/coupon/get", { out_coupon_id: "summer" }],
  ["/shop/coupon/add", coupon({ type: 7 })],
  ["/shop/coupon/add", coupon({ type: 101 }, { discount_info: { discount_condition: { product_cnt: 1 } } })],
  ["/shop/coupon/add", coupon({}, { discount_info: undefined })],
  [
    "/shop/coupon/add",
    coupon({ type: 1 }, { discount_info: { discount_condition: { product_cnt: 1 }, discount_num: 1 } }),
  ],
  ["/shop/coupon/add", coupon({}, { receive_info: { total_num: 1, start_time: 2, end_time: 1 } })],
  ["/shop/coupon/add", coupon({}, { note: "x".repeat(65_536) })],
  ["/shop/coupon/add", coupon()],
  ["/shop/coupon/add", coupon({ promote_type: 5 })],
  [
    "/shop/coupon/update_coupon_stock",
    { coupon_stock: { out_coupon_id: "c1", stock_info: { issued_num: 1, receive_num: 0 } } },
  ],
  ["/shop/coupon/add_user_coupon", { openid: "o1", user_coupon: { ...held, out_coupon_id: "c1" } }],
  ["/shop/coupon/add_user_coupon", { user_coupon: held }],
  ["/shop/coupon/add_user_coupon", { openid: "o 1", user_coupon: held }],
  ["/shop/coupon/update_usercoupon_status", { openid: "o1", ...held, status: 102 }],
  ["/shop/coupon/update_status", { out_coupon_id: "c1", status: 2 }],
  ["/shop/coupon/update", coupon()],
  ["/quanku/coupon/claim", claim("c1")],
  ["/quanku/coupon/claim", claim("shop_direct_5")],
  ["/quanku/coupon/claim", claim("c1", { request_id: "r2" })],
  [
    "/shop/coupon/update_coupon_stock",
    { coupon_stock: { out_coupon_id: "c1", stock_info: { issued_num: 0, receive_num: 10 } } },
  ],
  ["/quanku/coupon/claim", claim("c1", { openid: "o2", request_id: "r3" })],
  ["/quanku/coupon/redeem", { out_order_id: "order-1" }],
  ["/shop/coupon/confirm", {}],
];

it("what a code's page shows is what a server answers", async () => {
  const server = await startTestServer({ adapter: "memory" });
  await ensureDemoShop(server);
  const { access_token: token } = await askAs(server, demoApp);
  const said = new Set<string>();
  const ask = async (path: string, init: RequestInit = {}) => {
    const { errmsg } = await server.json(await server.fetch(path, init));
    if (typeof errmsg === "string") said.add(errmsg.replace(/ rid: \S+$/, ""));
  };
  for (const [path, body] of wrong)
    await ask(`${path}?access_token=${token}`, {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  const tokenQueries = [
    "",
    "appid=nobody",
    `appid=${demoApp.appid}`,
    `grant_type=client_credential&appid=${demoApp.appid}`,
    `grant_type=client_credential&appid=${demoApp.appid}&secret=wrong`,
  ];
  for (const query of tokenQueries) await ask(`/cgi-bin/token?${query}`);
  await ask(`/sns/jscode2session?grant_type=authorization_code&appid=${demoApp.appid}&secret=${demoApp.secret}`);
  await ask("/cgi-bin/token", { method: "DELETE" });
  await ask("/shop/coupon/get");
  await ask("/shop/coupon/get", { method: "POST" });
  await ask("/shop/coupon/get?access_token=nobody-s", { method: "POST" });
  server.clock.now += 7201;
  await ask(`/shop/coupon/get?access_token=${token}`, { method: "POST" });
  await server.close();

  for (const [name, { looks }] of Object.entries(explanations)) {
    const errcode = Number(name) as Errcode;
    if (errcode !== 0) expect(looks.length, name).toBeGreaterThan(0);
    for (const look of looks) expect(look.startsWith(codes[errcode].text), look).toBe(true);
    const made = looks.filter((look) => !notMadeHere.includes(errcode) && !ofOthers.test(look));
    expect(
      made.filter((look) => !said.has(look)),
      `no server says so; it says ${[...said].join("\n")}`,
    ).toEqual([]);
  }
});
