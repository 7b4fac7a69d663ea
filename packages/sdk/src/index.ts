export * from "./client/index.ts";
export type * from "./wire/bodies.ts";
export { type CallName, type Calls, callPaths } from "./wire/calls.ts";
export { codes, type Errcode } from "./wire/codes.ts";
export type * from "./wire/coupons.ts";
export type * from "./wire/orders.ts";
export type * from "./wire/replies.ts";
