import { z } from "zod";
import { personId } from "../calls/ids.ts";
import { inBoth } from "../calls/in-both.ts";
import { personName } from "../calls/login.ts";
import { merchantId } from "../calls/scalars.ts";
import { accessRoutes } from "./access-routes.ts";
import { couponRoutes } from "./coupon-routes.ts";
import { peopleRoutes } from "./people-routes.ts";
import type { Route } from "./route.ts";
import { callsRoutes } from "./sandbox/calls-routes.ts";
import { clockRoutes } from "./sandbox/clock-routes.ts";
import { faultsRoutes } from "./sandbox/faults-routes.ts";
import { personsRoutes } from "./sandbox/persons-routes.ts";
import { statesRoutes } from "./sandbox/states-routes.ts";
import { shopRoutes } from "./shop-routes.ts";

/** Where the operators' calls live. */
export const adminRoot = "/quanku/admin/v1";

/** Every call of the operators' API. */
export const routes = {
  ...accessRoutes,
  ...shopRoutes,
  ...couponRoutes,
  ...peopleRoutes,
  ...clockRoutes,
  ...faultsRoutes,
  ...personsRoutes,
  ...statesRoutes,
  ...callsRoutes,
};
export type Routes = typeof routes;
export type RouteName = keyof Routes;
export const routeNames = Object.keys(routes) as RouteName[];

/** What stands in the braces of paths. */
export const pathParameters = {
  appid: z.string().max(64).describe("The app."),
  out_coupon_id: merchantId().describe("The coupon."),
  out_user_coupon_id: merchantId().describe("The user coupon."),
  out_order_id: merchantId().describe("The order."),
  openid: personId(),
  operator: z.string().max(64).describe("The operator's name."),
  token: z.string().max(64).describe("The token's name."),
  hand_out: merchantId().describe("The hand-out's id: the request_id that it was made with."),
  person: personName(),
  callback: z.string().max(64).describe("The attempt's id."),
  fault: z.string().max(64).describe("The fault's id."),
  rid: z.string().max(64).describe("The call's rid, as its reply tells it."),
  state: z
    .string()
    .regex(/^[^\p{C}\p{Z}/]{1,64}$/u, {
      error: inBoth(
        "must be 1-64 characters without spaces, slashes and control characters",
        "必须是 1-64 个字符，不含空格、斜杠和控制字符",
      ),
    })
    .describe("The state's name, 1-64 characters without spaces and slashes."),
} as const;
export type PathParameter = keyof typeof pathParameters;

type InPath<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | InPath<Rest> : never;
type Output<T> = T extends z.ZodType ? z.output<T> : unknown;
/** What an object has; one without members adds nothing, where its own type would forbid all others. */
type Members<T> = Output<T> extends Record<string, never> ? unknown : Output<T>;

/** What a call is given: what stands in its path, its query and its body, as one. */
export type RouteInput<N extends RouteName> = Record<InPath<Routes[N]["path"]>, string> &
  Members<Routes[N] extends { query: infer Q } ? Q : unknown> &
  Members<Routes[N] extends { body: infer B } ? B : unknown>;

/** What a call answers as JSON. */
export type RouteReply<N extends RouteName> = Routes[N] extends { reply: infer R } ? Output<R> : never;

/** The names in a path's braces, in order. */
export const parametersOf = (name: RouteName): PathParameter[] =>
  [...routes[name].path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter as PathParameter);

/** A call as any of the table. */
export const routeOf = (name: RouteName): Route => routes[name];
