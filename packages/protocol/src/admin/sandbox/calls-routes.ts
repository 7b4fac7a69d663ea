import { z } from "zod";
import { inBoth } from "../../calls/in-both.ts";
import { merchantId } from "../../calls/scalars.ts";
import { route } from "../route.ts";
import { count, page, paging, seconds } from "../scalars.ts";
import { callbackShown, journalEntry } from "../shapes.ts";

const text = (about: string) =>
  z
    .object({
      text: z.string().describe("Its beginning, secrets replaced by `***`."),
      bytes: count("How many bytes it had in all."),
    })
    .nullable()
    .describe(about);

/** What was checked of a call. */
const checkShown = z.object({
  check: z
    .string()
    .describe("What was checked: `route`, `method`, `token`, `callback`, `room`, `body`, `json` and so on."),
  result: z
    .enum(["passed", "failed", "skipped"])
    .describe("What came of it; after one that failed nothing is checked."),
  code: z.string().nullable().describe("Of the rules: the refusal, as `sold_out`; null: none."),
  en: z.string().describe("The same in words."),
  zh: z.string().describe("The same in words, Chinese."),
});

/** One call over the wire of a sandbox app. */
export const callShown = z.object({
  call: z.string().describe("Its name, as `claim`; `token` and `stable_token` fetch a token, `unknown` is no call."),
  nth: count("Its number: 1, 2, 3, … in the app, in the order in which calls were kept."),
  rid: z.string().describe("Names it; the reply told it too."),
  time_ms: z.int().describe("When it came, Unix milliseconds."),
  app_time: seconds("What the app's clock showed then"),
  milliseconds: z.number().describe("How long it took."),
  errcode: z.int().describe("What it came to; 0: it succeeded."),
  errmsg: z.string().nullable().describe("The same in words, as it was told; null where it succeeded."),
  openid: z.string().describe("Whom its body names; empty where nobody."),
  out_coupon_id: z.string().describe("Which coupon its body names; empty where none."),
  request_id: z.string().describe("The request id that its body names; empty where none."),
  fault: z.string().nullable().describe("The fault that was played on it; null: none."),
  ended: z.string().describe("The last thing that was checked."),
  refused: z.string().nullable().describe("The refusal that a rule gave, as `sold_out`; null: none."),
  checks: z.array(checkShown).describe("What was checked, in order; the last one that is told is where it ended."),
  request: z
    .object({
      method: z.string().describe("The method."),
      path: z.string().describe("The path."),
      query: z.string().describe("The query, without the `?`."),
      headers: z.record(z.string(), z.string()).describe("Headers that explain something."),
      body: text("The body; null: it was not read, or is none."),
    })
    .describe("What was sent, secrets replaced by `***`."),
  reply: z
    .object({ status: z.int().describe("The HTTP status."), body: text("The body.") })
    .describe("What was answered, secrets replaced by `***`."),
});

/** The calls about the log of sandbox apps' calls. */
export const callsRoutes = {
  listCalls: route({
    method: "GET",
    path: "/apps/{appid}/calls",
    role: "viewer",
    about:
      "Every call over the wire of a sandbox app, newest first, and why it came to what it did; 5 000 of the last 7 days are kept.",
    query: z.strictObject({
      call: z.string().max(64).describe("Only those of this name.").optional(),
      errcode: z
        .preprocess(
          (value: number | string | undefined) =>
            typeof value === "string" && /^-?\d{1,9}$/.test(value) ? Number(value) : value,
          z.int({ error: inBoth("must be a whole number", "必须是整数") }),
        )
        .describe("Only those that came to this; 0: those that succeeded.")
        .optional(),
      openid: z.string().max(128).describe("Only those that name this person.").optional(),
      out_coupon_id: merchantId().describe("Only those that name this coupon.").optional(),
      rid: z.string().max(64).describe("Only the one of this rid.").optional(),
      ...paging,
    }),
    reply: page(callShown, "calls"),
  }),
  showCall: route({
    method: "GET",
    path: "/apps/{appid}/calls/{rid}",
    role: "viewer",
    about: "One call, what it changed, and how the merchant was asked for it.",
    reply: z.object({
      call: callShown.describe("The call."),
      changed: z.array(journalEntry).describe("What it changed, newest first; at most 100 entries."),
      callbacks: z.array(callbackShown).describe("The times the merchant was asked about its claim meanwhile."),
    }),
  }),
} as const;
