import { type Clock, within } from "../host/clock.ts";
import { parseObject, secondsIn, told, withoutSecrets } from "../host/told.ts";
import { type Failure, refusal } from "./errors.ts";

/** The part of `fetch` that the client needs: any runtime's own is one. */
export type Fetch = (
  url: string,
  init: {
    method: "GET" | "POST";
    headers: Record<string, string>;
    body?: string;
    signal: AbortSignal;
    redirect: "manual";
  },
) => Promise<{
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}>;

/** What every exchange with the host needs. */
export interface Line {
  fetch: Fetch;
  clock: Clock;
  /** For one exchange, from connecting to the last byte, in milliseconds. */
  timeout: number;
}

export interface Request {
  call: string;
  url: string;
  /** Sent as JSON; without it the request is a GET. */
  body?: unknown;
  /** Whether a reply without an `errcode` is none: only those of token calls have none where they succeed. */
  isEnveloped: boolean;
  /** Whether the call does no harm where it is made twice. */
  repeatable: boolean;
  /** What must not appear in any error: the app's secret, and the token. */
  secrets: readonly string[];
}

export type Reply = Record<string, unknown>;
export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure };

/** Asks the host once, and answers what came back without its `errcode`, or why nothing to rely on did. */
export async function exchange(line: Line, request: Request, signal?: AbortSignal): Promise<Outcome<Reply>> {
  const { call, url, body, repeatable, secrets } = request;
  const failed = (failure: Omit<Failure, "call">): Outcome<never> => ({ ok: false, failure: { call, ...failure } });
  const sent =
    body === undefined
      ? { method: "GET" as const, headers: { accept: "application/json" } }
      : {
          method: "POST" as const,
          headers: { accept: "application/json", "content-type": "application/json" },
          body: JSON.stringify(body),
        };
  try {
    const received = await within(line.clock, line.timeout, signal, async (signal) => {
      const response = await line.fetch(url, { ...sent, signal, redirect: "manual" });
      return { response, text: await response.text() };
    });
    if (received === "aborted")
      return failed({ kind: received, text: "the caller's signal ended it", retryable: false });
    if (received === "timeout")
      return failed({ kind: received, text: `no reply within ${line.timeout} ms`, retryable: repeatable });
    return read(request, received.response, received.text);
  } catch (error) {
    return failed({ kind: "network", text: withoutSecrets(told(error), secrets), retryable: repeatable });
  }
}

/** HTTP statuses that say that the same request may succeed later. */
const passing: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

function read(
  { call, isEnveloped, repeatable, secrets }: Request,
  { status, headers }: { status: number; headers: { get(name: string): string | null } },
  text: string,
): Outcome<Reply> {
  const reply = parseObject(text);
  if (reply) {
    const { errcode = isEnveloped ? undefined : 0, errmsg = "", ...payload } = reply;
    if (Number.isInteger(errcode) && errcode !== 0) {
      const failure = refusal(call, errcode as number, withoutSecrets(String(errmsg), secrets), repeatable);
      return { ok: false, failure: { ...failure, status } };
    }
    if (errcode === 0 && status >= 200 && status < 300) return { ok: true, value: payload };
  }
  if (status >= 200 && status < 300) {
    const [type] = /^[\w.+-]{1,40}\/[\w.+-]{1,40}/.exec(headers.get("content-type") ?? "") ?? ["no content-type"];
    const failure = { call, kind: "body", status, text: `the reply is no JSON object of the wire (${type})` } as const;
    return { ok: false, failure: { ...failure, retryable: false } };
  }
  const retryAfter = secondsIn(headers.get("retry-after"));
  const retryable = repeatable && passing.has(status);
  const said = status === 0 || (status >= 300 && status < 400) ? "; redirects are not followed" : "";
  return { ok: false, failure: { call, kind: "http", status, text: `HTTP ${status}${said}`, retryable, retryAfter } };
}
