import type { Credentials } from "./client.ts";
import type { Reply } from "./replies.ts";

export type Kind = "token" | "stable_token";
export const kinds: Kind[] = ["token", "stable_token"];
export type Fields = { appid?: unknown; secret?: unknown; grant_type?: unknown; force_refresh?: unknown };

/** A server, in this process or another. */
type Reached = { fetch(path: string, init?: RequestInit): Promise<Response> };

const replyOf = async (response: Response) => (await response.json()) as Reply & { access_token?: string };

/** Asks for a token of a kind with exactly these fields: in the query for `token`, as JSON for `stable_token`. */
export async function ask(server: Reached, kind: Kind, fields: Fields) {
  if (kind === "stable_token")
    return replyOf(await server.fetch("/cgi-bin/stable_token", { method: "POST", body: JSON.stringify(fields) }));
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return replyOf(await server.fetch(`/cgi-bin/token?${new URLSearchParams(given as [string, string][])}`));
}

/** Asks for a token of an app as a client does. */
export const askAs = (server: Reached, { appid, secret }: Credentials, kind: Kind = "token", force_refresh?: boolean) =>
  ask(server, kind, { grant_type: "client_credential", appid, secret, force_refresh });

/** Fetches tokens of one app, failing the test where none comes back. */
export function fetcher(server: Reached, appid: string, secret: string) {
  return async (kind: Kind, force_refresh?: boolean): Promise<{ access_token: string; expires_in: number }> => {
    const reply = await askAs(server, { appid, secret }, kind, force_refresh);
    if (reply.access_token === undefined) throw new Error(JSON.stringify(reply));
    return reply as { access_token: string; expires_in: number };
  };
}

/** What a list of coupons answers to a token. */
export const listWith = async (server: Reached, token: string): Promise<Reply> =>
  replyOf(
    await server.fetch(`/shop/coupon/get_list?access_token=${token}`, { method: "POST", body: '{"page_size":1}' }),
  );

/** What a call answers to a token: 0 for a good one. */
export const worth = async (server: Reached, token: string): Promise<number | undefined> =>
  (await listWith(server, token)).errcode;
