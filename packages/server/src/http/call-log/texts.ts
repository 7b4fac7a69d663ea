import type { LoggedText } from "../../domain/sandbox/call-log.ts";

/** How much of a text is kept, in characters. */
export const TEXT_KEPT = 16_384;
/** How much more is looked at, so that no secret is cut where it would no longer be known: more than any spelling of one takes. */
const MARGIN = 4096;

/** The beginning of a text as it may be told (`told`). `bytes`: how long all of it was. */
export function loggedText(text: string, bytes: number, told: (text: string) => string): LoggedText {
  const begun = beginningOf(text);
  const tellable = told(begun);
  const room =
    begun.length < TEXT_KEPT + MARGIN ? TEXT_KEPT : Math.max(0, Math.min(TEXT_KEPT, tellable.length - MARGIN));
  return { text: cut(tellable, room), bytes };
}

/** At most so many characters of a text. */
export const cut = (text: string, kept: number): string =>
  text.length > kept ? text.slice(0, kept).toWellFormed() : text;

/** The beginning of what was answered, as a text; nothing of the rest is held on to. */
export const beginningOf = (body: string | Uint8Array): string =>
  typeof body === "string"
    ? body.slice(0, TEXT_KEPT + MARGIN)
    : Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, TEXT_KEPT + MARGIN)).toString("utf8");

/** A text that every database keeps. */
export const storable = (text: string): string => text.toWellFormed().replaceAll("\0", "\uFFFD");
