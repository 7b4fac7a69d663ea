import type { TokenReply, TokenRequest } from "@quanku/protocol/calls";
import type { WireError } from "@quanku/protocol/codes";
import { isRefusal } from "../../domain/outcome.ts";
import type { App, TokenKind } from "../../domain/records.ts";
import { type Apps, isSecretOf } from "../../service/apps.ts";
import { type ToldRefusal, tellRefusal } from "../../wire/refusals.ts";
import type { Trace } from "../call-log/trace.ts";
import type { GatewayPage } from "../faults/gateway-page.ts";

/** Issues a token to an app that proved who it is, unless something is ordered to happen instead. */
type Issuing = (app: App, issue: () => Promise<Issued>) => Promise<Issued | WireError | GatewayPage>;
type Issued = TokenReply | WireError | ToldRefusal;

/**
 * Fetches a token, checking what is asked in the platform's order (protocol.md section 2). `begin` is told of a sandbox
 * app, whose calls are logged.
 */
export async function fetchToken(
  apps: Apps,
  kind: TokenKind,
  { appid, grant_type, secret, force_refresh }: TokenRequest,
  { begin, issuing }: { begin: (app: App) => Trace | undefined; issuing: Issuing },
): Promise<Issued | GatewayPage> {
  if (!appid) return { errcode: 41002 };
  const app = await apps.find(appid);
  if (!app) return { errcode: 40013 };
  const trace = app.sandbox ? begin(app) : undefined;
  if (secret) trace?.hide(secret);
  if (grant_type !== "client_credential") return { errcode: 40002, detail: "grant_type must be client_credential" };
  trace?.reach("secret");
  if (!secret) return { errcode: 41004, detail: "secret is required" };
  if (!isSecretOf(app, secret)) return { errcode: 40125 };
  trace?.prove(secret);
  return issuing(app, async () => {
    const issued = await apps.issueToken(app, secret, kind, force_refresh ?? false, trace?.by);
    if (isRefusal(issued)) return tellRefusal(issued);
    return { access_token: issued.token, expires_in: issued.expiresIn };
  });
}
