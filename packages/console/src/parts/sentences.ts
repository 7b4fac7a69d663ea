import type { JournalEntry } from "@quanku/sdk/admin";
import { count, yuan } from "../ui/amounts.ts";
import { secondOf } from "../ui/shop-time.ts";
import { spanOf } from "../ui/span.ts";
import { hasWord, type Say } from "../words/table.ts";
import { type About, about, type Facts, listOf, numberOf, sumOf, textOf, whatDiffers } from "./entry-facts.ts";
import { endedFaults, faultsOf, faultText, hitFaults, timeAfter } from "./entry-sandbox.ts";
import { sentenceWords } from "./sentence-words.ts";
import { type SaySetting, settingsTold } from "./settings-told.ts";

type Name = keyof (typeof sentenceWords)["words"];
type Given = Record<string, string | number>;

/** The words that sentences are made of: their own, and those of a status and of a setting as they are said everywhere else. */
export type Says = { say: Say<Name>; status: (status: string) => string; setting: SaySetting };

/** What an entry says happened, as a sentence. What it is about are texts: whatever stands in them. */
export function sentenceOf(entry: JournalEntry, says: Says): string {
  const of = about(entry);
  const tell = tellers[entry.command];
  const [name, more] = tell ? tell(of, says) : [entry.command];
  return hasWord(sentenceWords, name) ? says.say(name, { ...named(of), ...more }) : entry.command;
}

/** What an entry is about, by the names that sentences fill in. */
function named({ after }: About): Given {
  const order = after("order");
  const of: Facts = {
    ...after("stock"),
    ...after("coupon"),
    ...after("hold"),
    ...after("claim"),
    ...after("userCoupon"),
  };
  return {
    coupon: textOf(of.outCouponId ?? after("handOut").outCouponId),
    userCoupon: textOf(of.outUserCouponId),
    openid: textOf(of.openid ?? order.openid ?? after("person").openid),
    order: textOf(order.outOrderId),
    handOut: textOf(after("handOut").handOutId),
    name: textOf(after("operator").name ?? after("person").name),
  };
}

/** What an entry comes to: which sentence, and what it fills in beside {@link named}. */
type Tell = (of: About, says: Says) => [Name, Given?];

/** The commands that may come to several things, or whose sentence needs more than what the entry is about. */
const tellers: Readonly<Record<string, Tell>> = {
  createApp: ({ after }) => [after("app").sandbox ? "createSandbox" : "createApp"],
  deleteApp: ({ after }) => ["deleteApp", { appid: textOf(after("app").appid) }],
  noteExport: ({ after }) => ["noteExport", { seq: numberOf((after("app").exported as Facts).seq) }],
  configureApp: ({ before, after }, { say, setting }) => {
    const settings = settingsTold(before("app").settings as Facts, after("app").settings as Facts, say, setting);
    return settings === "" ? ["configureSecrets"] : ["configureApp", { settings }];
  },
  confirmCallback: ({ after }) => ["confirmCallback", { url: textOf(after("app").confirmedUrl) }],
  issueToken: ({ before, after }) => [
    whatDiffers(before("app").tokensExpireAt as Facts, after("app").tokensExpireAt as Facts).includes("stable")
      ? "issueStableToken"
      : "issueToken",
  ],

  loadSandbox: loaded,
  setClock: (of) => ["setClock", { by: spanOf(timeAfter(of) - of.time), to: secondOf(timeAfter(of)) }],
  freezeClock: (of) => ["freezeClock", { to: secondOf(of.time) }],
  resumeClock: (of) => ["resumeClock", { to: secondOf(of.time) }],
  orderFault: ({ after }) => ["orderFault", { fault: faultText(faultsOf(after("app")).at(-1) ?? {}) }],
  endFault: (of) => ["endFault", { fault: endedFaults(of).map(faultText).join(", ") }],
  endFaults: (of) => ["endFaults", { count: endedFaults(of).length }],
  meetFaults: (of) => {
    const fault = hitFaults(of).map(faultText).join(", ");
    return fault === "" ? ["missFaults"] : ["meetFaults", { fault }];
  },

  importCoupon: ({ after }, { status }) => ["importCoupon", { status: status(textOf(after("coupon").status)) }],
  changeCouponStatus: ({ after }, { status }) => {
    const to = textOf(after("coupon").status);
    if (to === "active") return ["activateCoupon", { remaining: count(numberOf(after("stock").remaining)) }];
    return ["changeCouponStatus", { status: status(to) }];
  },
  restock: ({ before, after }) => {
    const [was, is] = [before("stock"), after("stock")];
    const given = {
      was: count(numberOf(was.remaining)),
      remaining: count(numberOf(is.remaining)),
      wasClaimed: count(numberOf(was.claimed)),
      claimed: count(numberOf(is.claimed)),
    };
    return [was.claimed === is.claimed ? "restock" : "restockClaimed", given];
  },

  releaseHold: ({ has }) => [has("stock") ? "releaseHold" : "closeHold"],
  recordUserCoupon: ({ after }, { status }) => [
    "recordUserCoupon",
    { status: status(textOf(after("userCoupon").status)) },
  ],
  importUserCoupon: ({ after }, { status }) => [
    "importUserCoupon",
    { status: status(textOf(after("userCoupon").status)) },
  ],
  amendUserCoupon: ({ after }) => {
    const { receivedAt, usedAt } = after("userCoupon");
    const received = secondOf(numberOf(receivedAt));
    return typeof usedAt === "number"
      ? ["amendUsed", { received, used: secondOf(usedAt) }]
      : ["amendUserCoupon", { received }];
  },
  changeUserCouponStatus: changedUserCoupon,

  lockOrder: ({ after }) => {
    const { coupons, lockedUntil } = after("order");
    const of = { count: listOf(coupons).length, amount: yuan(offOf(coupons)) };
    return ["lockOrder", { ...of, to: secondOf(numberOf(lockedUntil)) }];
  },
  redeemOrder: ({ after }) => {
    const { coupons } = after("order");
    return ["redeemOrder", { count: listOf(coupons).length, amount: yuan(offOf(coupons)) }];
  },
  returnOrder: ({ before, after }) => {
    if (before("order").status === "locked") return ["unlockOrder"];
    const { status, returns } = after("order");
    const amount = yuan(sumOf(listOf(listOf(returns).at(-1)?.lines), ({ amount }) => numberOf(amount)));
    return [status === "returned" ? "returnOrder" : "returnItems", { amount }];
  },

  createHandOut: ({ after }) => ["createHandOut", progress(after("handOut"))],
  cancelHandOut: ({ after }) => ["cancelHandOut", progress(after("handOut"))],
  advanceHandOut: ({ after }) => [
    after("handOut").dryRun ? "checkHandOut" : "advanceHandOut",
    progress(after("handOut")),
  ],

  createOperator: ({ after }, { say }) => ["createOperator", reach(after("operator"), say)],
  changeOperator: ({ after }, { say }) => ["changeOperator", reach(after("operator"), say)],
  createToken: ({ before, after }) => ["createToken", { token: otherToken(before("operator"), after("operator")) }],
  revokeToken: ({ before, after }) => ["revokeToken", { token: otherToken(after("operator"), before("operator")) }],
};

/** A saved state comes back entry by entry: the app first, what was counted, then one thing each. */
function loaded({ time, steps, has, after }: About, { say }: Says): [Name, Given?] {
  if (!has("app")) {
    const { record = "", after: is = {} } = steps.find(({ record }) => record !== "claim" && record !== "stock") ?? {};
    const id = is.outOrderId ?? is.handOutId ?? is.outUserCouponId ?? is.requestId ?? is.outCouponId ?? is.name;
    return ["loadThing", { record: recordTold(record, say), id: textOf(id) }];
  }
  return after("app").reports ? ["loadReports"] : ["loadSandbox", { to: secondOf(time) }];
}

/** What a record is called; one that has no name here as the journal calls it. */
export function recordTold(record: string, say: Says["say"]): string {
  const name = `record_${record}`;
  return hasWord(sentenceWords, name) ? say(name) : record;
}

function changedUserCoupon({ before, after }: About, { status }: Says): [Name, Given?] {
  const [from, to] = [before("userCoupon").status, after("userCoupon").status];
  if (to === "used") return ["redeemUserCoupon"];
  if (to === "given_up") return ["giveUpUserCoupon"];
  if (from === "used" && to === "effective") return ["returnUserCoupon"];
  return ["changeUserCouponStatus", { status: status(textOf(to)) }];
}

/** What coupons take off an order, fen. */
const offOf = (coupons: unknown): number =>
  sumOf(listOf(coupons), ({ parts }) => sumOf(listOf<number>(parts), (part) => part));

const progress = ({ next, total, given }: Facts): Given => ({
  next: count(numberOf(next)),
  total: count(numberOf(total)),
  given: count(numberOf(given)),
});

function reach({ role, apps }: Facts, say: Says["say"]): Given {
  const named = listOf<string>(apps).join(", ");
  return { role: textOf(role), apps: role === "owner" ? say("allApps") : named || say("noApp") };
}

/** The token that is in the second and not in the first. */
function otherToken(without: Facts, withIt: Facts): string {
  const names = new Set(listOf(without.tokens).map(({ name }) => name));
  return textOf(listOf(withIt.tokens).find(({ name }) => !names.has(name))?.name);
}
