import { callNames, callPath, loginPath, tokenPaths } from "@quanku/protocol/calls";
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

type Content<Shown> = { content: { "application/json": { schema: Node } & Shown } };
type Operation = {
  requestBody?: Content<{ example: object }>;
  responses: { 200: Content<{ examples: Record<string, { value: object }> }> };
};

const bodies = Object.values(paths).flatMap((path) =>
  Object.values(path as Record<string, Operation & { operationId: string }>).flatMap(
    ({ operationId, requestBody, responses }) => {
      const asked = requestBody?.content["application/json"];
      const told = responses[200].content["application/json"];
      const examples = Object.values(told.examples).map(({ value }) => value);
      return [
        ...(asked ? [{ place: `${operationId} request`, schema: asked.schema, examples: [asked.example] }] : []),
        { place: `${operationId} reply`, schema: told.schema, examples },
      ];
    },
  ),
);
const failure = { place: "Failure", schema: components.schemas.Failure as Node };
const schemas = [...bodies, failure].flatMap(({ place, schema }) => [...schemasOf(schema, place)]);

describe("the OpenAPI document", () => {
  it("has every call, both fetches of a token, and the login", () => {
    expect(Object.keys(paths)).toEqual([...Object.values(tokenPaths), loginPath, ...callNames.map(callPath)]);
  });

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
