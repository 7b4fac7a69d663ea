import { Agent, request } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { addActive, coupon, userCoupon } from "../../testing/coupons.ts";
import { startTestServer, type TestApp, type TestServer } from "../../testing/server.ts";
import { breakOff, errcodesIn, exchange, statusesIn } from "./support/socket.ts";

const BODY = '{"page_size":1}';
const MIB = 2 ** 20;

let server: TestServer;
let app: TestApp;
let site: Awaited<ReturnType<TestServer["listen"]>>;
beforeAll(async () => {
  server = await startTestServer();
  app = await server.createApp("wx_edge");
  site = await server.listen();
});
afterAll(async () => {
  await site.close();
  await server.close();
});

const good = () => `/shop/coupon/get_list?access_token=${app.accessToken}`;
const LENGTH = `Content-Length: ${BODY.length}\r\n`;

type Parts = { method?: string; target?: string; host?: string; headers?: string; body?: string; keep?: boolean };
/** A request as text; by default a good one, after which the server closes the connection. */
const written = ({ method, target, host, headers, body, keep }: Parts = {}): string =>
  `${method ?? "POST"} ${target ?? good()} HTTP/1.1\r\n${host ?? "Host: quanku.test\r\n"}` +
  `${keep ? "" : "Connection: close\r\n"}${headers ?? LENGTH}\r\n${body ?? BODY}`;

/** Whatever was sent, the server goes on serving others. */
afterEach(async () => {
  const response = await fetch(site.url + good(), { method: "POST", body: BODY });
  expect([response.status, await response.json()]).toMatchObject([200, { errcode: 0 }]);
});

/** What is answered: the HTTP status, and the errcode where the request got as far as a call. */
type Expected = [status: number, errcode?: number];

describe("a request that is not quite one", () => {
  const cases: [name: string, parts: () => Parts, expected: Expected][] = [
    ["nothing wrong", () => ({}), [200, 0]],
    ["no Host", () => ({ host: "" }), [400]],
    ["an empty Host", () => ({ host: "Host:\r\n" }), [200, 0]],
    ["a Host with a space", () => ({ host: "Host: a b\r\n" }), [400]],
    ["a Host that opens a bracket", () => ({ host: "Host: [::1\r\n" }), [400]],
    ["a Host with a port that is none", () => ({ host: "Host: x:99999\r\n" }), [400]],
    ["a Host with a path", () => ({ host: "Host: x/../y?z#\r\n" }), [400]],
    ["a Host with a user", () => ({ host: "Host: user:pw@x\r\n" }), [400]],
    ["two Hosts", () => ({ host: "Host: a\r\nHost: b\r\n" }), [200, 0]],
    ["a path of backslashes", () => ({ target: good().replaceAll("/", "\\") }), [400]],
    ["a backslash in the path", () => ({ target: good().replace("/coupon/", "\\coupon/") }), [400]],
    ["dots that lead back", () => ({ target: good().replace("/coupon/", "/x/../coupon/") }), [200, 0]],
    ["encoded dots that lead back", () => ({ target: good().replace("/coupon/", "/x/%2e%2e/coupon/") }), [200, 0]],
    ["dots that lead out", () => ({ target: "/../../etc/passwd" }), [200, 40066]],
    ["two slashes first", () => ({ target: `/${good()}` }), [200, 40066]],
    ["an encoded letter", () => ({ target: good().replace("get_list", "%67et_list") }), [200, 0]],
    ["an encoded slash", () => ({ target: good().replace("/get_list", "%2fget_list") }), [200, 40066]],
    ["a broken percent sign", () => ({ target: "/shop/coupon/%zz%e0%a4" }), [200, 40066]],
    ["an encoded NUL", () => ({ target: "/shop/coupon/get_list%00" }), [200, 40066]],
    ["a path without its slash", () => ({ target: good().slice(1) }), [400]],
    ["a path in UTF-8", () => ({ target: "/shop/优惠券" }), [400]],
    ["a fragment", () => ({ target: `${good()}#x` }), [200, 0]],
    ["a whole URL", () => ({ target: `http://elsewhere.test${good()}` }), [200, 0]],
    ["a whole URL that is none", () => ({ target: `http://[${good()}` }), [400]],
    ["a URL of 8 000 characters", () => ({ target: `${good()}${"x".repeat(8000)}` }), [200, 40001]],
    ["a URL of 64 000 characters", () => ({ target: `${good()}${"x".repeat(64_000)}` }), [431]],
    ["500 headers", () => ({ headers: `${"X: 1\r\n".repeat(500)}${LENGTH}` }), [200, 0]],
    ["headers of 64 000 bytes", () => ({ headers: `X: ${"x".repeat(64_000)}\r\n${LENGTH}` }), [431]],
    ["a header with a control character", () => ({ headers: `X: \u0001\r\n${LENGTH}` }), [400]],
    ["HEAD", () => ({ method: "HEAD", headers: "", body: "" }), [200]],
    ["OPTIONS", () => ({ method: "OPTIONS" }), [200, 43002]],
    ["OPTIONS of everything", () => ({ method: "OPTIONS", target: "*" }), [400]],
    ["PUT", () => ({ method: "PUT" }), [200, 43002]],
    ["DELETE", () => ({ method: "DELETE" }), [200, 43002]],
    ["PATCH", () => ({ method: "PATCH" }), [200, 43002]],
    ["TRACE", () => ({ method: "TRACE", headers: "", body: "" }), [200, 43002]],
    ["GET with a body", () => ({ method: "GET" }), [200, 43002]],
    ["a method nobody knows", () => ({ method: "BREW" }), [400]],
    ["a method in lower case", () => ({ method: "post" }), [400]],
    ["no content-length and no body", () => ({ headers: "", body: "" }), [200, 44002]],
    ["no content-length before a body", () => ({ headers: "" }), [400]],
    ["a content-length of words", () => ({ headers: "Content-Length: abc\r\n" }), [400]],
    ["a content-length below zero", () => ({ headers: "Content-Length: -5\r\n" }), [400]],
    ["a content-length beyond numbers", () => ({ headers: `Content-Length: ${"9".repeat(30)}\r\n` }), [400]],
    ["two content-lengths", () => ({ headers: `Content-Length: 5\r\n${LENGTH}` }), [400]],
    ["chunks", () => ({ headers: "Transfer-Encoding: chunked\r\n", body: `f\r\n${BODY}\r\n0\r\n\r\n` }), [200, 0]],
    ["a chunk of no size", () => ({ headers: "Transfer-Encoding: chunked\r\n", body: `z\r\n${BODY}` }), [400]],
    ["chunks and a content-length", () => ({ headers: `Transfer-Encoding: chunked\r\n${LENGTH}` }), [400]],
    ["an expectation nobody can meet", () => ({ headers: `Expect: fish\r\n${LENGTH}` }), [417]],
    ["a body that claims to be gzip", () => ({ headers: `Content-Encoding: gzip\r\n${LENGTH}` }), [200, 0]],
    ["an upgrade", () => ({ headers: `Upgrade: websocket\r\n${LENGTH}` }), [200, 0]],
  ];

  it.each(cases)("%s", async (_, parts, [status, errcode]) => {
    const received = await exchange(site.port, written(parts()));
    expect(statusesIn(received)[0]).toBe(status);
    expect(errcodesIn(received)[0]).toBe(errcode);
  });

  it("line feeds alone, other protocols, and noise", async () => {
    const noise = [
      written().replaceAll("\r\n", "\n"),
      "\0\u0001\u0002noise\r\n\r\n",
      Buffer.from("16030100c8010000c4", "hex"),
    ];
    for (const bytes of noise) expect(statusesIn(await exchange(site.port, bytes))).toEqual([400]);
  });

  it("CONNECT is hung up on", async () => {
    expect(await exchange(site.port, written({ method: "CONNECT", target: "x:443" }))).toBe("");
  });
});

describe("a connection", () => {
  it("gives its replies in the order of pipelined requests, whatever they come to", async () => {
    const requests = [
      written({ keep: true }),
      written({ keep: true, target: "/nowhere" }),
      written({ keep: true, target: "/shop/coupon/get_list?access_token=x" }),
      written({ keep: true, target: "/shop/coupon/get_list" }),
      written({ keep: true, method: "PUT" }),
      written(),
    ];
    const received = await exchange(site.port, requests.join(""));
    expect(errcodesIn(received)).toEqual([0, 40066, 40001, 41001, 43002, 0]);
  });

  it("is told to go on where it asks first", async () => {
    const received = await exchange(site.port, written({ headers: `Expect: 100-continue\r\n${LENGTH}` }));
    expect(received).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/);
    expect(errcodesIn(received)).toEqual([0]);
  });

  it("that ends or breaks in mid-request leaves nothing behind", async () => {
    const halves = [
      "",
      "POST /shop",
      `POST ${good()} HTTP/1.1\r\nHost: x\r\n`,
      written({ headers: "Content-Length: 500\r\n" }),
      written({ headers: "Transfer-Encoding: chunked\r\n", body: `f\r\n${BODY}\r\n` }),
      written({ headers: `Content-Length: ${2 * MIB}\r\n` }),
      written({ headers: "Content-Length: 500\r\n", target: "/nowhere" }),
    ];
    await Promise.all(halves.flatMap((half) => [breakOff(site.port, half), breakOff(site.port, half)]));
  });

  const tooLarge: [string, number, Parts][] = [
    ["of told length", 47001, { keep: true, headers: `Content-Length: ${2 * MIB}\r\n`, body: " ".repeat(2 * MIB) }],
    [
      "in chunks",
      47001,
      {
        keep: true,
        headers: "Transfer-Encoding: chunked\r\n",
        body: `${(2 * MIB).toString(16)}\r\n${" ".repeat(2 * MIB)}\r\n0\r\n\r\n`,
      },
    ],
  ];
  it.each(tooLarge)("goes on after a body that is too large, %s", async (_, errcode, parts) => {
    expect(errcodesIn(await exchange(site.port, written(parts), written()))).toEqual([errcode, 0]);
  });

  it("goes on after a body nobody read, because its token was bad", async () => {
    for (const [, , parts] of tooLarge) {
      const unread = written({ ...parts, target: "/shop/coupon/get_list?access_token=x" });
      expect(errcodesIn(await exchange(site.port, unread, written()))).toEqual([40001, 0]);
    }
  });

  it("brings the refusal of a large body in chunks to its client, each time", async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (const size of [2, 2, 2, 2, 8]) {
      expect(await upload(agent, size * MIB)).toBe(47001);
      expect(await upload(agent, 0)).toBe(0);
    }
    agent.destroy();
  });

  it("that sends a body slowly, a byte at a time, is served", async () => {
    const [head = "", body = ""] = written().split(/(?<=\r\n\r\n)/);
    expect(errcodesIn(await exchange(site.port, head, ...body))).toEqual([0]);
  });
});

/** Sends a good request followed by so many spaces, in chunks, as any client would; answers the errcode or the fault. */
function upload(agent: Agent, spaces: number): Promise<number | string> {
  return new Promise((resolve) => {
    const outgoing = request(site.url + good(), { method: "POST", agent }, (response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve(JSON.parse(text).errcode));
    });
    outgoing.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    outgoing.write(BODY);
    const chunk = Buffer.alloc(64 * 1024, " ");
    const pump = (left: number): void => {
      if (left === 0) outgoing.end();
      else if (outgoing.write(chunk)) pump(left - chunk.length);
      else outgoing.once("drain", () => pump(left - chunk.length));
    };
    pump(spaces);
  });
}

describe("many at once", () => {
  const call = async (name: string, body: object) => {
    const init = { method: "POST", body: JSON.stringify(body) };
    const response = await fetch(`${site.url}/shop/coupon/${name}?access_token=${app.accessToken}`, init);
    return (await response.json()) as { errcode: number; result_list: unknown[] };
  };

  it("take exactly the stock there is, and the good and the bad do not mix", async () => {
    await addActive(app, coupon("hot", { total_num: 50 }));
    const claims = Array.from({ length: 150 }, (_, i) => call("add_user_coupon", userCoupon(`o${i}`, "hot", `u${i}`)));
    const lists = Array.from({ length: 50 }, () => call("get_list", { page_size: 1 }));
    const faults = Array.from({ length: 50 }, () => call("get_list", {}));
    const noise = Array.from({ length: 20 }, () =>
      breakOff(site.port, written({ headers: "Content-Length: 500\r\n" })),
    );
    const errcodes = (await Promise.all(claims)).map(({ errcode }) => errcode);
    expect(errcodes.filter((errcode) => errcode === 0)).toHaveLength(50);
    expect(errcodes.filter((errcode) => errcode === 1090029)).toHaveLength(100);
    expect(new Set((await Promise.all(lists)).map(({ errcode }) => errcode))).toEqual(new Set([0]));
    expect(new Set((await Promise.all(faults)).map(({ errcode }) => errcode))).toEqual(new Set([990007]));
    await Promise.all(noise);
    expect((await call("get_list", { page_size: 1 })).result_list).toMatchObject([
      { coupon_stock: { stock_info: { issued_num: 0, receive_num: 50 } } },
    ]);
  });
});
