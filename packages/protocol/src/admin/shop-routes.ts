import { z } from "zod";
import { personId } from "../calls/ids.ts";
import { inBoth } from "../calls/in-both.ts";
import { merchantId, mustBeIdLike } from "../calls/scalars.ts";
import { importShown } from "./previews.ts";
import { route } from "./route.ts";
import { callbackPurposes, callbackVerdicts, day, flag, nothing, page, paging, whole } from "./scalars.ts";
import { appShown, callbackKeys, callbackShown, journalPage, reportLine, verifyShown } from "./shapes.ts";

const app = z.object({ app: appShown.describe("The app as it is now.") });
const callback = z.object({ callback: callbackShown.describe("What was asked and answered.") });
const verification = z.object({ verification: verifyShown.describe("How it stands.") });

const appSecret = () => {
  const error = inBoth(
    "must have 16-128 characters; leave it out to have one made",
    "必须有 16-128 个字符；不填则自动生成",
  );
  return z.string().min(16, { error }).max(128, { error });
};

/** What operators see and do about apps. */
export const shopRoutes = {
  listApps: route({
    method: "GET",
    path: "/apps",
    role: "viewer",
    about: "The apps that you may read.",
    reply: z.object({ entries: z.array(appShown).describe("The apps.") }),
  }),
  createApp: route({
    method: "POST",
    path: "/apps",
    role: "owner",
    about: "Makes an app and tells its secret, which cannot be read again.",
    body: z.strictObject({
      appid: z
        .string()
        .regex(/^[A-Za-z0-9_-]{1,64}$/, { error: mustBeIdLike })
        .describe("Its appid: 1-64 of `A-Z a-z 0-9 _ -`."),
      secret: appSecret().describe("Its secret, 16-128 characters; made for you when left out.").optional(),
      token_quota: whole(1).describe("How many tokens of each kind it may fetch a day.").optional(),
      sandbox: flag()
        .describe("Whether it is a sandbox, with a clock that can be moved and faults that can be ordered; for good.")
        .optional(),
    }),
    reply: app.extend({ secret: z.string().describe("Its secret, this once.") }),
  }),
  showApp: route({
    method: "GET",
    path: "/apps/{appid}",
    role: "viewer",
    about: "One app and its settings.",
    reply: app,
  }),
  setApp: route({
    method: "PATCH",
    path: "/apps/{appid}",
    role: "manager",
    about:
      "Changes settings of an app; those left out stay, and null clears one that can be absent. Keys are never shown again.",
    body: z.looseObject({}).describe("The settings, by their names in `quanku app show`."),
    reply: app,
  }),
  rotateSecret: route({
    method: "POST",
    path: "/apps/{appid}/secret",
    role: "owner",
    about: "Gives an app a new secret and tells it this once; its tokens die.",
    body: z.strictObject({
      secret: appSecret().describe("16-128 characters; made for you when left out.").optional(),
    }),
    reply: z.object({ secret: z.string().describe("The secret, this once.") }),
  }),
  deleteApp: route({
    method: "DELETE",
    path: "/apps/{appid}",
    role: "owner",
    about:
      "Deletes an app and all that is of it, for ever. It must be named twice, and unless it is a sandbox have been exported since its last change.",
    query: z.strictObject({ confirm: z.string().describe("The appid once more.") }),
    reply: nothing,
    command: "app delete",
  }),
  exportApp: route({
    method: "GET",
    path: "/apps/{appid}/export",
    role: "manager",
    about: "A snapshot of the app: coupons, stock and wallets, as `quanku import` reads it.",
    download: "application/jsonl",
  }),
  importApp: route({
    method: "POST",
    path: "/apps/{appid}/import",
    role: "manager",
    about:
      "Imports a snapshot, as `exportApp` answers it, into the app: what is there already and older takes the line's place, what is newer here is refused. The whole file is read and checked first; then it goes in by 500 lines, in order, up to the first that is refused, and can be sent again.",
    query: z.strictObject({
      dry_run: flag().describe("Whether only to tell what would become of each line.").optional(),
    }),
    upload: "application/jsonl",
    reply: z.object({ import: importShown.describe("What was done, or would be.") }),
  }),
  listReports: route({
    method: "GET",
    path: "/apps/{appid}/reports",
    role: "viewer",
    about: "What happened by day and coupon, oldest day first. Days without anything have no line.",
    query: z.strictObject({
      from: day().describe("The first day, as 2026-11-01."),
      to: day().describe("The last day."),
      out_coupon_id: merchantId().describe("Only of this coupon.").optional(),
      by: z
        .enum(["day", "coupon"])
        .describe(
          "`day` the whole shop's line of each day; `coupon` a line for each coupon of each day; unless given `coupon`.",
        )
        .optional(),
      csv: flag().describe("Whether to answer a CSV file.").optional(),
    }),
    reply: z.object({ entries: z.array(reportLine).describe("The lines.") }),
    orDownload: "text/csv",
    command: "report",
  }),
  listJournal: route({
    method: "GET",
    path: "/apps/{appid}/journal",
    role: "viewer",
    about: "The app's journal, newest first.",
    query: z.strictObject({
      by: z
        .string()
        .max(200)
        .describe("Only what they did: `operator li`, `token li deploy`, `command_line`.")
        .optional(),
      ...paging,
    }),
    reply: journalPage,
    command: "journal list",
  }),
  startVerify: route({
    method: "POST",
    path: "/apps/{appid}/verify",
    role: "viewer",
    about: "Begins to recompute everything from the journal, beside the running server; reads only.",
    body: z.strictObject({}),
    reply: verification,
  }),
  showVerify: route({
    method: "GET",
    path: "/apps/{appid}/verify",
    role: "viewer",
    about: "How far the verification is, or what the last one came to.",
    reply: verification,
  }),
  verifyCallback: route({
    method: "POST",
    path: "/apps/{appid}/callback/verify",
    role: "manager",
    about: "Sends the URL check (echostr) to the callback that is set, and explains what comes back.",
    body: z.strictObject({}),
    reply: callback,
  }),
  confirmCallback: route({
    method: "POST",
    path: "/apps/{appid}/callback/confirm",
    role: "manager",
    about: "Asks the callback that is set to prove itself; if it does, it is the one in force.",
    body: z.strictObject({}),
    reply: callback.extend({ app: appShown.describe("The app as it is now.") }),
    command: "callback confirm",
  }),
  testCallback: route({
    method: "POST",
    path: "/apps/{appid}/callback/test",
    role: "manager",
    about:
      "Sends a claim that is only a test to the callback in force, and explains what comes back; nothing is given.",
    body: z.strictObject({
      openid: personId().describe("Whose claim to play; `test_openid` unless given.").optional(),
      out_coupon_id: merchantId()
        .describe(
          "Of which coupon: then the request id begins with `quanku_test_`, by which the merchant's program can tell it. Left out: the platform's own test, as `confirm` sends it.",
        )
        .optional(),
    }),
    reply: callback,
    command: "callback test",
  }),
  listCallbacks: route({
    method: "GET",
    path: "/apps/{appid}/callbacks",
    role: "viewer",
    about: "Every time the merchant was asked, newest first; 1 000 of the last 7 days are kept.",
    query: z.strictObject({
      verdict: z.enum(callbackVerdicts).describe("Only those that came to this.").optional(),
      purpose: z.enum(callbackPurposes).describe("Only those sent for this.").optional(),
      request_id: z.string().max(128).describe("Only those of this claim.").optional(),
      ...paging,
    }),
    reply: page(callbackShown, "attempts"),
    command: "callback list",
  }),
  showCallbackKeys: route({
    method: "POST",
    path: "/apps/{appid}/callback/keys",
    role: "manager",
    about:
      "The keys that the merchant's program has to know, which no other call shows. Who asked is written to the server's log.",
    body: z.strictObject({}),
    reply: z.object({ keys: callbackKeys.describe("The keys as they are set.") }),
  }),
  resendCallback: route({
    method: "POST",
    path: "/apps/{appid}/callbacks/{callback}/resend",
    role: "manager",
    about:
      "Sends an attempt once more, a claim with the same request id. Where the claim still waits, the answer decides it; else nothing changes.",
    body: z.strictObject({}),
    reply: callback,
    command: "callback resend",
  }),
  stream: route({
    method: "GET",
    path: "/apps/{appid}/stream",
    role: "viewer",
    about:
      "Events as they happen: `journal` and `callback`, and `call` of a sandbox app, each as it is listed. `Last-Event-ID` goes on where one left off.",
    download: "text/event-stream",
  }),
} as const;
