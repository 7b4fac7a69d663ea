import { type CallName, callPath } from "@quanku/protocol/calls";
import type { Server } from "./processes.ts";
import { shop } from "./shop.ts";

/** Fetches a token of the app and answers the path of a call with it. */
export async function signIn(server: Server, { appid, secret } = shop): Promise<(call: CallName) => string> {
  const query = new URLSearchParams({ grant_type: "client_credential", appid, secret });
  const response = await fetch(`http://127.0.0.1:${server.port}/cgi-bin/token?${query}`);
  const { access_token } = (await response.json()) as { access_token?: string };
  if (access_token === undefined) throw new Error(`the server on port ${server.port} gave no token`);
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
