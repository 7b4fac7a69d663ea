import type { AdminRoute } from "../wire/admin/table.ts";
import { bodyOfFile, type File } from "./files.ts";

/** The part of `fetch` that the client needs: any runtime's own is one. */
export type AdminFetch = (url: string, init: AdminRequest) => Promise<AdminResponse>;

export interface AdminRequest {
  method: AdminRoute["method"];
  headers: Record<string, string>;
  body?: string | Blob | ReadableStream<Uint8Array<ArrayBuffer>>;
  /** How a body in pieces is sent. */
  duplex?: "half";
  signal?: AbortSignal;
  redirect: "manual";
  credentials: "same-origin";
}

export interface AdminResponse {
  readonly status: number;
  readonly type?: string;
  readonly headers: { get(name: string): string | null };
  readonly body: ReadableStream<Uint8Array> | null;
  text(): Promise<string>;
}

export type Input = Readonly<Record<string, unknown>> & { readonly file?: File };

/** What a call sends, but for who sends it: its URL after the root of all calls, and the request. */
export type Prepared = { url: string; init: Omit<AdminRequest, "redirect" | "credentials">; secrets: string[] };

/** Puts what a call was given where it goes. Throws a TypeError for what cannot stand in a path. */
export function prepare(call: string, route: AdminRoute, { file, ...given }: Input): Prepared {
  const members = new Map(Object.entries(given).filter(([, value]) => value !== undefined));
  const take = (name: string) => {
    const value = members.get(name);
    members.delete(name);
    return value;
  };
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => inPath(call, name, take(name)));
  const secrets = [...members].flatMap(([name, value]) => (isSecret.test(name) ? [String(value)] : []));
  const inQuery = route.body ? (route.query ?? []) : [...members.keys()];
  const query = new URLSearchParams(
    inQuery.filter((name) => members.has(name)).map((name): [string, string] => [name, String(take(name))]),
  ).toString();
  const { method, upload, download = "application/json" } = route;
  const headers: Record<string, string> = { accept: `${download}, application/problem+json` };
  const url = query ? `${path}?${query}` : path;
  if (upload) {
    headers["content-type"] = upload;
    return { url, secrets, init: { method, headers, ...bodyOfFile(call, file) } };
  }
  if (!route.body) return { url, secrets, init: { method, headers } };
  headers["content-type"] = "application/json";
  return { url, secrets, init: { method, headers, body: JSON.stringify(Object.fromEntries(members)) } };
}

/** Members whose values no error may tell. */
const isSecret = /password|secret|token|key|^code$/;

/** A text as one part of a path. The URL standard reads `.` and `..` as steps, also where they are encoded. */
function inPath(call: string, name: string, value: unknown): string {
  if (typeof value !== "string" || value === "" || value === "." || value === "..")
    throw new TypeError(`${call}: ${name} must be a text that can stand in a path: not empty, no . and no ..`);
  return encodeURIComponent(value);
}
