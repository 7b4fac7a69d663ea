import { describe, expect, it } from "vitest";
import { eventsIn, type Said } from "../../src/admin/events.ts";
import type { AdminEvent } from "../../src/admin/index.ts";
import { settled } from "../support/manual-clock.ts";
import { inPieces, json, refused, scripted } from "./host.ts";

async function read(...pieces: string[]): Promise<Said[]> {
  async function* sent() {
    yield* pieces;
  }
  const said: Said[] = [];
  for await (const one of eventsIn(sent())) said.push(one);
  return said;
}
const event = (data: string, id = "", event = "message"): Said => ({ event: { event, data, id } });

describe("server-sent events", () => {
  it.each<[string, string, Said[]]>([
    ["one of several lines", "event: journal\nid: 7\ndata: a\ndata:b\ndata\n\n", [event("a\nb\n", "7", "journal")]],
    ["comments and unknown fields", ": hi\nfoo: bar\ndata: a\n\n", [event("a")]],
    [
      "an id that stays, and one that is none",
      "id: 1\ndata: a\n\ndata: b\n\nid: x\0\ndata: c\n\n",
      [event("a", "1"), event("b", "1"), event("c", "1")],
    ],
    ["an id without an event", "id: 9\n\ndata: a\n\n", [event("a", "9")]],
    ["an event without data", "event: journal\n\ndata: a\n\n", [event("a")]],
    ["a pause, and one that is none", "retry: 500\nretry: 1s\n", [{ retry: 500 }]],
    [
      "other line ends, and a mark at the start",
      "\uFEFFdata: a\r\n\r\ndata: b\r\rdata: c\n\n",
      [event("a"), event("b"), event("c")],
    ],
    ["one that breaks off", "data: a\n\ndata: b\n", [event("a")]],
    ["a value with colons and a space of its own", "data:  a: b\n\n", [event(" a: b")]],
  ])("are read whole and cut anywhere: %s", async (_, text, said) => {
    expect(await read(text)).toEqual(said);
    expect(await read(...text)).toEqual(said);
    for (let at = 1; at < text.length; at++) expect(await read(text.slice(0, at), text.slice(at))).toEqual(said);
  });
});

const entry = (seq: number) => `id: ${seq}\nevent: journal\ndata: {"seq":${seq}}\n\n`;
const stream = (...pieces: (string | Error)[]) => inPieces("text/event-stream", ...pieces);

/** Follows a host's streams until so many events came; what they were, and what the host was asked. */
async function following(count: number, acts: Parameters<typeof scripted>[0], lastEventId?: string) {
  const { client, sent, clock } = scripted(acts);
  const ended = new AbortController();
  const events: AdminEvent[] = [];
  const all = (async () => {
    for await (const event of client.stream({ appid: "wx1" }, { lastEventId, signal: ended.signal })) {
      events.push(event);
      if (events.length === count) ended.abort();
    }
  })();
  const { error, took } = await clock.until(all);
  const asked = sent.map(({ headers }) => headers["last-event-id"]);
  return { seen: events.map(({ id }) => id), asked, error, took, events };
}

describe("a stream that is followed", () => {
  it("goes on from the last event where it ends, and where it breaks off", async () => {
    const acts = [
      stream(entry(1), entry(2)),
      stream(entry(3), new Error("reset")),
      stream("event: other\ndata: 1\n\n", entry(4)),
    ];
    const { seen, asked, events } = await following(4, acts);
    expect(seen).toEqual(["1", "2", "3", "4"]);
    expect(asked).toEqual([undefined, "2", "3"]);
    expect(events[0]).toEqual({ event: "journal", id: "1", data: { seq: 1 } });
  });

  it("tells that events were missed, and of no other end", async () => {
    const end = (code: string, id = "") => `${id}event: end\ndata: {"code":"${code}","detail":"why"}\n\n`;
    const acts = [stream(entry(1), end("stopped")), stream(end("behind", "id: 9\n")), stream(entry(10))];
    const { events, asked } = await following(3, acts);
    expect(events.map(({ event }) => event)).toEqual(["journal", "behind", "journal"]);
    expect(events[1]).toEqual({ event: "behind", id: "9", data: { detail: "why" } });
    expect(asked).toEqual([undefined, "1", "9"]);
  });

  it("begins after the event that is named", async () => {
    expect((await following(1, [stream(entry(8))], "7")).asked).toEqual(["7"]);
  });

  it("comes back after the pause that the host tells, longer each time that it cannot, and no sooner than it may", async () => {
    const cut = new TypeError("fetch failed");
    const acts = [
      stream("retry: 100\n", entry(1)),
      cut,
      cut,
      cut,
      refused(503, "busy", {}, { "retry-after": "5" }),
      stream(entry(2)),
    ];
    const { seen, took } = await following(2, acts);
    expect(seen).toEqual(["1", "2"]);
    expect(took).toBe(100 + 100 + 200 + 400 + 5000);
  });

  it("throws what the host refuses, and a first time that fails", async () => {
    const first = await following(1, [new TypeError("fetch failed")]);
    expect(first.error).toMatchObject({ code: "network", call: "stream" });
    const gone = await following(2, [stream(entry(1)), refused(404, "unknown_app")]);
    expect([gone.seen, gone.error]).toEqual([["1"], expect.objectContaining({ code: "unknown_app" })]);
    const other = await following(1, [json({})]);
    expect(other.error).toMatchObject({ code: "unreadable" });
  });

  it("lets go of the stream when its reader leaves", async () => {
    let isLetGo = false;
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode(entry(1))),
      cancel: () => {
        isLetGo = true;
      },
    });
    const { client } = scripted([new Response(body, { headers: { "content-type": "text/event-stream" } })]);
    for await (const _ of client.stream({ appid: "wx1" })) break;
    await settled();
    expect(isLetGo).toBe(true);
  });
});
