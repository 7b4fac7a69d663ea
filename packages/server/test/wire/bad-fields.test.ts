import type { CallName } from "@quanku/protocol/calls";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { badBodies, type Field, fieldsOf, sampleCouponFields, unsetSpellings } from "./bad-fields.ts";
import { absent, type JsonObject, numbersAsStrings, shown, withAt } from "./support/json.ts";
import { callNames, dump, goodBodies, openShop, type Shop, send } from "./support/shop.ts";

const fields: Record<CallName, readonly Field[]> = {
  ...fieldsOf,
  add: sampleCouponFields,
  update: sampleCouponFields,
};

describe.each(callNames.filter((call) => fields[call].length > 0))("%s with one field wrong", (call) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.server.close());

  const cases = badBodies(goodBodies[call], fields[call]).map((bad) => [bad.name, bad.errcode, bad] as const);
  it.each(cases)("%s: %i", async (_, errcode, { body, names }) => {
    const before = await dump(shop.server);
    const reply = await send(shop.server, call, `?access_token=${shop.app.accessToken}`, {
      method: "POST",
      body: JSON.stringify(body),
    });
    expect(reply).toMatchObject({ status: 200, errcode });
    expect(reply.errmsg).toContain(names);
    expect(Object.keys(reply)).toEqual(["status", "errcode", "errmsg"]);
    expect(await dump(shop.server)).toBe(before);
  });
});

/** The control of the tables above: without their one fault the bodies do succeed. */
describe.each(callNames.filter((call) => call !== "confirm"))("%s with no field wrong", (call) => {
  const good = goodBodies[call];
  const optional = fields[call].filter(([, , absence]) => absence === undefined);

  const accepted: [string, JsonObject][] = [
    ["every field filled in", good],
    ["numbers as numeric strings", numbersAsStrings(good) as JsonObject],
    ["unknown fields beside the known ones", { ...good, unknown: { of: ["any", { shape: 1.5 }] } }],
    ["unknown fields that are null", { ...good, unknown: null }],
    // A type 101 coupon cannot do without its condition, which no table marks as required in itself.
    ...optional
      .filter(([path]) => !path.endsWith(".discount_condition"))
      .flatMap(([path, rule]) =>
        [absent, ...unsetSpellings(rule)].map((value): [string, JsonObject] => [
          `${path} ${shown(value)}`,
          withAt(good, path, value),
        ]),
      ),
  ];

  it.each(accepted)("%s", async (_, body) => {
    const { server, app } = await openShop("memory");
    onTestFinished(() => server.close());
    expect(await app.call(call, body)).toMatchObject({ errcode: 0 });
  });
});
