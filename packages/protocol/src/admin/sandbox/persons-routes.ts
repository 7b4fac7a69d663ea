import { z } from "zod";
import { personId } from "../../calls/ids.ts";
import { personName, unionId } from "../../calls/login.ts";
import { INT32_MAX, merchantId } from "../../calls/scalars.ts";
import { route } from "../route.ts";
import { count, nothing, page, paging, seconds } from "../scalars.ts";
import { callbackShown, userCouponEntry } from "../shapes.ts";

/** Somebody of a sandbox app who was given a name. */
export const personShown = z.object({
  name: z.string().describe("The js_code that logs in as them."),
  openid: z.string().describe("Their openid in the app."),
  unionid: z
    .string()
    .nullable()
    .describe("Who they are in all apps of one owner; null: a login tells nothing of that."),
  create_time: seconds("When the name was given"),
});

const one = "/apps/{appid}/persons/{person}";

/** The calls about the people of sandbox apps. */
export const personsRoutes = {
  listPersons: route({
    method: "GET",
    path: "/apps/{appid}/persons",
    role: "viewer",
    about:
      "The people of a sandbox app who have a name, by it. Whoever logs in with another code is somebody all the same.",
    query: z.strictObject(paging),
    reply: page(personShown, "people"),
    command: "person list",
  }),
  makePerson: route({
    method: "PUT",
    path: one,
    role: "manager",
    about:
      "Gives somebody of a sandbox app a name to log in with, or who has it another openid and unionid; at most 1000 in an app.",
    body: z.strictObject({
      openid: personId().describe("Their openid; absent: the one that the name stands for as a code.").optional(),
      unionid: unionId().describe("Their unionid; absent: none.").optional(),
    }),
    reply: z.object({ person: personShown.describe("The person as they are now.") }),
    command: "person make",
  }),
  removePerson: route({
    method: "DELETE",
    path: one,
    role: "manager",
    about: "Takes a name back. What the person has stays theirs by their openid.",
    reply: nothing,
    command: "person remove",
  }),
  triggerClaim: route({
    method: "POST",
    path: "/apps/{appid}/trigger/claim",
    role: "manager",
    about:
      "Plays a person's tap on a coupon of a sandbox app: the claim as the platform begins it, decided by our rules or by the merchant's callback. Tells what came of it, refused or not.",
    body: z.strictObject({
      openid: personId().describe("Who taps; give this or `person`.").optional(),
      person: personName().describe("Who taps, by their name; give this or `openid`.").optional(),
      out_coupon_id: merchantId().describe("The coupon."),
      request_id: merchantId()
        .describe("The claim's id: repeated, it gives no second coupon; made where it is absent.")
        .optional(),
    }),
    reply: z.object({
      granted: z.boolean().describe("Whether the person was given the coupon."),
      errcode: z.int().max(INT32_MAX).describe("What the wire's `claim` answers; 0: it was granted."),
      errmsg: z.string().nullable().describe("Why it was refused, in the wire's words; null: it was not."),
      request_id: z.string().describe("The claim's id."),
      openid: z.string().describe("Who tapped."),
      attempts: count("How often the merchant was asked under this id so far; 0: our own rules decided."),
      user_coupon: userCouponEntry.nullable().describe("What the person was given; null: nothing."),
      callback: callbackShown.nullable().describe("The last time the merchant was asked; null: nobody was."),
    }),
    command: "trigger claim",
  }),
} as const;
