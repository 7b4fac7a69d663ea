import { afterAll, expect, vi } from "vitest";
import { type Answer, FakeMerchant } from "../../../server/testing/fake-merchant.ts";
import { startMerchant } from "./merchant.ts";

/**
 * Lets handlers, behind HTTP servers of their own, answer whatever a test's merchant is not scripted to answer. That
 * one still notes what is asked, checks it, and misbehaves where a test says so.
 */
export function letHandlersAnswer(): void {
  let answered = 0;
  const start = FakeMerchant.start.bind(FakeMerchant);
  vi.spyOn(FakeMerchant, "start").mockImplementation(async (...given) => {
    const merchant = await start(...given);
    const clock = () => merchant.clock();
    const { encodingAesKey, ...plain } = merchant.shared;
    const handlers = {
      plain: await startMerchant({ ...plain, encodingAesKey: undefined, clock }),
      sealed: await startMerchant({ ...plain, encodingAesKey, clock }),
    };
    const forward: Answer = async ({ method, url, body, sealed }) => {
      const target = `${handlers[sealed ? "sealed" : "plain"].url}${url.search}`;
      const reply = await fetch(target, { method, ...(method === "POST" && { body }) });
      answered += Number(reply.ok);
      return { status: reply.status, body: await reply.text() };
    };
    merchant.answer = forward;
    const close = merchant.close.bind(merchant);
    merchant.close = async () => {
      await close();
      await Promise.all(Object.values(handlers).map((handler) => handler.close()));
    };
    return merchant;
  });
  afterAll(() => expect(answered, "the handlers were asked").toBeGreaterThan(0));
}
