import { type CallName, callPath } from "@quanku/protocol/calls";
import { pino } from "pino";
import { assemble } from "../src/assemble.ts";
import { MerchantCallbacks } from "../src/outbound/merchant-callbacks.ts";
import type { AskMerchant } from "../src/service/merchant.ts";
import { openMemoryStore } from "../src/store/memory/open.ts";
import { openPostgresStore } from "../src/store/postgres/open.ts";
import { openSqliteStore } from "../src/store/sqlite/open.ts";
import type { Store } from "../src/store/store.ts";
import { createSchema } from "./postgres.ts";
import { type Reply, readReply } from "./replies.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

export { type Reply, temporaryDirectory };

/** A clock that stands still until it is told otherwise. Unix seconds. */
export type FakeClock = { now: number };

const allAdapters = ["memory", "sqlite", "postgres"] as const;
export type AdapterName = (typeof allAdapters)[number];

/** The adapters that tests run on: all of them, or with QUANKU_TEST_STORES=embedded those that need no server. */
export const adapters: readonly AdapterName[] =
  process.env.QUANKU_TEST_STORES === "embedded" ? ["memory", "sqlite"] : allAdapters;

/** What a test's store is opened with: a busy machine that runs many tests is no fault of the database. */
export const patient = { connections: 4, statementTimeout: 10_000 };

/** Opens an empty store of an adapter; `discard` closes it and removes what it kept. */
export async function openTestStore(adapter: AdapterName): Promise<{ store: Store; discard(): Promise<void> }> {
  if (adapter === "memory") return { store: openMemoryStore(), discard: async () => {} };
  if (adapter === "postgres") {
    const schema = await createSchema();
    const store = await openPostgresStore({ url: schema.url, ...patient });
    return {
      store,
      async discard() {
        await store.close();
        await schema.drop();
      },
    };
  }
  const directory = temporaryDirectory();
  const store = openSqliteStore(directory.path, { patience: patient.statementTimeout });
  return {
    store,
    async discard() {
      await store.close();
      directory.remove();
    },
  };
}

/** What merchants have to answer in where a test is not about that, in milliseconds: 2.5 s are little on a busy machine. */
export const UNHURRIED = 60_000;

/** A whole server in this process, without a socket, on a clock the test moves. */
export async function startTestServer(
  options: {
    adapter?: AdapterName;
    now?: number;
    logTo?: NodeJS.WritableStream;
    /** Asks merchants, without a pause between attempts; over HTTP and with pauses unless given. */
    ask?: AskMerchant;
    /** What a merchant has to answer in over HTTP, in milliseconds; longer than any takes unless given. */
    timeLimit?: number | undefined;
    /** How much is let in; what a server should bear unless given, but calls may take as long as a busy machine needs. */
    limits?: Parameters<typeof assemble>[0]["limits"];
  } = {},
) {
  const clock: FakeClock = { now: options.now ?? 1_700_000_000 };
  const { store, discard } = await openTestStore(options.adapter ?? "sqlite");
  const log = options.logTo ? pino({ level: "debug" }, options.logTo) : pino({ level: "silent" });
  const http = new MerchantCallbacks({
    clock: () => clock.now,
    allowPrivate: true,
    timeLimit: options.timeLimit ?? UNHURRIED,
  });
  const asking = options.ask ? { ask: options.ask, pauses: [0, 0] } : { ask: http.ask };
  const merchants = { ...asking, close: () => http.close() };
  const patience = Number.POSITIVE_INFINITY;
  const limits = { patience, turns: { patience }, ...options.limits };
  const start = () => assemble({ store, clock: () => clock.now, log, merchants, limits });
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
      /** Calls with a body: an object is sent as JSON, a string or bytes as they are. The reply is held to its schema. */
      async call(call: CallName, body: object | string | Uint8Array<ArrayBuffer>): Promise<Reply> {
        const sent = typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body);
        const response = await fetch(`${callPath(call)}?access_token=${accessToken}`, { method: "POST", body: sent });
        const reply = await json(response);
        readReply(call, reply);
        return reply;
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
