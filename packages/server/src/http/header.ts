import type { IncomingMessage } from "node:http";
import type { Context } from "hono";

/**
 * A header of a request, in whatever case it is named. Where the request came over a socket it is read from there: to make the
 * web's `Headers` of it takes longer than a call may for being logged.
 */
export function headerOf(c: Context, name: string): string | undefined {
  const incoming = c.env?.incoming as IncomingMessage | undefined;
  const value = incoming ? incoming.headers[name.toLowerCase()] : c.req.header(name);
  return Array.isArray(value) ? value.join(", ") : value;
}
