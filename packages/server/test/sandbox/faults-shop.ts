import { createClient } from "@quanku/sdk";
import { expect, onTestFinished } from "vitest";
import { makeCall } from "../../src/http/admin/call.ts";
import { placed } from "../../src/http/admin/input.ts";
import type { Problem } from "../../src/http/admin/problem.ts";
import { commandLine } from "../../src/http/admin/who.ts";
import { verify } from "../../src/service/verification.ts";
import { addActive, coupon } from "../../testing/coupons.ts";
import { startTestServer, type TestApp } from "../../testing/server.ts";

export const NOW = 1_700_000_000;
export const COUPON = "c";

/** What a fault is ordered with, as operators spell it. */
export type Order = { what: string; calls?: string; share?: number; count?: number; seed?: number; seconds?: number };
export type Shown = { fault: string; what: string; seen: number; hit: number; seed: number };

/** What a client over a socket sees of a call: the reply, as far as it came, or how the connection broke. */
export type Seen = { status?: number; type?: string; fault?: string; errcode?: number; body?: string; broke?: string };

/** A shop that closes when the test is over. */
export async function startFaultyShop(limits?: { calls: number }) {
  const shop = await openFaultyShop(limits);
  onTestFinished(() => shop.close());
  return shop;
}

/** A server on a socket with a sandbox app, another, and a production app, each with a coupon to claim. */
export async function openFaultyShop(limits?: { calls: number }) {
  const server = await startTestServer({ now: NOW, adapter: "memory", ...(limits && { limits }) });
  const made = (appid: string, sandbox: boolean) => server.createApp(appid, undefined, { sandbox });
  const [app, other, shop] = [
    await made("wx_sandbox", true),
    await made("wx_other", true),
    await made("wx_shop", false),
  ];
  for (const one of [app, other, shop]) await addActive(one, coupon(COUPON, { total_num: 1000 }));
  const socket = await server.listen();
  const { url } = socket;

  const operate = async (name: "orderFault" | "listFaults" | "endFault" | "endFaults", given: object) => {
    const answer = await makeCall(server.admin, commandLine, name, placed(name, { ...given }));
    return answer as { reply: never } | Problem;
  };
  return {
    server,
    url,
    app,
    other,
    shop,
    operate,
    async order(what: Order, appid = app.appid): Promise<Shown> {
      const answer = await operate("orderFault", { appid, ...what });
      if ("problem" in answer) throw new Error(answer.detail);
      return (answer.reply as { fault: Shown }).fault;
    },
    async listed(appid = app.appid): Promise<Shown[]> {
      const answer = await operate("listFaults", { appid });
      if ("problem" in answer) throw new Error(answer.detail);
      return (answer.reply as { entries: Shown[] }).entries;
    },
    /** Claims over the socket as any client would, once. */
    claim: (of: TestApp, request_id: string, header?: string) =>
      seen(`${url}/quanku/coupon/claim?access_token=${of.accessToken}`, claimOf(request_id), header),
    /** A client on the SDK; its nth call of a coupon call, 0 the first, says `headers[n]`. */
    sdk(of: TestApp, ...headers: (string | undefined)[]) {
      let calls = 0;
      return createClient({
        baseUrl: url,
        appid: of.appid,
        secret: of.secret,
        fetch(address, init) {
          const header = address.includes("/cgi-bin/") ? undefined : headers[calls++];
          return fetch(address, { ...init, headers: { ...init.headers, ...(header && { "Quanku-Fault": header }) } });
        },
      });
    },
    /** The ids of what a person holds. */
    async wallet(of: TestApp, openid: string) {
      const { entries } = await server.store.listUserCoupons(of.appid, openid, 0, 200);
      return entries.map(({ outUserCouponId }) => outUserCouponId);
    },
    async close() {
      await socket.close();
      await server.close();
    },
    /** Holds the books of every app to their journals. */
    async verified() {
      await server.callbacks.written();
      for (const { appid } of [app, other, shop]) expect((await verify(server.store, appid)).faults).toEqual([]);
    },
  };
}
export type FaultyShop = Awaited<ReturnType<typeof openFaultyShop>>;

/** A claim by a person of the request's name. */
export const claimOf = (request_id: string) => ({ openid: request_id, out_coupon_id: COUPON, request_id });

/** Sends a body over a socket and tells what was seen. */
export async function seen(url: string, body: object, header?: string): Promise<Seen> {
  const sent: Seen = {};
  try {
    const headers = { "content-type": "application/json", ...(header !== undefined && { "quanku-fault": header }) };
    const response = await fetch(url, { method: "POST", body: JSON.stringify(body), headers });
    sent.status = response.status;
    const [fault, type] = [response.headers.get("quanku-fault"), response.headers.get("content-type")];
    if (fault !== null) sent.fault = fault;
    if (type !== null && !type.includes("json")) sent.type = type;
    const text = await response.text();
    if (type?.includes("json")) sent.errcode = (JSON.parse(text) as { errcode: number }).errcode;
    else sent.body = text;
  } catch (error) {
    sent.broke = String(((error as Error).cause as { code?: string } | undefined)?.code ?? (error as Error).message);
  }
  return sent;
}
