import type { Server } from "node:http";
import { get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { describe, expect, it, onTestFinished } from "vitest";
import type { AdminServices } from "../../src/http/admin/handler.ts";
import { mountAdmin } from "../../src/http/admin/router.ts";
import { eventsOf } from "../../src/http/admin/stream.ts";
import { Admission } from "../../src/http/admission.ts";
import { Bodies } from "../../src/http/bodies.ts";
import type { Asker } from "../../src/service/access/operators.ts";
import type { Follower, FollowingLimits } from "../../src/service/following.ts";
import type { Store } from "../../src/store/store.ts";
import { operate, operated } from "../../testing/admin.ts";
import { createSchema } from "../../testing/postgres.ts";
import { anAttempt } from "../../testing/records.ts";
import { startTestServer, type TestServer } from "../../testing/server.ts";
import { adapters, openTestStore, patient } from "../../testing/stores.ts";

const APPID = "wx_live";
const FAR = 1_000_000;

/** A server with an app that is followed, and how often its store was read. */
async function start(adapter: (typeof adapters)[number], following: FollowingLimits = {}, given?: Store) {
  const { store, discard } = given ? { store: given, discard: async () => {} } : await openTestStore(adapter);
  const counts = { polls: 0, pages: 0 };
  const counting: Store = {
    ...store,
    journalEnd: (appid) => {
      counts.polls++;
      return store.journalEnd(appid);
    },
    readJournal: (...asked) => {
      counts.pages++;
      return store.readJournal(...asked);
    },
  };
  const server = await startTestServer({ store: counting, limits: { following: { pollMs: 5, ...following } } });
  onTestFinished(async () => {
    await server.close();
    await discard();
  });
  if (!given) await server.createApp(APPID);
  return { server, counts };
}

let quota = 5000;
/** Something that happens in the app, and what the journal says of it. */
async function happen({ admin }: TestServer, times = 1) {
  for (let i = 0; i < times; i++) await admin.apps.configure(APPID, { claimsPerMinute: ++quota }, "command_line");
  return { command: "configureApp", by: "command_line" };
}
const attempted = ({ store }: TestServer, reason: string) => store.keepCallbacks([anAttempt(APPID, { reason })]);

async function follow(server: TestServer, after?: { seq: number; nth: number }): Promise<Follower> {
  const follower = await server.admin.following.follow(APPID, after);
  if (!follower) throw new Error("too many follow");
  return follower;
}

/** The events that a text holds. */
const eventsIn = (text: string) =>
  text
    .split("\n\n")
    .filter((block) => block.includes("event: "))
    .map((block) => {
      const field = (name: string) => new RegExp(`^${name}: ([^\n]*)`, "m").exec(block)?.[1] ?? "";
      return { event: field("event"), id: field("id"), data: JSON.parse(field("data")) as Record<string, unknown> };
    });

/** What a follower is told until `count` events came. */
async function told(follower: Follower, count: number) {
  const happened = [];
  while (happened.length < count) {
    const next = await follower.next(FAR);
    if ("ended" in next) throw new Error(`it ended: ${next.ended}`);
    happened.push(...next.happened);
  }
  return happened;
}

describe.each(adapters)("on %s", (adapter) => {
  it("followers are told what the lists show, from now on or from where they left off, once each", async () => {
    const { server } = await start(adapter);
    await happen(server);
    await attempted(server, "before");
    const [one, other] = [await follow(server), await follow(server)];
    await happen(server, 2);
    await attempted(server, "now");
    const [first, second] = [await told(one, 3), await told(other, 3)];
    const data = (happened: typeof first, event: string) =>
      happened.filter((one) => one.event === event).map((one) => JSON.parse(one.data));
    expect(data(first, "journal")).toMatchObject([{ command: "configureApp" }, { command: "configureApp" }]);
    const [listed] = (await operated(server, "listCallbacks", { appid: APPID })).entries;
    expect(data(first, "callback")).toEqual([listed]);
    const newest = (await operated(server, "listJournal", { appid: APPID, limit: "2" })).entries;
    expect(data(first, "journal")).toEqual(newest.toReversed());
    for (const event of ["journal", "callback"]) expect(data(second, event)).toEqual(data(first, event));
    const [entry] = first;
    const left = await follow(server, entry?.place);
    expect((await told(left, first.length - 1)).map((one) => one.data).toSorted()).toEqual(
      first
        .slice(1)
        .map((one) => one.data)
        .toSorted(),
    );
    const all = await follow(server, { seq: 0, nth: 0 });
    const seqs = (await told(all, 6)).filter(({ event }) => event === "journal").map(({ place }) => place.seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
  });
});

describe("a stream", () => {
  it("costs one look and one read for all who follow an app, and none once nobody does", async () => {
    const { server, counts } = await start("memory");
    const followers = await Promise.all(Array.from({ length: 20 }, () => follow(server)));
    expect(counts.polls).toBe(1);
    const waiting = followers.map((follower) => told(follower, 1));
    await happen(server);
    await Promise.all(waiting);
    expect(counts.pages).toBe(1);
    const before = counts.polls;
    await expect.poll(() => counts.polls).toBeGreaterThan(before);
    for (const follower of followers) follower.close();
    expect(server.admin.following.streams).toBe(0);
    const after = counts.polls;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(counts.polls).toBeLessThanOrEqual(after + 1);
  });

  it("is one of so many: the next is told to wait until one is closed", async () => {
    const { server } = await start("memory", { streams: 2 });
    const [one] = [await follow(server), await follow(server)];
    const next = () => operate(server, "stream", { appid: APPID }).catch((error: Error) => error.message);
    expect(await next()).toMatchObject({ status: 503, problem: "busy", retryAfter: 5 });
    one.close();
    one.close();
    expect(await next()).toContain("answered a file");
    expect(server.admin.following.streams).toBe(2);
  });

  it("lets one go who takes nothing of what waits, and says from where to go on", async () => {
    const { server } = await start("memory", { slowMs: 0 });
    const slow = await follow(server);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(server.admin.following.streams, "nothing waited for them").toBe(1);
    await happen(server);
    await expect.poll(() => server.admin.following.streams).toBe(0);
    const { seq } = await server.store.journalEnd(APPID);
    expect(await slow.next(FAR)).toEqual({ ended: "behind", place: { seq, nth: 0, call: 0 } });
  });

  it("ends for one who is farther behind than may be, and goes on from there for the rest", async () => {
    const { server } = await start("memory", { behind: 250 });
    await happen(server, 450);
    const near = await follow(server, { seq: 250, nth: 0 });
    const end = (await server.store.journalEnd(APPID)).seq;
    expect((await told(near, end - 250)).at(-1)?.place.seq).toBe(end);
    const texts: string[] = [];
    for await (const text of eventsOf(await follow(server, { seq: 0, nth: 0 }), async () => true)) texts.push(text);
    const events = eventsIn(texts.join(""));
    expect(events.at(-1)).toMatchObject({ event: "end", id: `${end}-0-0`, data: { code: "behind" } });
    expect(events.length).toBeLessThan(450);
  });

  it("begins now where a place is told that is not there yet", async () => {
    const { server } = await start("memory");
    const follower = await follow(server, { seq: FAR, nth: FAR });
    await happen(server);
    expect(await told(follower, 1)).toHaveLength(1);
    expect(await operate(server, "stream", { appid: APPID, last: "x" })).toMatchObject({ status: 400 });
  });

  it("shows that it lives where nothing happens, and ends when whoever follows is let in no longer", async () => {
    const { server } = await start("memory");
    let isIn = true;
    const events = eventsOf(await follow(server), async () => isIn, { pulseMs: 1, checkMs: 2 });
    const next = async () => (await events.next()).value as string | undefined;
    expect(await next()).toMatch(/^: .*\n\n$/);
    for (let i = 0; i < 5; i++) expect(await next()).toBe(":\n\n");
    isIn = false;
    let last: string | undefined;
    for (let text = await next(); text !== undefined; text = await next()) last = text;
    expect(eventsIn(last as string)).toMatchObject([{ event: "end", data: { code: "signed_out" } }]);
    expect(server.admin.following.streams).toBe(0);
  });

  it("tells nothing more to one who was signed out while something happened", async () => {
    const { server } = await start("memory");
    const events = eventsOf(await follow(server), async () => false, { pulseMs: FAR, checkMs: 0 });
    await events.next();
    await happen(server);
    expect(eventsIn((await events.next()).value as string)).toMatchObject([{ data: { code: "signed_out" } }]);
    expect(await events.next()).toMatchObject({ done: true });
  });

  it("goes on once the store answers again, and says once that it did not", async () => {
    const lines: string[] = [];
    const { store, discard } = await openTestStore("memory");
    let isAway = false;
    const journalEnd: Store["journalEnd"] = async (appid) => {
      if (isAway) throw new Error("away");
      return store.journalEnd(appid);
    };
    const server = await startTestServer({
      store: { ...store, journalEnd },
      limits: { following: { pollMs: 1 } },
      logTo: { write: (line: string) => void lines.push(line) } as unknown as NodeJS.WritableStream,
    });
    await server.createApp(APPID);
    const follower = await follow(server);
    isAway = true;
    const failures = () => lines.filter((line) => line.includes("could not be read"));
    await expect.poll(failures).toHaveLength(1);
    await happen(server);
    await new Promise((resolve) => setTimeout(resolve, 20));
    isAway = false;
    expect(await told(follower, 1)).toHaveLength(1);
    expect(failures()).toHaveLength(1);
    await server.close();
    await discard();
  });
});

/** Serves the operators' calls on a socket to whoever has a token, and reads a stream of it. */
async function onSocket(server: TestServer) {
  const key = { kind: "token", name: "t", endsAt: Number.MAX_SAFE_INTEGER } as const;
  const who: Asker = { actor: "token li t", operator: "li", role: "viewer", apps: [APPID], key };
  const state = { isIn: true };
  const services: AdminServices = {
    ...server.admin,
    operators: Object.assign(Object.create(server.operators), {
      areAny: async () => true,
      whoHas: async () => (state.isIn ? who : undefined),
    }),
  };
  const app = new Hono();
  const doors = { admission: new Admission(), bodies: new Bodies() };
  mountAdmin(app, services, doors, async () => new Response("unknown"));
  const socket = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }) as Server;
  await new Promise((resolve) => socket.once("listening", resolve));
  onTestFinished(() => {
    socket.closeAllConnections();
    socket.close();
  });
  const { port } = socket.address() as AddressInfo;
  const path = `/quanku/admin/v1/apps/${APPID}/stream`;
  const open = async (lastEventId?: string) => {
    const headers = { authorization: "Bearer t", ...(lastEventId && { "last-event-id": lastEventId }) };
    const response = await new Promise<IncomingMessage>((resolve, reject) =>
      get({ port, path, headers, agent: false }, resolve).once("error", reject),
    );
    let text = "";
    response.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
    const ended = new Promise<void>((resolve) => response.once("close", resolve));
    return { response, ended, events: () => eventsIn(text), text: () => text, leave: () => response.destroy() };
  };
  return { open, state };
}

describe("over a socket", () => {
  it("events come as they happen, go on after the last one, and end when the server stops", async () => {
    const { server } = await start("memory");
    const { open } = await onSocket(server);
    const stream = await open();
    expect(stream.response.statusCode).toBe(200);
    expect(stream.response.headers).toMatchObject({
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    });
    await expect.poll(stream.text).toMatch(/^: /);
    await happen(server);
    await expect.poll(stream.events).toMatchObject([{ event: "journal", data: { command: "configureApp" } }]);
    stream.leave();
    await expect.poll(() => server.admin.following.streams).toBe(0);
    await happen(server);
    await attempted(server, "meanwhile");
    const again = await open(stream.events()[0]?.id);
    await expect
      .poll(again.events)
      .toMatchObject([{ event: "journal" }, { event: "callback", data: { reason: "meanwhile" } }]);
    expect((await open("yesterday")).response.statusCode).toBe(400);
    server.admin.following.close();
    await again.ended;
    expect(again.events().at(-1)).toMatchObject({ event: "end", data: { code: "stopped" } });
    expect((await open()).response.statusCode).toBe(503);
  });
});

it.runIf(adapters.includes("postgres"))("what another process does on the same database is told", async () => {
  const schema = await createSchema();
  const { openPostgresStore } = await import("../../src/store/postgres/open.ts");
  const stores = [
    await openPostgresStore({ url: schema.url, ...patient }),
    await openPostgresStore({ url: schema.url, ...patient }),
  ];
  const { server } = await start("postgres", { pollMs: 250 }, stores[0]);
  const other = await startTestServer({ store: stores[1] as Store });
  const shop = await other.createApp(APPID);
  onTestFinished(async () => {
    await other.close();
    for (const store of stores) await store.close();
    await schema.drop();
  });
  const { open } = await onSocket(server);
  const [one, two] = [await open(), await open()];
  await expect.poll(two.text).toMatch(/^: /);
  await happen(other);
  await attempted(other, "elsewhere");
  await shop.renewToken();
  for (const stream of [one, two]) {
    await expect.poll(stream.events).toHaveLength(3);
    expect(
      stream
        .events()
        .map(({ event }) => event)
        .toSorted(),
    ).toEqual(["callback", "journal", "journal"]);
  }
});
