import { parametersOf, pathParameters, type RouteInput, type RouteName, routeOf } from "@quanku/protocol/admin";
import {
  furthest,
  inBoth,
  inChinese,
  isTooDeep,
  mustBeOneOf,
  mustNotNest,
  whatIsWrong,
  zodInChinese,
} from "@quanku/protocol/calls";
import { type FieldFault, faultsIn, inBothOf, type Problem } from "./problem.ts";

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
  const isLoose = body?.def.catchall?._zod.def.type === "unknown";
  const [inBody, query] = split(others, (member) => isLoose || (body !== undefined && member in body.shape));
  return { path: path as Record<string, string>, query, body: body && inBody };
}

function split(given: Readonly<Record<string, unknown>>, isFirst: (member: string) => boolean) {
  const members = Object.entries(given).filter(([, value]) => value !== undefined);
  return [true, false].map((wanted) =>
    Object.fromEntries(members.filter(([member]) => isFirst(member) === wanted)),
  ) as [Record<string, unknown>, Record<string, unknown>];
}

const isNoParameter = inBoth("is no parameter of this call", "不是这个接口的参数");
const standsInPath = inBoth("stands in the path", "已在路径中给出");

type Issue = Parameters<typeof furthest>[0];
type Schema = { safeParse(value: unknown): { success: boolean; data?: unknown; error?: { issues: readonly Issue[] } } };

/** Reads what a call was given by its schemas; every fault is told at once. */
export function readInput<N extends RouteName>(name: N, { path, query, body }: Given): RouteInput<N> | Problem {
  const route = routeOf(name);
  const errors: FieldFault[] = [];
  const read = (schema: Schema, value: unknown, prefix: readonly string[]): unknown => {
    const { success, data, error } = schema.safeParse(value);
    if (!success) errors.push(...(error?.issues ?? []).flatMap((issue) => faultsOf(issue, value, prefix)));
    return data;
  };
  const input: Record<string, unknown> = {};
  const parameters = parametersOf(name);
  const inPath = parameters.map((field) => [field, read(pathParameters[field], path[field], [field])]);
  if (route.query) Object.assign(input, read(route.query, query, []));
  else errors.push(...Object.keys(query).map((field) => inBothOf(field, isNoParameter)));
  if (isTooDeep(body)) errors.push(inBothOf("body", mustNotNest));
  else if (route.body) Object.assign(input, read(route.body, body ?? {}, []));
  // Nothing in a body is taken for what the path says.
  errors.push(...parameters.filter((field) => field in input).map((field) => inBothOf(field, standsInPath)));
  Object.assign(input, Object.fromEntries(inPath));
  if (errors.length > 0) return faultsIn(errors);
  return input as RouteInput<N>;
}

function faultsOf(told: Issue, value: unknown, prefix: readonly string[]): FieldFault[] {
  const issue = furthest(told);
  const place = [...prefix, ...issue.path.map(String)];
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => inBothOf([...place, key].join("."), isNoParameter));
  const detail = saidOf(issue, value);
  return [{ field: place.join(".") || "body", detail, zh: inChinese(detail) ?? zodInChinese(issue) }];
}

/** What is wrong, in our words also where the schema has none of its own. */
function saidOf(issue: Issue, value: unknown): string {
  const isUnsaid = /^(Invalid|Too) /.test(issue.message);
  if (isUnsaid && issue.code === "invalid_value") return mustBeOneOf(issue.values.map(String));
  if (isUnsaid && issue.code === "too_small" && issue.origin === "string")
    return inBoth(`must have at least ${issue.minimum} characters`, `至少 ${issue.minimum} 个字符`);
  return whatIsWrong(issue, value);
}
