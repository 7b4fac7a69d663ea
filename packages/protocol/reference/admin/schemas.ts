import { type PathParameter, pathParameters } from "@quanku/protocol/admin";
import { z } from "zod";
import { healthShown } from "../../src/admin/health.ts";
import { couponPreview, importShown } from "../../src/admin/previews.ts";
import { callShown } from "../../src/admin/sandbox/calls-routes.ts";
import { clockShown } from "../../src/admin/sandbox/clock-routes.ts";
import { personShown } from "../../src/admin/sandbox/persons-routes.ts";
import * as shapes from "../../src/admin/shapes.ts";
import { couponToAdd } from "../../src/calls/coupon.ts";
import { couponShown } from "../../src/calls/table.ts";
import type { JsonSchema } from "../fields.ts";

/** A schema of operators' calls as JSON Schema 2020-12; one with a name stands by it. */
export type Node = Omit<JsonSchema, "type" | "properties" | "items" | "anyOf"> & {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Node>;
  items?: Node;
  anyOf?: Node[];
};

type Io = "input" | "output";

/** What a schema takes (`input`) or answers (`output`), whole. */
export const wholeSchemaOf = (schema: z.ZodType, io: Io): Node => {
  const { $schema: _, ...made } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return told(made as Node, io);
};

/** As it is told: bounds that are only those of a double are none, and a reply may have members that came later. */
function told(node: Node, io: Io): Node {
  const { anyOf = [], items, properties = {}, additionalProperties: more } = node;
  const record = typeof more === "object" && Object.keys(more as object).length > 0 ? [more as Node] : [];
  for (const part of [...anyOf, ...(items ? [items] : []), ...Object.values(properties), ...record]) told(part, io);
  if (node.minimum === -Number.MAX_SAFE_INTEGER) delete node.minimum;
  if (node.maximum === Number.MAX_SAFE_INTEGER) delete node.maximum;
  if (more === false && io === "output") delete node.additionalProperties;
  if (typeof more === "object" && record.length === 0) node.additionalProperties = true;
  const ofPart = anyOf.find(({ description }) => description)?.description;
  if (node.description === undefined && ofPart !== undefined) node.description = ofPart;
  return node;
}

/** The schemas that have a name in the document, those that others hold first. */
const named: Record<string, [schema: z.ZodType, io: Io]> = {
  Words: [shapes.words, "output"],
  CouponToAdd: [couponToAdd, "input"],
  WireCoupon: [couponShown, "output"],
  Coupon: [shapes.couponEntry, "output"],
  UserCoupon: [shapes.userCouponEntry, "output"],
  Order: [shapes.orderEntry, "output"],
  HandOut: [shapes.handOutShown, "output"],
  ReportLine: [shapes.reportLine, "output"],
  JournalEntry: [shapes.journalEntry, "output"],
  Callback: [shapes.callbackShown, "output"],
  Call: [callShown, "output"],
  Person: [personShown, "output"],
  Verification: [shapes.verifyShown, "output"],
  CouponPreview: [couponPreview, "output"],
  Import: [importShown, "output"],
  CallbackKeys: [shapes.callbackKeys, "output"],
  Health: [healthShown, "output"],
  App: [shapes.appShown, "output"],
  AppClock: [clockShown, "output"],
  Operator: [shapes.operatorShown, "output"],
  AccessToken: [shapes.tokenShown, "output"],
  Session: [shapes.sessionShown, "output"],
};

/** What tells schemas apart: all but what is said of them. */
const identity = ({ description: _, ...node }: Node) => JSON.stringify(node);

const names = new Map<string, string>();

/** Puts names in the place of the schemas that have one; what is said of them where they stand stays. */
function withNames(node: Node): Node {
  const name = names.get(identity(node));
  if (name) {
    const { description } = node;
    return { $ref: `#/components/schemas/${name}`, ...(description !== undefined && { description }) };
  }
  const { properties, items, anyOf } = node;
  return {
    ...node,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([member, part]) => [member, withNames(part)])),
    }),
    ...(items && { items: withNames(items) }),
    ...(anyOf && { anyOf: anyOf.map(withNames) }),
  };
}

/** Every schema with a name. */
export const namedSchemas: Record<string, Node> = Object.fromEntries(
  Object.entries(named).map(([name, [schema, io]]) => {
    const whole = wholeSchemaOf(schema, io);
    const entry = [name, withNames(whole)];
    names.set(identity(whole), name);
    return entry;
  }),
);

/** What a schema takes or answers, with names for what has one. */
export const schemaOf = (schema: z.ZodType, io: Io): Node => withNames(wholeSchemaOf(schema, io));

export const pathSchemaOf = (parameter: PathParameter): Node => wholeSchemaOf(pathParameters[parameter], "input");
