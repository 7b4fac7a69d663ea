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
import { ImportFault, importSnapshot, previewImport } from "../../wire/import.ts";
import { tellRefusal } from "../../wire/refusals.ts";
import { tellInChinese } from "../../wire/refusals-told-zh.ts";
import { linesIn } from "../lines.ts";
import type { AdminHandlers } from "./handler.ts";
import { type Problem, problem } from "./problem.ts";

type Shown = RouteReply<"importApp">["import"];

/** Bringing a snapshot into an app, by the code of `quanku import`; a line is held to what a body is held to. */
export const importHandlers: AdminHandlers<"importApp"> = {
  async importApp({ services: { ledger }, who, input: { appid, dry_run: dryRun = false }, upload }) {
    if (dryRun) {
      const { lines, counts, refused, unreadable, faults } = await previewImport(ledger, () => linesIn(upload), appid);
      const shown: Shown = {
        dry_run: true,
        lines,
        coupons: { ...counts.coupons, refused: refused.coupons },
        user_coupons: { ...counts.userCoupons, refused: refused.userCoupons },
        unreadable,
        faults: faults.map(({ line, why }) => ({ line, ...told(why) })),
      };
      return { reply: { import: shown } };
    }
    try {
      const { coupons, userCoupons } = await kept(upload, (open) =>
        importSnapshot({ ledger, snapshot: () => linesIn(open()), appid, by: who.actor, pace: thenRest }),
      );
      const lines = [coupons, userCoupons].reduce(
        (sum, { new: fresh, changed, unchanged }) => sum + fresh + changed + unchanged,
        0,
      );
      const [ofCoupons, ofUserCoupons] = [
        { ...coupons, refused: 0 },
        { ...userCoupons, refused: 0 },
      ];
      return {
        reply: {
          import: { dry_run: false, lines, coupons: ofCoupons, user_coupons: ofUserCoupons, unreadable: 0, faults: [] },
        },
      };
    } catch (error) {
      if (!(error instanceof ImportFault)) throw error;
      return faulty(error);
    }
  },
};

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

/** Why an import ended at a line, and what of it was done. */
function faulty({ line, why, imported, message }: ImportFault): Problem {
  const kept =
    imported && imported.lines > 0 ? `第 ${imported.before} 行之前的 ${imported.lines} 行已导入` : "没有导入任何内容";
  return problem(
    422,
    imported ? "line_refused" : "unreadable_line",
    message,
    `第 ${line} 行：${told(why).detail_zh}；${kept}`,
  );
}

/** Why a line is not imported, in both languages. */
function told(why: WireError | Refusal): { detail: string; detail_zh: string } {
  if (!("refused" in why)) return { detail: errorText(why), detail_zh: detailInChinese(why.detail ?? errorText(why)) };
  return { detail: errorText(tellRefusal(why)), detail_zh: tellInChinese(why) };
}
