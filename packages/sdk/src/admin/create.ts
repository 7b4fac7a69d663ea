import { baseOf } from "../host/base-url.ts";
import { type Clock, systemClock } from "../host/clock.ts";
import {
  type AdminCallName,
  type AdminCalls,
  type AdminLists,
  type AdminRoute,
  adminRoutes,
} from "../wire/admin/table.ts";
import { type Answer, ask, type Line, replyIn, unreadable } from "./exchange.ts";
import { type Download, downloadOf, type File, textOf } from "./files.ts";
import { type AdminEvent, follow } from "./follow.ts";
import type { AdminFetch, Input } from "./request.ts";

/** A language in which problems are told. */
export type Language = "zh" | "en";

/** What a client is made of. */
export interface AdminClientOptions {
  /** Where the server is: `https://coupons.example.com`, with a path before the calls' own if there is one. */
  baseUrl: string;
  /** An access token. Without one a browser's session is used, by its cookie, on the server's own pages. */
  token?: string | undefined;
  /**
   * The language in which problems are told: `title`, `detail` and that of each field. A function is asked before each call.
   * Without it the runtime's own `Accept-Language` says so; a browser sends that of its user.
   */
  language?: Language | (() => Language) | undefined;
  /** Makes the requests; the runtime's own `fetch` unless given. */
  fetch?: AdminFetch | undefined;
  /** @internal What tests know of time. */
  clock?: Clock | undefined;
}

/** How one call is to be made. */
export interface CallOptions {
  /** Ends the call. */
  signal?: AbortSignal | undefined;
}

/** How events are followed. */
export interface FollowOptions extends CallOptions {
  /** The `id` of the event after which to begin; what happens from now on unless given. */
  lastEventId?: string | undefined;
}

/** In which forms this client takes and answers what is not JSON. */
export interface Forms {
  options: CallOptions;
  following: FollowOptions;
  file: File;
  download: Download;
  events: AsyncGenerator<AdminEvent, void, undefined>;
}

/**
 * A client of operators' calls. Each method is the call of its name and takes all that the call names as one object: what
 * stands in its path, its query and its body. Every method throws {@link AdminError}, and a TypeError for what cannot be
 * sent; none is made again by itself, but for a stream that breaks off.
 */
export interface AdminClient extends AdminCalls<Forms> {
  /** The lists of that name, entry after entry; each page is fetched when the one before is used up. */
  readonly all: AdminLists<Forms>;
}

/** Makes a client of operators' calls. Nothing is sent until a call is made. */
export function createAdminClient({
  baseUrl,
  token,
  language,
  fetch,
  clock = systemClock,
}: AdminClientOptions): AdminClient {
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token))
    throw new TypeError("createAdminClient: token must be an access token, as createToken told it");
  const line: Line = {
    root: `${baseOf(baseUrl, "createAdminClient")}/quanku/admin/v1`,
    token,
    language: typeof language === "function" ? language : () => language,
    fetch: fetch ?? ((url, init) => globalThis.fetch(url, init)),
  };
  const make = async (call: AdminCallName, input: Input = {}, { signal }: CallOptions = {}) => {
    const route: AdminRoute = adminRoutes[call];
    const answer = await ask(line, { call, route, input }, signal);
    const file = fileIn(call, route, answer);
    return file ? downloadOf(file.body, file.type, answer.failed) : replyIn(call, route, answer);
  };
  const stream = (input: Input, { signal, lastEventId }: FollowOptions = {}) => {
    const open = async (last: string | undefined) => {
      const headers: Record<string, string> = last === undefined ? {} : { "last-event-id": last };
      const answer = await ask(line, { call: "stream", route: adminRoutes.stream, input, headers }, signal);
      return textOf((fileIn("stream", adminRoutes.stream, answer) as { body: Body }).body, answer.failed);
    };
    return follow(open, clock, signal, lastEventId);
  };
  const names = Object.keys(adminRoutes) as AdminCallName[];
  const methods = names.map((name) => [name, (input?: Input, how?: CallOptions) => make(name, input, how)]);
  const lists = names
    .filter((name) => "paged" in adminRoutes[name])
    .map((name) => [name, (input?: Input, how?: CallOptions) => pages((page) => make(name, page, how), input)]);
  return { ...Object.fromEntries(methods), stream, all: Object.fromEntries(lists) };
}

type Body = ReadableStream<Uint8Array>;

/** The file that a reply is; none where the call answers JSON. Only some of a report's replies are one. */
function fileIn(
  call: string,
  { download, csv }: AdminRoute,
  { response }: Answer,
): { body: Body; type: string } | undefined {
  const type = response.headers.get("content-type") ?? "";
  const isFile = type.startsWith(download ?? "text/csv") && (download !== undefined || csv === true);
  if (isFile && response.body !== null) return { body: response.body, type };
  if (download !== undefined) throw unreadable(call, response);
  return undefined;
}

/** Every entry of a list, by the cursors of its pages. */
async function* pages(page: (input: Input) => Promise<unknown>, input: Input = {}) {
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const { entries, next } = (await page({ ...input, cursor })) as { entries: unknown[]; next: string | null };
    yield* entries;
    cursor = next;
  }
}
