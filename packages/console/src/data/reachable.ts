import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let isReachable = true;

/** Notes whether the server was reached; answers whether that is new. */
export function noteReached(reached: boolean): boolean {
  if (reached === isReachable) return false;
  isReachable = reached;
  for (const listener of listeners) listener();
  return true;
}

export const wasReached = (): boolean => isReachable;

/** Whether the server was reached the last time that it was asked. */
export const useIsReachable = (): boolean =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, wasReached);
