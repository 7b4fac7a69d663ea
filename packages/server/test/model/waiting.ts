import { setImmediate as turn } from "node:timers/promises";
import { Mismatch, type Sent } from "./compare.ts";

/** A call that was sent: what it is, and the reply once it has come. */
export type Pending = { where: string; requestId?: string; sent?: Sent; failed?: unknown };

/** Notes a reply when it comes. */
export function pending(where: string, reply: Promise<Sent>, requestId?: string): Pending {
  const noted: Pending = { where, ...(requestId !== undefined && { requestId }) };
  reply.then(
    (sent) => {
      noted.sent = sent;
    },
    (error: unknown) => {
      noted.failed = error;
    },
  );
  return noted;
}

/** Turns of the event loop, and milliseconds, after which what has not happened is not going to. */
const TURNS = 300;
const PATIENCE = 100;

/** Lets the server work until something is so, or plainly will not be. */
export async function until(isSo: () => boolean): Promise<void> {
  const begun = performance.now();
  for (let turns = 0; !isSo(); turns++) {
    if (turns > TURNS && performance.now() - begun > PATIENCE) return;
    await turn();
  }
}

/** Lets the microtasks run that are due, within the same turn of the event loop. */
export const endOfMicrotasks = () => new Promise<void>((resolve) => process.nextTick(resolve));

/** The reply that must have come by now. */
export function replyOf({ where, sent, failed }: Pending): Sent {
  if (failed) throw failed;
  if (!sent) throw new Mismatch(`${where}: no answer`);
  return sent;
}
