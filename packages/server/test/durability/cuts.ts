import { type Chance, type Keeping, keepings } from "./disk.ts";
import type { Operation } from "./operations.ts";

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

/** Where the power goes, and what the disk keeps. */
export type Cut = { at: number; keeping: Keeping };

/**
 * So many cuts, in order: where most that was told may rest on what is not synced, of which nothing is kept; after all was
 * told; and then of each kind as many as of the others, spread over all operations. `unsynced`: how many operations were not
 * synced before.
 */
export function cutsOf(operations: readonly Operation[], many: number, unsynced: number, chance: Chance): Cut[] {
  const places = kinds.map((is) =>
    [...operations.keys(), operations.length].filter((n) => is(operations[n - 1], operations[n])),
  );
  const able = places.filter(({ length }) => length > 0);
  const rounds = Math.ceil((many - 2) / able.length);
  const pick = (nth: number) => {
    const of = able[nth % able.length] as number[];
    return of[Math.floor(((Math.floor(nth / able.length) + chance()) / rounds) * of.length)] as number;
  };
  const keeping = () => keepings[Math.floor(chance() * keepings.length)] as Keeping;
  const cuts: Cut[] = [
    { at: riskiest(operations, unsynced), keeping: "nothing" },
    { at: operations.findLastIndex((one) => one.do === "tell") + 1, keeping: keeping() },
    ...Array.from({ length: many - 2 }, (_, nth) => ({ at: pick(nth), keeping: keeping() })),
  ];
  return cuts.sort((a, b) => a.at - b.at);
}

/** The last place where something was told while most was not synced. */
function riskiest(operations: readonly Operation[], unsynced: number): number {
  let [waiting, most, place] = [unsynced, -1, operations.length];
  for (const [i, operation] of operations.entries())
    if (operation.do === "sync") waiting = operation.file === "directory" ? waiting : 0;
    else if (operation.do !== "tell") waiting++;
    else if (waiting >= most) [most, place] = [waiting, i + 1];
  return place;
}
