export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

/** Marks a member to be left out. */
export const absent = Symbol("absent");

/** A copy of a body with the member at a dotted path replaced or, for {@link absent}, left out. */
export function withAt<T extends object>(body: T, path: string, value: unknown): T {
  const copy = structuredClone(body);
  const keys = path.split(".");
  const last = keys.pop() as string;
  let at = copy as Record<string, unknown>;
  for (const key of keys) {
    if (typeof at[key] !== "object" || at[key] === null) throw new Error(`the body has no ${path}`);
    at = at[key] as Record<string, unknown>;
  }
  if (value === absent) delete at[last];
  else at[last] = value;
  return copy;
}

/** What stands at a dotted path. */
export const valueAt = (body: object, path: string): unknown =>
  path.split(".").reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], body);

/** The same body with every number written as a numeric string. */
export function numbersAsStrings(value: Json): Json {
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return value.map(numbersAsStrings);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, numbersAsStrings(member)]));
}

/** A value short enough for the name of a test. */
export function shown(value: unknown): string {
  if (value === absent) return "absent";
  const text = JSON.stringify(value);
  return text.length <= 32 ? text : `${text.slice(0, 20)}… (${text.length} characters)`;
}
