import { exchange, type Line, type Outcome, type Reply } from "./exchange.ts";
import type { Credentials } from "./tokens.ts";

/** Who logged in to a mini program, as its backend is told. */
export interface Session {
  /** The person, in this app. */
  openid: string;
  session_key: string;
  /** The person in all apps of one owner, where that is known. */
  unionid?: string | undefined;
}

/** Asks the host once whose a login code is. The platform takes a code once, so that a lost answer cannot be asked for again. */
export function logIn(
  line: Line,
  { baseUrl, appid, secret }: Credentials,
  code: string,
  signal: AbortSignal | undefined,
): Promise<Outcome<Reply>> {
  const asked = { appid, secret, js_code: code, grant_type: "authorization_code" };
  const url = `${baseUrl}/sns/jscode2session?${new URLSearchParams(asked)}`;
  const request = { call: "jscode2session", url, isEnveloped: false, repeatable: false, secrets: [secret] };
  return exchange(line, request, signal);
}
