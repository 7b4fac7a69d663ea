import { z } from "zod";
import { optional, seconds } from "./scalars.ts";

/** Where tokens are fetched (protocol.md section 2). */
export const tokenPaths = { token: "/cgi-bin/token", stableToken: "/cgi-bin/stable_token" } as const;

/**
 * What a token fetch is asked with, in the query (`token`) or as JSON (`stable_token`).
 * Everything is optional here: what is missing has a code of its own, checked in the platform's order.
 */
export const tokenRequest = z.object({
  grant_type: optional(z.string().describe("Always `client_credential`.")),
  appid: optional(z.string().describe("The app.")),
  secret: optional(z.string().describe("The app's secret.")),
  force_refresh: optional(
    z.boolean().describe("Whether a new token is made before its time; of `stable_token` alone."),
  ),
});
export type TokenRequest = z.infer<typeof tokenRequest>;

/** The reply of both token calls, which has no errcode. */
export const tokenReply = z.object({
  access_token: z.string().describe("The token, at most 512 characters."),
  expires_in: seconds().describe("What is left of the token's life, in seconds."),
});
export type TokenReply = z.infer<typeof tokenReply>;
