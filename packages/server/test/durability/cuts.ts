import type { Chance } from "./disk.ts";
import type { Operation } from "./operations.ts";

/** Numbers that look like chance and come again with the same seed (mulberry32). */
export function chanceOf(seed: number): Chance {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const isSync = (operation: Operation | undefined) => operation?.do === "sync";

/** Where the power may go, after so many operations: by what was done last or would have come next. */
const kinds: ((last: Operation | undefined, next: Operation | undefined) => boolean)[] = [
  // A checkpoint is under way.
  (last) => last?.do === "write" && last.file === "quanku.db",
  (last, next) => last?.do === "write" && isSync(next),
  (last) => isSync(last),
  (last) => last?.do === "tell",
  () => true,
];

/**
 * So many places, in order: where most that was told may rest on what is not synced, after all was told, and then each kind
 * as often as the others, spread over all operations. `unsynced`: how many operations were not synced before.
 */
export function cutsOf(operations: readonly Operation[], many: number, unsynced: number, chance: Chance): number[] {
  const places = kinds.map((is) =>
    [...operations.keys(), operations.length].filter((n) => is(operations[n - 1], operations[n])),
  );
  const able = places.filter(({ length }) => length > 0);
  const fixed = [riskiest(operations, unsynced), operations.findLastIndex((one) => one.do === "tell") + 1];
  const rounds = Math.ceil((many - fixed.length) / able.length);
  const pick = (_: unknown, nth: number) => {
    const of = able[nth % able.length] as number[];
    return of[Math.floor(((Math.floor(nth / able.length) + chance()) / rounds) * of.length)] as number;
  };
  return [...fixed, ...Array.from({ length: many - fixed.length }, pick)].sort((a, b) => a - b);
}

/** After what was told while most was not synced. */
function riskiest(operations: readonly Operation[], unsynced: number): number {
  let [waiting, most, place] = [unsynced, -1, operations.length];
  for (const [i, { do: what }] of operations.entries())
    if (what === "sync") waiting = 0;
    else if (what !== "tell") waiting++;
    else if (waiting > most) [most, place] = [waiting, i + 1];
  return place;
}
