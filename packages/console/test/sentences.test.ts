import type { JournalEntry } from "@quanku/sdk/admin";
import { beforeAll, expect, it } from "vitest";
import type { Command } from "../../server/src/domain/decide.ts";
import { HOUSE } from "../../server/src/domain/records.ts";
import { operated, operatedFile } from "../../server/testing/admin.ts";
import { coupon } from "../../server/testing/coupons.ts";
import { makeOperator } from "../../server/testing/operators.ts";
import { aCoupon, aStock, aUserCoupon } from "../../server/testing/records.ts";
import { startTestServer, type TestServer } from "../../server/testing/server.ts";
import { actorWords, whoOf } from "../src/parts/actors.ts";
import { sentenceWords } from "../src/parts/sentence-words.ts";
import { sentenceOf } from "../src/parts/sentences.ts";
import { settingWords } from "../src/parts/settings/words.ts";
import { statusWords } from "../src/ui/status.tsx";
import { texts } from "../src/words/language.ts";
import type { Say, Words } from "../src/words/table.ts";

/** Every command that an entry can have: those of the rules that write, and what is written without one. */
type Written = Exclude<Command["do"], "findClaim" | "findHold"> | "deleteApp" | "resetSandbox" | "loadSandbox";

/** What is said of a shop in which each command was given at least once, oldest first. */
const told = {
  createApp: ["The app was made, as a sandbox", "The app was made"],
  rotateSecret: ["The app's secret was replaced; all tokens ended"],
  noteExport: [/^The app was exported, up to entry \d+$/],
  configureApp: [
    "Settings were changed: Callback URL: not set → https://example.com/hook · Claims a minute: not set → 60",
    "Settings that only the merchant knows were changed (the journal keeps none of their values)",
    "Settings were changed: Who decides claims: Our rules → The callback · Wait for confirm: off → on",
  ],
  confirmCallback: ["Callback https://example.com/hook proved itself"],
  issueToken: ["An access token was fetched", "A stable access token was fetched"],
  resetSandbox: ["The sandbox was reset, its clock back at real time"],
  loadSandbox: [
    "A saved state was loaded; the clock shows 2023-11-16 06:43:20",
    "The saved state brought back what had been counted",
    ...["c", "old", "over"].map((id) => `The saved state brought back coupon ${id}`),
    ...["u1", "u2", "u3", "w"].map((id) => `The saved state brought back user coupon ${id}`),
    "The saved state brought back order x1",
    "The saved state brought back order x2",
    "The saved state brought back person li",
  ],
  setClock: [
    "The clock was set 1 d ahead, to 2023-11-16 06:13:20",
    "The clock was set 30 min ahead, to 2023-11-16 06:43:20",
  ],
  freezeClock: ["The clock was frozen at 2023-11-16 06:13:20"],
  resumeClock: ["The clock went on from 2023-11-16 06:43:20"],
  makePerson: ["o-li was named li", "o-wu was named wu"],
  removePerson: ["o-wu is called wu no longer"],
  orderFault: ["Fault errcode=45009 (claim) was ordered", "Fault push=late:500 was ordered"],
  endFault: ["Fault push=late:500 was ended"],
  endFaults: ["1 fault was ended"],
  meetFaults: ["A request met fault errcode=45009 (claim)"],
  endTokenEarly: ["A fault ended an access token early"],
  addCoupon: ["Coupon c was added"],
  replaceCoupon: ["Coupon c was edited"],
  changeCouponStatus: ["Coupon c was activated with 1,200 in stock", "Coupon c was set to Void"],
  pauseCoupon: ["Claims of c were paused"],
  resumeCoupon: ["c can be claimed again"],
  restock: [
    "The stock of c was set from 1,199 to 50",
    "The stock of c was set from 50 to 40, what was claimed from 1 to 11",
  ],
  importCoupon: ["Coupon old was imported (Active)", "Coupon over was imported (Active)"],
  claimCoupon: ["o1 claimed c as u1"],
  holdCoupon: [
    "One of c was held for o2 until the merchant decides",
    "One of c was held for o3 until the merchant decides",
  ],
  grantClaim: ["The merchant agreed: o2 claimed c as u2"],
  releaseHold: ["o3 was not given c: what was held went back"],
  recordUserCoupon: ["u3 of c was recorded for o4 (Usable)"],
  amendUserCoupon: [
    "u3 was amended: received at 2023-11-15 06:12:20",
    "u3 was amended: received at 2023-11-15 06:13:20, redeemed at 2023-11-15 06:13:21",
  ],
  changeUserCouponStatus: [
    "o4 redeemed u3",
    "u3 came back to o4 and can be used again",
    "u3 of o4 was given up or taken back",
  ],
  importUserCoupon: ["w of o5 was imported (Usable)"],
  lockOrder: [
    "Order x1 of o1 locked 1 coupon for ¥5.00 off, until 2023-11-15 06:23:20",
    /^Order x2 of o2 locked 1 coupon/,
  ],
  redeemOrder: ["Order x1 of o1 redeemed 1 coupon for ¥5.00 off"],
  returnOrder: [
    "Items of order x1 of o1 came back, ¥27.50 paid back",
    "Order x1 of o1 came back whole, ¥27.50 paid back",
    "Order x2 of o2 locks its coupons no longer",
  ],
  expireCoupon: ["Coupon over expired"],
  expireUserCoupon: ["w of o5 expired"],
  createHandOut: ["Hand-out vip of c was made, a list of 3", "Hand-out all of c was made, a list of 9"],
  startHandOut: ["Hand-out vip began"],
  cancelHandOut: ["Hand-out all was cancelled at 0 of 9"],
  takeHandOut: ["A process of the server took on hand-out vip", "A process of the server took on hand-out vip"],
  advanceHandOut: ["The dry run of hand-out vip is at 3 of 3, 2 would be given", "Hand-out vip is at 3 of 3, 2 given"],
  createOperator: ["Operator boss was made (owner; apps: all)", "Operator li was made (viewer; apps: wx_a)"],
  changeOperator: ["Operator li is manager now; apps: none"],
  resetOperator: ["Operator li was given a new password; sessions and tokens until then ended"],
  removeOperator: ["Operator li was removed"],
  changePassword: ["li changed their password"],
  createLink: ["A sign-in link was made for boss"],
  signIn: ["boss signed in"],
  signOut: ["boss signed out"],
  createToken: ["boss made access token deploy"],
  revokeToken: ["boss revoked access token deploy"],
  deleteApp: ["App wx_b was deleted"],
} as const satisfies { [Name in Written]: readonly (string | RegExp)[] };

const NOW = 1_700_000_000;
const appid = "wx_a";

/** What each entry of the shop and of the house is, oldest first. */
async function live(server: TestServer): Promise<JournalEntry[]> {
  const submit = async (command: Command) => {
    const answer = await server.ledger.submit(command, "operator boss");
    if ("refused" in answer) throw new Error(`${command.do}: ${JSON.stringify(answer)}`);
  };
  const entriesOf = async (of: string): Promise<JournalEntry[]> => {
    const { entries } = await operated(server, "listJournal", { appid: of, limit: 200 });
    return (entries as JournalEntry[]).toReversed();
  };
  const app = await server.createApp(appid, "secret-of-the-sandbox-app", { sandbox: true });
  await access(server, submit);
  await catalogue(submit, app);
  await wallets(submit);
  await handOuts(submit);
  await sandbox(server, submit);
  await operated(server, "saveSandbox", { appid, state: "kept" });
  const first = await entriesOf(appid);
  await operated(server, "loadSandbox", { appid, state: "kept" });
  const loaded = (await entriesOf(appid)).filter(({ command }) => command === "loadSandbox");
  await operated(server, "resetSandbox", { appid });
  const reset = (await entriesOf(appid)).filter(({ command }) => command === "resetSandbox");
  await server.createApp("wx_b");
  const other = (await entriesOf("wx_b")).filter(({ command }) => command === "createApp");
  await operatedFile(server, "exportApp", { appid: "wx_b" });
  await operated(server, "deleteApp", { appid: "wx_b", confirm: "wx_b" });
  const house = (await operated(server, "listHouseJournal", { limit: 200 })).entries as JournalEntry[];
  return [...first, ...loaded, ...reset, ...other, ...house.toReversed()];
}

type Submit = (command: Command) => Promise<void>;

async function access(server: TestServer, submit: Submit): Promise<void> {
  await makeOperator(server, "boss");
  await makeOperator(server, "li", "viewer", [appid]);
  const boss = { appid: HOUSE, name: "boss" } as const;
  const li = { appid: HOUSE, name: "li" } as const;
  const password = { salt: "s", digest: "d", memory: 1, passes: 1, parallelism: 1 };
  await submit({ do: "changeOperator", ...li, role: "manager", apps: [] });
  await submit({ do: "resetOperator", ...li, password });
  await submit({ do: "changePassword", ...li, provedDigest: "d", password, sessionDigest: "s1" });
  await submit({ do: "removeOperator", ...li });
  await submit({ do: "createLink", ...boss, linkDigest: "l" });
  await submit({ do: "signIn", ...boss, proved: { linkDigest: "l" }, sessionDigest: "s1", address: null });
  await submit({ do: "signOut", ...boss, sessionDigest: "s1" });
  const token = { name: "deploy", digest: "t", role: "owner", apps: [] } as const;
  await submit({ do: "createToken", ...boss, token, life: 60 });
  await submit({ do: "revokeToken", ...boss, token: "deploy" });

  const settings = { callbackUrl: "https://example.com/hook", claimsPerMinute: 60, callbackToken: "abc" };
  await submit({ do: "configureApp", appid, settings });
  await submit({ do: "configureApp", appid, settings: { callbackToken: "abcd" } });
  await submit({ do: "configureApp", appid, settings: { claimMode: "callback", requireConfirm: true } });
  await submit({ do: "confirmCallback", appid, url: settings.callbackUrl });
}

async function catalogue(submit: Submit, app: Awaited<ReturnType<TestServer["createApp"]>>): Promise<void> {
  const added = coupon("c", { total_num: 1200, limit_num_one_person: 3 });
  await app.must("add", { coupon: added });
  await app.must("update", { coupon: added });
  await submit({ do: "changeCouponStatus", appid, outCouponId: "c", to: "active" });
  await submit({ do: "pauseCoupon", appid, outCouponId: "c" });
  await submit({ do: "resumeCoupon", appid, outCouponId: "c" });
  for (const [id, end] of [
    ["old", 2 ** 31 - 1],
    ["over", NOW - 1],
  ] as const) {
    const { position: _, ...imported } = aCoupon(appid, id, 0);
    const validity = { kind: "fixed", interval: { start: 1, end } } as const;
    const { position: __, promised: ___, ...stock } = aStock(aCoupon(appid, id, 0));
    await submit({ do: "importCoupon", coupon: { ...imported, terms: { ...imported.terms, validity } }, stock });
  }
  await submit({ do: "expireCoupon", appid, outCouponId: "over" });
}

async function wallets(submit: Submit): Promise<void> {
  const of = (openid: string, requestId = openid) => ({ appid, openid, outCouponId: "c", requestId });
  await submit({ do: "claimCoupon", ...of("o1"), outUserCouponId: "u1" });
  await submit({ do: "restock", appid, outCouponId: "c", remaining: 50, claimed: null });
  await submit({ do: "restock", appid, outCouponId: "c", remaining: 40, claimed: 11 });
  await submit({ do: "holdCoupon", ...of("o2") });
  await submit({ do: "grantClaim", ...of("o2"), outUserCouponId: "u2", because: "said" });
  await submit({ do: "holdCoupon", ...of("o3") });
  await submit({ do: "releaseHold", ...of("o3"), because: "declined" });
  const u3 = { appid, openid: "o4", outCouponId: "c", outUserCouponId: "u3" };
  await submit({ do: "recordUserCoupon", ...u3, status: "effective", receivedAt: undefined });
  await submit({ do: "amendUserCoupon", ...u3, receivedAt: NOW - 60, usedAt: undefined });
  await submit({ do: "changeUserCouponStatus", ...u3, to: "used" });
  await submit({ do: "amendUserCoupon", ...u3, receivedAt: NOW, usedAt: NOW + 1 });
  await submit({ do: "changeUserCouponStatus", ...u3, to: "effective" });
  await submit({ do: "changeUserCouponStatus", ...u3, to: "given_up" });
  const validity = { start: 1, end: NOW - 1 };
  const { slot: _, ...userCoupon } = aUserCoupon(aCoupon(appid, "old", 0), "o5", "w", 0, { validity });
  await submit({ do: "importUserCoupon", userCoupon });
  await submit({ do: "expireUserCoupon", appid, outCouponId: "old", outUserCouponId: "w" });
  const order = (openid: string, outOrderId: string, outUserCouponId: string) => ({
    ...{ appid, openid, outOrderId, lines: [{ outProductId: "p", price: 3000, quantity: 2 }], asked: outOrderId },
    ...({ userCoupons: [{ outCouponId: "c", outUserCouponId }], policy: "product_then_shop", basis: "list" } as const),
  });
  const x1 = order("o1", "x1", "u1");
  await submit({ do: "lockOrder", ...x1, ttl: 600 });
  await submit({ do: "redeemOrder", ...x1 });
  const items = { outReturnId: "r", lines: [{ line: 0, quantity: 1 }] };
  await submit({ do: "returnOrder", appid, outOrderId: "x1", userCoupons: x1.userCoupons, items });
  await submit({ do: "returnOrder", appid, outOrderId: "x1", userCoupons: x1.userCoupons, items: null });
  const x2 = order("o2", "x2", "u2");
  await submit({ do: "lockOrder", ...x2, ttl: 600 });
  await submit({ do: "returnOrder", appid, outOrderId: "x2", userCoupons: x2.userCoupons, items: null });
}

async function handOuts(submit: Submit): Promise<void> {
  const make = { do: "createHandOut", by: "operator boss", appid, outCouponId: "c" } as const;
  const vip = { appid, handOutId: "vip" };
  const worker = { ...vip, worker: "w", real: NOW };
  const decided = { ...worker, after: 0, to: 3, lines: 3, given: 2, refusals: { repeated: 1 } };
  await submit({ ...make, handOutId: "vip", list: "a", total: 3, dryRun: true });
  await submit({ do: "takeHandOut", ...worker });
  await submit({ do: "advanceHandOut", ...decided });
  await submit({ do: "startHandOut", ...vip });
  await submit({ do: "takeHandOut", ...worker });
  await submit({ do: "advanceHandOut", ...decided });
  await submit({ ...make, handOutId: "all", list: "b", total: 9, dryRun: true });
  await submit({ do: "cancelHandOut", appid, handOutId: "all" });
  await submit({ do: "changeCouponStatus", appid, outCouponId: "c", to: "void" });
}

async function sandbox(server: TestServer, submit: Submit): Promise<void> {
  const of = { appid, real: NOW };
  const person = { do: "makePerson", appid, unionid: null } as const;
  await submit({ ...person, name: "li", openid: "o-li" });
  await submit({ ...person, name: "wu", openid: "o-wu" });
  await submit({ do: "removePerson", appid, name: "wu" });
  const fault = { share: 10_000, seed: 1, count: 9 };
  const code = { kind: "code", code: 45009 } as const;
  await submit({
    do: "orderFault",
    ...of,
    fault: { ...fault, faultId: "f1", trouble: code, calls: ["claim"] },
    seconds: 60,
  });
  const late = { kind: "late", milliseconds: 500 } as const;
  await submit({
    do: "orderFault",
    ...of,
    fault: { ...fault, faultId: "f2", trouble: late, calls: null },
    seconds: 60,
  });
  await submit({ do: "endFault", ...of, faultId: "f2" });
  await submit({ do: "meetFaults", ...of, at: "call", call: "claim", tokenDigest: null });
  await submit({ do: "endFaults", ...of });
  await submit({ do: "endTokenEarly", appid, tokenDigest: "none" });
  await submit({
    do: "issueToken",
    appid,
    kind: "stable",
    secretDigest: await digestOf(server),
    force: false,
    candidate,
  });
  await submit({ do: "setClock", ...of, to: NOW + 86_400 });
  await submit({ do: "freezeClock", ...of });
  await operated(server, "rotateSecret", { appid });
  await operatedFile(server, "exportApp", { appid });
  await submit({ do: "setClock", ...of, to: NOW + 88_200 });
  await submit({ do: "resumeClock", ...of });
}

const candidate = { nonce: "n", digest: "d" };
const digestOf = async ({ store }: TestServer) => (await store.app(appid))?.secret.digest ?? "";

const sayIn = <Name extends string>(language: "zh" | "en", { area }: Words<Name>) =>
  texts.getFixedT(language, area) as unknown as Say<Name>;

const saysIn = (language: "zh" | "en") => ({
  say: sayIn(language, sentenceWords),
  status: (status: string) => sayIn(language, statusWords)(status as never),
  setting: sayIn(language, settingWords),
});

let entries: JournalEntry[] = [];
beforeAll(async () => {
  const server = await startTestServer({ adapter: "memory", now: NOW });
  entries = await live(server);
  await server.close();
});

it("say of every command what it came to", async () => {
  await texts.changeLanguage("en");
  const said = Object.groupBy(entries, ({ command }) => command);
  const sentences = Object.entries(said).map(([command, of = []]) => [
    command,
    [...new Set(of.map((entry) => sentenceOf(entry, saysIn("en"))))],
  ]);
  const expected = Object.entries<readonly (string | RegExp)[]>(told).map(([command, of]) => [
    command,
    [...new Set(of)].map((one) => (typeof one === "string" ? one : expect.stringMatching(one))),
  ]);
  expect(Object.fromEntries(sentences)).toEqual(Object.fromEntries(expected));
});

it("lose nothing of it in Chinese", async () => {
  await texts.changeLanguage("zh");
  for (const entry of entries) {
    const said = sentenceOf(entry, saysIn("zh"));
    expect(said, entry.command).toMatch(/[\u3400-\u9fff]/);
    expect(said, entry.command).not.toMatch(/–|\{\{|undefined|null|NaN|\[object|[（，：]\s*[）]|\s$/);
  }
});

it("show a command that they do not know as it is", () => {
  const entry = { ...(entries[0] as JournalEntry), command: "title" };
  expect(sentenceOf(entry, saysIn("en"))).toBe("title");
});

it.each([
  ["app", "the shop's program"],
  ["call 1-2-3", "a call of the shop's program"],
  ["operator li", "operator li"],
  ["token li deploy now", "token deploy now of li"],
  ["command_line", "the server's command line"],
  ["job expiry", "the server (expiry)"],
  ["job claims", "the server (claims)"],
  ["job pushes", "the server (pushes)"],
  ["job hand-out vip list", "hand-out vip list"],
  ["job other", "the server (other)"],
  [null, "not recorded"],
])("%s is called %s", (by, who) => {
  expect(whoOf(by, sayIn("en", actorWords))).toBe(who);
});
