import { client } from "../../data/client.ts";
import { rowsIn } from "../../data/csv.ts";
import { firstOf, type LineResult } from "./result-lines.ts";

type Wanted = { appid: string; hand_out: string; why: string | undefined; most: number; signal: AbortSignal };

/** The first lines of a hand-out's results, all or those that came to nothing for one reason. Reads no further than it must. */
export async function firstResults({ appid, hand_out, why, most, signal }: Wanted): Promise<LineResult[]> {
  const file = await client.listHandOutResults({ appid, hand_out }, { signal });
  return firstOf(rowsIn(file), why, most);
}
