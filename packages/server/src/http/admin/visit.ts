import type { IncomingMessage } from "node:http";
import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import { type Problem, problem } from "./problem.ts";

/** The cookie that holds a session. */
export const sessionCookie = "quanku_session";

/** Where a request comes from, and how. */
export type Visit = {
  /** The address of whoever asks; empty where there is no socket. */
  address: string;
  /** Whether it comes from this machine, and through no proxy. */
  isLocal: boolean;
  /** Whether it came over TLS, here or at a proxy. */
  isSecure: boolean;
};

/** A call that came over no network. */
export const noVisit: Visit = { address: "", isLocal: false, isSecure: false };

/** The texts that somebody presents to be let in. */
export type Keys = { session: string | undefined; token: string | undefined };

/**
 * Where a request comes from. What `X-Forwarded-For` says is believed of `trustedProxy` alone, and of that only the last
 * entry, which the proxy itself wrote: those before are whatever the client sent.
 */
export function visitOf(c: Context, trustedProxy: string | undefined): Visit {
  const socket = (c.env?.incoming as IncomingMessage | undefined)?.socket;
  const peer = unmapped(socket?.remoteAddress ?? "");
  const forwarded = c.req.header("x-forwarded-for");
  const told = forwarded?.split(",").at(-1)?.trim();
  const isTrusted = trustedProxy !== undefined && peer === unmapped(trustedProxy);
  const isProxied = forwarded !== undefined || c.req.header("forwarded") !== undefined || isTrusted;
  return {
    address: isTrusted && told ? unmapped(told.slice(0, 64)) : peer,
    isLocal: !isProxied && (peer === "::1" || peer.startsWith("127.")),
    isSecure:
      (socket as { encrypted?: boolean } | undefined)?.encrypted === true ||
      c.req.header("x-forwarded-proto") === "https",
  };
}

/** An IPv4 address as itself, where a socket for both kinds tells it as one of IPv6. */
const unmapped = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, "");

/** The keys that a request carries. */
export const keysOf = (c: Context): Keys => ({
  session: getCookie(c, sessionCookie),
  token: /^Bearer +([\w-]{1,128})$/i.exec(c.req.header("authorization") ?? "")?.[1],
});

/**
 * What is wrong with where a change comes from, if anything. A browser says from which page it comes: it must be one of
 * ours, and come over TLS as the change does, since a page without it may be anybody's who is on the way. With a cookie it
 * must be said, since a browser sends that for any page.
 */
export function originFault(c: Context, { session }: Keys, { isSecure }: Visit): Problem | undefined {
  if (c.req.method === "GET" || c.req.method === "HEAD") return undefined;
  const origin = c.req.header("origin");
  if (origin === undefined)
    return session === undefined
      ? undefined
      : problem(
          403,
          "no_origin",
          "a change with the session's cookie needs the header Origin; scripts use a token",
          "用会话 cookie 进行更改时必须带 Origin 请求头；脚本请使用访问令牌",
        );
  const from = URL.parse(origin);
  const host = c.req.header("host") ?? new URL(c.req.url).host;
  const own = from && URL.parse(`${from.protocol}//${host}`);
  return own && own.host === from.host && (!isSecure || from.protocol === "https:")
    ? undefined
    : problem(
        403,
        "foreign_origin",
        "the page that asks is not this server's: its Origin is not this Host",
        "发起请求的页面不属于本服务：Origin 与 Host 不一致",
      );
}
