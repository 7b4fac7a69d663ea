import { createCallbackHandler } from "@quanku/sdk/callback";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { shared } from "../../../server/testing/fake-merchant.ts";
import { options } from "./merchant.ts";
import { nowInSeconds, push, sha1, urlCheck } from "./pushes.ts";

const onClaim = vi.fn(() => ({ granted: "uc-1" }));
const onProblem = vi.fn();
const handlers = {
  sealed: createCallbackHandler(options({ onClaim, onProblem })),
  plain: createCallbackHandler(options({ encodingAesKey: undefined, onClaim, onProblem })),
};
beforeEach(() => {
  onClaim.mockClear();
  onProblem.mockClear();
});

/** That a request is refused like every other that is forged, and why in the merchant's own log. */
async function expectRefused(request: Request, why: string, handler = handlers.sealed, status = 403): Promise<void> {
  const response = await handler(request);
  expect([response.status, await response.text()], why).toEqual([status, ""]);
  expect([...response.headers.keys()]).toEqual(status === 405 ? ["allow"] : []);
  expect(onProblem.mock.lastCall?.[0]).toEqual({ problem: expect.stringContaining(why) });
  expect(onClaim).not.toHaveBeenCalled();
}

const formats = ["json", "xml"] as const;
const flip = (text: string) => (text.endsWith("0") ? `${text.slice(0, -1)}1` : `${text.slice(0, -1)}0`);
const parameter = (request: Request, name: string) => new URL(request.url).searchParams.get(name) as string;
/** The same request with one parameter of its query changed, or without it. */
async function changed(request: Request, name: string, change: (value: string) => string | undefined) {
  const url = new URL(request.url);
  const value = change(parameter(request, name));
  if (value === undefined) url.searchParams.delete(name);
  else url.searchParams.set(name, value);
  return new Request(url, { method: request.method, body: request.method === "POST" ? await request.text() : null });
}

describe.each(formats)("a push in %s", (format) => {
  it("as it should be is answered", async () => {
    expect((await handlers.sealed(push({ format, sealed: true }))).status).toBe(200);
    expect((await handlers.plain(push({ format }))).status).toBe(200);
    expect(onClaim).toHaveBeenCalledTimes(2);
    expect(onProblem).not.toHaveBeenCalled();
  });

  it.each(["signature", "timestamp", "nonce", "msg_signature"])("is refused with another %s, or none", async (name) => {
    const why = name === "msg_signature" ? "msg_signature is not" : "signature is not";
    const sealed = () => push({ format, sealed: true });
    await expectRefused(await changed(sealed(), name, flip), why);
    await expectRefused(await changed(sealed(), name, () => undefined), `has no ${name}`);
    await expectRefused(await changed(sealed(), name, () => ""), `has no ${name}`);
    await expectRefused(await changed(sealed(), name, (value) => value.repeat(30)), `has no ${name}`);
    if (name !== "msg_signature") await expectRefused(await changed(push({ format }), name, flip), why, handlers.plain);
    const twice = sealed();
    const doubled = new Request(`${twice.url}&${name}=1`, { method: "POST", body: await twice.text() });
    await expectRefused(doubled, `has ${name} twice`);
  });

  it("is refused with any character of its cipher text changed", async () => {
    for (let at = 0; at < 40; at++) {
      const body = (text: string) =>
        text.replace(/[A-Za-z0-9+/]{50,}/, (sealed) => {
          const index = (at * 7) % sealed.length;
          return sealed.slice(0, index) + (sealed[index] === "A" ? "B" : "A") + sealed.slice(index + 1);
        });
      await expectRefused(push({ format, sealed: true, body }), "msg_signature is not");
    }
  });

  it.each([
    [{ token: "another" }, "is the token the same"],
    [{ appid: "wx_another" }, "for another appid"],
    [{ appid: "" }, "for another appid"],
    [{ encodingAesKey: "B".repeat(43) }, "Encrypt"],
    [{ timestamp: nowInSeconds() - 400 }, "within 300 seconds"],
    [{ timestamp: nowInSeconds() + 400 }, "within 300 seconds"],
    [{ timestamp: nowInSeconds() * 1000 }, "within 300 seconds"],
    [{ timestamp: 0 }, "within 300 seconds"],
  ])("is refused made with %j", async (wrong, why) => {
    await expectRefused(push({ format, sealed: true, ...wrong }), why);
  });

  it("in the clear is refused where a key is given, whatever it is signed with", async () => {
    await expectRefused(push({ format }), "not encrypted");
    const shortened = (text: string) => text.replace(/[A-Za-z0-9+/=]{50,}/, "AAAA");
    await expectRefused(push({ format, sealed: true, body: shortened }), "msg_signature is not");
  });

  it("encrypted is refused where no key is given", async () => {
    await expectRefused(push({ format, sealed: true }), "no encodingAesKey", handlers.plain);
  });

  it("is refused when it comes again", async () => {
    for (const [handler, sealed] of [
      [handlers.plain, false],
      [handlers.sealed, true],
    ] as const) {
      const request = push({ format, sealed });
      const [again, otherBody] = [request.clone(), new Request(request.url, { method: "POST", body: "{}" })];
      expect((await handler(request)).status).toBe(200);
      onClaim.mockClear();
      await expectRefused(again, "replayed", handler);
      await expectRefused(otherBody, sealed ? "not encrypted" : "replayed", handler);
    }
  });

  it.each([
    ["FromUserName", { FromUserName: "" }],
    ["out_coupon_id", { out_coupon_id: "" }],
    ["request_id", { request_id: "" }],
  ])("is refused without %s", async (name, event) => {
    await expectRefused(push({ format, event }), `has no ${name}`, handlers.plain);
  });
});

describe("a push", () => {
  it("is refused when it comes again with timestamp and nonce swapped or cut otherwise", async () => {
    const timestamp = nowInSeconds();
    const swapped = push({ timestamp, nonce: String(timestamp + 1) });
    const signature = parameter(swapped, "signature");
    expect((await handlers.plain(swapped)).status).toBe(200);
    onClaim.mockClear();
    const query = new URLSearchParams({ signature, timestamp: String(timestamp + 1), nonce: String(timestamp) });
    const body = await push().text();
    await expectRefused(new Request(`https://m.test/?${query}`, { method: "POST", body }), "replayed", handlers.plain);
  });

  it("is refused with the signature of a URL check", async () => {
    const check = urlCheck("echo");
    expect(await (await handlers.plain(check)).text()).toBe("echo");
    const forged = new Request(check.url, { method: "POST", body: await push().text() });
    await expectRefused(forged, "replayed", handlers.plain);
  });

  it("that is refused for its body leaves the true one good", async () => {
    const request = push({ sealed: true });
    const forged = new Request(request.url, { method: "POST", body: '{"Encrypt":"AAAA"}' });
    await expectRefused(forged, "msg_signature");
    expect((await handlers.sealed(request)).status).toBe(200);
  });

  it.each([
    ["", "neither JSON nor XML"],
    ["[]", "no object"],
    ["null", "no object"],
    ["<xml>", "no well-formed XML"],
    ["<!DOCTYPE x><xml><a>1</a></xml>", "no well-formed XML"],
  ])("is refused with the body %j", async (body, why) => {
    await expectRefused(push({ body: () => body }), why, handlers.plain);
  });

  it("is refused in bytes that are no text", async () => {
    const request = new Request(push().url, { method: "POST", body: new Uint8Array([0x7b, 0xff, 0x7d]) });
    await expectRefused(request, "no text in UTF-8", handlers.plain);
  });

  it("is refused with a body that is too long, which is not read on", async () => {
    const within = push({ body: (body) => body.padEnd(65_536) });
    expect((await handlers.plain(within)).status).toBe(200);
    onClaim.mockClear();
    await expectRefused(push({ body: (body) => body.padEnd(65_537) }), "longer than 65536", handlers.plain, 413);
    let [pulled, cancelled] = [0, 0];
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(++pulled && 1000)),
      cancel: () => void cancelled++,
    });
    const endless = new Request(push().url, { method: "POST", body, duplex: "half" } as RequestInit);
    await expectRefused(endless, "longer than 65536", handlers.plain, 413);
    expect([pulled < 80, cancelled]).toEqual([true, 1]);
  });

  it("that is not signed has no body read", async () => {
    const body = new ReadableStream({ pull: () => Promise.reject(new Error("was read")) }, { highWaterMark: 0 });
    const forged = await changed(push(), "signature", flip);
    await expectRefused(new Request(forged.url, { method: "POST", body, duplex: "half" } as RequestInit), "signature");
  });

  it("is sent by POST alone", async () => {
    for (const method of ["PUT", "DELETE", "HEAD", "OPTIONS"])
      await expectRefused(new Request(push().url, { method }), "neither GET nor POST", handlers.plain, 405);
  });
});

describe("a URL check", () => {
  it("is answered with the echostr alone, as text", async () => {
    const response = await handlers.sealed(urlCheck("<b>1</b> 券"));
    expect(await response.text()).toBe("<b>1</b> 券");
    expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("is refused forged, late or again", async () => {
    await expectRefused(urlCheck("1", { token: "another" }), "signature is not");
    await expectRefused(urlCheck("1", { timestamp: nowInSeconds() - 400 }), "within 300 seconds");
    const check = urlCheck("1");
    await handlers.sealed(check.clone());
    await expectRefused(check, "replayed");
    await expectRefused(new Request("https://merchant.test/callback"), "has no signature");
    const [timestamp, nonce] = [String(nowInSeconds()), "5"];
    const query = new URLSearchParams({ timestamp, nonce, signature: sha1(shared.token, timestamp, nonce) });
    await expectRefused(new Request(`https://merchant.test/callback?${query}`), "has no echostr");
  });
});

describe("another event", () => {
  it.each(formats)("is handed on in %s, and acknowledged", async (format) => {
    const onOtherEvent = vi.fn();
    const handler = createCallbackHandler(options({ onClaim, onOtherEvent }));
    const event = { Event: "subscribe_msg_popup_event", out_coupon_id: "" };
    const response = await handler(push({ format, sealed: true, event }));
    expect(await response.text()).toBe("success");
    expect(onOtherEvent.mock.calls[0]?.[0]).toMatchObject({ ...event, MsgType: "event", FromUserName: "o-person_1" });
    expect(await (await handlers.sealed(push({ format, sealed: true, event }))).text()).toBe("success");
  });

  it("that could not be handled is answered 500, so that it is sent again", async () => {
    const error = new Error("full");
    const handler = createCallbackHandler(options({ onProblem, onOtherEvent: () => Promise.reject(error) }));
    expect((await handler(push({ sealed: true, event: { Event: "other" } }))).status).toBe(500);
    expect(onProblem).toHaveBeenCalledWith({ problem: expect.stringContaining("could not be answered"), error });
  });
});

it.each([
  [{ token: "" }, "token must be"],
  [{ appid: "" }, "appid must be"],
  [{ encodingAesKey: "" }, "encodingAesKey must be 43 characters"],
  [{ encodingAesKey: "short-secret" }, "encodingAesKey must be 43 characters"],
])("a handler is not made with %j", (wrong, why) => {
  expect(() => createCallbackHandler(options(wrong))).toThrow(why);
});
