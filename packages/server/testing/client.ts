import { type CallName, CouponApiError, createClient, type Fetch, type StoredToken } from "@quanku/sdk";
import { Agent, request } from "undici";
import type { Reply } from "./replies.ts";

export type Credentials = { appid: string; secret: string };

/** The one token of a merchant's program, also of one that goes on at another address. */
export type Token = { kept?: StoredToken };

/** An answer that takes longer hangs, in milliseconds. */
const HANGING = 600_000;

/**
 * A `fetch` over so many keep-alive connections at most, which end where it is closed. It costs a third of the whole
 * `fetch`: tests share their processor with the servers that they put under load.
 */
export function lineOf(connections: number): { fetch: Fetch; close(): void } {
  const agent = new Agent({ connections, connect: { timeout: 0 }, headersTimeout: 0, bodyTimeout: 0 });
  return {
    async fetch(url, { redirect: _, ...init }) {
      const { statusCode: status, headers, body } = await request(url, { ...init, dispatcher: agent });
      return { status, headers: { get: (name) => headers[name]?.toString() ?? null }, text: () => body.text() };
    },
    close: () => void agent.destroy(),
  };
}

/**
 * A merchant's program on the SDK, as tests want it: every call is sent once, a refusal is an answer, and what came back
 * without a whole answer rejects. It fetches one token; where that is refused it says so and fetches no other.
 */
export function connect(url: string, app: Credentials, connections = 8, token: Token = {}) {
  const line = lineOf(connections);
  const sdk = createClient({
    ...app,
    baseUrl: url,
    retries: 0,
    timeout: HANGING,
    store: {
      get: () => token.kept,
      set: (_, fetched) => {
        token.kept = fetched;
      },
    },
    fetch: async (address, init) =>
      token.kept && address.includes("/cgi-bin/")
        ? Response.json({ errcode: 40001, errmsg: "the one token was refused" })
        : line.fetch(address, init),
  });
  /** Calls and throws where the answer is not errcode 0. */
  const must = async (call: CallName, body: object): Promise<Reply> => ({
    errcode: 0,
    ...(await sdk.call(call, body as never)),
  });
  return {
    url,
    sdk,
    must,
    async call(call: CallName, body: object): Promise<Reply> {
      return must(call, body).catch((error) => {
        if (!(error instanceof CouponApiError) || error.code === undefined) throw error;
        return { errcode: error.code, errmsg: error.text };
      });
    },
    /** All coupons, page after page. */
    coupons: () => allOf(sdk.coupons()),
    /** All that a person holds, newest first, page after page. */
    wallet: (openid: string) => allOf(sdk.userCoupons(openid)),
    /** What is left and handed out of the first coupon. */
    async stock() {
      const stock = (await sdk.get_list({ page_size: 1 })).result_list[0]?.coupon_stock;
      if (!stock) throw new Error("there is no active coupon");
      return stock.stock_info;
    },
    token,
    /** The same program at another address. */
    movedTo(other: string) {
      line.close();
      return connect(other, app, connections, token);
    },
    close: line.close,
  };
}
export type Client = ReturnType<typeof connect>;

async function allOf<T>(entries: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const entry of entries) all.push(entry);
  return all;
}

/** Runs `send` for 0, 1, … `count - 1` with at most `width` under way. */
export async function inParallel(count: number, width: number, send: (n: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) await send(next++);
  };
  await Promise.all(Array.from({ length: width }, worker));
}
