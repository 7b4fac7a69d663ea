import {
  type Parsed,
  parseBody,
  readDocument,
  readJson,
  snapshotCoupon,
  snapshotUserCoupon,
} from "@quanku/protocol/calls";
import { errorText, type WireError } from "@quanku/protocol/codes";
import type { Actor } from "../domain/actor.ts";
import type { ImportCoupon, Imported } from "../domain/catalogue/import.ts";
import { isRefusal, type Refusal } from "../domain/outcome.ts";
import type { ImportUserCoupon } from "../domain/wallet/import.ts";
import { thenRest } from "../service/hand-outs/rest.ts";
import type { Ledger } from "../service/ledger.ts";
import { tellRefusal } from "./refusals.ts";
import { importCouponOf, importUserCouponOf } from "./snapshot.ts";

/** How many lines are imported as one change, and read at a time. */
const LINES_TOGETHER = 500;
/** How many faults of a dry run are told. */
const FAULTS_TOLD = 100;

type ImportCommand = ImportCoupon | ImportUserCoupon;
type Wrong = { error: WireError };
type SnapshotLine = { line: number; read: ImportCommand | Wrong };
type CommandLine = { line: number; command: ImportCommand };

/** A snapshot's lines that are not empty, or why there is none, to be read as often as it takes. */
export type Snapshot = () => AsyncIterable<{ line: number; read: Parsed<string> }>;

/** The commands that bring a snapshot's lines into an app, or why there is none. */
async function* readSnapshot(snapshot: Snapshot, appid: string): AsyncGenerator<SnapshotLine> {
  for await (const { line, read } of snapshot()) yield { line, read: read.ok ? commandOf(appid, read.value) : read };
}

const isWrong = (read: ImportCommand | Wrong): read is Wrong => "error" in read;

function commandOf(appid: string, text: string): ImportCommand | Wrong {
  const json = readJson(text);
  if (!json.ok) return json;
  const body = json.value;
  if (typeof body === "object" && body !== null && "user_coupon" in body) {
    const parsed = parseBody(snapshotUserCoupon, body);
    return parsed.ok ? importUserCouponOf(appid, parsed.value) : parsed;
  }
  const entry = parseBody(snapshotCoupon, body);
  if (!entry.ok) return entry;
  const document = readDocument(text, entry.value.coupon.coupon_info);
  return document.ok ? importCouponOf(appid, entry.value, document.value) : document;
}

/** Groups of lines, in order. */
async function* groupsOf<T>(lines: AsyncIterable<T>): AsyncGenerator<T[]> {
  let group: T[] = [];
  for await (const line of lines) {
    group.push(line);
    if (group.length < LINES_TOGETHER) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

type Counts = Record<Imported, number>;
const noCounts = (): Counts => ({ new: 0, changed: 0, unchanged: 0 });

/** What became of lines, by what they are of. */
export type ImportCounts = { coupons: Counts; userCoupons: Counts };

const countsFor = ({ coupons, userCoupons }: ImportCounts, command: ImportCommand): Counts =>
  command.do === "importCoupon" ? coupons : userCoupons;

/** Why an import ended at a line: it cannot be read, and nothing was imported; or it was refused, and `imported` lines were before. */
export class ImportFault extends Error {
  override name = "ImportFault";
  readonly line: number;
  readonly why: WireError | Refusal;
  /** Of a line that was refused, what the lines before line `before` came to, which are imported. */
  readonly imported: { lines: number; before: number; counts: ImportCounts } | undefined;

  constructor(line: number, why: WireError | Refusal, imported?: ImportFault["imported"]) {
    super(
      `line ${line}: ${errorText("refused" in why ? tellRefusal(why) : why)}${imported ? `; ${kept(imported)}` : ""}`,
    );
    this.line = line;
    this.why = why;
    this.imported = imported;
  }
}

const kept = ({ lines, before }: NonNullable<ImportFault["imported"]>) =>
  lines === 0 ? "nothing was imported" : `the ${lines} lines before line ${before} are imported`;

type ImportOptions = {
  ledger: Ledger;
  snapshot: Snapshot;
  appid: string;
  by: Actor;
  onProgress?: (lines: number) => void;
  /** Runs a group's import; at once unless given. */
  pace?: <T>(work: () => Promise<T>) => Promise<T>;
};

/**
 * Imports a snapshot into an app; answers of how many lines it made what. The whole file is read and checked first; then
 * its lines go in, in order, {@link LINES_TOGETHER} as one change. Lines that are there already change nothing, so a
 * broken import can be run again. Throws {@link ImportFault}.
 */
export async function importSnapshot(options: ImportOptions): Promise<ImportCounts> {
  const { ledger, snapshot, appid, by, onProgress = () => {}, pace = (work) => work() } = options;
  for await (const { line, read } of readSnapshot(snapshot, appid))
    if (isWrong(read)) throw new ImportFault(line, read.error);
  const counts: ImportCounts = { coupons: noCounts(), userCoupons: noCounts() };
  let lines = 0;
  for await (const group of groupsOf(commandsIn(snapshot, appid))) {
    const commands = group.map(({ command }) => command);
    const answers = await pace(() => ledger.submitTogether(commands, by));
    const last = answers.at(-1);
    if (last && isRefusal(last)) {
      const [{ line }, first] = [group[answers.length - 1] as CommandLine, group[0] as CommandLine];
      throw new ImportFault(line, last, { lines, before: first.line, counts });
    }
    for (const [at, command] of commands.entries())
      countsFor(counts, command)[(answers[at] as { result: Imported }).result]++;
    lines += group.length;
    onProgress(lines);
  }
  return counts;
}

async function* commandsIn(snapshot: Snapshot, appid: string): AsyncGenerator<CommandLine> {
  for await (const { line, read } of readSnapshot(snapshot, appid)) {
    if (isWrong(read)) throw new ImportFault(line, read.error);
    yield { line, command: read };
  }
}

/** What would become of lines, and which of them could not be imported, the first {@link FAULTS_TOLD}. */
export type ImportPreview = {
  lines: number;
  counts: ImportCounts;
  refused: { coupons: number; userCoupons: number };
  unreadable: number;
  faults: { line: number; why: WireError | Refusal }[];
};

/**
 * What an import of a snapshot would make of each line if it went on behind those that are refused or cannot be read.
 * Changes nothing, and rests between groups as long as it works.
 */
export async function previewImport(ledger: Ledger, snapshot: Snapshot, appid: string): Promise<ImportPreview> {
  const preview: ImportPreview = {
    lines: 0,
    counts: { coupons: noCounts(), userCoupons: noCounts() },
    refused: { coupons: 0, userCoupons: 0 },
    unreadable: 0,
    faults: [],
  };
  /** The coupons that earlier groups would add: of one of them no user coupon is in the app yet. */
  const added = new Set<string>();
  for await (const group of groupsOf(readSnapshot(snapshot, appid))) {
    const tell = (line: number, why: WireError | Refusal) => {
      if (preview.faults.length < FAULTS_TOLD) preview.faults.push({ line, why });
    };
    const commands = group.flatMap(({ line, read }) => (isWrong(read) ? [] : [{ line, command: read }]));
    const answers = await thenRest(() =>
      ledger.preview(
        commands.map(({ command }) => command),
        () => {},
      ),
    );
    for (const [at, { line, command }] of commands.entries()) {
      const answer = answers[at] as Refusal | { result: Imported };
      const isOfAdded = isRefusal(answer) && answer.refused === "unknown_coupon" && added.has(idOf(command));
      if (isRefusal(answer) && !isOfAdded) {
        preview.refused[command.do === "importCoupon" ? "coupons" : "userCoupons"]++;
        tell(line, answer);
        continue;
      }
      const result = isRefusal(answer) ? "new" : answer.result;
      countsFor(preview.counts, command)[result]++;
      if (command.do === "importCoupon" && result === "new") added.add(idOf(command));
    }
    for (const { line, read } of group) {
      if (!isWrong(read)) continue;
      preview.unreadable++;
      tell(line, read.error);
    }
    preview.lines += group.length;
  }
  preview.faults.sort((a, b) => a.line - b.line);
  return preview;
}

const idOf = (command: ImportCommand): string =>
  command.do === "importCoupon" ? command.coupon.outCouponId : command.userCoupon.outCouponId;
