import { faultIn, type Problem } from "./problem.ts";

/**
 * Where a page of a list ends, as a text that only this list takes back. `list` names the list with all that it is
 * filtered by.
 */
export const writeCursor = (list: readonly unknown[], place: unknown): string =>
  Buffer.from(JSON.stringify([list, place])).toString("base64url");

const unknownCursor = faultIn(
  "cursor",
  "is none that was told: leave it out to begin",
  "不是本服务给出的游标：不填即从头开始",
);

/** Reads where a page begins; undefined for the first. A cursor of another list, or no cursor at all, is told. */
export function readCursor<P>(
  list: readonly unknown[],
  cursor: string | undefined,
  isPlace: (place: unknown) => place is P,
): { after: P | undefined } | Problem {
  if (cursor === undefined) return { after: undefined };
  const read = readJson(Buffer.from(cursor, "base64url").toString("utf8"));
  if (!Array.isArray(read) || read.length !== 2) return unknownCursor;
  const [of, place] = read as [unknown, unknown];
  if (JSON.stringify(of) !== JSON.stringify(list))
    return faultIn(
      "cursor",
      "is of another list or another filter: leave it out to begin this one",
      "属于另一个列表或另一种筛选：不填即从头开始",
    );
  return isPlace(place) ? { after: place } : unknownCursor;
}

export const isNumber = (place: unknown): place is number => typeof place === "number" && Number.isSafeInteger(place);

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
