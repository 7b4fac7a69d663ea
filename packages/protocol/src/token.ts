import { z } from "zod";

/** Where tokens are fetched (protocol.md section 2). */
export const tokenPaths = { token: "/cgi-bin/token", stableToken: "/cgi-bin/stable_token" } as const;

/**
 * What a token fetch is asked with, in the query (`token`) or as JSON (`stable_token`).
 * Everything is optional here: what is missing has a code of its own, checked in the platform's order.
 */
export const tokenRequest = z.object({
  grant_type: z.string().optional(),
  appid: z.string().optional(),
  secret: z.string().optional(),
  force_refresh: z.boolean().optional(),
});
export type TokenRequest = z.infer<typeof tokenRequest>;

/** The reply of both token calls: `expires_in` is what is left of the token's life, in seconds. */
export type TokenReply = { access_token: string; expires_in: number };
