import type { WireError } from "@quanku/protocol/codes";
import type { App } from "../../domain/records.ts";
import { isOfPush, type Trouble } from "../../domain/sandbox/faults.ts";
import { readTroubles, tellTrouble } from "../../wire/fault-text.ts";

/** What a request says that it is to meet, and what its reply says that it met. */
export const FAULT_HEADER = "Quanku-Fault";

/** Reads what a call of a sandbox app is to meet by its header; or why it cannot. */
export function readFaultHeader(
  text: string,
  { app, call, token }: { app: App; call: string; token: string | null },
): readonly Trouble[] | WireError {
  const troubles = readTroubles(text);
  if ("problem" in troubles) return misread(troubles.problem);
  const push = troubles.find(isOfPush);
  if (push && call !== "claim") return misread(`${tellTrouble(push)} is for claim alone: ${call} pushes nothing`);
  if (push && app.settings.claimMode !== "callback")
    return misread(
      `${tellTrouble(push)} is for an app whose merchant decides: its claims push nothing; set claim mode callback`,
    );
  if (token === null && troubles.some(({ kind }) => kind === "token"))
    return misread("token is for calls that are made with one: leave it out here");
  return troubles;
}

const misread = (problem: string): WireError => ({ errcode: 47001, detail: `${FAULT_HEADER}: ${problem}` });
