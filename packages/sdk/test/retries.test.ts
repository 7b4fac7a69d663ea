import { describe, expect, it } from "vitest";
import { repeatable } from "../src/client/repeatable.ts";
import type { CallName } from "../src/index.ts";
import { codes } from "../src/index.ts";
import { settled } from "./support/manual-clock.ts";
import { type Act, ok, Raw, refused, scripted } from "./support/scripted.ts";

const cut = new TypeError("fetch failed", { cause: new Error("other side closed") });
const bodies: Partial<Record<CallName, object>> = { claim: { request_id: "r" } };

/** Makes a call that meets `act` first and succeeds after: how often it was sent, and how it ended. */
async function meeting(act: Act, call: CallName = "get") {
  const { host, clock, client } = scripted([act, ok]);
  const { error, took } = await clock.until(client.call(call, (bodies[call] ?? {}) as never));
  return { sent: host.calls.length, error, took };
}

describe("a call is made again", () => {
  it.each<[string, Act]>([
    ["after a lost connection", cut],
    ["after silence", "silence"],
    ["after a gateway's refusal", new Raw(502, "<html>Bad Gateway</html>")],
    ["where the host is told to be asked later", new Raw(503, "")],
    ["where somebody limits its rate", new Raw(429, "")],
  ])("%s, if it does no harm twice", async (_, act) => {
    for (const call of Object.keys(repeatable) as CallName[]) {
      const { sent, error } = await meeting(act, call);
      expect({ call, sent }).toEqual({ call, sent: repeatable[call] ? 2 : 1 });
      if (!repeatable[call]) expect(error).toMatchObject({ retryable: false });
    }
  });

  it("after a refusal where the table of codes says so, and no other", async () => {
    for (const [code, { retry, after = 0 }] of Object.entries(codes) as [
      string,
      { retry: boolean; after?: number },
    ][]) {
      if (["40001", "42001"].includes(code)) continue;
      const { sent, error } = await meeting(refused(Number(code)));
      const expected = retry && after <= 10 ? 2 : 1;
      expect({ code, sent }).toEqual({ code, sent: expected });
      if (expected === 1) expect(error).toMatchObject({ code: Number(code), retryable: retry });
    }
  });

  it("whatever call it is, where nothing was changed; but not after a fault that nobody foresaw", async () => {
    expect(await meeting(refused(990010), "update_coupon_stock")).toMatchObject({ sent: 2 });
    const unforeseen = await meeting(refused(-1), "update_coupon_stock");
    expect(unforeseen).toMatchObject({ sent: 1, error: { code: -1, retryable: false } });
  });

  it("not after a code that the table does not have", async () => {
    const { sent, error } = await meeting(refused(123456, "of another platform"));
    expect(sent).toBe(1);
    expect(error).toMatchObject({ code: 123456, text: "of another platform", retryable: false, reason: undefined });
  });

  it.each([400, 401, 403, 404, 302])("not after HTTP %s", async (status) => {
    expect(await meeting(new Raw(status, "<html>"))).toMatchObject({
      sent: 1,
      error: { kind: "http", status, retryable: false },
    });
  });

  it.each(["<html>Welcome to the hotel</html>", "", "[1]", '"ok"', "{", '{"ok":true}', '{"errcode":"none"}'])(
    "not after a reply that is none: %s",
    async (text) => {
      expect(await meeting(new Raw(200, text))).toMatchObject({
        sent: 1,
        error: { kind: "body", status: 200, retryable: false },
      });
    },
  );

  it("as often as it may, after pauses that double, half of them by chance", async () => {
    const { host, clock, client } = scripted([cut], { retries: 5 });
    const { error, took } = await clock.until(client.get({ out_coupon_id: "a" }));
    expect(error).toMatchObject({ kind: "network", retryable: true, text: "fetch failed: other side closed" });
    expect(host.calls).toHaveLength(6);
    expect(took).toBe(0.75 * (100 + 200 + 400 + 800 + 1600));
  });

  it("never, where the client is told so", async () => {
    const { host, clock, client } = scripted([cut], { retries: 0 });
    await clock.until(client.get({ out_coupon_id: "a" }));
    expect(host.calls).toHaveLength(1);
  });

  it("when the host says, if that is soon; else it is told when", async () => {
    expect(await meeting(new Raw(503, "", { "retry-after": "7" }))).toMatchObject({ sent: 2, took: 7000 });
    const late = await meeting(new Raw(503, "", { "retry-after": "11" }));
    expect(late).toMatchObject({ sent: 1, took: 0, error: { kind: "http", retryable: true, retryAfter: 11 } });
    const never = await meeting(new Raw(503, "", { "retry-after": "Wed, 21 Oct 2026 07:28:00 GMT" }));
    expect(never).toMatchObject({ sent: 2, took: 75 });
  });

  it("also where the token could not be fetched, whatever the call", async () => {
    const token = { access_token: "t", expires_in: 7200 };
    const { host, clock, client } = scripted([ok], { acts: [cut, new Raw(502, ""), token] });
    const body = { coupon_stock: { out_coupon_id: "a", stock_info: { issued_num: 1, receive_num: 0 } } };
    expect((await clock.until(client.update_coupon_stock(body))).error).toBeUndefined();
    expect(host.fetches).toHaveLength(3);
    expect(host.calls).toHaveLength(1);
  });
});

describe("time", () => {
  it("is limited for each try", async () => {
    const { host, clock, client } = scripted(["silence"], { timeout: 1000, retries: 1 });
    const { error, took } = await clock.until(client.get({ out_coupon_id: "a" }));
    expect(error).toMatchObject({ kind: "timeout", call: "get", text: "no reply within 1000 ms", retryable: true });
    expect(host.calls).toHaveLength(2);
    expect(took).toBe(1000 + 75 + 1000);
  });

  it("is limited too where a fetch does not heed its signal", async () => {
    const { clock, client } = scripted([], { timeout: 1000, retries: 0, fetch: () => new Promise(() => {}) });
    const { error } = await clock.until(client.get({ out_coupon_id: "a" }));
    expect(error).toMatchObject({ kind: "timeout", call: "stable_token" });
  });

  it("leaves nothing waiting behind", async () => {
    const { clock, client } = scripted([cut, ok]);
    await clock.until(client.get({ out_coupon_id: "a" }));
    expect(clock.waiting).toBe(0);
  });
});

describe("the caller's signal", () => {
  it("ends a call under way", async () => {
    const { client, clock, host } = scripted(["silence"]);
    const giving = new AbortController();
    const call = client.get({ out_coupon_id: "a" }, { signal: giving.signal });
    await settled();
    expect(host.calls).toHaveLength(1);
    giving.abort();
    await expect(call).rejects.toMatchObject({ kind: "aborted", call: "get", retryable: false });
    expect(clock.waiting).toBe(0);
  });

  it("ends the waiting for another try", async () => {
    const { client, clock, host } = scripted([cut]);
    const giving = new AbortController();
    const call = client.get({ out_coupon_id: "a" }, { signal: giving.signal });
    await settled();
    expect(clock.waiting).toBe(1);
    giving.abort();
    await expect(call).rejects.toMatchObject({ kind: "aborted" });
    expect(host.calls).toHaveLength(1);
  });

  it("that was given before keeps everything from being sent", async () => {
    const { client, host } = scripted([ok]);
    await expect(client.get({ out_coupon_id: "a" }, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      kind: "aborted",
    });
    expect(host.calls).toHaveLength(0);
  });
});

describe("a claim", () => {
  const body = { openid: "o", out_coupon_id: "a" };
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

  it("is given a request_id and keeps it over its tries, a renewed token included", async () => {
    const { host, clock, client } = scripted([cut, refused(40001), refused(1090060), ok]);
    await clock.until(client.claim(body));
    const ids = host.calls.map((sent) => sent.body.request_id);
    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(uuid);
    await client.claim(body);
    expect(host.calls.at(-1)?.body.request_id, "another claim has another").not.toBe(ids[0]);
    expect(body, "what the caller gave is left as it was").toEqual({ openid: "o", out_coupon_id: "a" });
  });

  it("keeps the one it was given", async () => {
    const { host, client } = scripted([ok]);
    await client.claim({ ...body, request_id: "mine" });
    await client.call("claim", { ...body, request_id: "mine" });
    expect(host.calls.map((sent) => sent.body.request_id)).toEqual(["mine", "mine"]);
  });

  it.each<[string, Act, Act[] | undefined]>([
    ["no answer", cut, undefined],
    ["a refusal", refused(1090029), undefined],
    ["no token", ok, [cut]],
  ])("that fails tells its request_id: %s", async (_, act, acts) => {
    const { host, clock, client } = scripted([act], { retries: 0, ...(acts && { acts }) });
    const { error } = await clock.until(client.claim(body));
    const { requestId } = error as { requestId: string };
    expect(requestId).toMatch(uuid);
    for (const sent of host.calls) expect(sent.body.request_id).toBe(requestId);
  });
});
