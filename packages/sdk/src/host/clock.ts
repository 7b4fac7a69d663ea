/** What the client knows of time and chance. */
export interface Clock {
  /** Now, in milliseconds since 1970. */
  now(): number;
  /** Waits so many milliseconds, or until the signal is aborted, whichever is first. Never rejects. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** A number from 0 to 1, never 1. */
  random(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const end = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      signal?.addEventListener("abort", end);
    }),
};

/** Why something was not waited for. */
export type Ended = "timeout" | "aborted";

/**
 * Does `work`, for `milliseconds` at most and until the caller's signal is aborted. The signal that work is given is aborted
 * then; work that does not heed it is left alone.
 */
export async function within<T>(
  { sleep }: Clock,
  milliseconds: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | Ended> {
  if (signal?.aborted) return "aborted";
  const ofWork = new AbortController();
  const ofTimer = new AbortController();
  let onAbort = () => {};
  const aborted = new Promise<"aborted">((resolve) => {
    onAbort = () => resolve("aborted");
  });
  signal?.addEventListener("abort", onAbort);
  const timeout = sleep(milliseconds, ofTimer.signal).then((): "timeout" => "timeout");
  try {
    return await Promise.race([work(ofWork.signal), aborted, timeout]);
  } finally {
    ofWork.abort();
    ofTimer.abort();
    signal?.removeEventListener("abort", onAbort);
  }
}

/** Waits for what others wait for too, until the caller's signal is aborted. */
export async function unlessAborted<T>(signal: AbortSignal | undefined, work: Promise<T>): Promise<T | "aborted"> {
  if (signal === undefined) return work;
  if (signal.aborted) return "aborted";
  let onAbort = () => {};
  const aborted = new Promise<"aborted">((resolve) => {
    onAbort = () => resolve("aborted");
  });
  signal.addEventListener("abort", onAbort);
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
