import type { CallName } from "@quanku/sdk";
import { readyCalls } from "@quanku/sdk/guide";

/** What was typed as a body, by app and call, as long as this tab is open. */
const drafts = new Map<string, string>();

/** The body that a call's form begins with. */
export const readyBody = (call: CallName): string => JSON.stringify(readyCalls[call].body, null, 2);

/** The body that was typed last for a call of an app, else the ready one. */
export const draftOf = (appid: string, call: CallName): string => drafts.get(`${appid} ${call}`) ?? readyBody(call);

export function keepDraft(appid: string, call: CallName, body: string): void {
  drafts.set(`${appid} ${call}`, body);
}
