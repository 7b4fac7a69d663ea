import { baseOf } from "../host/base-url.ts";
import { type Clock, systemClock } from "../host/clock.ts";
import type { Bodies, ClaimBody } from "../wire/bodies.ts";
import { type CallName, type Calls, callPaths } from "../wire/calls.ts";
import type { CouponEntry, UserCoupon } from "../wire/coupons.ts";
import type { ClaimReply, Replies } from "../wire/replies.ts";
import { Caller, type CallOptions } from "./caller.ts";
import type { Fetch } from "./exchange.ts";
import type { Session } from "./login.ts";
import { entriesOf } from "./pages.ts";
import { memoryStore, type TokenKind, type TokenStore, Tokens } from "./tokens.ts";

/** What a client is made of. */
export interface ClientOptions {
  /** Where the host is: `https://coupons.example.com`, with a path before the calls' own if there is one. */
  baseUrl: string;
  /** The app's id. */
  appid: string;
  /** The app's secret. It goes to the host's token call and nowhere else. */
  secret: string;
  /** Makes the requests; the runtime's own `fetch` unless given. */
  fetch?: Fetch | undefined;
  /**
   * Which kind of token is used: `stable` (the default), of which every process gets the same one, or `regular`, of which
   * every fetch makes a new one and ends the one before the last.
   */
  tokens?: TokenKind | undefined;
  /** Where the token is kept; in this client's memory unless given. */
  store?: TokenStore | undefined;
  /** What one try may take, from connecting to the last byte, in milliseconds; 30 000 unless given. */
  timeout?: number | undefined;
  /** How often a call is made again at most, where that may help and does no harm; 2 unless given. */
  retries?: number | undefined;
  /** @internal What tests know of time and chance. */
  clock?: Clock | undefined;
}

/** A claim; without a `request_id` the client makes one. */
export type Claim = Omit<ClaimBody, "request_id"> & Partial<Pick<ClaimBody, "request_id">>;

/** The body of a call as the client takes it. */
export type BodyOf<N extends CallName> = N extends "claim" ? Claim : Bodies[N];

/** How a list is walked. */
export interface ListOptions extends CallOptions {
  /** How many entries are fetched at once, 1 to 200; 200 unless given. */
  pageSize?: number | undefined;
}

/**
 * A client of one app. A method spelled as the wire spells it is that call; what else there is stands below. Every method
 * throws {@link CouponApiError}, and nothing else but what a `store` throws.
 */
export interface Client extends Omit<Calls<CallOptions>, "claim"> {
  /**
   * A person claims a coupon. The client makes a `request_id` where none is given and keeps it over its own tries; an error
   * tells it as `requestId`, so that the caller can go on with it: no second coupon is given.
   * `POST /quanku/coupon/claim`
   */
  claim(body: Claim, options?: CallOptions): Promise<ClaimReply>;
  /** Any call by its name, for code that chooses. Answers the reply without its `errcode`. */
  call<N extends CallName>(call: N, body: BodyOf<N>, options?: CallOptions): Promise<Replies[N]>;
  /**
   * Changes the code of a mini program's `wx.login` for the person's openid. The platform takes a code once; a sandbox app
   * of Quanku takes any, and the same one is always the same person. `GET /sns/jscode2session`
   */
  code2Session(code: string, options?: CallOptions): Promise<Session>;
  /** All coupons of the app, oldest first, also those added meanwhile. Fetches page after page as they are used up. */
  coupons(options?: ListOptions): AsyncGenerator<CouponEntry, void, undefined>;
  /** All coupons of a person, newest first. Fetches page after page as they are used up; none comes twice. */
  userCoupons(openid: string, options?: ListOptions): AsyncGenerator<UserCoupon, void, undefined>;
}

/** Makes a client for the app of a host that speaks the shop coupon wire. Nothing is sent until a call is made. */
export function createClient(options: ClientOptions): Client {
  const { appid, secret, tokens = "stable", store = memoryStore(), retries = 2 } = options;
  mustBeText({ appid, secret });
  const credentials = { baseUrl: baseOf(options.baseUrl, "createClient"), appid, secret };
  const line = {
    fetch: options.fetch ?? ((url, init) => globalThis.fetch(url, init)),
    clock: options.clock ?? systemClock,
    timeout: options.timeout ?? 30_000,
  } satisfies { fetch: Fetch; clock: Clock; timeout: number };
  const caller = new Caller(line, credentials, new Tokens(line, credentials, tokens, store), retries);

  const call = (name: CallName, body?: object, how?: CallOptions) => caller.call(name, body, how);
  const page = (name: CallName, body: object, { pageSize = 200, signal }: ListOptions) => {
    return (offset: number) => call(name, { ...body, page_size: pageSize, offset }, { signal }) as Promise<never>;
  };
  const methods = (Object.keys(callPaths) as CallName[]).map((name) => [
    name,
    (body?: object, how?: CallOptions) => call(name, body, how),
  ]);
  return {
    ...(Object.fromEntries(methods) as Omit<Client, "call" | "code2Session" | "coupons" | "userCoupons">),
    call: call as Client["call"],
    code2Session: (code, how) => caller.logIn(code, how),
    coupons: (how = {}) => entriesOf<CouponEntry>("at the end", page("get_list", {}, how)),
    userCoupons: (openid, how = {}) =>
      entriesOf<UserCoupon>("at the start", page("get_usercoupon_list", { openid }, how)),
  };
}

function mustBeText(options: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(options))
    if (typeof value !== "string" || value === "")
      throw new TypeError(`createClient: ${name} must be a text that is not empty`);
}
