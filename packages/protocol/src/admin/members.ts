import { z } from "zod";
import { type RouteName, routeOf } from "./table.ts";

/** What a call takes in its query or its body, as it is told to people. */
export type Member = {
  name: string;
  /** As JSON Schema names it. */
  type: "string" | "integer" | "number" | "boolean" | "object" | "array";
  /** What it may be, where that is one of few, as texts. */
  choices: readonly string[] | undefined;
  about: string;
  isRequired: boolean;
};

type Shape = {
  properties?: Record<string, { type: Member["type"]; enum?: unknown[]; description?: string }>;
  required?: string[];
};

/** The members of a call's query, then those of its body. */
export const membersOf = (name: RouteName): Member[] =>
  [routeOf(name).query, routeOf(name).body].flatMap((schema) => {
    if (!schema) return [];
    const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Shape;
    return Object.entries(properties).map(([name, { type, enum: choices, description: about = "" }]) => ({
      name,
      type,
      choices: choices?.map(String),
      about,
      isRequired: required.includes(name),
    }));
  });
