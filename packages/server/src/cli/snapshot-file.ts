import { parseBody, readDocument, readJson, snapshotCoupon, snapshotUserCoupon } from "@quanku/protocol/calls";
import { errorText, type WireError } from "@quanku/protocol/codes";
import type { Actor } from "../domain/actor.ts";
import type { Imported } from "../domain/catalogue/import.ts";
import type { Command } from "../domain/decide.ts";
import { isRefusal } from "../domain/outcome.ts";
import type { Ledger } from "../service/ledger.ts";
import { tellRefusal } from "../wire/refusals.ts";
import { importCouponOf, importUserCouponOf } from "../wire/snapshot.ts";
import { readLines } from "./lines.ts";

/** How many lines are imported as one change, and read at a time. */
const LINES_TOGETHER = 500;

/** The commands that bring a snapshot's lines into an app. Throws at the first line that cannot be read, naming it. */
export async function* readSnapshot(file: string, appid: string): AsyncGenerator<{ line: number; command: Command }> {
  for await (const { line, read } of readLines(file)) {
    const command = read.ok ? commandOf(appid, read.value) : read;
    if (!("do" in command)) throw new Error(`${file} line ${line}: ${errorText(command.error)}`);
    yield { line, command };
  }
}

function commandOf(appid: string, text: string): Command | { error: WireError } {
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

type Counts = Record<Imported, number>;
type ImportOptions = { ledger: Ledger; file: string; appid: string; by: Actor; onProgress?: (lines: number) => void };

/**
 * Imports a snapshot into an app; answers of how many lines it made what. The whole file is read and checked first; then
 * its lines go in, in order, {@link LINES_TOGETHER} as one change. Lines that are there already change nothing, so a
 * broken import can be run again.
 */
export async function importSnapshot({
  ledger,
  file,
  appid,
  by,
  onProgress = () => {},
}: ImportOptions): Promise<Counts> {
  for await (const _ of readSnapshot(file, appid));
  const counts: Counts = { new: 0, changed: 0, unchanged: 0 };
  let lines = 0;
  let group: { line: number; command: Command }[] = [];
  const flush = async () => {
    const answers = await ledger.submitTogether(
      group.map(({ command }) => command),
      by,
    );
    const last = answers.at(-1);
    if (last && isRefusal(last)) {
      const { line } = group[answers.length - 1] as (typeof group)[0];
      const kept =
        lines === 0 ? "nothing was imported" : `the ${lines} lines before line ${group[0]?.line} are imported`;
      throw new Error(`${file} line ${line}: ${errorText(tellRefusal(last))}; ${kept}`);
    }
    for (const answer of answers) counts[(answer as { result: Imported }).result]++;
    lines += group.length;
    group = [];
    onProgress(lines);
  };
  for await (const read of readSnapshot(file, appid)) {
    group.push(read);
    if (group.length === LINES_TOGETHER) await flush();
  }
  if (group.length > 0) await flush();
  return counts;
}
