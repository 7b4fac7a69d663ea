import { secretSettings } from "./access/settings.ts";
import type { Actor } from "./actor.ts";
import type { App, Operator, Order, Stock, UserCoupon, UserCouponId } from "./records.ts";
import type { Tally } from "./reports/tally.ts";
import type { Step } from "./working-copy.ts";

/** A step as the journal keeps it: of an app and an operator only what is no secret, and no appid, which the entry itself carries. */
export function journaled({ record, before, after }: Step): Step {
  const shown = record === "app" ? publicPart : record === "operator" ? publicPartOfOperator : withoutAppid;
  return { record, before: before && shown(before), after: "removed" in after ? after : shown(after) };
}

/** What the house's journal keeps of an app that was deleted: where its own journal ended. */
export type RemovedApp = { appid: string; removed: { seq: number; digest: string } };

/** What the journal of a sandbox app tells of it where a saved state is loaded: what was counted until that was saved. */
export type RestoredApp = App & { reports: readonly Omit<Tally, "appid">[] };

/**
 * Whether a journal begins with an entry: it makes the app, or is the first of one that was emptied, whose numbers go on.
 * No entry stands before it.
 */
export const beginsJournal = (steps: readonly { record: string; before: object | null }[]): boolean =>
  steps[0]?.record === "app" && steps[0].before === null;

/** Of passwords, sessions, tokens and links only that they are there, and until when; nor where somebody signed in from. */
function publicPartOfOperator(operator: object): object {
  const { name, role, apps, password, createdAt, signedInAt, sessions, tokens, link, open } = operator as Operator;
  return {
    name,
    role,
    apps,
    hasPassword: password !== null,
    createdAt,
    signedInAt,
    sessions: sessions.map(({ createdAt, endsAt }) => ({ createdAt, endsAt })),
    tokens: tokens.map(({ digest, ...shown }) => shown),
    linkEndsAt: link?.endsAt ?? null,
    open,
  };
}

function publicPart(app: object): object {
  const { createdAt, tokenQuota, tokens, settings, confirmedUrl, exported, sandbox, reports } =
    app as Partial<RestoredApp> & App;
  const expiries = Object.entries(tokens).map(([kind, { current }]) => [kind, current?.expiresAt ?? null]);
  const shown = Object.entries(settings).filter(([name]) => !(secretSettings as readonly string[]).includes(name));
  return {
    createdAt,
    tokenQuota,
    tokensExpireAt: Object.fromEntries(expiries),
    settings: { ...Object.fromEntries(shown), callbackUrl: withoutQuery(settings.callbackUrl) },
    confirmedUrl: withoutQuery(confirmedUrl),
    exported,
    sandbox,
    ...(reports && { reports }),
  };
}

/** A merchant may have put a key into the query. */
const withoutQuery = (url: string | null) => url?.split("?", 1)[0] ?? null;

const withoutAppid = (value: object): object => ({ ...value, appid: undefined });

/** What journal entries are looked up by, beside their number: what was changed, or who did it. */
export type Subject =
  | { of: "coupon"; outCouponId: string }
  | ({ of: "userCoupon" } & UserCouponId)
  | { of: "order"; outOrderId: string }
  /** The redeemed orders that a coupon is on. */
  | { of: "ordersOf"; outCouponId: string }
  | { of: "by"; by: string };

/** A subject in one text, as stores keep it. */
export function subjectText(subject: Subject): string {
  switch (subject.of) {
    case "coupon":
      return `coupon ${subject.outCouponId}`;
    case "userCoupon":
      return `user coupon ${JSON.stringify([subject.outCouponId, subject.outUserCouponId])}`;
    case "order":
      return `order ${subject.outOrderId}`;
    case "ordersOf":
      return `orders of ${subject.outCouponId}`;
    case "by":
      return `by ${subject.by}`;
  }
}

/**
 * What an entry is kept to be about, in texts, so that a history is found without reading the whole journal. Of a claim
 * that is nothing, because it must stay cheap: the user coupon that an entry records keeps the entry's number itself.
 */
export function subjectsOf({ by, steps }: { by: Actor | null; steps: readonly Step[] }): string[] {
  const subjects = by !== null && isSomebody(by) ? [subjectText({ of: "by", by })] : [];
  const setsStock = !steps.some(isOfClaim);
  for (const step of steps) for (const subject of subjectsOfStep(step, setsStock)) subjects.push(subjectText(subject));
  return subjects.length > 1 ? [...new Set(subjects)] : subjects;
}

/** Whether what somebody did can be listed: what apps and jobs do has no end, and a logged call tells its entries itself. */
const isSomebody = (by: Actor): boolean =>
  by === "command_line" || by.startsWith("operator ") || by.startsWith("token ");

/** What moves a stock only because of one that is claimed, promised or given back. */
const isOfClaim = ({ record }: Step): boolean => record === "userCoupon" || record === "hold" || record === "claim";

const none: readonly Subject[] = [];

function subjectsOfStep({ record, before, after }: Step, setsStock: boolean): readonly Subject[] {
  if (record === "coupon" || (record === "stock" && setsStock)) {
    const { outCouponId } = after as Stock;
    return [{ of: "coupon", outCouponId }];
  }
  if (record === "userCoupon" && before !== null) {
    const { outCouponId, outUserCouponId } = after as UserCoupon;
    return [{ of: "userCoupon", outCouponId, outUserCouponId }];
  }
  return record === "order" ? subjectsOfOrder(before as Order | null, after as Order) : none;
}

function subjectsOfOrder(before: Order | null, { outOrderId, coupons, redeemedAt }: Order): Subject[] {
  const isRedeemed = redeemedAt !== null && (before?.redeemedAt ?? null) === null;
  const usedOn = isRedeemed ? coupons.map(({ outCouponId }) => ({ of: "ordersOf", outCouponId }) as const) : [];
  return [{ of: "order", outOrderId }, ...usedOn];
}
