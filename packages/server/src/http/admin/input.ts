import { parametersOf, pathParameters, type RouteInput, type RouteName, routeOf } from "@quanku/protocol/admin";
import type { FieldFault, Problem } from "./problem.ts";

/** What a caller gave: texts of the path and the query, and the body as JSON read it. */
export type Given = {
  path: Readonly<Record<string, string>>;
  query: Readonly<Record<string, unknown>>;
  body: unknown;
};

/** What a caller gave as one object, put where the call takes it. What it does not know is left in the query, to be told. */
export function placed(name: RouteName, given: Readonly<Record<string, unknown>>): Given {
  const { body } = routeOf(name);
  const inPath: readonly string[] = parametersOf(name);
  const [path, others] = split(given, (member) => inPath.includes(member));
  const [inBody, query] = split(others, (member) => body !== undefined && member in body.shape);
  return { path: path as Record<string, string>, query, body: body && inBody };
}

function split(given: Readonly<Record<string, unknown>>, isFirst: (member: string) => boolean) {
  const members = Object.entries(given).filter(([, value]) => value !== undefined);
  return [true, false].map((wanted) =>
    Object.fromEntries(members.filter(([member]) => isFirst(member) === wanted)),
  ) as [Record<string, unknown>, Record<string, unknown>];
}

type Schema = { safeParse(value: unknown): { success: boolean; data?: unknown; error?: { issues: readonly Issue[] } } };
type Issue = { path: readonly PropertyKey[]; message: string; code?: string; keys?: readonly string[] };

/** Reads what a call was given by its schemas; every fault is told at once. */
export function readInput<N extends RouteName>(name: N, { path, query, body }: Given): RouteInput<N> | Problem {
  const route = routeOf(name);
  const errors: FieldFault[] = [];
  const read = (schema: Schema, value: unknown, prefix: readonly string[]): unknown => {
    const { success, data, error } = schema.safeParse(value);
    if (!success) errors.push(...(error?.issues ?? []).flatMap((issue) => faultsOf(issue, prefix)));
    return data;
  };
  const input: Record<string, unknown> = {};
  for (const parameter of parametersOf(name))
    input[parameter] = read(pathParameters[parameter], path[parameter], [parameter]);
  if (route.query) Object.assign(input, read(route.query, query, []));
  else errors.push(...Object.keys(query).map((field) => ({ field, detail: "is no parameter of this call" })));
  if (route.body) Object.assign(input, read(route.body, body ?? {}, []));
  const [first] = errors;
  if (first) return { status: 400, problem: "invalid_field", detail: `${first.field} ${first.detail}`, errors };
  return input as RouteInput<N>;
}

function faultsOf({ path, message, code, keys }: Issue, prefix: readonly string[]): FieldFault[] {
  const place = [...prefix, ...path.map(String)];
  if (code === "unrecognized_keys" && keys)
    return keys.map((key) => ({ field: [...place, key].join("."), detail: "is no parameter of this call" }));
  return [{ field: place.join(".") || "body", detail: message }];
}
