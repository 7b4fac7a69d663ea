import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { RouteReply } from "@quanku/protocol/admin";
import { detailInChinese } from "@quanku/protocol/calls";
import { errorText, type WireError } from "@quanku/protocol/codes";
import type { Refusal } from "../../domain/outcome.ts";
import { thenRest } from "../../service/hand-outs/rest.ts";
import type { Ledger } from "../../service/ledger.ts";
import { type ImportCounts, ImportFault, importSnapshot, previewImport } from "../../wire/import.ts";
import { tellRefusal } from "../../wire/refusals.ts";
import { tellInChinese } from "../../wire/refusals-told-zh.ts";
import { linesIn } from "../lines.ts";
import type { AdminHandlers } from "./handler.ts";
import { type Problem, problem } from "./problem.ts";

type Shown = RouteReply<"importApp">["import"];

/** Bringing a snapshot into an app, by the code of `quanku import`; a line is held to what a body is held to. */
export const importHandlers: AdminHandlers<"importApp"> = {
  async importApp({ services: { ledger }, who, input: { appid, dry_run: dryRun = false }, upload }) {
    if (dryRun) return { reply: { import: await previewed(ledger, appid, upload) } };
    try {
      const counts = await kept(upload, (open) =>
        importSnapshot({ ledger, snapshot: () => linesIn(open()), appid, by: who.actor, pace: thenRest }),
      );
      return { reply: { import: done(counts) } };
    } catch (error) {
      if (!(error instanceof ImportFault)) throw error;
      const { line, why, imported } = error;
      if (!imported?.lines) return notDone(error);
      const faults = [{ line, ...told(why) }];
      return { reply: { import: { ...done(imported.counts), stopped_at: line, faults } } };
    }
  },
};

/** What would become of a snapshot's lines. */
async function previewed(ledger: Ledger, appid: string, upload: AsyncIterable<Uint8Array>): Promise<Shown> {
  const { lines, counts, refused, unreadable, faults } = await previewImport(ledger, () => linesIn(upload), appid);
  return {
    dry_run: true,
    lines,
    coupons: { ...counts.coupons, refused: refused.coupons },
    user_coupons: { ...counts.userCoupons, refused: refused.userCoupons },
    unreadable,
    stopped_at: null,
    faults: faults.map(({ line, why }) => ({ line, ...told(why) })),
  };
}

/** What became of the lines that are imported. */
function done({ coupons, userCoupons }: ImportCounts): Shown {
  const sum = (counts: typeof coupons) => counts.new + counts.changed + counts.unchanged;
  return {
    dry_run: false,
    lines: sum(coupons) + sum(userCoupons),
    coupons: { ...coupons, refused: 0 },
    user_coupons: { ...userCoupons, refused: 0 },
    unreadable: 0,
    stopped_at: null,
    faults: [],
  };
}

/** A file that is sent, kept on the disk of this machine while it is worked with: it is read twice. */
async function kept<T>(upload: AsyncIterable<Uint8Array>, work: (open: () => AsyncIterable<Uint8Array>) => Promise<T>) {
  const directory = await mkdtemp(join(tmpdir(), "quanku-import-"));
  try {
    const file = join(directory, "snapshot.jsonl");
    await pipeline(upload, createWriteStream(file, { mode: 0o600 }));
    return await work(() => createReadStream(file));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Why nothing was imported. */
function notDone({ line, why, imported, message }: ImportFault): Problem {
  const zh = `第 ${line} 行：${told(why).detail_zh}；没有导入任何内容`;
  return imported ? problem(409, "line_refused", message, zh) : problem(422, "unreadable_line", message, zh);
}

/** Why a line is not imported, in both languages. */
function told(why: WireError | Refusal): { detail: string; detail_zh: string } {
  if (!("refused" in why)) return { detail: errorText(why), detail_zh: detailInChinese(why.detail ?? errorText(why)) };
  return { detail: errorText(tellRefusal(why)), detail_zh: tellInChinese(why) };
}
