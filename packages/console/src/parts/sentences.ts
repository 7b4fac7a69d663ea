import type { JournalEntry } from "@quanku/sdk/admin";
import type { Say } from "../words/table.ts";
import type { words } from "./history-words.ts";

type Name = keyof (typeof words)["words"];
type Facts = Readonly<Record<string, unknown>>;
type Sentence = { name: Name; given: Record<string, string | number> };

/** The words of a status, as they are said everywhere else. */
export type SayStatus = (status: string) => string;

/** What an entry says happened, as a sentence. What it is about are texts: whatever stands in them. */
export function sentenceOf(entry: JournalEntry, say: Say<Name>, sayStatus: SayStatus): string {
  const { name, given } = told(entry, sayStatus);
  return say(name, given);
}

function told({ command, steps }: JournalEntry, sayStatus: SayStatus): Sentence {
  const step = (record: string) => steps.find((one) => one.record === record);
  const after = (record: string): Facts => step(record)?.after ?? {};
  const before = (record: string): Facts => step(record)?.before ?? {};
  const [coupon, userCoupon, stock, order] = ["coupon", "userCoupon", "stock", "order"].map(after) as [
    Facts,
    Facts,
    Facts,
    Facts,
  ];
  const of: Facts = { ...stock, ...coupon, ...after("hold"), ...after("claim"), ...userCoupon };
  const given = {
    coupon: text(of.outCouponId),
    userCoupon: text(of.outUserCouponId),
    openid: text(of.openid ?? order.openid),
    order: text(order.outOrderId),
    handOut: text(after("handOut").handOutId),
    name: text(after("operator").name ?? after("person").name),
    command,
  };
  const say = (name: Name, more: Sentence["given"] = {}): Sentence => ({ name, given: { ...given, ...more } });
  switch (command) {
    case "changeCouponStatus":
      return coupon.status === "active"
        ? say("activated", { remaining: number(stock.remaining) })
        : say("changedTo", { status: sayStatus(text(coupon.status)) });
    case "restock":
      return say(command, { was: number(before("stock").remaining), remaining: number(stock.remaining) });
    case "changeUserCouponStatus":
      return changedUserCoupon(text(before("userCoupon").status), text(userCoupon.status), say, sayStatus);
    case "configureApp":
      return say(command, { settings: changedIn(before("app").settings, after("app").settings).join(", ") });
    case "confirmCallback":
      return say(command, { url: text(after("app").confirmedUrl) });
    case "setClock":
      return say(command, { ahead: number((after("app").sandbox as { clock?: Facts } | undefined)?.clock?.ahead) });
    case "orderFault":
      return say(command, { fault: text(lastFault(after("app"))) });
    case "lockOrder":
    case "redeemOrder":
      return say(command, { count: Array.isArray(order.coupons) ? order.coupons.length : 0 });
    case "advanceHandOut":
      return say(command, { next: number(after("handOut").next), total: number(after("handOut").total) });
    case "deleteApp":
      return say(command, { appid: text(after("app").appid) });
    default:
      return say(isSaid(command) ? command : "other");
  }
}

function changedUserCoupon(
  from: string,
  to: string,
  say: (name: Name, more?: Sentence["given"]) => Sentence,
  sayStatus: SayStatus,
): Sentence {
  if (to === "used") return say("redeemed");
  if (to === "given_up") return say("gaveUp");
  if (from === "used" && to === "effective") return say("returned");
  return say("userCouponSet", { status: sayStatus(to) });
}

/** The commands whose sentence needs nothing but what the entry is about. */
const plain = [
  "createApp",
  "rotateSecret",
  "noteExport",
  "issueToken",
  "resetSandbox",
  "loadSandbox",
  "freezeClock",
  "resumeClock",
  "makePerson",
  "removePerson",
  "endFault",
  "endFaults",
  "meetFaults",
  "endTokenEarly",
  "addCoupon",
  "replaceCoupon",
  "importCoupon",
  "pauseCoupon",
  "resumeCoupon",
  "expireCoupon",
  "claimCoupon",
  "holdCoupon",
  "grantClaim",
  "releaseHold",
  "recordUserCoupon",
  "amendUserCoupon",
  "importUserCoupon",
  "expireUserCoupon",
  "returnOrder",
  "createHandOut",
  "startHandOut",
  "cancelHandOut",
  "takeHandOut",
  "createOperator",
  "changeOperator",
  "resetOperator",
  "removeOperator",
  "changePassword",
  "createLink",
  "signIn",
  "signOut",
  "createToken",
  "revokeToken",
] as const satisfies readonly Name[];

const isSaid = (command: string): command is (typeof plain)[number] => (plain as readonly string[]).includes(command);

const text = (value: unknown): string => (value === undefined || value === null ? "–" : String(value));
const number = (value: unknown): number => (typeof value === "number" ? value : 0);

/** The names of the members that differ. */
function changedIn(before: unknown, after: unknown): string[] {
  const [was, is] = [before ?? {}, after ?? {}] as [Facts, Facts];
  return Object.keys(is).filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]));
}

function lastFault(app: Facts): unknown {
  const faults = (app.sandbox as { faults?: Facts[] } | undefined)?.faults ?? [];
  return faults.at(-1)?.what;
}

/** Who made a change, in words: `operator li`, `token li deploy`, `call <rid>`, `job expiry` and so on. */
export function whoOf(by: string | null, say: Say<Name>): string {
  const [kind, name = "", token = ""] = by?.split(" ") ?? [];
  if (kind === "operator") return say("byOperator", { name });
  if (kind === "token") return say("byToken", { name, token });
  if (kind === "job") return say("byJob", { job: name });
  if (kind === "command_line") return say("byCommandLine");
  if (kind === "call") return say("byCall");
  return say(kind === "app" ? "byApp" : "byNobody");
}
