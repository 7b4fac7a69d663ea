import { type CallName, calls } from "@quanku/protocol/calls";
import { z } from "zod";
import type { JsonSchema } from "../../protocol/reference/fields.ts";

/** The part of JSON Schema that the wire's schemas come to. */
export type Shape = JsonSchema;

export type Side = "body" | "reply";

const shapes = new Map<string, Shape>();

/** What a call is sent, or answers beside `errcode: 0`. */
export function shapeOf(call: CallName, side: Side): Shape {
  const key = `${call} ${side}`;
  const known = shapes.get(key);
  if (known) return known;
  const [schema, io] = side === "body" ? [calls[call].request, "input"] : [calls[call].reply, "output"];
  const shape = z.toJSONSchema(schema as z.ZodType, { io: io as "input" | "output", unrepresentable: "any" }) as Shape;
  shapes.set(key, shape);
  return shape;
}

/** A part of a shape by its path; `[]` is the entry of a list, also of one that may stand in another's place. */
export function partOf(shape: Shape, path: string): Shape {
  let at: Shape | undefined = shape;
  for (const step of path.split("."))
    at = step === "[]" ? (at?.items ?? at?.anyOf?.find(({ items }) => items)?.items) : at?.properties?.[step];
  if (at === undefined) throw new Error(`the schemas have no ${path}: see named in packages/sdk/reference/named.ts`);
  return at;
}

/** Whether members that the schema does not know are kept. */
export const isLoose = ({ additionalProperties: more }: Shape) => more !== undefined && more !== false;

/** What tells two shapes apart: everything but what is said of them, and whether unknown members are refused or dropped. */
export function identity(shape: Shape): string {
  return JSON.stringify(shape, (name, value) =>
    name === "description" || name === "$schema" || (name === "additionalProperties" && value === false)
      ? undefined
      : value,
  );
}
