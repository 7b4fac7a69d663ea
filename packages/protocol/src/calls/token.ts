import { z } from "zod";
import { optional } from "./scalars.ts";

/** Where tokens are fetched (protocol.md section 2). */
export const tokenPaths = { token: "/cgi-bin/token", stableToken: "/cgi-bin/stable_token" } as const;

/**
 * What a token fetch is asked with, in the query (`token`) or as JSON (`stable_token`).
 * Everything is optional here: what is missing has a code of its own, checked in the platform's order.
 */
export const tokenRequest = z.object({
  grant_type: optional(z.string()),
  appid: optional(z.string()),
  secret: optional(z.string()),
  force_refresh: optional(z.boolean()),
});
export type TokenRequest = z.infer<typeof tokenRequest>;

/** The reply of both token calls: `expires_in` is what is left of the token's life, in seconds. */
export type TokenReply = { access_token: string; expires_in: number };
