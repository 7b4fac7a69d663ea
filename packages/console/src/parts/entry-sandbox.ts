import { type About, type Facts, listOf, numberOf } from "./entry-facts.ts";

const sandboxOf = (app: Facts): Facts => (app.sandbox as Facts | null | undefined) ?? {};
const clockOf = (app: Facts): Facts => (sandboxOf(app).clock as Facts | undefined) ?? {};

/** The faults that are ordered of an app. */
export const faultsOf = (app: Facts): Facts[] => listOf(sandboxOf(app).faults);

/** What the app's clock shows after an entry that moved it, Unix seconds. An entry's own time is that before. */
export function timeAfter({ time, before, after }: About): number {
  const { frozenAt, ahead } = clockOf(after("app"));
  return typeof frozenAt === "number" ? frozenAt : time + numberOf(ahead) - numberOf(clockOf(before("app")).ahead);
}

/** The faults that an entry ended. */
export function endedFaults({ before, after }: About): Facts[] {
  const left = new Set(faultsOf(after("app")).map(({ faultId }) => faultId));
  return faultsOf(before("app")).filter(({ faultId }) => !left.has(faultId));
}

/** The faults that hit on the occasion of an entry: those with a hit more, and those that ended with their last. */
export function hitFaults({ before, after }: About): Facts[] {
  const left = new Map(faultsOf(after("app")).map((fault) => [fault.faultId, fault]));
  return faultsOf(before("app")).filter(({ faultId, hit, count }) => {
    const since = left.get(faultId);
    return since ? since.hit !== hit : numberOf(hit) + 1 === count;
  });
}

/** A fault as it is ordered: `errcode=45009`, and of which calls. */
export function faultText({ trouble, calls }: Facts): string {
  const of = listOf<string>(calls);
  return of.length > 0 ? `${troubleText(trouble as Facts)} (${of.join(", ")})` : troubleText(trouble as Facts);
}

function troubleText({ kind, code, milliseconds, status, done }: Facts): string {
  if (kind === "code") return `errcode=${code}`;
  if (kind === "delay") return `delay=${milliseconds}`;
  if (kind === "reset") return done ? "reset=after" : "reset";
  if (kind === "http") return `http=${status}`;
  if (kind === "late") return `push=late:${milliseconds}`;
  return kind === "twice" || kind === "reordered" || kind === "lost" ? `push=${kind}` : String(kind);
}
