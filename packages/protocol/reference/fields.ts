import type { Schema } from "@quanku/protocol/calls";
import { z } from "zod";

/** The part of JSON Schema that our schemas come to. */
export type JsonSchema = {
  type?: string;
  enum?: unknown[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  required?: string[];
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
};

export const jsonSchemaOf = (schema: Schema<unknown>): JsonSchema => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "output", unrepresentable: "any" });
  return withoutDefaultsRequired(rest as JsonSchema);
};

/** A field with a default is always there once read, but need not be sent. */
function withoutDefaultsRequired(schema: JsonSchema): JsonSchema {
  const { properties = {}, required = [] } = schema;
  schema.required = required.filter((name) => properties[name]?.default === undefined);
  if (schema.required.length === 0) delete schema.required;
  for (const member of [...Object.values(properties), ...(schema.items ? [schema.items] : [])])
    withoutDefaultsRequired(member);
  return schema;
}

/** A row of a table of fields: its path from the body, whether it is required, and what it may be. */
export type Field = { path: string; required: boolean; what: string };

/** The leaves of a schema by path; `[]` marks the entries of an array. */
export function fieldsOf(schema: JsonSchema, path = "", required = true): Field[] {
  if (schema.properties && Object.keys(schema.properties).length > 0)
    return Object.entries(schema.properties).flatMap(([name, member]) =>
      fieldsOf(member, path ? `${path}.${name}` : name, required && (schema.required?.includes(name) ?? false)),
    );
  if (schema.items?.properties) return fieldsOf(schema.items, `${path}[]`, required);
  return path ? [{ path, required, what: describe(schema) }] : [];
}

function describe(schema: JsonSchema): string {
  if (schema.enum) return `one of ${schema.enum.join(", ")}`;
  if (schema.items) return `array of ${schema.maxItems ? `at most ${schema.maxItems}: ` : ""}${describe(schema.items)}`;
  const type = schema.type ?? "any";
  const initial = schema.default === undefined ? "" : `, default ${schema.default}`;
  if (type === "integer") return `integer ${schema.minimum ?? 0} to ${schema.maximum}${initial}`;
  if (schema.maxLength) return `${type}, ${schema.minLength ?? 0} to ${schema.maxLength} characters`;
  return `${type}${initial}`;
}
