import { z } from "zod";
import { personId } from "./ids.ts";
import { mustBeIdLike, optional, text } from "./scalars.ts";

/** Where a mini program's login code is changed for the person's openid (protocol.md section 2): of sandbox apps alone. */
export const loginPath = "/sns/jscode2session";

/** What a login is asked with, in the query. What is missing has a code of its own, checked in the platform's order. */
export const loginRequest = z.object({
  grant_type: optional(z.string().describe("Always `authorization_code`.")),
  appid: optional(z.string().describe("The app, which is a sandbox.")),
  secret: optional(z.string().describe("The app's secret.")),
  js_code: optional(
    z.string().describe("Who logs in: a person's name, or any other text, which always stands for the same person."),
  ),
});
export type LoginRequest = z.infer<typeof loginRequest>;

/** The reply of a login, which has no errcode. */
export const loginReply = z.object({
  openid: personId(),
  session_key: z
    .string()
    .describe("16 random bytes, base64, made anew each time. In a sandbox nothing is signed or encrypted with it."),
  unionid: z.string().describe("Who the person is in all apps of one owner, where they were given one.").optional(),
});
export type LoginReply = z.infer<typeof loginReply>;

/** What a person of a sandbox app is called: the js_code that logs in as them, 1-128 characters. */
export const personName = () => text(128).describe("The person's name: the js_code that logs in as them.");

/** What a unionid may be, 1-64 of `A-Z a-z 0-9 _ -`. */
export const unionId = () => z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, { error: mustBeIdLike });
