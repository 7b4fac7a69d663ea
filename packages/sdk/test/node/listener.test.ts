import { request as send } from "node:http";
import { connect } from "node:net";
import { createCallbackHandler } from "@quanku/sdk/callback";
import { toNodeListener } from "@quanku/sdk/node";
import { afterEach, describe, expect, it, vi } from "vitest";
import { listen, options } from "../callback/merchant.ts";
import { push, urlCheck } from "../callback/pushes.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function serving(listener: Parameters<typeof listen>[0]) {
  const { url, close } = await listen(listener);
  closing.push(close);
  return url;
}
const handler = () => createCallbackHandler(options({ onProblem: () => {} }));
/** A request of the tests, sent to a server. */
async function post(url: string, request: Request, body?: string) {
  const { search } = new URL(request.url);
  const init = { method: request.method, ...(request.method === "POST" && { body: body ?? (await request.text()) }) };
  const response = await fetch(url + search, { ...init, headers: { "content-type": "application/json" } });
  return { status: response.status, text: await response.text() };
}

describe("a handler behind node:http", () => {
  it("is handed what comes and sends what it answers", async () => {
    const seen: Request[] = [];
    const url = await serving(
      toNodeListener(async (request) => {
        seen.push(request);
        const body = `${request.method} ${new URL(request.url).search} ${await request.text()}`;
        return new Response(body, { status: 201, headers: { "x-own": "1" } });
      }),
    );
    const response = await fetch(`${url}?a=%E5%88%B8&b`, { method: "POST", body: "券", headers: { "x-sent": "2" } });
    expect([response.status, await response.text()]).toEqual([201, "POST ?a=%E5%88%B8&b 券"]);
    expect(response.headers.get("x-own")).toBe("1");
    expect(seen[0]?.headers.get("x-sent")).toBe("2");
    expect(await (await fetch(url)).text()).toBe("GET  ");
  });

  it("answers pushes over a connection that is kept, and refuses over one too", async () => {
    const url = await serving(toNodeListener(handler()));
    for (let nth = 0; nth < 5; nth++) {
      expect(await post(url, push({ sealed: true }))).toMatchObject({ status: 200 });
      expect(await post(url, push({ sealed: true, token: "another" }))).toEqual({ status: 403, text: "" });
      expect(await post(url, urlCheck("7"))).toEqual({ status: 200, text: "7" });
    }
  });

  it("answers whoever sends too much, and does not wait for the rest", async () => {
    const url = await serving(toNodeListener(handler()));
    const { search } = new URL(push().url);
    const answered = await new Promise<[number | undefined, string | undefined]>((resolve, reject) => {
      const sending = send(url + search, { method: "POST" }, (response) =>
        resolve([response.statusCode, response.headers.connection]),
      );
      sending.on("error", reject).write("x".repeat(70_000));
      closing.push(async () => void sending.destroy());
    });
    expect(answered).toEqual([413, "close"]);
  });

  it("answers methods and addresses of every kind", async () => {
    const url = new URL(await serving(toNodeListener(handler())));
    const ask = (line: string) =>
      new Promise<string>((resolve) => {
        let text = "";
        const socket = connect(Number(url.port), url.hostname, () =>
          socket.end(`${line} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`),
        );
        socket
          .setEncoding("utf8")
          .on("data", (part) => (text += part))
          .on("close", () => resolve(text.split("\r\n", 1)[0] as string));
      });
    expect(await ask("TRACE /")).toBe("HTTP/1.1 405 Method Not Allowed");
    expect(await ask("DELETE /")).toBe("HTTP/1.1 405 Method Not Allowed");
    for (const address of ["//", "/\\", "*", "http://other.test/a?b", "/%%%"])
      expect(await ask(`GET ${address}`), address).toBe("HTTP/1.1 403 Forbidden");
  });

  it("that throws is answered 500, without its words", async () => {
    const error = new Error("secret");
    const told = vi.spyOn(console, "error").mockImplementation(() => {});
    const url = await serving(toNodeListener(() => Promise.reject(error)));
    expect(await post(url, urlCheck("1"))).toEqual({ status: 500, text: "" });
    expect(told).toHaveBeenCalledWith(error);
    told.mockRestore();
  });
});

describe("as a middleware after what reads bodies", () => {
  /** A server that reads the body, and keeps it as such middlewares do. */
  const after = (keep: (text: string) => unknown, next: (error: unknown) => void = () => {}) => {
    const listener = toNodeListener(handler());
    return serving(async (request, response) => {
      let text = "";
      for await (const part of request.setEncoding("utf8")) text += part;
      listener(Object.assign(request, { body: keep(text) }), response, (error) => {
        next(error);
        response.writeHead(500).end();
      });
    });
  };

  it("it takes a body that was kept as it came", async () => {
    for (const keep of [(text: string) => text, (text: string) => Buffer.from(text)])
      expect(await post(await after(keep), push({ sealed: true }))).toMatchObject({ status: 200 });
  });

  it("it says what to do about one that was parsed", async () => {
    const next = vi.fn();
    for (const keep of [JSON.parse, () => undefined])
      expect(await post(await after(keep, next), push({ sealed: true }))).toMatchObject({ status: 500 });
    expect(next).toHaveBeenCalledTimes(2);
    expect(next.mock.calls[0]?.[0].message).toContain("put the handler before express.json()");
  });

  it("it answers URL checks all the same", async () => {
    expect(await post(await after(() => ({})), urlCheck("9"))).toEqual({ status: 200, text: "9" });
  });
});
