import { setImmediate as endOfTurn } from "node:timers/promises";
import { promisify } from "node:util";
import { constants, gunzip, gzip } from "node:zlib";
import { type RecordKind, recordKinds, type StoredRecord } from "../../domain/records.ts";
import type { Tally } from "../../domain/reports/tally.ts";
import type { SavedApp } from "../../domain/sandbox/restart.ts";
import type { SandboxApp } from "../../domain/sandbox/sandbox.ts";
import type { SnapshotReads } from "../../store/store.ts";

/**
 * In which form states are written now. It goes up where records change so that one of an older state would be read
 * wrongly; what reads it then mends those.
 */
export const STATE_FORMAT = 1;

/** The most records of a state, and the most characters of all of them as text. */
export const STATE_LIMIT = { records: 100_000, characters: 64 * 2 ** 20 };

/** How many records are read or written before others have their turn. */
const SLICE = 500;

/**
 * What a state does not hold: of the app itself it says what {@link SavedApp} does, and hand-outs are work under way, of
 * which what they gave is held.
 */
const notHeld: readonly RecordKind[] = ["app", "operator", "handOut"];
const heldKinds = recordKinds.filter((kind) => !notHeld.includes(kind));

/** What was counted of a coupon on a day, without whose it is. */
type Report = Omit<Tally, "appid">;

/** What was saved of a sandbox app; `records` kind by kind, coupons by position, user coupons wallet by wallet. */
export type SavedState = { app: SavedApp; reports: Report[]; records: StoredRecord[] };

/**
 * Writes down an app as it is at one moment, compressed: a line for itself, one for each report, one for each record.
 * Undefined where that is more than a state holds.
 */
export async function writeState(
  reads: SnapshotReads,
  app: SavedApp,
): Promise<{ records: number; body: Uint8Array } | undefined> {
  const lines = [JSON.stringify(app)];
  let [records, characters] = [0, 0];
  const add = (line: object): void => {
    const text = JSON.stringify(line);
    characters += text.length;
    lines.push(text);
  };
  for await (const { appid: _, ...report } of talliesOf(reads)) add({ report });
  for (const kind of heldKinds)
    for await (const { appid: _, ...value } of recordsOf(reads, kind)) {
      add({ record: kind, value });
      records++;
      if (records > STATE_LIMIT.records || characters > STATE_LIMIT.characters) return undefined;
    }
  const body = await promisify(gzip)(lines.join("\n"), { level: constants.Z_BEST_SPEED });
  return { records, body };
}

async function* talliesOf(reads: SnapshotReads): AsyncGenerator<Tally> {
  for (let last: Tally | null = null; ; ) {
    const page: Tally[] = await reads.tallies(last, SLICE);
    yield* page;
    await endOfTurn();
    last = page.at(-1) ?? null;
    if (last === null) return;
  }
}

type Page = Awaited<ReturnType<SnapshotReads["records"]>>;

async function* recordsOf(reads: SnapshotReads, kind: RecordKind): AsyncGenerator<{ appid: string }> {
  for (let last: Page["last"] = null; ; ) {
    const page: Page = await reads.records(kind, last, SLICE);
    yield* page.records;
    await endOfTurn();
    last = page.last;
    if (last === null) return;
  }
}

/** Reads a state that {@link writeState} wrote, as one of `appid`. */
export async function readState(appid: string, body: Uint8Array): Promise<SavedState> {
  const [first = "", ...lines] = (await promisify(gunzip)(body)).toString().split("\n");
  const state: SavedState = { app: JSON.parse(first), reports: [], records: [] };
  for (const [i, line] of lines.entries()) {
    if (i % SLICE === 0) await endOfTurn();
    const read = JSON.parse(line) as { report: Report } | { record: RecordKind; value: object };
    if ("report" in read) state.reports.push(read.report);
    else state.records.push({ record: read.record, value: { ...read.value, appid } } as unknown as StoredRecord);
  }
  return state;
}

/** What a state says of an app whose clock shows `time`. */
export const savedApp = ({ sandbox, settings, confirmedUrl }: SandboxApp, time: number): SavedApp => ({
  clock: sandbox.clock,
  time,
  settings,
  confirmedUrl,
});
