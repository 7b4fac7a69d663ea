import { type Dispatcher, request } from "undici";
import { Gathering } from "../service/gathering.ts";
import type { MerchantAnswer } from "../service/merchant.ts";
import { tellFailure } from "./failures.ts";

/** The longest reply that is read, in bytes. */
const SIZE_LIMIT = 65_536;
/** In how many pieces a reply may come: each costs time, however small. */
const PIECES_LIMIT = 4096;

/** What is sent to a merchant. */
export type Outgoing = { method: "GET" | "POST"; headers: Record<string, string>; body: string | null };

/** Why there is no decision. */
export type Problem = Extract<MerchantAnswer, { problem: string }>;

/** What came back, as far as it came; `failure`: why that is no reply that can be read. */
export type Exchange = { status: number | null; body: Buffer; failure?: Problem };

/** How a merchant is asked: over which connections, and what the exchange may take, in milliseconds. */
export type Asking = { dispatcher: Dispatcher; timeLimit: number };

/** Asks a merchant over HTTP, once, following no redirect. Never throws. */
export async function exchange({ dispatcher, timeLimit }: Asking, target: URL, outgoing: Outgoing): Promise<Exchange> {
  const signal = AbortSignal.timeout(timeLimit);
  const came: Exchange = { status: null, body: Buffer.alloc(0) };
  // undici heeds the signal only once the request is on a connection: what waits for one is left behind here.
  const late = new Promise<Problem>((resolve) =>
    signal.addEventListener("abort", () => resolve(tooSlow(came, timeLimit))),
  );
  const fault = receive(came, request(target, { ...outgoing, dispatcher, signal })).catch((error) =>
    signal.aborted ? tooSlow(came, timeLimit) : unreachable(tellFailure(error, target)),
  );
  const failure = await Promise.race([fault, late]);
  return failure ? { ...came, failure } : came;
}

/** Notes what comes as it comes, no more than may be read, and finds fault with the whole. */
async function receive(came: Exchange, pending: Promise<Dispatcher.ResponseData>): Promise<Problem | undefined> {
  const { statusCode, body } = await pending;
  came.status = statusCode;
  const gathered = new Gathering();
  for await (const piece of body) {
    gathered.add(piece);
    came.body = gathered.bytes;
    if (gathered.length > SIZE_LIMIT || gathered.pieces > PIECES_LIMIT) break;
  }
  return faultOf(statusCode, gathered);
}

function faultOf(status: number, { length, pieces }: Gathering): Problem | undefined {
  if (status >= 300 && status <= 399)
    return unreachable(`HTTP ${status}, and redirects are not followed: set the URL that it leads to`);
  if (status < 200 || status > 299) return unreachable(`HTTP ${status} where 200 was expected`);
  if (length > SIZE_LIMIT)
    return { answer: "mismatched", problem: `the reply is too large: at most ${SIZE_LIMIT} bytes are read` };
  if (pieces > PIECES_LIMIT)
    return { answer: "mismatched", problem: `the reply comes in too many pieces: at most ${PIECES_LIMIT} are read` };
}

const tooSlow = ({ status }: Exchange, timeLimit: number): Problem => ({
  answer: "timed_out",
  problem: `${status === null ? "no reply" : "only a part of the reply"} within ${timeLimit} ms`,
});

export const unreachable = (problem: string): Problem => ({ answer: "unreachable", problem });
