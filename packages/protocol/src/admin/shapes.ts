import { z } from "zod";
import { told } from "../calls/meanings.ts";
import { orderShown } from "../calls/order.ts";
import { mustBeOneOf } from "../calls/scalars.ts";
import { couponShown } from "../calls/table.ts";
import {
  callbackPurposes,
  callbackVerdicts,
  count,
  couponStatusNames,
  fen,
  page,
  purposeMeanings,
  roleMeanings,
  roles,
  seconds,
  userCouponStatusNames,
  verdictMeanings,
} from "./scalars.ts";

/** Who gave a command, as the journal keeps it; null where that was not written down yet. */
export const by = () =>
  z
    .string()
    .nullable()
    .describe(
      "Who did it: `app`, `command_line`, `operator …`, `token …` or `job …`; null where nobody wrote it down.",
    );

export const role = () => z.enum(roles, { error: mustBeOneOf(roles) }).describe(told("What they may do", roleMeanings));

export const apps = () =>
  z.array(z.string().max(64)).max(1000).describe("The apps that they may read or steer; an owner has all.");

/** An operator as others see them. */
export const operatorShown = z.object({
  name: z.string().describe("The name that they sign in with."),
  role: role(),
  apps: apps(),
  has_password: z.boolean().describe("Whether a password is set; without one they sign in by a link."),
  create_time: seconds("When they were made"),
  sign_in_time: seconds("When they last signed in").nullable(),
});

/** An access token as its operator sees it: never its text. */
export const tokenShown = z.object({
  name: z.string().describe("What it is called."),
  role: role(),
  apps: apps(),
  create_time: seconds("When it was made"),
  end_time: seconds("When it ends"),
});

/** Who is asking. */
export const sessionShown = z.object({
  name: z.string().describe("Who is signed in."),
  role: role(),
  apps: apps(),
  token: z.string().nullable().describe("The access token that is used; null: a session."),
  end_time: seconds("When the session or the token ends"),
});

/** An app and its settings. Keys are told to be set, never shown. */
export const appShown = z.looseObject({
  appid: z.string().describe("The app."),
  create_time: seconds("When it was made"),
  sandbox: z.boolean().describe("Whether it is a sandbox."),
  token_quota: count("How many tokens of each kind it may fetch a day."),
  callback_url_in_force: z.string().nullable().describe("Where claims are asked; null: nowhere."),
  callback_confirmed: z.boolean().describe("Whether the URL that is set has proved itself."),
});

/** A saved state of a sandbox app. */
export const stateShown = z.object({
  state: z.string().describe("Its name."),
  save_time: seconds("When it was saved"),
  app_time: seconds("What the app's clock showed then"),
  by: z.string().describe("Who saved it."),
  records: count("How many records it holds."),
});

/** What a coupon gives, in words. */
export const words = z
  .object({ zh: z.string().describe("In Chinese."), en: z.string().describe("In English.") })
  .describe("What it gives, in words.");

/** A coupon as operators see it. */
export const couponEntry = z.object({
  coupon: couponShown.describe("The coupon, as the wire shows it."),
  status: z.enum(couponStatusNames).describe("Its status in a word."),
  name: z.string().describe("Its name, out of the document; empty where that has none."),
  words,
  paused: z.boolean().describe("Whether claims of it are paused."),
  stock: z
    .object({
      remaining: count("How many are left, those promised included."),
      claimed: count("How many were handed out."),
      promised: count("How many are promised to claims that the merchant still decides."),
    })
    .nullable()
    .describe("Its stock; null until it is activated."),
});

/** A user coupon as operators see it. */
export const userCouponEntry = z.object({
  out_coupon_id: z.string().describe("The coupon it is one of."),
  out_user_coupon_id: z.string().describe("Its id; with `out_coupon_id` it is unique in the app."),
  openid: z.string().describe("Whose it is."),
  status: z.enum(userCouponStatusNames).describe("Its status in a word."),
  create_time: seconds("When it was recorded"),
  update_time: seconds("When it last changed"),
  receive_time: seconds("When the person received it"),
  start_time: seconds("From when it can be used; 0: at any time"),
  end_time: seconds("Until when it can be used; 0: for ever"),
  use_time: seconds("When it was used").nullable(),
  out_order_id: z.string().nullable().describe("The order that it is locked for or used on, if it is one of ours."),
  lock_end_time: seconds("The last second of the lock").nullable(),
});

/** One entry of the journal: what a command changed. */
export const journalEntry = z.object({
  seq: count("Its number: it grows in the order of the app's changes."),
  time: seconds("When"),
  command: z.string().describe("What was done."),
  by: by(),
  digest: z.string().describe("Ends the chain of digests up to this entry."),
  steps: z
    .array(
      z.looseObject({
        record: z.string().describe("The kind of record that changed."),
        before: z.looseObject({}).nullable().describe("What it was; null: it was not there."),
        after: z.looseObject({}).describe("What it is since."),
      }),
    )
    .describe("What changed, in order."),
});
export const journalPage = page(journalEntry, "the journal, newest first");

export const orderEntry = orderShown;

/** What happened to a coupon on a day of the shop (UTC+8). */
export const reportLine = z.object({
  day: z.string().describe("The day, as 2026-11-26."),
  out_coupon_id: z.string().nullable().describe("The coupon; null: the whole shop."),
  claimed: count("How many were given to people."),
  redeemed: count("How many were used."),
  returned: count("How many used ones came back."),
  expired: count("How many expired."),
  given_up: count("How many were given up or taken back."),
  orders: count("How many orders were redeemed with it."),
  discount: fen("What it took off orders that were redeemed"),
  turnover: fen("What was paid for orders that were redeemed with it"),
  refunded: fen("What was paid back of such orders"),
});

/** A hand-out: a job that gives one coupon to many people. */
export const handOutShown = z.object({
  hand_out: z.string().describe("Its id: the request_id that it was made with."),
  out_coupon_id: z.string().describe("The coupon."),
  state: z
    .enum(["checking", "checked", "running", "done", "cancelled"])
    .describe(
      "`checking` a dry run is under way; `checked` it is over and nothing was given; `running`; `done`; `cancelled`.",
    ),
  dry_run: z.boolean().describe("Whether what is counted is of a dry run: what would be given."),
  total: count("How many lines it has."),
  next: count("How many lines are decided."),
  given: count("How many people were given one."),
  refused: z.record(z.string(), z.int()).describe("How many were refused, by why."),
  by: by(),
  create_time: seconds("When it was made"),
  update_time: seconds("When it last went on"),
});

/** One time a merchant was asked. */
export const callbackShown = z.object({
  callback: z.string().describe("Its id: 1, 2, 3, … in the app, in the order in which attempts were kept."),
  time_ms: z.int().describe("When, Unix milliseconds."),
  purpose: z.enum(callbackPurposes).describe(told("Why", purposeMeanings)),
  request_id: z.string().describe("The request id of the claim; empty where a URL was verified."),
  openid: z.string().describe("Whose claim it is; empty where a URL was verified."),
  out_coupon_id: z.string().describe("Of which coupon; empty where a URL was verified."),
  url: z.string().describe("Where."),
  request: z.string().describe("The body as it was sent."),
  message: z.string().describe("The message in it before it was encrypted."),
  status: z.int().nullable().describe("The reply's HTTP status; null: none came."),
  reply: z.string().nullable().describe("The reply's body as it came."),
  read: z.string().nullable().describe("The message in it once decrypted."),
  milliseconds: z.int().describe("How long it took."),
  verdict: z.enum(callbackVerdicts).describe(told("What was made of it", verdictMeanings)),
  reason: z.string().describe("Why, in words that let the merchant mend it."),
  fault: z
    .string()
    .nullable()
    .describe("What was ordered to go wrong with it, as `push=lost`; null: nothing was. Of sandbox apps alone."),
});

/** How far a verification is, and what it came to. */
export const verifyShown = z.object({
  state: z
    .enum(["never", "running", "right", "wrong", "failed"])
    .describe("`never` none was begun; `wrong`: see `faults`."),
  entries: count("How many entries of the journal it has read."),
  of: count("How many there are."),
  records: count("How many records it has compared."),
  faults: z
    .array(
      z.object({
        entry: z.int().nullable().describe("The first journal entry that does not follow, by its seq."),
        what: z.string().describe("What is wrong, in words."),
      }),
    )
    .describe("What is not as the journal says; at most 100."),
  head: z.string().nullable().describe("The digest of the journal's last entry."),
  start_time: seconds("When it began").nullable(),
  end_time: seconds("When it ended").nullable(),
});

/** What a merchant's program has to know of an app's callback. */
export const callbackKeys = z.object({
  token: z.string().nullable().describe("What signs pushes; null: it is not set."),
  encoding_aes_key: z.string().nullable().describe("What encrypts pushes; null: it is not set."),
});
