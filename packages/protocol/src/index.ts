export * from "./calls.ts";
export * from "./codes.ts";
export * from "./coupon.ts";
export * from "./parse.ts";
export * from "./scalars.ts";
export * from "./snapshot.ts";
export * from "./token.ts";
export * from "./user-coupon.ts";
