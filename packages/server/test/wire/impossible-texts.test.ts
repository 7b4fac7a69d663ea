import { callPath } from "@quanku/protocol/calls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adapters } from "../../testing/stores.ts";
import { ask, kinds } from "../../testing/tokens.ts";
import { callNames, goodBodies, openShop, type Shop } from "./support/shop.ts";

/** What some stores cannot keep or look for, or read as something else. */
const impossible = ["\0", "a\0b", "\ud800", "a\udc00", "'; --", "\\", "\u2028", "￿", "a".repeat(70_000)];

/** The body with each of its texts in turn, and each text added where any member may stand, in place of another. */
function* withTexts(body: unknown, text: string): Generator<unknown> {
  if (typeof body === "string") yield text;
  if (typeof body !== "object" || body === null) return;
  if (!Array.isArray(body)) yield { ...body, unknown: text };
  for (const [key, member] of Object.entries(body))
    for (const changed of withTexts(member, text)) {
      const copy = (Array.isArray(body) ? [...body] : { ...body }) as Record<string, unknown>;
      copy[key] = changed;
      yield copy;
    }
}

describe.each(adapters)("texts that no record has, on %s", (adapter) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop(adapter);
  });
  afterAll(() => shop.server.close());

  it.each(kinds)("are told as any wrong appid, secret or grant where a %s is fetched", async (kind) => {
    const { appid, secret } = shop.app;
    const good = { appid, secret, grant_type: "client_credential" };
    for (const text of impossible) {
      expect(await ask(shop.server, kind, { ...good, appid: text })).toMatchObject({ errcode: 40013 });
      expect(await ask(shop.server, kind, { ...good, secret: text })).toMatchObject({ errcode: 40125 });
      expect(await ask(shop.server, kind, { ...good, grant_type: text })).toMatchObject({ errcode: 40002 });
    }
  });

  it("are told as any wrong token", async () => {
    for (const text of impossible)
      for (const token of [text, `${text}.${"x".repeat(43)}`, `${shop.app.appid}.${text}`]) {
        const path = `${callPath("get_list")}?access_token=${encodeURIComponent(token.toWellFormed())}`;
        const reply = await shop.server.json(await shop.server.fetch(path, { method: "POST", body: "{}" }));
        expect(reply.errcode).toBe(40001);
      }
  });

  it.each(callNames)("are never a fault of the server in %s", async (call) => {
    for (const text of impossible)
      for (const body of withTexts(goodBodies[call], text)) {
        const reply = await shop.app.call(call, body as object);
        expect([-1, 990010], JSON.stringify(reply)).not.toContain(reply.errcode);
      }
  });
});
