import { callNames, callPath } from "@quanku/protocol/calls";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import type { JsonSchema } from "../reference/fields.ts";
import { openapi } from "../reference/openapi.ts";

const { paths, components } = openapi();
type Node = JsonSchema & { $ref?: string };

/** Every schema in the document that a body is made of, by the place it stands at. */
function* schemasOf(schema: Node, place: string): Generator<[string, Node]> {
  yield [place, schema];
  for (const [name, member] of Object.entries(schema.properties ?? {})) yield* schemasOf(member, `${place}.${name}`);
  if (schema.items) yield* schemasOf(schema.items, `${place}[]`);
  for (const [i, one] of (schema.anyOf ?? []).entries()) yield* schemasOf(one, `${place}|${i}`);
}

const bodies = callNames.flatMap((call) => {
  const { requestBody, responses } = (paths[callPath(call)] as (typeof paths)[string]).post;
  const [asked, told] = [requestBody.content["application/json"], responses[200].content["application/json"]];
  return [
    { place: `${call} request`, schema: asked.schema as Node, examples: [asked.example] },
    {
      place: `${call} reply`,
      schema: told.schema as Node,
      examples: Object.values(told.examples).map(({ value }) => value),
    },
  ];
});
const failure = { place: "Failure", schema: components.schemas.Failure as Node };
const schemas = [...bodies, failure].flatMap(({ place, schema }) => [...schemasOf(schema, place)]);

describe("the OpenAPI document", () => {
  it("says of every field what it means and of which type it is", () => {
    const fields = schemas.filter(([place]) => /\.\w+$/.test(place));
    expect(fields.length).toBeGreaterThan(300);
    expect(fields.filter(([, { description }]) => !description?.endsWith(".")).map(([place]) => place)).toEqual([]);
    const untyped = schemas.filter(([, { type, anyOf, $ref }]) => type === undefined && !anyOf && !$ref);
    expect(untyped.map(([place]) => place)).toEqual([]);
  });

  it("says of every number and name of a set what it means", () => {
    const silent = schemas.flatMap(([place, { enum: members = [], description = "" }]) =>
      members.filter((one) => !description.includes(`\`${one}\` `)).map((one) => `${place}: ${one}`),
    );
    expect(silent).toEqual([]);
    expect(schemas.filter(([, schema]) => schema.enum).length).toBeGreaterThan(20);
  });

  it("lets objects hold what nobody knows in the merchant's document alone, and says so", () => {
    for (const [place, { additionalProperties, description }] of schemas) {
      const isTheirs = /\.coupon_info(\.(?!ext_info)\w+)*$/.test(place) && description?.includes("Further members");
      expect(additionalProperties, place).toBe(isTheirs ? true : undefined);
    }
  });

  it.each(bodies)("shows a body that its schema takes: $place", ({ schema, examples }) => {
    const ajv = new Ajv2020({ strict: true, allErrors: true, keywords: ["components"] });
    const validate = ajv.compile({ ...schema, components });
    for (const body of examples) expect(validate(body), ajv.errorsText(validate.errors)).toBe(true);
  });
});
