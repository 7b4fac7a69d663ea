import { type Event, written } from "./history.ts";
import type { ShopAt } from "./shop.ts";

/**
 * Looks for one order of calls that a single shop would have answered so, and in which nothing comes before what ended
 * before it began (Wing and Gong; what was tried is remembered, as Lowe does). Throws the history where there is none.
 */
export function assertLinearizable(events: readonly Event[], from: ShopAt): void {
  if (events.length > 60) throw new Error("a history is too long");
  const all = events.toSorted((a, b) => a.began - b.began);
  const answered = maskOf(all, ({ reply }) => reply !== undefined);
  const tried = new Set<string>();
  let furthest = 0n;

  function goOn(shop: ShopAt, done: bigint): boolean {
    if ((done & answered) === answered) return true;
    const place = `${done} ${shop.key}`;
    if (tried.has(place)) return false;
    tried.add(place);
    if (count(done) > count(furthest)) furthest = done;
    const open = all.map((event, at) => ({ event, at })).filter(({ at }) => (done & (1n << BigInt(at))) === 0n);
    const first = Math.min(...open.map(({ event }) => event.ended));
    return open.some(({ event, at }) => {
      const after = event.began < first ? shop.after(event.call, event.body, event.reply) : undefined;
      return after !== undefined && goOn(after, done | (1n << BigInt(at)));
    });
  }

  if (goOn(from, 0n)) return;
  const rest = all.filter((_, at) => (furthest & (1n << BigInt(at))) === 0n);
  throw new Error(`no order explains\n${written(all)}\nan order of most of them leaves\n${written(rest)}`);
}

const maskOf = (all: readonly Event[], isIn: (event: Event) => boolean): bigint =>
  all.reduce((mask, event, at) => (isIn(event) ? mask | (1n << BigInt(at)) : mask), 0n);

const count = (mask: bigint): number => mask.toString(2).replaceAll("0", "").length;
