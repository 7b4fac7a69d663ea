import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type CallName, callPath } from "@quanku/protocol/calls";
import { pino } from "pino";
import { assemble } from "../src/assemble.ts";
import { MerchantCallbacks } from "../src/outbound/merchant-callbacks.ts";
import type { Passwords } from "../src/service/access/passwords.ts";
import type { AskMerchant } from "../src/service/merchant.ts";
import type { Store } from "../src/store/store.ts";
import { quickPasswords } from "./operators.ts";
import { type Reply, readReply } from "./replies.ts";
import { openTestStore, type TestedName, type TestStore } from "./stores.ts";
import { askAs } from "./tokens.ts";

/** A clock that stands still until it is told otherwise. Unix seconds. */
export type FakeClock = { now: number };

/** What merchants have to answer in where a test is not about that, in milliseconds: 2.5 s are little on a busy machine. */
export const UNHURRIED = 60_000;

/** A whole server in this process, without a socket unless it is told to listen, on a clock the test moves. */
export async function startTestServer(
  options: {
    /** What it keeps its data in: a new store of an adapter, or one that stays open when the server closes. */
    adapter?: TestedName;
    store?: Store;
    now?: number;
    logTo?: NodeJS.WritableStream;
    /** Asks merchants, without a pause between attempts; over HTTP and with pauses unless given. */
    ask?: AskMerchant;
    /** What a merchant has to answer in over HTTP, in milliseconds; longer than any takes unless given. */
    timeLimit?: number | undefined;
    /** How much is let in; what a server should bear unless given, but calls may take as long as a busy machine needs. */
    limits?: Parameters<typeof assemble>[0]["limits"];
    /** Hashes operators' passwords; at no cost unless given. */
    passwords?: Passwords;
    trustedProxy?: string;
  } = {},
) {
  const clock: FakeClock = { now: options.now ?? 1_700_000_000 };
  const given: TestStore | undefined = options.store && { store: options.store, discard: async () => {} };
  const { store, dataDir, url, discard } = given ?? (await openTestStore(options.adapter ?? "sqlite"));
  const log = options.logTo ? pino({ level: "debug" }, options.logTo) : pino({ level: "silent" });
  const overHttp = new MerchantCallbacks({
    clock: () => clock.now,
    allowPrivate: true,
    timeLimit: options.timeLimit ?? UNHURRIED,
  });
  const asking = options.ask ? { ask: options.ask, pauses: [0, 0] } : { ask: overHttp.ask };
  const merchants = { ...asking, verifyUrl: overHttp.verifyUrl, close: () => overHttp.close() };
  const patience = Number.POSITIVE_INFINITY;
  const limits = { patience, turns: { patience }, ...options.limits };
  const { passwords = quickPasswords(), trustedProxy } = options;
  const start = () => assemble({ store, clock: () => clock.now, log, merchants, limits, passwords, trustedProxy });
  let { http, settle, ...parts } = start();

  /** Sends a request to a path, without a socket. */
  const fetch = async (path: string, init: RequestInit = {}): Promise<Response> =>
    http.fetch(new Request(`http://quanku.test${path}`, init));
  const json = async (response: Response) => (await response.json()) as Reply;

  /** Puts the server on a socket of its own, whose connections end where it is closed. */
  async function listen() {
    const socket = createServer(http.listener).listen(0, "127.0.0.1");
    await new Promise((resolve) => socket.once("listening", resolve));
    const { port } = socket.address() as AddressInfo;
    return {
      port,
      url: `http://127.0.0.1:${port}`,
      async close() {
        const closed = new Promise((resolve) => socket.close(resolve));
        socket.closeAllConnections();
        await closed;
      },
    };
  }

  /** Creates an app and answers how to call as it. */
  async function createApp(appid: string, secret = `${appid}-secret-0123456789`, { sandbox = false } = {}) {
    await parts.apps.create(appid, { secret, sandbox }, "command_line");
    const fetchToken = async () => (await askAs({ fetch }, { appid, secret })).access_token as string;
    let accessToken = await fetchToken();
    const app = {
      appid,
      secret,
      get accessToken() {
        return accessToken;
      },
      async renewToken() {
        accessToken = await fetchToken();
      },
      /** Calls with a body: an object is sent as JSON, a string or bytes as they are. The reply is held to its schema. */
      async call(call: CallName, body: object | string | Uint8Array<ArrayBuffer>): Promise<Reply> {
        const sent = typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body);
        const response = await fetch(`${callPath(call)}?access_token=${accessToken}`, { method: "POST", body: sent });
        const reply = await json(response);
        readReply(call, reply);
        return reply;
      },
      /** Calls and throws where the answer is not errcode 0. */
      async must(call: CallName, body: object | string): Promise<Reply> {
        const reply = await app.call(call, body);
        if (reply.errcode !== 0) throw new Error(`${call} answered ${JSON.stringify(reply)}`);
        return reply;
      },
    };
    return app;
  }

  /** The process ends between two commits, whatever waits in it, and another starts on the same store. */
  async function crash(): Promise<void> {
    await parts.ledger.settled();
    ({ http, settle, ...parts } = start());
    Object.assign(server, parts);
  }

  async function close(): Promise<void> {
    await settle();
    await discard();
  }

  const server = { ...parts, clock, dataDir, url, fetch, json, listen, createApp, crash, close };
  return server;
}
export type TestServer = Awaited<ReturnType<typeof startTestServer>>;
export type TestApp = Awaited<ReturnType<TestServer["createApp"]>>;
