import { createReadStream } from "node:fs";
import type { Actor } from "../domain/actor.ts";
import type { Imported } from "../domain/catalogue/import.ts";
import { linesIn } from "../http/lines.ts";
import type { Ledger } from "../service/ledger.ts";
import * as snapshots from "../wire/import.ts";

type ImportOptions = { ledger: Ledger; file: string; appid: string; by: Actor; onProgress?: (lines: number) => void };

/**
 * Imports a snapshot's file into an app; answers of how many lines it made what. Its lines are held to what a request's body
 * is held to. Throws at the first that cannot be read or is refused, naming it.
 */
export async function importSnapshot({ file, ...options }: ImportOptions): Promise<Record<Imported, number>> {
  const snapshot = () => linesIn(createReadStream(file));
  try {
    const { coupons, userCoupons } = await snapshots.importSnapshot({ ...options, snapshot });
    return {
      new: coupons.new + userCoupons.new,
      changed: coupons.changed + userCoupons.changed,
      unchanged: coupons.unchanged + userCoupons.unchanged,
    };
  } catch (error) {
    throw error instanceof snapshots.ImportFault ? new Error(`${file} ${error.message}`, { cause: error }) : error;
  }
}
