import { codeOf } from "./shop.ts";

/** A call of a history, and when it began and ended, in ticks of one counter. */
export type Event = {
  client: number;
  /** Through which process. */
  process: number;
  call: string;
  body: string;
  began: number;
  /** Infinite where the process ended before it answered: then it happened at any time since, or never. */
  ended: number;
  reply: string | undefined;
};

/** An id that the server made. */
const MADE = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g;

/**
 * Names ids that the server made by the requests that they were granted to, so that a model can tell them. Throws where
 * one request was granted two.
 */
export function named(events: readonly Event[]): Event[] {
  const requestOf = new Map<string, string>();
  const granted = new Map<string, string>();
  for (const { call, body, reply } of events) {
    if (call !== "claim" || reply === undefined || codeOf(reply) !== 0) continue;
    const { request_id: request } = JSON.parse(body);
    const id = JSON.parse(reply).user_coupon.out_user_coupon_id;
    if ((granted.get(request) ?? id) !== id || (requestOf.get(id) ?? request) !== request)
      throw new Error(`${request} was granted ${id} and ${granted.get(request)}, which is of ${requestOf.get(id)}`);
    granted.set(request, id);
    requestOf.set(id, request);
  }
  const name = (text: string) => text.replace(MADE, (id) => `of-${requestOf.get(id) ?? "nobody"}`);
  return events.map((event) => ({
    ...event,
    body: name(event.body),
    reply: event.reply === undefined ? undefined : name(event.reply),
  }));
}

/** A history as people read it. */
export const written = (events: readonly Event[]): string =>
  events
    .toSorted((a, b) => a.began - b.began)
    .map(
      ({ client, process, call, body, began, ended, reply }) =>
        `${began}-${ended} client ${client}, process ${process}: ${call} ${body}\n    ${reply ?? "(killed)"}`,
    )
    .join("\n");
