import { PAGE } from "@quanku/protocol/admin";
import { errorText } from "@quanku/protocol/codes";
import { stringify } from "csv-stringify/sync";
import { type HandOutLine, type LineResult, skips, whyNot } from "../../domain/hand-outs/lines.ts";
import { isRefusal, type Refusal, refuse } from "../../domain/outcome.ts";
import type { HandOut } from "../../domain/records.ts";
import type { HandOutPlace, StoreReads } from "../../store/store.ts";
import { tellRefusal } from "../../wire/refusals.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import type { AdminHandlers } from "./handler.ts";
import { readPeople, UnreadableList } from "./people-list.ts";
import { isProblem, type Problem, problemOf } from "./problem.ts";

/** How many lines of a result file are read at once. */
const LINES_TOGETHER = 1000;

/** Operators' calls about hand-outs. */
export const handOutHandlers: AdminHandlers<
  "createHandOut" | "listHandOuts" | "showHandOut" | "startHandOut" | "cancelHandOut" | "listHandOutResults"
> = {
  async createHandOut({ services: { handOuts }, who, input, upload }) {
    const { appid, out_coupon_id: outCouponId, request_id: handOutId, dry_run: dryRun = false } = input;
    try {
      return told(await handOuts.create({ appid, handOutId, outCouponId, dryRun, by: who.actor }, readPeople(upload)));
    } catch (error) {
      if (error instanceof UnreadableList) return error.problem;
      throw error;
    }
  },

  async listHandOuts({ services: { store }, input: { appid, cursor, limit = PAGE.byDefault } }) {
    const list = ["hand-outs", appid];
    const begin = readCursor(list, cursor, isPlace);
    if (isProblem(begin)) return begin;
    const [createdAt, handOutId] = begin.after ?? [];
    const last = createdAt === undefined || handOutId === undefined ? null : { createdAt, handOutId };
    const found = await store.listHandOuts(appid, last, limit + 1);
    const page = found.slice(0, limit);
    const end = found.length > limit ? (page.at(-1) as HandOutPlace) : undefined;
    return {
      reply: { entries: page.map(shown), next: end ? writeCursor(list, [end.createdAt, end.handOutId]) : null },
    };
  },

  showHandOut: async ({ services: { store }, input: { appid, hand_out } }) =>
    told((await store.handOut(appid, hand_out)) ?? unknown(hand_out)),

  startHandOut: async ({ services: { handOuts }, who, input: { appid, hand_out } }) =>
    told(await handOuts.start(appid, hand_out, who.actor)),

  cancelHandOut: async ({ services: { handOuts }, who, input: { appid, hand_out } }) =>
    told(await handOuts.cancel(appid, hand_out, who.actor)),

  async listHandOutResults({ services: { store }, input: { appid, hand_out } }) {
    const handOut = await store.handOut(appid, hand_out);
    return handOut
      ? { file: resultFile(store, handOut), type: "text/csv; charset=utf-8" }
      : problemOf(unknown(hand_out));
  },
};

type Place = [createdAt: number, handOutId: string];
const isPlace = (place: unknown): place is Place =>
  Array.isArray(place) && place.length === 2 && Number.isSafeInteger(place[0]) && typeof place[1] === "string";

const unknown = (id: string): Refusal => refuse("unknown_hand_out", { id });

const told = (answer: Refusal | HandOut): { reply: { hand_out: ReturnType<typeof shown> } } | Problem =>
  isRefusal(answer) ? problemOf(answer) : { reply: { hand_out: shown(answer) } };

const shown = (handOut: HandOut) => ({
  hand_out: handOut.handOutId,
  out_coupon_id: handOut.outCouponId,
  state: handOut.state,
  dry_run: handOut.dryRun,
  total: handOut.total,
  next: handOut.next,
  given: handOut.given,
  refused: { ...handOut.refusals },
  by: handOut.by,
  create_time: handOut.createdAt,
  update_time: handOut.updatedAt,
});

/** A line for each line that is decided, in the order of the list. What a spreadsheet would run is made harmless. */
async function* resultFile(store: StoreReads, { appid, list, after: last }: HandOut): AsyncGenerator<string> {
  yield csv([["line", "openid", "result", "out_user_coupon_id", "reason"]]);
  for (let after = 0; after < last; ) {
    const lines = await store.listHandOutLines(appid, list, after, LINES_TOGETHER);
    const decided = lines.filter(({ line }) => line <= last);
    if (decided.length === 0) return;
    yield csv(decided.map(cellsOf));
    after = (decided.at(-1) as HandOutLine).line;
  }
}

const csv = (rows: (string | number)[][]): string => stringify(rows, { escape_formulas: true });

function cellsOf({ line, openid, result }: HandOutLine): (string | number)[] {
  const why = result === null ? undefined : whyNot(result);
  const given = result !== null && "given" in result ? result.given : null;
  return [line, openid, why ?? "given", given ?? "", result === null ? "" : reasonOf(result)];
}

function reasonOf(result: LineResult): string {
  if ("skipped" in result) return skips[result.skipped];
  return "refused" in result ? errorText(tellRefusal(result)) : "";
}
