import {
  calls,
  type Parsed,
  parseBody,
  type Schema,
  snapshotCoupon,
  snapshotUserCoupon,
  tokenRequest,
} from "@quanku/protocol/calls";
import { describe, expect, it } from "vitest";
import { type JsonSchema, jsonSchemaOf } from "../../../protocol/reference/fields.ts";
import { sampleCoupon } from "../../testing/coupons.ts";
import { fixture } from "./support/fixtures.ts";
import { absent, type JsonObject, shown, withAt } from "./support/json.ts";
import { callNames, goodBodies } from "./support/shop.ts";

const listed = fixture("get_list.response") as { result_list: JsonObject[] };
const stocked = listed.result_list.find((entry) => entry.coupon_stock) as JsonObject;
const held = fixture("get_usercoupon_list.response") as { result_list: JsonObject[] };

/** Every schema that reads what a client or a file says, and a body with every field filled in. */
const schemas: [string, Schema<unknown>, JsonObject][] = [
  ...callNames.map((call): [string, Schema<unknown>, JsonObject] => [call, calls[call].request, goodBodies[call]]),
  ["a token fetch", tokenRequest, { grant_type: "client_credential", appid: "a", secret: "s", force_refresh: true }],
  [
    "a coupon of a snapshot",
    snapshotCoupon,
    withAt(stocked, "coupon.coupon_info", { ...sampleCoupon("c").coupon_info, ext_info: { valid_time: 5 } }),
  ],
  ["a user coupon of a snapshot", snapshotUserCoupon, { user_coupon: { ...held.result_list[0], recv_time: 5 } }],
];

/** Fields to which 0 says something, in a coupon that needs them; and one to which an empty list does. */
const zeroSays = /\.(price|\w+_cnt|product_price|discount_num|discount_fee|valid_day_num|valid_second)$/;
const emptySays = /^user_coupons$/;

type Field = { path: string; type: string | undefined };

/** The fields of a schema that may be absent, in lists none. */
function optionalOf(schema: JsonSchema, path = ""): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, is]) => {
    const at = path ? `${path}.${name}` : name;
    const mayBeAbsent = !schema.required?.includes(name);
    return [...(mayBeAbsent ? [{ path: at, type: is.type }] : []), ...optionalOf(is, at)];
  });
}

/** What is read, or the fault that is told, as text: a member that is undefined is not there. */
const read = (schema: Schema<unknown>, body: JsonObject): string =>
  JSON.stringify(parseBody(schema, structuredClone(body)) as Parsed<unknown>);

const cases = schemas.flatMap(([name, schema, full]) =>
  optionalOf(jsonSchemaOf(schema)).flatMap(({ path, type }) =>
    ["", [], null, 0, ...(type === "integer" ? ["0"] : [])]
      .filter(
        (value) =>
          !((value === 0 || value === "0") && zeroSays.test(path)) && !(Array.isArray(value) && emptySays.test(path)),
      )
      .map((value) => ({
        field: `${name}: ${path} ${shown(value)}`,
        spelt: () => read(schema, withAt(full, path, value)),
        // Where an object is expected, an empty list is an empty object; a stock has no empty one.
        left: () =>
          read(
            schema,
            withAt(full, path, type === "object" && Array.isArray(value) && path !== "coupon_stock" ? {} : absent),
          ),
      })),
  ),
);

describe("a field that may be absent is absent where a client leaves it unset", () => {
  it("is asked of all of them", () => expect(cases.length).toBeGreaterThan(350));
  it.each(cases.map((one) => [one.field, one] as const))("%s", (_, { spelt, left }) => expect(spelt()).toBe(left()));
});

describe("a text of 0 says something", () => {
  const texts = schemas.flatMap(([name, schema, full]) =>
    optionalOf(jsonSchemaOf(schema))
      .filter(({ type }) => type === "string")
      .map(({ path }) => [`${name}: ${path}`, schema, full, path] as const),
  );
  it.each(texts)("%s", (_, schema, full, path) =>
    expect(read(schema, withAt(full, path, "0"))).not.toBe(read(schema, withAt(full, path, absent))),
  );
});

describe("a required object", () => {
  const required = [
    ["add", "coupon"],
    ["add", "coupon.coupon_info"],
    ["add", "coupon.coupon_info.promote_info"],
    ["add", "coupon.coupon_info.receive_info"],
    ["update_coupon_stock", "coupon_stock"],
    ["update_coupon_stock", "coupon_stock.stock_info"],
    ["add_user_coupon", "user_coupon"],
    ["update_user_coupon", "user_coupon"],
    ["update_user_coupon", "user_coupon.ext_info"],
  ] as const;
  it.each(required)("of %s, %s, may be sent as an empty list", (call, path) => {
    const schema: Schema<unknown> = calls[call].request;
    expect(read(schema, withAt(goodBodies[call], path, []))).toBe(read(schema, withAt(goodBodies[call], path, {})));
  });
});
