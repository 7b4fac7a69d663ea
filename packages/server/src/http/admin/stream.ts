import type { Followed, Follower, Following, Place, Told } from "../../service/following.ts";
import { showCallback } from "./callbacks.ts";
import type { AdminHandlers } from "./handler.ts";
import { showEntry } from "./history.ts";
import { faultIn, isProblem, type Problem, problem } from "./problem.ts";
import { showLogged } from "./sandbox/calls.ts";

/** How often a line is sent where nothing happens, so that nobody takes the connection for a dead one, in milliseconds. */
const PULSE_MS = 15_000;
/** How often it is asked again whether whoever follows is still let in, in milliseconds. */
const CHECK_MS = 30_000;

/** How often a stream shows that it lives and asks who follows, in milliseconds. */
export type Pace = { pulseMs: number; checkMs: number };
const pace: Pace = { pulseMs: PULSE_MS, checkMs: CHECK_MS };

/** How what happens is told to those who follow: as it is listed. */
export const telling: ConstructorParameters<typeof Following>[0]["telling"] = {
  journal: (entry) => JSON.stringify(showEntry(entry)),
  callback: (attempt) => JSON.stringify(showCallback(attempt)),
  call: (call) => JSON.stringify(showLogged(call)),
};

export const streamHandlers: AdminHandlers<"stream"> = {
  async stream({ services, input: { appid }, lastEventId, isStillIn }) {
    const after = placeIn(lastEventId);
    if (after && isProblem(after)) return after;
    const follower = await services.following.follow(appid, after);
    if (!follower)
      return {
        ...problem(
          503,
          "busy",
          "as many streams are open as may be: close one, or wait",
          "打开的事件流已达上限：请关闭一个，或稍后再试",
        ),
        retryAfter: 5,
      };
    return { file: ending(follower, eventsOf(follower, isStillIn)), type: "text/event-stream" };
  },
};

/** The events of a stream as text, until it ends; a last one says why. */
export async function* eventsOf(
  follower: Follower,
  isStillIn: () => Promise<boolean>,
  { pulseMs, checkMs } = pace,
): AsyncGenerator<string> {
  let checkedAt = performance.now();
  try {
    yield ": events as they happen\n\n";
    for (;;) {
      const told = await follower.next(Math.min(pulseMs, checkMs));
      if (performance.now() - checkedAt >= checkMs) {
        if (!(await isStillIn())) return yield last("signed_out", "you are no longer let in: sign in again");
        checkedAt = performance.now();
      }
      if ("ended" in told) return yield lastOf(told);
      yield textOf(told.happened) || ":\n\n";
    }
  } finally {
    follower.close();
  }
}

/** Ends following as soon as nobody takes events any more, though the next one is still waited for. */
function ending(follower: Follower, events: AsyncGenerator<string>): AsyncIterable<string> {
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => events.next(),
      async return() {
        follower.close();
        return events.return(undefined);
      },
    }),
  };
}

const idOf = ({ seq, nth, call }: Place) => `${seq}-${nth}-${call}`;

function textOf(happened: Extract<Told, { happened: unknown }>["happened"]): string {
  return happened.map(({ event, data, place }) => `event: ${event}\nid: ${idOf(place)}\ndata: ${data}\n\n`).join("");
}

function lastOf(told: Extract<Told, { ended: unknown }>): string {
  switch (told.ended) {
    case "stopped":
      return last("stopped", "the server stops: connect again");
    case "gone":
      return last("gone", "the app was deleted");
    case "behind":
      return `id: ${idOf(told.place)}\n${last("behind", "events came faster than they were taken: those between are in the lists; connect again to go on from here")}`;
  }
}

const last = (code: string, detail: string) => `event: end\ndata: ${JSON.stringify({ code, detail })}\n\n`;

/** Where somebody left off; undefined where they begin. */
function placeIn(id: string | undefined): Followed | Problem | undefined {
  if (id === undefined || id === "") return undefined;
  const [, seq, nth, call] = /^(\d{1,15})-(\d{1,15})(?:-(\d{1,15}))?$/.exec(id) ?? [];
  if (seq === undefined)
    return faultIn(
      "Last-Event-ID",
      "is none that was sent: leave it out to begin now",
      "不是本服务发出的事件 id：不填即从现在开始",
    );
  return { seq: Number(seq), nth: Number(nth), call: call === undefined ? undefined : Number(call) };
}
