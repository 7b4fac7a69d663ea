import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import type { RouteName } from "@quanku/protocol/admin";
import { Hono } from "hono";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { AdminAnswer, AdminCall } from "../../src/http/admin/handler.ts";
import { adminHandlers } from "../../src/http/admin/handlers.ts";
import { mountAdmin } from "../../src/http/admin/router.ts";
import { UploadFault, uploadOf } from "../../src/http/admin/upload.ts";
import type { Who } from "../../src/http/admin/who.ts";
import { Admission } from "../../src/http/admission.ts";
import { Bodies } from "../../src/http/bodies.ts";
import { StoreBusyError } from "../../src/store/store.ts";
import { startTestServer, type TestServer } from "../../testing/server.ts";

const owner: Who = { actor: "operator li", operator: "li", role: "owner", apps: [] };
const root = "/quanku/admin/v1";
const coupons = `${root}/apps/wx-router/coupons`;

const theirs = { ...adminHandlers };
const logged: string[] = [];
let server: TestServer;
let app: Hono;
/** How many calls are let in; and whether there is any operator. */
let places = 100;
let areAny = true;
let cannotTell: Error | undefined;

beforeAll(async () => {
  server = await startTestServer({ adapter: "memory" });
  await server.createApp("wx-router");
  const log = pino({ level: "debug" }, { write: (line: string) => void logged.push(line) });
  app = new Hono();
  const admission = new Admission({ limit: 0, waitingElsewhere: () => places });
  mountAdmin(
    app,
    {
      ...server.admin,
      log,
      operators: Object.assign(Object.create(server.operators), {
        areAny: async () => {
          if (cannotTell) throw cannotTell;
          return areAny;
        },
        whoHas: async ({ token }: { token: string | undefined }) => (token === "good" ? owner : undefined),
      }),
    },
    { admission, bodies: new Bodies() },
    async () => new Response("unknown"),
  );
});
afterAll(() => server.close());
afterEach(() => {
  for (const name of Object.keys(adminHandlers)) delete adminHandlers[name as RouteName];
  Object.assign(adminHandlers, theirs);
  [places, areAny, cannotTell, logged.length] = [100, true, undefined, 0];
});

/** Has a call answered by a function instead of its own. */
const answer = <N extends RouteName>(name: N, by: (call: AdminCall<N>) => Promise<AdminAnswer<N>>) =>
  Object.assign(adminHandlers, { [name]: by });

/** Has a call answer what it was given. */
const echo = <N extends RouteName>(name: N) => answer(name, async ({ input }) => ({ json: JSON.stringify(input) }));

const ask = async (path: string, init: RequestInit = {}, authorization = "Bearer good") =>
  app.fetch(new Request(`http://quanku.test${path}`, { ...init, headers: { authorization, ...init.headers } }));

const json = { "content-type": "application/json" };

async function problemOf(response: Response) {
  expect(response.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
  expect(response.headers.get("cache-control")).toBe("no-store");
  const body = (await response.json()) as { status: number; code: string; detail: string; rid: string };
  expect(body.status).toBe(response.status);
  expect(logged.join("")).toContain(body.rid);
  return `${body.status} ${body.code}`;
}

describe("paths", () => {
  const ids = [
    "plain",
    "a/b",
    "/",
    "50%",
    "%2541",
    "满 减/八折",
    "a+b",
    "a;b=c",
    "q?x=1#y",
    "%E4%BD",
    ":id",
    "{id}",
    "…",
  ];
  it.each(ids)("lead to the coupon %j", async (id) => {
    echo("listCouponHistory");
    const response = await ask(`${coupons}/${encodeURIComponent(id)}/history?limit=7`);
    expect(await response.json()).toEqual({ appid: "wx-router", out_coupon_id: id, limit: 7 });
  });

  it.each([
    ["an unknown path", "GET", "/nothing", "404 unknown_path"],
    ["a path that goes on", "GET", "/apps/wx-router/coupons/c/history/more", "404 unknown_path"],
    ["a slash at the end", "GET", "/apps/", "404 unknown_path"],
    ["the root", "GET", "", "404 unknown_path"],
    ["a wrong method", "DELETE", "/apps/wx-router/coupons", "405 wrong_method"],
    ["what a browser asks for another page", "OPTIONS", "/apps", "405 wrong_method"],
    ["broken encoding", "GET", "/apps/wx-router/coupons/%zz", "400 invalid_field"],
    ["encoding that is not UTF-8", "GET", "/apps/wx-router/coupons/%E4%BD", "400 invalid_field"],
    ["an unknown app", "GET", "/apps/wx-other", "404 unknown_app"],
    ["an unknown query member", "GET", "/apps?colour=red", "400 invalid_field"],
    ["an inherited query member", "GET", "/apps?__proto__=1", "400 invalid_field"],
    ["a query member given twice", "GET", "/apps/wx-router/coupons?limit=1&limit=2", "400 invalid_field"],
  ])("%s is a problem", async (_, method, path, expected) => {
    const response = await ask(`${root}${path}`, { method });
    expect(await problemOf(response)).toBe(expected);
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
    if (response.status === 405) expect(response.headers.get("allow")).toContain("GET");
  });

  it("answer nothing of this where there is no operator", async () => {
    areAny = false;
    for (const path of ["", "/session", "/apps", "/nothing"])
      expect(await (await ask(root + path)).text()).toBe("unknown");
  });
});

describe("who asks", () => {
  it("must be somebody, and is told so before anything else", async () => {
    for (const path of ["/apps/wx-other", "/apps/%zz", "/apps?colour=red"]) {
      const response = await ask(root + path, {}, "Bearer bad");
      expect(await problemOf(response)).toBe("401 sign_in");
      expect(response.headers.get("www-authenticate")).toBe("Bearer");
    }
  });
});

describe("bodies", () => {
  const send = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = json) =>
    ask(`${coupons}/c/stock`, { method: "PUT", body, headers });

  it("are read by their schemas, and given as text too", async () => {
    answer("restockCoupon", async ({ input, text }) => ({ json: JSON.stringify([input.remaining, text]) }));
    const sent = '{ "remaining": 5 }';
    expect(await (await send(sent, { "content-type": "Application/JSON; charset=utf-8" })).json()).toEqual([5, sent]);
  });

  it("may be left out where nothing need be said", async () => {
    echo("activateCoupon");
    const response = await ask(`${coupons}/c/activate`, { method: "POST" });
    expect(response.status).toBe(200);
  });

  it.each([
    ["a form", "remaining=5", { "content-type": "application/x-www-form-urlencoded" }, "415 media_type"],
    ["text", '{"remaining":5}', { "content-type": "text/plain" }, "415 media_type"],
    ["no media type", new Uint8Array([123, 125]), {}, "415 media_type"],
    ["no JSON", '{"remaining": s3cret}', json, "400 invalid_field"],
    ["a list", "[]", json, "400 invalid_field"],
    ["bytes that are no UTF-8", new Uint8Array([34, 255, 34]), json, "400 invalid_field"],
    ["a field too many", '{"remaining":5,"colour":"red"}', json, "400 invalid_field"],
    ["too much", `{"remaining":5,"x":"${"x".repeat(2 ** 20)}"}`, json, "413 too_large"],
  ])("%s is a problem", async (_, body, headers, expected) => {
    echo("restockCoupon");
    expect(await problemOf(await send(body as string, headers as Record<string, string>))).toBe(expected);
    expect(logged.join("")).not.toContain("s3cret");
  });
});

describe("files", () => {
  const handOuts = `${root}/apps/wx-router/hand-outs?out_coupon_id=c&request_id=r`;
  const csv = { "content-type": "text/csv; charset=utf-8" };

  it("are read as they come, and answered as they are made", async () => {
    const got: string[] = [];
    const asked: AdminCall<"createHandOut">["input"][] = [];
    answer("createHandOut", async ({ input, upload }) => {
      asked.push(input);
      for await (const piece of upload) got.push(Buffer.from(piece).toString());
      return { json: "{}" };
    });
    const { url, close } = await onSocket();
    const { port } = new URL(url);
    const sending = httpRequest({
      port,
      path: handOuts,
      method: "POST",
      headers: { ...csv, authorization: "Bearer good" },
    });
    sending.write("o1\n");
    await expect.poll(() => got.join("")).toBe("o1\n");
    sending.end("o2\n");
    const [response] = await once(sending, "response");
    expect([response.statusCode, got.join(""), asked[0]?.request_id]).toEqual([200, "o1\no2\n", "r"]);
    await close();
  });

  it("of another media type are refused", async () => {
    echo("createHandOut");
    expect(await problemOf(await ask(handOuts, { method: "POST", body: "o1", headers: json }))).toBe("415 media_type");
  });

  it("may be no larger than their limit, whether they say so or not, and must come in time", async () => {
    const read = async (request: Request, limits: object) => {
      for await (const _ of uploadOf(request, undefined, limits));
    };
    const sent = (body: string | ReadableStream, headers = {}) =>
      new Request("http://quanku.test", { method: "POST", body, headers, duplex: "half" } as RequestInit);
    const tooLarge = expect.objectContaining({ problem: expect.objectContaining({ status: 413 }) });
    await read(sent("12345"), { limit: 5 });
    await expect(read(sent("123456"), { limit: 5 })).rejects.toEqual(tooLarge);
    await expect(read(sent("1", { "content-length": "6" }), { limit: 5 })).rejects.toEqual(tooLarge);
    await expect(read(sent(new ReadableStream()), { idle: 1 })).rejects.toThrow(UploadFault);
  });

  it("end being made when whoever takes them goes away", async () => {
    let ended = 0;
    answer("stream", async ({ signal }) => {
      async function* events() {
        try {
          yield "data: 1\n\n";
          await new Promise((resolve) => signal.addEventListener("abort", resolve));
        } finally {
          ended++;
        }
      }
      return { file: events(), type: "text/event-stream" };
    });
    const { url, close } = await onSocket();
    const taking = new AbortController();
    const response = await fetch(`${url}${root}/apps/wx-router/stream`, {
      headers: { authorization: "Bearer good" },
      signal: taking.signal,
    });
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    const { value } = (await response.body?.getReader().read()) ?? {};
    expect(Buffer.from(value as Uint8Array).toString()).toBe("data: 1\n\n");
    taking.abort();
    await expect.poll(() => ended).toBe(1);
    await close();
  });

  it("that break on their way are logged and cut off", async () => {
    answer("exportApp", async () => {
      async function* broken() {
        yield "half";
        throw new Error("no more");
      }
      return { file: broken(), type: "application/jsonl" };
    });
    const response = await ask(`${root}/apps/wx-router/export`);
    await expect(response.text()).rejects.toThrow("no more");
    expect(logged.join("")).toContain("an operator's call failed on its way");
  });
});

describe("trouble", () => {
  it("of ours is told with its rid and nothing else", async () => {
    answer("listApps", async () => {
      throw new Error("a secret of the house");
    });
    const response = await ask(`${root}/apps`);
    expect(await response.clone().text()).not.toContain("secret");
    expect(await problemOf(response)).toBe("500 fault");
    expect(logged.join("")).toContain("a secret of the house");
  });

  it("of the store's is told, also where it cannot say whether there is any operator", async () => {
    cannotTell = new StoreBusyError("the database is away");
    const response = await ask(`${root}/apps`);
    expect(response.headers.get("retry-after")).toBe("1");
    expect(await problemOf(response)).toBe("503 busy");
    cannotTell = new Error("a fault");
    expect(await problemOf(await ask(`${root}/apps`))).toBe("500 fault");
  });

  it("of too many calls is told at once", async () => {
    places = 0;
    const response = await ask(`${root}/apps`);
    expect(response.headers.get("retry-after")).toBe("1");
    expect(await problemOf(response)).toBe("503 busy");
  });

  it("is counted", async () => {
    await ask(`${root}/apps/wx-other`);
    const { text } = await server.metrics.render();
    expect(text).toMatch(/quanku_operator_calls_total\{call="showApp",status="404"\} [1-9]/);
  });
});

/** The calls on a socket of their own. */
async function onSocket() {
  const socket = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1", createServer }) as ReturnType<
    typeof createServer
  >;
  if (!socket.listening) await once(socket, "listening");
  const close = async () => {
    const closed = once(socket, "close");
    socket.close();
    socket.closeAllConnections();
    await closed;
  };
  return { url: `http://127.0.0.1:${(socket.address() as AddressInfo).port}`, close };
}
