import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CallName, callPath } from "@quanku/protocol";
import { pino } from "pino";
import { assemble } from "../src/cli/stack.ts";
import { MerchantCallbacks } from "../src/http/callback/merchant-callbacks.ts";
import type { AskMerchant } from "../src/service/merchant.ts";
import { openMemoryStore } from "../src/store/memory/open.ts";
import { openSqliteStore } from "../src/store/sqlite/open.ts";
import type { Store } from "../src/store/store.ts";

/** A clock that stands still until it is told otherwise. Unix seconds. */
export type FakeClock = { now: number };

/** The adapters that tests run on. */
export const adapters = ["memory", "sqlite"] as const;
export type AdapterName = (typeof adapters)[number];

/** A new directory below the system's temporary one, and how to remove it. */
export function temporaryDirectory(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "quanku-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Opens an empty store of an adapter; `discard` closes it and removes what it kept. */
export function openTestStore(adapter: AdapterName): { store: Store; discard(): Promise<void> } {
  if (adapter === "memory") return { store: openMemoryStore(), discard: async () => {} };
  const directory = temporaryDirectory();
  const store = openSqliteStore(directory.path);
  return {
    store,
    async discard() {
      await store.close();
      directory.remove();
    },
  };
}

export type Reply = { errcode?: number; errmsg?: string; [payload: string]: unknown };

/** A whole server in this process, without a socket, on a clock the test moves. */
export async function startTestServer(
  options: {
    adapter?: AdapterName;
    now?: number;
    logTo?: NodeJS.WritableStream;
    /** Asks merchants, without a pause between attempts; over HTTP and with pauses unless given. */
    ask?: AskMerchant;
  } = {},
) {
  const clock: FakeClock = { now: options.now ?? 1_700_000_000 };
  const { store, discard } = openTestStore(options.adapter ?? "sqlite");
  const log = options.logTo ? pino({ level: "debug" }, options.logTo) : pino({ level: "silent" });
  const http = new MerchantCallbacks({ clock: () => clock.now, allowPrivate: true });
  const asking = options.ask ? { ask: options.ask, pauses: [0, 0] } : { ask: http.ask };
  const merchants = { ...asking, close: () => http.close() };
  const start = () => assemble({ store, clock: () => clock.now, log, merchants });
  let stack = start();

  const fetch = async (path: string, init: RequestInit = {}) =>
    stack.http.fetch(new Request(`http://quanku.test${path}`, init));
  const json = async (response: Response) => (await response.json()) as Reply;

  /** Fetches a regular token. */
  async function token(appid: string, secret: string): Promise<string> {
    const query = new URLSearchParams({ grant_type: "client_credential", appid, secret });
    const reply = await json(await fetch(`/cgi-bin/token?${query}`));
    return reply.access_token as string;
  }

  /** Creates an app and answers how to call as it. */
  async function createApp(appid: string, secret = `${appid}-secret-0123456789`) {
    await stack.apps.create(appid, { secret });
    let accessToken = await token(appid, secret);
    return {
      appid,
      secret,
      get accessToken() {
        return accessToken;
      },
      async renewToken() {
        accessToken = await token(appid, secret);
      },
      /** Calls with a body: an object is sent as JSON, a string or bytes as they are. */
      async call(call: CallName, body: object | string | Uint8Array<ArrayBuffer>): Promise<Reply> {
        const sent = typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body);
        const response = await fetch(`${callPath(call)}?access_token=${accessToken}`, { method: "POST", body: sent });
        return json(response);
      },
    };
  }

  /** The process ends between two commits, whatever waits in it, and another starts on the same store. */
  async function crash(): Promise<void> {
    await stack.ledger.settled();
    stack = start();
    Object.assign(server, stack);
  }

  async function close(): Promise<void> {
    await stack.settle();
    await discard();
  }

  const server = { ...stack, clock, fetch, json, token, createApp, crash, close };
  return server;
}
export type TestServer = Awaited<ReturnType<typeof startTestServer>>;
export type TestApp = Awaited<ReturnType<TestServer["createApp"]>>;
