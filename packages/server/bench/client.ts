import { type CallName, callPath } from "@quanku/protocol/calls";
import { fetcher } from "../testing/tokens.ts";
import type { Server } from "./processes.ts";
import { shop } from "./shop.ts";

/** Fetches a token of the app and answers the path of a call with it, for what sends bytes of its own. */
export async function signIn({ port }: Server, { appid, secret } = shop): Promise<(call: CallName) => string> {
  const reached = { fetch: (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init) };
  const { access_token } = await fetcher(reached, appid, secret)("token");
  return (call) => `${callPath(call)}?access_token=${access_token}`;
}

/** Makes one call and answers its reply's bytes and the headers that are not the connection's. Throws if it failed. */
export async function call(server: Server, path: string, body: object) {
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, {
    method: "POST",
    body: JSON.stringify(body),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const begin = bytes.toString("utf8", 0, 200);
  if (!/^\{"errcode":0[,}]/.test(begin)) throw new Error(`${path} failed: ${begin}`);
  const headers = Object.fromEntries(response.headers);
  for (const name of ["connection", "keep-alive", "date"]) delete headers[name];
  return { bytes, headers };
}
