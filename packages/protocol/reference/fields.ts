import type { Schema } from "@quanku/protocol/calls";
import { z } from "zod";

/** The part of JSON Schema that our schemas come to. */
export type JsonSchema = {
  type?: string;
  description?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  required?: string[];
  properties?: Record<string, JsonSchema>;
  additionalProperties?: unknown;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
};

/** What is said of each object of the merchant's document; the tables leave it out, since their page says it once. */
const KEPT = "Further members of the merchant's, of whatever type, are kept.";

/** The schema of a body as JSON Schema, every field described. */
export const jsonSchemaOf = (schema: Schema<unknown>): JsonSchema => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "output", unrepresentable: "any" });
  return asSent(rest as JsonSchema);
};

/**
 * Zod tells what a body is once it was read. What may be sent differs: a field with a default need not be, and members
 * that nobody knows may be; in the merchant's document they are kept, elsewhere not read.
 */
function asSent(schema: JsonSchema): JsonSchema {
  const { properties = {}, required = [], items, anyOf = [], additionalProperties } = schema;
  schema.required = required.filter((name) => properties[name]?.default === undefined);
  if (schema.required.length === 0) delete schema.required;
  delete schema.additionalProperties;
  if (typeof additionalProperties === "object") {
    schema.additionalProperties = true;
    schema.description =
      `${schema.description ?? ""} Further members of the merchant's, of whatever type, are kept.`.trim();
  }
  for (const member of [...Object.values(properties), ...(items ? [items] : []), ...anyOf]) asSent(member);
  return schema;
}

/** A row of a table of fields: its path from the body, whether it is required, what it may be, and what it means. */
export type Field = { path: string; required: boolean; what: string; about: string };

/** The fields of a schema by path, each object before its members; `[]` marks the entries of an array. */
export function fieldsOf(schema: JsonSchema, path = "", required = true): Field[] {
  const own = path && !path.endsWith("[]") ? [{ path, required, what: describe(schema), about: aboutOf(schema) }] : [];
  if (schema.items?.properties) return [...own, ...fieldsOf(schema.items, `${path}[]`, required)];
  const members = Object.entries(schema.properties ?? {}).flatMap(([name, member]) =>
    fieldsOf(member, path ? `${path}.${name}` : name, required && (schema.required?.includes(name) ?? false)),
  );
  return [...own, ...members];
}

const aboutOf = ({ description = "" }: JsonSchema) => description.replace(KEPT, "").trim();

function describe(schema: JsonSchema): string {
  if (schema.anyOf) return schema.anyOf.map(describe).join(", or ");
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return `one of ${schema.enum.join(", ")}`;
  if (schema.items) return `array of ${schema.maxItems ? `at most ${schema.maxItems}: ` : ""}${describe(schema.items)}`;
  const initial = schema.default === undefined ? "" : `, default ${schema.default}`;
  if (schema.type === "integer") return `integer ${schema.minimum ?? 0} to ${schema.maximum}${initial}`;
  if (schema.maxLength) return `${schema.type}, ${schema.minLength ?? 0} to ${schema.maxLength} characters`;
  return `${schema.type}${initial}`;
}
