import { StoreBusyError } from "../store.ts";

/** How many different keys may wait for the next question. */
const WAITING_LIMIT = 10_000;

/**
 * Asks about many keys in one question, one question at a time: those who ask while one is under way share the next. So
 * whoever asks about ever new keys (an appid made up for each request) takes no more than one connection, and delays
 * another by two questions. Throws {@link StoreBusyError} where too many keys wait.
 */
export function gathered<T>(askAll: (keys: string[]) => Promise<Map<string, T>>) {
  let next: { keys: Set<string>; answers: Promise<Map<string, T>> } | undefined;
  let last: Promise<unknown> = Promise.resolve();

  function begin() {
    const keys = new Set<string>();
    const answers = last.then(() => {
      next = undefined;
      return askAll([...keys]);
    });
    last = answers.catch(() => {});
    return { keys, answers };
  }

  return async (key: string): Promise<T | undefined> => {
    next ??= begin();
    if (next.keys.size >= WAITING_LIMIT) throw new StoreBusyError("too many ask about an app at once");
    next.keys.add(key);
    return (await next.answers).get(key);
  };
}
