import type { Reply } from "../../../testing/replies.ts";
import type { TestServer } from "../../../testing/server.ts";

export type Kind = "token" | "stable_token";
export const kinds: Kind[] = ["token", "stable_token"];
export type Fields = { appid?: unknown; secret?: unknown; grant_type?: unknown; force_refresh?: unknown };

const GRANT = "client_credential";

/** Asks for a token of a kind with exactly these fields: in the query for `token`, as JSON for `stable_token`. */
export async function ask(server: TestServer, kind: Kind, fields: Fields): Promise<Reply> {
  if (kind === "stable_token")
    return server.json(await server.fetch("/cgi-bin/stable_token", { method: "POST", body: JSON.stringify(fields) }));
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return server.json(await server.fetch(`/cgi-bin/token?${new URLSearchParams(given as [string, string][])}`));
}

/** Fetches tokens of one app, failing the test where none comes back. */
export function fetcher(server: TestServer, appid: string, secret: string) {
  return async (kind: Kind, force_refresh?: boolean): Promise<{ access_token: string; expires_in: number }> => {
    const reply = await ask(server, kind, { grant_type: GRANT, appid, secret, force_refresh });
    if (typeof reply.access_token !== "string") throw new Error(JSON.stringify(reply));
    return reply as { access_token: string; expires_in: number };
  };
}

/** What a call answers to a token: 0 for a good one. */
export async function worth(server: TestServer, token: string): Promise<number | undefined> {
  const init = { method: "POST", body: '{"page_size":1}' };
  return (await server.json(await server.fetch(`/shop/coupon/get_list?access_token=${token}`, init))).errcode;
}
