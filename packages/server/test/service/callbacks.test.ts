import { expect, it } from "vitest";
import type { CallbackAttempt } from "../../src/domain/claims/attempts.ts";
import type { App } from "../../src/domain/records.ts";
import { Callbacks } from "../../src/service/callbacks.ts";
import type { AskMerchant } from "../../src/service/merchant.ts";
import { settingsOfNewApp } from "../../src/service/settings.ts";
import { openMemoryStore } from "../../src/store/memory/open.ts";
import { anApp, anAttempt, put } from "../../testing/records.ts";

const settings = { ...settingsOfNewApp("wx"), callbackUrl: "http://merchant.test/" };
const app = { appid: "wx", settings, confirmedUrl: null } as App;
const claim = { appid: "wx", openid: "p", outCouponId: "c", requestId: "r" };

it("asks three times, with pauses of 0.1 and 0.3 s, before a merchant counts as silent", async () => {
  const asked: number[] = [];
  const ask: AskMerchant = async ({ appid }, url, purpose, claim) => {
    asked.push(performance.now());
    const sent = { request: "", message: "", status: null, reply: null, read: null, milliseconds: 0, reason: "" };
    const attempt = { appid, at: 0, purpose, ...claim, url, ...sent, verdict: "unreachable" } as const;
    return { answer: { answer: "unreachable", problem: `attempt ${asked.length}` }, attempt };
  };
  const store = openMemoryStore();
  await put(store, { record: "app", value: anApp("wx") });
  const callbacks = new Callbacks({
    store,
    ask,
    verifyUrl: () => Promise.reject(new Error("nobody verifies a URL here")),
    onError: (error) => {
      throw error;
    },
  });
  expect(await callbacks.decide(app, claim)).toEqual({ answer: "unreachable", problem: "attempt 3" });

  const [first, second, third] = asked as [number, number, number];
  expect(asked).toHaveLength(3);
  expect(second - first).toBeGreaterThan(90);
  expect(third - second).toBeGreaterThan(290);
  await callbacks.written();
  expect(await store.listCallbacks("wx", {}, null, 10)).toHaveLength(3);
});

it("keeps a bounded number of attempts in hand while the store is slow, and writes those down when it goes on", async () => {
  const kept: number[] = [];
  let goOn = () => {};
  const isSlow = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  async function keepCallbacks(attempts: readonly CallbackAttempt[]) {
    kept.push(attempts.length);
    await isSlow;
    return [];
  }
  const ask: AskMerchant = async () => ({
    answer: { answer: "granted", outUserCouponId: "u" },
    attempt: anAttempt("wx"),
  });
  const verifyUrl = () => Promise.reject(new Error("nobody verifies a URL here"));
  const store = { ...openMemoryStore(), keepCallbacks };
  const callbacks = new Callbacks({ store, ask, verifyUrl, onError: () => {} });
  const askOften = (times: number) => Promise.all(Array.from({ length: times }, () => callbacks.decide(app, claim)));

  await askOften(1);
  const written = [callbacks.written()];
  for (let round = 0; round < 5; round++) {
    await askOften(3_000);
    written.push(callbacks.written());
  }
  goOn();
  await Promise.all(written);
  await askOften(1);
  await callbacks.written();
  expect(kept).toEqual([1, 10_000, 1]);
});
