import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { randomFrom } from "../../testing/random.ts";
import { faultsAfter, owedIn } from "./after.ts";
import { type Cut, cutsOf } from "./cuts.ts";
import { Disk } from "./disk.ts";
import type { Operation } from "./operations.ts";
import { open, recorded } from "./power.ts";
import type { Acknowledged, Work } from "./work.ts";

/** What a program does that the power goes under, and what the next one does on what is left. */
export type Story = {
  name: string;
  lives: Omit<Work, "life">[];
  /** Between two lives: the power went, or the process was killed and the disk still holds back what it had not synced. */
  between?: "power" | "kill";
  /** Whether something must be owed at some cuts, and some be amid a checkpoint: without them it would prove little. */
  owes?: true;
  checkpoints?: true;
};

/** At how many cuts there was something that a story is told for. */
export type Seen = { cuts: number; unsynced: number; owing: number; checkpointing: number };

/** Plays a story in a directory, lets the power go so often in each life, and looks each time at what is left. */
export async function play(story: Story, path: string, cuts: number, seed: number): Promise<Seen> {
  const chance = randomFrom(seed);
  const seen: Seen = { cuts: 0, unsynced: 0, owing: 0, checkpointing: 0 };
  const told: Acknowledged[] = [];
  let dataDir = directoryIn(path, "life-0");
  const lost = directoryIn(path, "lost");
  let disk = new Disk(await open(dataDir));

  async function lose(operations: readonly Operation[], { at, keeping }: Cut): Promise<void> {
    const last = operations[at - 1];
    seen.cuts++;
    if (disk.unsynced > 0) seen.unsynced++;
    if (last?.do === "write" && last.file === "quanku.db") seen.checkpointing++;
    disk.lose(lost, keeping, chance);
    const where = `seed ${seed}: the power went after operation ${at} of ${operations.length}, while ${disk.unsynced} were not synced, and the disk kept ${keeping}`;
    if (owedIn(lost) > 0) seen.owing++;
    const faults = await faultsAfter(lost, told).catch((error) => [String(error.stack)]);
    expect(faults.slice(0, 5), where).toEqual([]);
  }

  for (const [life, work] of story.lives.entries()) {
    const operations = await recorded(dataDir, { ...work, life });
    const isLast = life === story.lives.length - 1;
    const end = isLast ? operations.length : endOf(operations, story.between);
    const coming = cutsOf(operations.slice(0, end), cuts, disk.unsynced, chance);
    disk.begin();
    for (let at = 0; at <= end; at++) {
      for (; coming[0]?.at === at; coming.shift()) await lose(operations, coming[0]);
      const operation = operations[at];
      if (at === end || !operation) break;
      disk.do(operation);
      if (operation.do === "tell") told.push(JSON.parse(operation.text));
    }
    if (isLast) break;
    dataDir = directoryIn(path, `life-${life + 1}`);
    const left = disk.lose(dataDir, story.between === "kill" ? "everything" : "some pages", chance);
    if (story.between === "power") disk = new Disk(left);
  }
  return seen;
}

function directoryIn(path: string, name: string): string {
  const made = join(path, name);
  mkdirSync(made);
  return made;
}

/** Where a life ends that is not the last: after all was told, or, killed, while a commit waits for the disk. */
function endOf(operations: readonly Operation[], by: Story["between"]): number {
  const lastTold = operations.findLastIndex((operation) => operation.do === "tell");
  if (by === "power") return lastTold + 1;
  return operations.findLastIndex(
    (operation, i) => i < lastTold && operation.do === "sync" && operation.file === "quanku.db-wal",
  );
}
