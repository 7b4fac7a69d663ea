import { inspect } from "node:util";
import { createCallbackHandler } from "@quanku/sdk/callback";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { shared } from "../../../server/testing/fake-merchant.ts";
import { options } from "./merchant.ts";
import { nowInSeconds, push, urlCheck } from "./pushes.ts";

const { token, encodingAesKey } = shared;
const holdsSecret = (text: string) => [token, encodingAesKey].some((secret) => text.includes(secret));

/** Requests that carry token and key wherever they can, and are refused or fail. */
const requests: Record<string, () => Request> = {
  "signed with another token": () => push({ sealed: true, token: "another", query: { openid: token } }),
  "with a wrong signature": () => push({ sealed: true, query: { signature: token } }),
  "with a wrong msg_signature": () => push({ sealed: true, query: { msg_signature: encodingAesKey } }),
  "with a wrong timestamp": () => push({ timestamp: nowInSeconds() - 4000, nonce: token }),
  "for another appid": () => push({ sealed: true, appid: token }),
  "with another key": () => push({ sealed: true, encodingAesKey: "B".repeat(43) }),
  "not encrypted": () => push({ event: { out_coupon_id: encodingAesKey } }),
  "not to be read": () => push({ body: () => `${token} ${encodingAesKey}` }),
  "of bad XML": () => push({ body: () => `<xml>${token}</xml>` }),
  "whose claim fails": () => push({ sealed: true, format: "xml" }),
  "whose event fails": () => push({ sealed: true, event: { Event: "other" } }),
  "whose check fails": () => urlCheck(token),
};

const fail = () => {
  throw new Error(`cannot connect with ${token} and ${encodingAesKey}`);
};

describe("token and key", () => {
  const printed: unknown[][] = [];
  beforeEach(() => {
    for (const method of ["log", "info", "warn", "error", "debug"] as const)
      vi.spyOn(console, method).mockImplementation((...words) => void printed.push(words));
  });
  afterEach(() => {
    vi.restoreAllMocks();
    printed.length = 0;
  });

  it.each(Object.keys(requests))("stand in no log, no answer and no problem: a request %s", async (how) => {
    const handler = createCallbackHandler(options({ onClaim: fail, onVerify: fail, onOtherEvent: fail }));
    const response = await handler((requests[how] as () => Request)());
    const answer = inspect([[...response.headers], await response.text()]);
    expect(printed.length, "something was told").toBeGreaterThan(0);
    expect(holdsSecret(inspect(printed, { depth: 9 })), inspect(printed)).toBe(false);
    if (how !== "whose check fails") expect(holdsSecret(answer)).toBe(false);

    const onProblem = vi.fn();
    const telling = createCallbackHandler(options({ onClaim: fail, onVerify: fail, onOtherEvent: fail, onProblem }));
    await telling((requests[how] as () => Request)());
    expect(onProblem.mock.calls.length).toBeGreaterThan(0);
    for (const [{ problem }] of onProblem.mock.calls) expect(holdsSecret(problem)).toBe(false);
  });

  it("were there to leak", () => {
    expect(fail).toThrow(token);
    expect(fail).toThrow(encodingAesKey);
  });

  it("stand in no error about options, nor in the handler", () => {
    for (const wrong of [{ encodingAesKey: `${encodingAesKey}!` }, { appid: "" }, { token: "" }])
      try {
        createCallbackHandler(options(wrong));
        expect.unreachable();
      } catch (error) {
        expect(holdsSecret(inspect(error, { depth: 9 }))).toBe(false);
      }
    expect(holdsSecret(inspect(createCallbackHandler(options()), { depth: 9, showHidden: true }))).toBe(false);
  });

  it("do not come to light where whoever is told of problems fails", async () => {
    const handler = createCallbackHandler(options({ onProblem: fail }));
    expect((await handler(push({ token: "another" }))).status).toBe(403);
  });
});
