import type { CallbackAttempt } from "@quanku/sdk/admin";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { make } from "../../data/calls.ts";
import { useLive } from "../../data/live.tsx";
import { queries } from "../../data/queries.ts";
import type { Tone } from "../../ui/status.tsx";

/** What of the page stands in its address. */
export type LabState = "attempt" | "verdict" | "purpose" | "request_id";

export const verdicts = ["granted", "declined", "proved", "mismatched", "timed_out", "unreachable"] as const;
export const purposes = ["claim", "confirm", "verify", "resend", "test"] as const;

/** What an attempt came to, by its colour. A test that is declined has failed; a claim has not. */
export function toneOf({ verdict, purpose }: Pick<CallbackAttempt, "verdict" | "purpose">): Tone {
  if (verdict === "granted" || verdict === "proved") return "good";
  return verdict === "declined" && purpose !== "confirm" ? "plain" : "bad";
}

const keyOf = (appid: string, callback: string) => ["callbackAttempt", { of: appid, callback }];

/** One attempt; null where it is not kept. What was once read of it stays as it is. */
export const useAttempt = (
  appid: string,
  callback: string,
  known: CallbackAttempt | undefined,
): UseQueryResult<CallbackAttempt | null> =>
  useQuery({
    queryKey: keyOf(appid, callback),
    queryFn: () => find(appid, callback),
    staleTime: Number.POSITIVE_INFINITY,
    ...(known && { initialData: known }),
  });

/** Keeps an attempt that was answered, so that it is shown at once. */
export const remember = (appid: string, attempt: CallbackAttempt): void =>
  void queries.setQueryData(keyOf(appid, attempt.callback), attempt);

async function find(appid: string, callback: string): Promise<CallbackAttempt | null> {
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const { entries, next } = await make("listCallbacks", { appid, limit: 500, cursor });
    const found = entries.find((one) => one.callback === callback);
    if (found) return found;
    cursor = next;
  }
  return null;
}

/** How long the list may be older than the last attempt, in milliseconds. */
const LAG = 500;

/** Has the lists of attempts read again as attempts are made; answers whether they are followed. */
export function useLiveAttempts(): boolean {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useLive(({ event }) => {
    if (event !== "callback") return;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void queries.invalidateQueries({ queryKey: ["listCallbacks"] });
    }, LAG);
  });
}
