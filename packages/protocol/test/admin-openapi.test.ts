import { parametersOf, roles, routeNames, routeOf } from "@quanku/protocol/admin";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { adminOpenapi } from "../reference/admin/openapi.ts";
import type { Node } from "../reference/admin/schemas.ts";
import { openapi } from "../reference/openapi.ts";

const document = adminOpenapi();
const { paths, components } = document;

type Operation = {
  operationId: string;
  "x-role": string;
  security?: object[];
  parameters: { name: string; in: string; required: boolean; description?: string; schema: Node }[];
  requestBody?: { content: Record<string, { schema: Node }> };
  responses: Record<string, { content?: Record<string, { schema: Node }> }>;
};
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods as Record<string, Operation>).map(([method, operation]) => ({ path, method, ...operation })),
);

/** A schema and all that it is made of, each by its place. */
function* partsOf(node: Node, place: string): Generator<[string, Node]> {
  yield [place, node];
  for (const [name, member] of Object.entries(node.properties ?? {})) yield* partsOf(member, `${place}.${name}`);
  if (node.items) yield* partsOf(node.items, `${place}[]`);
  for (const [at, one] of (node.anyOf ?? []).entries()) yield* partsOf(one, `${place}|${at}`);
}
const wholes: [string, Node][] = [
  ...operations.flatMap(({ operationId, requestBody, responses }) => {
    const contents = [requestBody?.content, ...Object.values(responses).map(({ content }) => content)];
    return contents
      .flatMap((content) => Object.values(content ?? {}))
      .map(({ schema }): [string, Node] => [operationId, schema]);
  }),
  ...Object.entries<Node>(components.schemas),
];
const parts = wholes.flatMap(([place, schema]) => [...partsOf(schema, place)]);

describe("the OpenAPI document of operators' calls", () => {
  it.each([
    ["operators' calls", document],
    ["coupon calls", openapi()],
  ])("is one of OpenAPI 3.1, and so is the other: %s", async (_, one) => {
    const validator = new Validator();
    const result = await validator.validate(JSON.parse(JSON.stringify(one)));
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
    expect(validator.version).toBe("3.1");
  });

  it("has every call at its place, with its role", () => {
    const told = operations.map(({ operationId, method, path, "x-role": role }) => ({
      operationId,
      method,
      path,
      role,
    }));
    const table = routeNames.map((operationId) => {
      const { method, path, role } = routeOf(operationId);
      return { operationId, method: method.toLowerCase(), path, role };
    });
    const byName = (one: { operationId: string }, other: { operationId: string }) =>
      one.operationId.localeCompare(other.operationId);
    expect(told.toSorted(byName)).toEqual(table.toSorted(byName));
    for (const { "x-role": role, security } of operations) expect(security).toEqual(role === "anyone" ? [] : undefined);
    for (const role of roles) expect(document.info.description).toContain(`\`${role}\``);
  });

  it("describes every parameter of path and query, and every member of bodies and replies", () => {
    for (const { operationId, parameters } of operations) {
      const of = (place: string) => parameters.filter((one) => one.in === place).map(({ name }) => name);
      const name = operationId as (typeof routeNames)[0];
      expect(of("path"), operationId).toEqual(parametersOf(name));
      expect(of("query"), operationId).toEqual(Object.keys(routeOf(name).query?.shape ?? {}));
      for (const { name, description } of parameters) expect(description, `${operationId} ${name}`).toMatch(/\.$/);
    }
    const members = parts.filter(([place]) => /\.\w+$/.test(place));
    expect(members.length).toBeGreaterThan(200);
    expect(members.filter(([, { description }]) => !description?.endsWith(".")).map(([place]) => place)).toEqual([]);
  });

  it("says of every schema what type it is, and names only what is there", () => {
    const untyped = parts.filter(
      ([, { type, anyOf, $ref, const: only, enum: choices }]) =>
        !type && !anyOf && !$ref && only === undefined && !choices,
    );
    expect(untyped.map(([place]) => place)).toEqual([]);
    const known = Object.keys(components.schemas).map((name) => `#/components/schemas/${name}`);
    const refs = parts.flatMap(([, { $ref }]) => $ref ?? []);
    expect(refs.filter((ref) => !known.includes(ref))).toEqual([]);
    const unused = known.filter((ref) => !refs.includes(ref));
    expect(unused, "the problem is named by the responses").toEqual(["#/components/schemas/Problem"]);
  });

  it("is made of schemas that a validator takes", () => {
    const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true, keywords: ["components"] });
    for (const [place, schema] of wholes) expect(() => ajv.compile({ ...schema, components }), place).not.toThrow();
  });
});
