import { type AdminClientOptions, createAdminClient } from "../../src/admin/index.ts";
import type { AdminRequest } from "../../src/admin/request.ts";
import { ManualClock } from "../support/manual-clock.ts";

/** A request as it was sent. */
export type Sent = Omit<AdminRequest, "body"> & { url: URL; body: string | undefined };

type Act = Response | Error | ((sent: Sent) => Response | Error | Promise<Response>);

export const TOKEN = "canary-token_7";

export const json = (body: object, status = 200) => Response.json(body, { status });

/** A problem as the server tells one. */
export const refused = (status: number, code: string, more: object = {}, headers: Record<string, string> = {}) =>
  new Response(
    JSON.stringify({
      type: `urn:quanku:problem:${code}`,
      title: "No",
      status,
      detail: "not so",
      code,
      rid: "r-1",
      ...more,
    }),
    { status, headers: { "content-type": "application/problem+json; charset=utf-8", ...headers } },
  );

/** A reply whose text comes in these pieces; an error breaks it off. */
export function inPieces(type: string, ...pieces: (string | Error)[]): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = pieces.shift();
      if (piece === undefined) controller.close();
      else if (piece instanceof Error) controller.error(piece);
      else controller.enqueue(encoder.encode(piece));
    },
  });
  return new Response(body, { headers: { "content-type": type } });
}

/** A client of a host that does one act after another, the last for ever. */
export function scripted(acts: Act[], options: Partial<AdminClientOptions> = {}) {
  const sent: Sent[] = [];
  const clock = new ManualClock();
  const fetch: AdminClientOptions["fetch"] = async (url, { body, ...init }) => {
    const asked = {
      ...init,
      url: new URL(url),
      body: body === undefined ? undefined : await new Response(body).text(),
    };
    sent.push(asked);
    const act = (acts.length > 1 ? acts.shift() : acts[0]) as Act;
    const done = typeof act === "function" ? await act(asked) : act;
    if (done instanceof Error) throw done;
    return done;
  };
  return {
    sent,
    clock,
    client: createAdminClient({ baseUrl: "https://host.test/x/", token: TOKEN, fetch, clock, ...options }),
  };
}
