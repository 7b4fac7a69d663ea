import { randomUUIDv7 } from "node:crypto";
import { type HandOutLine, type LineResult, requestIdOf, supposeGiven, whyNot } from "../../domain/hand-outs/lines.ts";
import { isRefusal } from "../../domain/outcome.ts";
import type { Claim, HandOut } from "../../domain/records.ts";
import type { Answer, Ledger } from "../ledger.ts";

/** A line and what became of it. */
export type Decided = { line: number; result: LineResult };

/** Whoever gives what is handed out. */
export const jobOf = ({ handOutId }: HandOut) => `job hand-out ${handOutId}` as const;

/**
 * Decides lines as claims, by our rules and never by the merchant's callback: whoever hands out has decided. A line that
 * was decided before has the answer it had. A dry run changes nothing, and takes what earlier lines would have been given
 * for given. Of a cancelled hand-out only what was given already is told.
 */
export async function decideLines(ledger: Ledger, handOut: HandOut, lines: readonly HandOutLine[]): Promise<Decided[]> {
  const [repeated, others] = [lines.filter(isRepeated), lines.filter((line) => !isRepeated(line))];
  const decide = handOut.state === "cancelled" ? whatWasGiven : handOut.dryRun ? whatWouldBe : give;
  const results = await decide(ledger, handOut, others);
  const decided = others.map(({ line }, i): Decided => ({ line, result: results[i] as LineResult }));
  const skipped = repeated.map(({ line }): Decided => ({ line, result: { skipped: "repeated" } }));
  const all = [...decided, ...skipped].toSorted((a, b) => a.line - b.line);
  return handOut.state === "cancelled" ? all.slice(0, 1 + all.findLastIndex(isGift)) : all;
}

const isRepeated = ({ result }: HandOutLine): boolean =>
  result !== null && "skipped" in result && result.skipped === "repeated";

const isGift = ({ result }: Decided): boolean => whyNot(result) === undefined;

type Decide = (ledger: Ledger, handOut: HandOut, lines: readonly HandOutLine[]) => Promise<LineResult[]>;

const claimOf = (handOut: HandOut, { line, openid }: HandOutLine) => {
  const { appid, outCouponId } = handOut;
  return { appid, outCouponId, openid, requestId: requestIdOf(handOut, line) };
};

const give: Decide = async (ledger, handOut, lines) => {
  const answers = await all(
    lines.map((line) =>
      ledger.submit(
        { do: "claimCoupon", ...claimOf(handOut, line), outUserCouponId: randomUUIDv7(), isNew: true },
        jobOf(handOut),
      ),
    ),
  );
  return answers.map((answer) => (isRefusal(answer) ? answer : { given: answer.result.outUserCouponId }));
};

const whatWouldBe: Decide = async (ledger, handOut, lines) => {
  const { appid, outCouponId, given } = handOut;
  const claims = lines.map((line) => ({
    do: "claimCoupon" as const,
    ...claimOf(handOut, line),
    outUserCouponId: randomUUIDv7(),
    isNew: true,
  }));
  const answers = await ledger.preview(claims, (records) => supposeGiven(records, appid, outCouponId, given));
  return answers.map((answer) => (isRefusal(answer) ? answer : { given: null }));
};

const whatWasGiven: Decide = async (ledger, handOut, lines) => {
  if (handOut.dryRun) return lines.map(() => ({ skipped: "cancelled" }));
  const answers: Answer<{ do: "findClaim" } & ReturnType<typeof claimOf>>[] = await all(
    lines.map((line) => ledger.submit({ do: "findClaim", ...claimOf(handOut, line) }, jobOf(handOut))),
  );
  const granted = (answer: (typeof answers)[0]): Claim | null => (isRefusal(answer) ? null : answer.result);
  return answers.map((answer) => {
    const claim = granted(answer);
    return claim ? { given: claim.outUserCouponId } : { skipped: "cancelled" };
  });
};

/** All answers, once each is there: what is left behind by one that failed would be decided beside the next try. */
async function all<T>(answers: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(answers);
  return Promise.all(answers);
}
