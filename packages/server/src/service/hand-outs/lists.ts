import { randomBytes } from "node:crypto";
import type { HandOutLine } from "../../domain/hand-outs/lines.ts";
import { type Store, StoreBusyError } from "../../store/store.ts";
import { thenRest } from "./rest.ts";

/** How many lines are written together, and how many are removed. */
const LINES_TOGETHER = 2000;
/** How long a list may take to come, in seconds; older ones that no hand-out has are what a crash left. */
export const LIST_SECONDS = 1800;
/** How many lists are looked for at a time. */
const LISTS_TOGETHER = 100;

/** A person of a list that is being read. */
export type ListedPerson = Pick<HandOutLine, "line" | "openid">;

/** A name for a new list: in order of time, and by chance. */
export const nameAt = (second: number): string =>
  String(second).padStart(10, "0") + randomBytes(9).toString("base64url");

/** Adds all that comes to a list; answers how many lines. */
export async function addList(
  store: Store,
  { appid, list }: { appid: string; list: string },
  people: AsyncIterable<ListedPerson>,
  isLate: () => boolean,
): Promise<number> {
  let [total, lines]: [number, ListedPerson[]] = [0, []];
  const add = async () => {
    if (isLate()) throw new StoreBusyError(`the list took longer than ${LIST_SECONDS} s to come`);
    await thenRest(() => store.addHandOutLines(appid, list, lines));
    total += lines.length;
    lines = [];
  };
  for await (const person of people) if (lines.push(person) === LINES_TOGETHER) await add();
  if (lines.length > 0) await add();
  return total;
}

/** Removes a list. */
export async function removeList(store: Store, { appid, list }: { appid: string; list: string }): Promise<void> {
  while ((await thenRest(() => store.removeHandOutLines(appid, list, LINES_TOGETHER))) === LINES_TOGETHER);
}

/** Removes lists that were on their way to a hand-out when their process ended. */
export async function removeLooseLists(store: Store, now: number): Promise<void> {
  const before = String(now - LIST_SECONDS - 1).padStart(10, "0");
  for (const loose of await store.listLooseLines(before, LISTS_TOGETHER)) await removeList(store, loose);
}
