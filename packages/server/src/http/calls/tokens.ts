import type { TokenReply, TokenRequest } from "@quanku/protocol/calls";
import type { WireError } from "@quanku/protocol/codes";
import { isRefusal } from "../../domain/outcome.ts";
import type { App, TokenKind } from "../../domain/records.ts";
import { type Apps, isSecretOf } from "../../service/apps.ts";
import { tellRefusal } from "../../wire/refusals.ts";

/** Issues a token to an app that proved who it is, unless something is ordered to happen instead. */
type Issuing = (app: App, issue: () => Promise<TokenReply | WireError>) => Promise<TokenReply | WireError | Response>;

/** Fetches a token, checking what is asked in the platform's order (protocol.md section 2). */
export async function fetchToken(
  apps: Apps,
  kind: TokenKind,
  { appid, grant_type, secret, force_refresh }: TokenRequest,
  issuing: Issuing,
): Promise<TokenReply | WireError | Response> {
  if (!appid) return { errcode: 41002 };
  const app = await apps.find(appid);
  if (!app) return { errcode: 40013 };
  if (grant_type !== "client_credential") return { errcode: 40002, detail: "grant_type must be client_credential" };
  if (!secret) return { errcode: 41004, detail: "secret is required" };
  if (!isSecretOf(app, secret)) return { errcode: 40125 };
  return issuing(app, async () => {
    const issued = await apps.issueToken(app, secret, kind, force_refresh ?? false);
    if (isRefusal(issued)) return tellRefusal(issued);
    return { access_token: issued.token, expires_in: issued.expiresIn };
  });
}
