import type { LoggedText } from "../../domain/sandbox/call-log.ts";

/** How much of a text is kept, in characters. */
export const TEXT_KEPT = 16_384;
/** How much more is looked at, so that no secret is cut where it would no longer be known: more than any spelling of one takes. */
const MARGIN = 4096;

/** The beginning of a text without its secrets, as every database keeps it. `bytes`: how long all of it was. */
export function loggedText(text: string, bytes: number, blank: (text: string) => string): LoggedText {
  const begun = text.length > TEXT_KEPT + MARGIN ? text.slice(0, TEXT_KEPT + MARGIN) : text;
  const told = blank(begun);
  const room = begun === text ? TEXT_KEPT : Math.max(0, Math.min(TEXT_KEPT, told.length - MARGIN));
  return { text: storable(told.length > room ? told.slice(0, room) : told), bytes };
}

/** The beginning of what was answered, as a text; nothing of the rest is held on to. */
export const beginningOf = (body: string | Uint8Array): string =>
  typeof body === "string"
    ? body.slice(0, TEXT_KEPT + MARGIN)
    : Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, TEXT_KEPT + MARGIN)).toString("utf8");

/** A text that every database keeps. */
export const storable = (text: string): string => text.toWellFormed().replaceAll("\0", "\uFFFD");
