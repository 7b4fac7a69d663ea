import { z } from "zod";
import { inBoth } from "../calls/in-both.ts";
import { healthShown } from "./health.ts";
import { route } from "./route.ts";
import { nothing, paging, whole } from "./scalars.ts";
import { apps, journalPage, operatorShown, role, sessionShown, tokenShown } from "./shapes.ts";

const password = (about: string) =>
  z
    .string()
    .refine(({ length }) => length >= 10 && length <= 256, {
      error: inBoth("must have 10-256 characters", "必须有 10-256 个字符"),
    })
    .describe(`${about}; 10-256 characters.`);
const operatorName = () =>
  z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, {
      error: inBoth(
        "must be 1-64 of a-z 0-9 . _ -, and begin with a letter or digit",
        "必须是 1-64 个字符，只能用 a-z 0-9 . _ -，并以字母或数字开头",
      ),
    })
    .describe("The name that they sign in with: 1-64 of `a-z 0-9 . _ -`.");
const operator = z.object({ operator: operatorShown.describe("The operator as they are now.") });
const session = z.object({ session: sessionShown.describe("Who is signed in.") });

/** Who may come in, and what they may do. */
export const accessRoutes = {
  signIn: route({
    method: "POST",
    path: "/session",
    role: "anyone",
    about: "Signs in; the session is a cookie that no script can read.",
    body: z.strictObject({
      name: z.string().max(64).describe("The operator."),
      password: z.string().max(256).describe("Their password."),
    }),
    reply: session,
  }),
  signInByLink: route({
    method: "GET",
    path: "/session/link",
    role: "anyone",
    about: "Signs in by a link that works once and for ten minutes, on loopback; leads on to the console.",
    query: z.strictObject({ code: z.string().max(200).describe("The link's code.") }),
  }),
  showSession: route({
    method: "GET",
    path: "/session",
    role: "viewer",
    about: "Who is asking, and what they may do.",
    reply: session,
  }),
  signOut: route({
    method: "DELETE",
    path: "/session",
    role: "viewer",
    about: "Signs out: the session is of no more use to anybody.",
    reply: nothing,
  }),
  changePassword: route({
    method: "PUT",
    path: "/session/password",
    role: "viewer",
    about: "Gives yourself another password; all your other sessions end.",
    body: z.strictObject({
      password: z.string().max(256).describe("The password until now; left out where none is set.").optional(),
      new_password: password("The new one"),
    }),
    reply: nothing,
  }),
  listTokens: route({
    method: "GET",
    path: "/tokens",
    role: "viewer",
    about: "Your access tokens.",
    reply: z.object({ entries: z.array(tokenShown).describe("The tokens.") }),
  }),
  createToken: route({
    method: "POST",
    path: "/tokens",
    role: "viewer",
    about:
      "Makes an access token for a script, and tells it this once. It may do no more than you, and ends when you go.",
    body: z.strictObject({
      name: operatorName().describe("What to call it; the journal tells it."),
      role: role().optional(),
      apps: apps().optional(),
      days: whole(1, 366).describe("For how many days it is good, 1-366."),
    }),
    reply: z.object({ token: z.string().describe("The token: sent as `Authorization: Bearer …`.") }),
  }),
  revokeToken: route({
    method: "DELETE",
    path: "/tokens/{token}",
    role: "viewer",
    about: "Ends one of your access tokens.",
    reply: nothing,
  }),
  listOperators: route({
    method: "GET",
    path: "/operators",
    role: "owner",
    about: "Every operator.",
    reply: z.object({ entries: z.array(operatorShown).describe("The operators.") }),
  }),
  createOperator: route({
    method: "POST",
    path: "/operators",
    role: "owner",
    about: "Makes an operator. Without a password one is made and told this once.",
    body: z.strictObject({
      name: operatorName(),
      role: role(),
      apps: apps().optional(),
      password: password("Their password").optional(),
    }),
    reply: operator.extend({
      password: z.string().nullable().describe("The password that was made; null: you gave one."),
    }),
  }),
  changeOperator: route({
    method: "PATCH",
    path: "/operators/{operator}",
    role: "owner",
    about: "Gives an operator another role or other apps. The last owner stays one.",
    body: z.strictObject({ role: role().optional(), apps: apps().optional() }),
    reply: operator,
  }),
  resetOperator: route({
    method: "POST",
    path: "/operators/{operator}/reset",
    role: "owner",
    about: "Gives an operator a new password and tells it this once; their sessions and tokens end.",
    body: z.strictObject({}),
    reply: z.object({ password: z.string().describe("The new password.") }),
  }),
  removeOperator: route({
    method: "DELETE",
    path: "/operators/{operator}",
    role: "owner",
    about: "Removes an operator; their sessions and tokens end. The last owner stays.",
    reply: nothing,
  }),
  showHealth: route({
    method: "GET",
    path: "/health",
    role: "viewer",
    about:
      "How this server process does: whether it would keep writes, and for owners what it has to do. Where several processes serve, it tells of the one that answers.",
    reply: z.object({ health: healthShown.describe("How it does.") }),
  }),
  listHouseJournal: route({
    method: "GET",
    path: "/journal",
    role: "owner",
    about: "What happened to operators, and to apps that were deleted, newest first.",
    query: z.strictObject(paging),
    reply: journalPage,
    command: "journal house",
  }),
} as const;
