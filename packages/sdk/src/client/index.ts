export type { CallOptions } from "./caller.ts";
export { type BodyOf, type Claim, type Client, type ClientOptions, createClient, type ListOptions } from "./create.ts";
export { CouponApiError, type ErrorKind } from "./errors.ts";
export type { Fetch } from "./exchange.ts";
export type { Session } from "./login.ts";
export type { Reason as RefusalReason } from "./reasons.ts";
export { memoryStore, type StoredToken, type TokenKind, type TokenStore } from "./tokens.ts";
