import { codes, type Errcode } from "@quanku/protocol/codes";
import { expect, it } from "vitest";
import { type RefusalCode, refusals, refuse } from "../../src/domain/outcome.ts";
import { declineReasons } from "../../src/service/merchant.ts";
import { tellRefusal } from "../../src/wire/refusals.ts";

/** Facts that a refusal's words can be made of. */
const second = 1_700_000_000;
const times = {
  opens: second,
  ended: second,
  ours: second,
  theirs: second,
  until: second,
  to: second,
  now: second,
  limit: second,
};
const facts = { ...times, missing: "callbackUrl", needed: "claimMode" };

type Told = { name: string; errcode: Errcode; isTransient: boolean };

const told = (Object.keys(refusals) as RefusalCode[]).flatMap((code) =>
  (code === "merchant_declined" ? declineReasons : [null]).map((because): Told => {
    const { errcode } = tellRefusal(refuse(code, because ? { ...facts, because } : facts));
    return { name: because ? `${code}, ${because}` : code, errcode, isTransient: refusals[code].transient };
  }),
);

it.each(told)("a client sends $name ($errcode) again by itself only if it is transient", ({ errcode, isTransient }) => {
  if (codes[errcode].retry) expect(isTransient).toBe(true);
});

it("what is sold out, not open yet or locked is transient, and no client should ask for it in a loop", () => {
  for (const name of ["sold_out", "not_claimable_yet", "locked"]) {
    const refusal = told.find((one) => one.name === name);
    expect(refusal).toMatchObject({ isTransient: true });
    expect(refusal && codes[refusal.errcode].retry).toBe(false);
  }
});
