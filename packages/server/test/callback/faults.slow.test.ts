import { expect, it } from "vitest";
import { HOLD_SECONDS } from "../../src/domain/claims/hold.ts";
import { type Answer, decision } from "../../testing/fake-merchant.ts";
import { type MerchantsShop, startMerchantsShop } from "./shop.ts";

const CLAIMS = 2000;
const WIDTH = 160;
/** How many claims meet a merchant who is silent, and how long is waited then in place of 2.5 s, in milliseconds. */
const SILENCES = 24;
const TIME_LIMIT = 3000;

/** What a request's merchant does; `given`: whether the person must have the coupon in the end. */
type Fault = { name: string; answers(shop: MerchantsShop): Answer[]; errcode: number; given: boolean; weight: number };

const gives: (shop: MerchantsShop, changed?: Record<string, unknown>) => Answer =
  ({ merchant }, changed = {}) =>
  (asked) =>
    merchant.reply(asked, decision(asked, changed));
const after =
  (ms: number, answer: Answer): Answer =>
  async (asked, response) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return answer(asked, response);
  };
/** Never answers. */
const tooSlow: Answer = () => undefined;
const reset: Answer = (_, response) => void response.destroy();
const failing: Answer = () => ({ status: 500, body: "oops" });
const sealedWrong =
  ({ merchant }: MerchantsShop, wrong: Parameters<MerchantsShop["merchant"]["seal"]>[1]): Answer =>
  (asked) =>
    merchant.seal(JSON.stringify(decision(asked)), { format: asked.format, ...wrong });
const recordsFirst =
  (shop: MerchantsShop, then: Answer): Answer =>
  async (asked, response) => {
    await shop.record(`uc-${asked.event.request_id}`, asked.event.FromUserName);
    return then(asked, response);
  };

/** 30 of 100 claims meet a fault; the weights are in percent. */
const faults: Fault[] = [
  { name: "none", answers: (shop) => [gives(shop)], errcode: 0, given: true, weight: 62 },
  { name: "slow but in time", answers: (shop) => [after(500, gives(shop))], errcode: 0, given: true, weight: 1 },
  { name: "plain, in XML", answers: () => [(asked) => xml(decision(asked))], errcode: 0, given: true, weight: 3 },
  {
    name: "records first",
    answers: (shop) => [recordsFirst(shop, gives(shop))],
    errcode: 0,
    given: true,
    weight: 4,
  },
  { name: "reset twice", answers: (shop) => [reset, reset, gives(shop)], errcode: 0, given: true, weight: 4 },
  { name: "always reset", answers: () => [reset], errcode: 1090032, given: false, weight: 4 },
  { name: "500 once", answers: (shop) => [failing, gives(shop)], errcode: 0, given: true, weight: 4 },
  { name: "always 500", answers: () => [failing], errcode: 1090032, given: false, weight: 3 },
  {
    name: "records, and is silent",
    answers: (shop) => [recordsFirst(shop, reset)],
    errcode: 0,
    given: true,
    weight: 3,
  },
  {
    name: "another request",
    answers: (shop) => [gives(shop, { request_id: "x" })],
    errcode: 1090033,
    given: false,
    weight: 2,
  },
  {
    name: "another coupon",
    answers: (shop) => [gives(shop, { out_coupon_id: "x" })],
    errcode: 1090033,
    given: false,
    weight: 2,
  },
  {
    name: "wrong signature",
    answers: (shop) => [sealedWrong(shop, { token: "Other" })],
    errcode: 1090033,
    given: false,
    weight: 1,
  },
  {
    name: "wrong appid",
    answers: (shop) => [sealedWrong(shop, { appid: "wx_other" })],
    errcode: 1090033,
    given: false,
    weight: 1,
  },
  {
    name: "stale",
    answers: (shop) => [sealedWrong(shop, { TimeStamp: 1 })],
    errcode: 1090033,
    given: false,
    weight: 1,
  },
  { name: "bad padding", answers: (shop) => [badPadding(shop)], errcode: 1090033, given: false, weight: 1 },
  { name: "oversized", answers: () => [() => "x".repeat(200_000)], errcode: 1090033, given: false, weight: 1 },
  { name: "empty", answers: () => [() => ""], errcode: 1090033, given: false, weight: 1 },
  {
    name: "declines",
    answers: (shop) => [gives(shop, { ret_code: 1090030 })],
    errcode: 1090030,
    given: false,
    weight: 2,
  },
];

const xml = (fields: object) =>
  `<xml>${Object.entries(fields)
    .map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`)
    .join("")}</xml>`;

/** Encrypted with another key: what comes out is not padded as it should be. */
const badPadding = (shop: MerchantsShop): Answer => sealedWrong(shop, { encodingAesKey: `${"Q".repeat(42)}A` });

/** Which fault the n-th claim meets: the same in every run. */
function faultOf(n: number): Fault {
  let place = (n * 37) % 100;
  for (const fault of faults) {
    if (place < fault.weight) return fault;
    place -= fault.weight;
  }
  throw new Error("the weights do not add up to 100");
}

it(`${CLAIMS} claims of which 30 % meet a fault: each has its effect once, and the stock adds up`, async () => {
  const shop = await startMerchantsShop(
    { messageMode: "compatible", claimsPerMinuteOfPerson: null },
    { total_num: CLAIMS, limit_num_one_person: 4 },
  );
  for (let n = 0; n < CLAIMS; n++) shop.merchant.script(`r${n}`, ...faultOf(n).answers(shop));
  const openidOf = (n: number) => `person-${n % 700}`;

  const wrong: string[] = [];
  let next = 0;
  const worker = async () => {
    while (next < CLAIMS) {
      const n = next++;
      const copies = n % 5 === 0 ? 2 : 1;
      const replies = await Promise.all(Array.from({ length: copies }, () => shop.claim(`r${n}`, openidOf(n))));
      for (const { errcode, errmsg } of replies)
        if (errcode !== faultOf(n).errcode) wrong.push(`${n} ${faultOf(n).name}: ${errcode} ${errmsg ?? ""}`);
    }
  };
  await Promise.all(Array.from({ length: WIDTH }, worker));
  expect(wrong).toEqual([]);

  const given = Array.from({ length: CLAIMS }, (_, n) => n).filter((n) => faultOf(n).given);
  const undecided = Array.from({ length: CLAIMS }, (_, n) => n).filter((n) => faultOf(n).errcode === 1090032);
  expect(await shop.stock()).toEqual({
    issued: CLAIMS - given.length,
    received: given.length,
    promised: undecided.length,
  });
  for (const n of undecided) expect(shop.merchant.timesAsked(`r${n}`), `${n} ${faultOf(n).name}`).toBe(3);

  shop.server.clock.now += HOLD_SECONDS + 1;
  await shop.server.claims.finishAbandoned();
  expect(await shop.stock()).toEqual({ issued: CLAIMS - given.length, received: given.length, promised: 0 });
  const expected = new Map<string, string[]>();
  for (const n of given) expected.set(openidOf(n), [...(expected.get(openidOf(n)) ?? []), `uc-r${n}`]);
  for (let person = 0; person < 700; person++) {
    const openid = `person-${person}`;
    expect((await shop.wallet(openid)).toSorted(), openid).toEqual((expected.get(openid) ?? []).toSorted());
  }

  for (const n of given) expect((await shop.claim(`r${n}`, openidOf(n))).errcode).toBe(0);
  expect(await shop.stock()).toEqual({ issued: CLAIMS - given.length, received: given.length, promised: 0 });
  expect(shop.merchant.faults, "what was pushed was signed and encrypted as agreed").toEqual([]);
  const kept = await shop.attempts();
  expect(kept.length).toBe(1000);
  await shop.close();
});

it(`${SILENCES} claims whose merchant is too slow: asked again, given where an answer comes, and held where none does`, async () => {
  const shop = await startMerchantsShop({}, { total_num: SILENCES }, { timeLimit: TIME_LIMIT });
  const comesToAnswer = (n: number) => n % 2 === 0;
  for (let n = 0; n < SILENCES; n++) shop.merchant.script(`r${n}`, tooSlow, ...(comesToAnswer(n) ? [gives(shop)] : []));
  const replies = await Promise.all(Array.from({ length: SILENCES }, (_, n) => shop.claim(`r${n}`, `p${n}`)));
  for (const [n, { errcode }] of replies.entries()) {
    expect(errcode, `claim ${n}`).toBe(comesToAnswer(n) ? 0 : 1090060);
    expect(await shop.wallet(`p${n}`)).toEqual(comesToAnswer(n) ? [`uc-r${n}`] : []);
  }
  const half = SILENCES / 2;
  expect(await shop.stock()).toEqual({ issued: half, received: half, promised: half });
  await shop.close();
});
