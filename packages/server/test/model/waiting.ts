import { setImmediate as turn } from "node:timers/promises";
import { Mismatch, type Sent } from "./compare.ts";

/** A call that was sent: what it is, when by everybody's clock, and the reply once it has come. */
export type Pending = { where: string; sentAt: number; requestId?: string; sent?: Sent; failed?: unknown };

/** Notes a reply when it comes. */
export function pending(where: string, sentAt: number, reply: Promise<Sent>, requestId?: string): Pending {
  const noted: Pending = { where, sentAt, ...(requestId !== undefined && { requestId }) };
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

/** Milliseconds, and then turns of the event loop, after which what has not happened is not going to. */
const PATIENCE = 30_000;
const TURNS = 300;

/** Lets the server work until something is so, or plainly will not be. However late this process is, it gets its turns. */
export async function until(isSo: () => boolean): Promise<void> {
  const begun = performance.now();
  for (let late = 0; late < TURNS && !isSo(); await turn()) if (performance.now() - begun > PATIENCE) late++;
}

/** Lets the microtasks run that are due, within the same turn of the event loop. */
export const endOfMicrotasks = () => new Promise<void>((resolve) => process.nextTick(resolve));

/** The reply that must have come by now. */
export function replyOf({ where, sent, failed }: Pending): Sent {
  if (failed) throw failed;
  if (!sent) throw new Mismatch(`${where}: no answer`);
  return sent;
}

/** Lets what was begun end: an answer that comes to nothing is followed by a second command. */
export async function quiet(ledger: { settled(): Promise<void> }): Promise<void> {
  for (let commands = 0; commands < 2; commands++) {
    await ledger.settled();
    await turn();
  }
}
