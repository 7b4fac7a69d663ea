import { randomBytes } from "node:crypto";
import type { LoginReply, LoginRequest } from "@quanku/protocol/calls";
import type { WireError } from "@quanku/protocol/codes";
import type { App } from "../../domain/records.ts";
import { isSandbox } from "../../domain/sandbox/sandbox.ts";
import { isSecretOf } from "../../service/apps.ts";
import { personOfCode } from "../../service/persons.ts";
import type { Trace } from "../call-log/trace.ts";
import type { CallServices } from "./handler.ts";

/**
 * Changes a login code for the openid of whoever logs in, checking what is asked in the order in which tokens are fetched
 * (protocol.md section 2). `begin` is told of the app, whose calls are logged. undefined: the app is no sandbox, and has no such call. The session key is kept nowhere: nothing
 * in a sandbox is signed or encrypted with it.
 */
export async function logIn(
  { apps, reads }: Pick<CallServices, "apps" | "reads">,
  { appid, grant_type, secret, js_code }: LoginRequest,
  begin: (app: App) => Trace | undefined,
): Promise<LoginReply | WireError | undefined> {
  if (!appid) return { errcode: 41002 };
  const app = await apps.find(appid);
  if (!app) return { errcode: 40013 };
  if (!isSandbox(app)) return undefined;
  const trace = begin(app);
  if (secret) trace?.hide(secret);
  if (grant_type !== "authorization_code") return { errcode: 40002, detail: "grant_type must be authorization_code" };
  trace?.reach("secret");
  if (!secret) return { errcode: 41004, detail: "secret is required" };
  if (!isSecretOf(app, secret)) return { errcode: 40125 };
  trace?.prove(secret);
  if (!js_code) return { errcode: 40029, detail: "js_code is required; any text will do" };
  const { openid, unionid } = await personOfCode(reads, appid, js_code);
  const session_key = randomBytes(16).toString("base64");
  return { openid, session_key, ...(unionid !== null && { unionid }) };
}
