import type { Clock } from "../host/clock.ts";
import type { LoggedCall } from "../wire/admin/sandbox-shapes.ts";
import type { CallbackAttempt, JournalEntry } from "../wire/admin/shapes.ts";
import { AdminError } from "./errors.ts";
import { eventsIn } from "./events.ts";

/**
 * What happened: an entry of the journal, a time that the merchant was asked, a call of a sandbox app, or that events came faster than they were
 * taken (`behind`): those between are in the lists. `id` is where to go on from.
 */
export type AdminEvent =
  | { event: "journal"; id: string; data: JournalEntry }
  | { event: "callback"; id: string; data: CallbackAttempt }
  | { event: "call"; id: string; data: LoggedCall }
  | { event: "behind"; id: string; data: { detail: string } };

/** The pause before a stream that ended is opened again, in milliseconds, unless the host tells another. */
const PAUSE = 1000;
/** The longest that it grows to, where it cannot be opened. */
const LONGEST_PAUSE = 30_000;

/**
 * The events of a stream, and those of the next where it ends or breaks off, from the last `id` on: none is lost as long as
 * the host still has it. Ends with the signal. What the host refuses is thrown, and so is a first time that fails.
 */
export async function* follow(
  open: (lastEventId: string | undefined) => Promise<AsyncIterable<string>>,
  clock: Clock,
  signal: AbortSignal | undefined,
  from: string | undefined,
): AsyncGenerator<AdminEvent, void, undefined> {
  let last = from;
  let pause = PAUSE;
  let failed = 0;
  for (let isFirst = true; ; isFirst = false) {
    let wait = pause;
    try {
      for await (const said of eventsIn(await open(last))) {
        failed = 0;
        if ("retry" in said) pause = wait = said.retry;
        else {
          const { id, event, data } = said.event;
          if (id !== "") last = id;
          if (event === "journal" || event === "callback" || event === "call")
            yield { event, id, data: JSON.parse(data) };
          else if (event === "end") yield* gapIn(id, JSON.parse(data));
        }
      }
    } catch (error) {
      if (signal?.aborted) return;
      if (isFirst || !(error instanceof AdminError) || !passes(error)) throw error;
      wait = Math.max(Math.min(pause * 2 ** failed++, LONGEST_PAUSE), (error.retryAfter ?? 0) * 1000);
    }
    await clock.sleep(wait, signal);
    if (signal?.aborted) return;
  }
}

/** What a stream's last word says of events that nobody sees; why else it ends is told when it is opened again. */
function* gapIn(id: string, { code, detail }: { code: string; detail: string }): Generator<AdminEvent> {
  if (code === "behind") yield { event: code, id, data: { detail } };
}

/** Whether the same may succeed later. */
const passes = ({ code, status }: AdminError) =>
  code === "network" || status === 429 || (status !== undefined && status >= 500);
