import type { PushTrouble } from "../domain/sandbox/faults.ts";
import type { Faults } from "../service/faults/faults.ts";
import type { AskedPurpose, AskMerchant, MerchantAnswer } from "../service/merchant.ts";
import { StoreBusyError } from "../store/store.ts";
import { tellTroubles } from "../wire/fault-text.ts";
import { Overtaking } from "./overtaking.ts";

type Asked = Awaited<ReturnType<AskMerchant>>;

/** Asks merchants so that pushes of sandbox apps meet the faults that are ordered of them. Others are asked as they are. */
export function withPushFaults(ask: AskMerchant, faults: Faults): AskMerchant {
  const overtaking = new Overtaking();
  return async (...asked) => {
    const [app, , purpose, { requestId }] = asked;
    const call = callOf(purpose);
    if (!app.sandbox || call === undefined) return ask(...asked);
    const met = await metBy(() => faults.meetPush(app, call, requestId));
    const late = met.find(({ kind }) => kind === "late");
    if (late?.kind === "late") await faults.delays.wait(app.appid, late.milliseconds);
    const is = (kind: PushTrouble["kind"]) => met.some((trouble) => trouble.kind === kind);
    const sent = await overtaking.pass(app.appid, is("reordered"), () =>
      is("twice") ? twice(() => ask(...asked)) : ask(...asked),
    );
    return met.length === 0 ? sent : marked(is("lost") ? withoutReply(sent) : sent, tellTroubles(met));
  };
}

/** The call that a push is for, by which faults are ordered of it: a test plays a claim. A claim that is resent meets none. */
const callOf = (purpose: AskedPurpose) => (purpose === "resend" ? undefined : purpose === "test" ? "claim" : purpose);

/** Where it cannot be decided now what a push meets, it meets nothing, and nothing was counted. */
async function metBy(meet: () => Promise<readonly PushTrouble[]>): Promise<readonly PushTrouble[]> {
  try {
    return await meet();
  } catch (error) {
    if (error instanceof StoreBusyError) return [];
    throw error;
  }
}

/** The same push two times at once; the answer to the first counts. */
async function twice(ask: () => Promise<Asked>): Promise<Asked> {
  const [first, second] = await Promise.all([ask(), ask()]);
  return { ...first, again: second.attempt };
}

/** As if the reply had not come; what came is kept to be read. */
function withoutReply({ answer, attempt, ...more }: Asked): Asked {
  if (answer.answer === "timed_out" || answer.answer === "unreachable") return { answer, attempt, ...more };
  const lost: MerchantAnswer = { answer: "timed_out", problem: "the reply was thrown away, as was ordered" };
  const reason = `the reply was thrown away, as if none had come in time; it said: ${attempt.reason}`;
  return { ...more, answer: lost, attempt: { ...attempt, verdict: "timed_out", reason } };
}

function marked({ answer, attempt, again }: Asked, fault: string): Asked {
  const mark = (one: Asked["attempt"]) => ({ ...one, fault, reason: `${fault} was ordered; ${one.reason}` });
  return { answer, attempt: mark(attempt), ...(again && { again: mark(again) }) };
}
