import { type ClientOptions, createClient, type Fetch } from "../../src/index.ts";
import { ManualClock } from "./manual-clock.ts";

/** A secret with every character that URLs, forms and HTML spell otherwise. */
export const SECRET = "canary secret+/=&%<é>";

/** A request as it was sent. */
export type Sent = { method: string; path: string; query: URLSearchParams; body: Record<string, unknown> };

/** What a host answers: JSON, something else, no whole reply at all, or nothing until the request is given up. */
export type Act = Record<string, unknown> | Raw | Error | "silence" | ((sent: Sent) => Act | Promise<Act>);

/** A reply that is not what the wire says. */
export class Raw {
  readonly status: number;
  readonly text: string;
  readonly headers: Record<string, string>;
  constructor(status: number, text: string, headers: Record<string, string> = {}) {
    this.status = status;
    this.text = text;
    this.headers = headers;
  }
}

export const ok = { errcode: 0 };
export const refused = (errcode: number, errmsg = "no") => ({ errcode, errmsg });

/** A host that does as it is told: one act after another, the last for ever. */
export class ScriptedHost {
  readonly #calls: Act[];
  readonly #tokens: Act[];
  /** What was asked, in order. */
  readonly asked: Sent[] = [];

  /** Tokens are `token-1`, `token-2`, … for 7200 s unless acts are given for them too. */
  constructor(calls: Act[], tokens?: Act[]) {
    this.#calls = [...calls];
    let given = 0;
    this.#tokens = tokens ? [...tokens] : [() => ({ access_token: `token-${++given}`, expires_in: 7200 })];
  }

  get calls(): Sent[] {
    return this.asked.filter(({ path }) => !path.includes("/cgi-bin/"));
  }

  get fetches(): Sent[] {
    return this.asked.filter(({ path }) => path.includes("/cgi-bin/"));
  }

  fetch: Fetch = async (address, { method, body, signal }) => {
    const url = new URL(address);
    const sent = {
      method,
      path: url.pathname,
      query: url.searchParams,
      body: body === undefined ? {} : JSON.parse(body),
    };
    this.asked.push(sent);
    const acts = url.pathname.includes("/cgi-bin/") ? this.#tokens : this.#calls;
    let act = (acts.length > 1 ? acts.shift() : acts[0]) as Act;
    while (typeof act === "function") act = await act(sent);
    if (act instanceof Error) throw act;
    if (act === "silence")
      return new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(new DOMException("This operation was aborted", "AbortError")));
      });
    const raw = act instanceof Raw ? act : new Raw(200, JSON.stringify(act));
    return { status: raw.status, headers: new Headers(raw.headers), text: async () => raw.text };
  };
}

/** A client of a scripted host, on a clock that the test moves. */
export function scripted(calls: Act[], { acts, ...options }: Partial<ClientOptions> & { acts?: Act[] } = {}) {
  const host = new ScriptedHost(calls, acts);
  const clock = new ManualClock();
  const shop = { baseUrl: "http://host.test", appid: "wx1", secret: SECRET, fetch: host.fetch, clock };
  return { host, clock, client: createClient({ ...shop, ...options }) };
}
