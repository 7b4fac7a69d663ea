import { remembered } from "../../remembered.ts";

/** How many people are remembered. */
const MOST = 8;

const keptOf = (appid: string) => remembered(`people.${appid}`, (text) => text);

/** The people of an app whose pages were opened here last, the last one first. */
export const recentPeople = (appid: string): string[] =>
  (keptOf(appid).read() ?? "").split("\n").filter((openid) => openid !== "");

/** Remembers that somebody's page was opened. */
export function rememberPerson(appid: string, openid: string): void {
  const others = recentPeople(appid).filter((one) => one !== openid);
  keptOf(appid).write([openid, ...others].slice(0, MOST).join("\n"));
}
