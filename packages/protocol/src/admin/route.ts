import type { z } from "zod";
import type { Role } from "./scalars.ts";

/** One call of the operators' API, under {@link adminRoot}. */
export type Route = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Its path after the root; `{…}` are parameters, described in {@link pathParameters}. */
  path: string;
  /** The least role that may make it, for the app that its path names if it names one; `anyone`: nobody need be signed in. */
  role: Role | "anyone";
  /** What it does, in a sentence. */
  about: string;
  /** What may stand in the query. */
  query?: z.ZodObject;
  /** What the body holds, as JSON. */
  body?: z.ZodObject;
  /** Of a call that is sent a file: its media type. */
  upload?: string;
  /** What it answers as JSON. */
  reply?: z.ZodObject;
  /** Of a call that answers a file, or events without end: its media type. */
  download?: string;
  /** Of a call that answers JSON, or a file where its query says `csv`: the file's media type. */
  orDownload?: string;
  /** How the command line calls it, as `coupon list`; absent where it has no place there. */
  command?: string;
};

export const route = <const R extends Route>(route: R): R => route;
