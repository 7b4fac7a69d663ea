import { useState } from "react";

/** A list that is being made ready, as long as the console is open. A file is kept as the browser's handle, not as its content. */
export type Draft = {
  way: "paste" | "file";
  text: string;
  file: File | undefined;
  /** The id of the attempt at sending what stands here; another list or coupon is another attempt. */
  requestId: string | undefined;
  /** The hand-out that was made of it. */
  sentAs: string | undefined;
};

const empty: Draft = { way: "paste", text: "", file: undefined, requestId: undefined, sentAs: undefined };
const drafts = new Map<string, Draft>();

/** The draft of an app, and how it is changed: whatever is changed in it, its attempt begins anew unless it is given. */
export function useDraft(appid: string): [Draft, (changed: Partial<Draft>) => void] {
  const [draft, setDraft] = useState(() => drafts.get(appid) ?? empty);
  return [
    draft,
    (changed) => {
      const next = { ...(drafts.get(appid) ?? empty), requestId: undefined, sentAs: undefined, ...changed };
      drafts.set(appid, next);
      setDraft(next);
    },
  ];
}

/** Drops the draft that a hand-out was made of, once that has begun: nobody wants to hand out the same list again unawares. */
export function dropDraft(appid: string, handOut: string): void {
  if (drafts.get(appid)?.sentAs === handOut) drafts.delete(appid);
}

/** What is to be sent; undefined where there is nothing yet. */
export const listOf = ({ way, text, file }: Draft): File | string | undefined =>
  way === "file" ? file : text.trim() === "" ? undefined : text;

/** How many lines of a text say something. */
export const linesIn = (text: string): number => text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== "").length;
