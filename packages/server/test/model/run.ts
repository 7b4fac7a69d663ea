import { isProblem } from "../../src/http/admin/problem.ts";
import { expireDue } from "../../src/service/expiry.ts";
import { verify } from "../../src/service/verification.ts";
import { operate } from "../../testing/admin.ts";
import { ScriptedMerchant, toLine } from "../../testing/scripted-merchant.ts";
import { startTestServer, type TestApp, type TestServer } from "../../testing/server.ts";
import type { TestedName } from "../../testing/stores.ts";
import { type ClockCall, callClock, moveClock, passing } from "./clocks.ts";
import type { Sequence, Step } from "./commands.ts";
import { compare, Mismatch, type Sent } from "./compare.ts";
import type { HandedOut } from "./hand-outs.ts";
import { foresee, isHappening, type Settings } from "./happenings.ts";
import { History, linesOf } from "./history.ts";
import type { Call } from "./kinds.ts";
import { MadeIds } from "./made-ids.ts";
import { type Expected, orderCalls, ShopModel, type Waits } from "./model.ts";
import { callAsOperator, carryOut, compareTold, type OperatorCall } from "./operators.ts";
import { type Pause, pause } from "./pauses.ts";
import { explain, isRace } from "./races.ts";
import { decide, type Said, sayings } from "./sayings.ts";
import { checkPromises, checkShop } from "./shop-checks.ts";
import { endOfMicrotasks, type Pending, pending, quiet, replyOf, until } from "./waiting.ts";

/** An app of a running sequence, on the server and in the model. */
export type Shop = { app: TestApp; model: ShopModel; tokenUntil: number; made: MadeIds; waiting: Pending[] };

export type Tally = Map<string, number>;

const TOKEN_LIFE = 7_200;

/** How many sequences one server serves before a new one takes over, so that a soak does not grow without end. */
const SEQUENCES_PER_SERVER = 50;

/** Plays sequences against servers of one adapter and throws a Mismatch at the first difference. */
export class Runner {
  /** How often each call answered each code, and which rules about promises spoke. */
  readonly tally: Tally = new Map();
  private readonly adapter: TestedName;
  private readonly merchant = new ScriptedMerchant();
  private server: TestServer | undefined;
  private history: History | undefined;
  private played = 0;

  constructor(adapter: TestedName) {
    this.adapter = adapter;
  }

  async play(sequence: Sequence): Promise<void> {
    if (this.played % SEQUENCES_PER_SERVER === 0) await this.restart();
    this.played += 1;
    const server = this.server as TestServer;
    server.clock.now = sequence.start;
    const tokenUntil = server.clock.now + TOKEN_LIFE;
    const newShop = async (sandbox: boolean, at: number): Promise<Shop> => {
      const app = await server.createApp(`wx-${this.played}-${"abc"[at]}`, undefined, { sandbox });
      return { app, model: new ShopModel(app.appid, sandbox), tokenUntil, made: new MadeIds(), waiting: [] };
    };
    const shops = await Promise.all(sequence.sandboxes.map(newShop));
    for (const [index, step] of sequence.steps.entries()) {
      await this.playStep(server, shops, step, `step ${index}`);
    }
    await this.end(server, shops, sequence);
    for (const shop of shops) {
      await this.renewExpired(server, shop);
      await checkShop(sequence, shop, (call, body) => this.callOnce(server, shop, call, body));
    }
    await this.checkJournal(shops);
    for (const { app } of shops) await checkBooks(server, app.appid);
    for (const { model } of shops) for (const [rule, times] of model.met) this.count(rule, times);
  }

  /** Lets the time of every promise pass: those whom the merchant leaves without an answer, and those of a crash. */
  private async end(server: TestServer, shops: Shop[], { crashes }: Sequence): Promise<void> {
    const replies = Array(3).fill({ answer: "timed_out", problem: "no answer ever comes" });
    const silence = shops.flatMap(({ model }, app) =>
      model.claims.questions.map(({ requestId }) => {
        return { app, call: "says", body: JSON.stringify({ request_id: requestId, replies }) };
      }),
    );
    const happens = (call: string) => [{ app: 0, call, body: "{}" }];
    await this.playStep(server, shops, { wait: 0, calls: crashes ? happens("crash") : silence }, "at the end");
    for (const [app, { model }] of shops.entries())
      if (model.watch?.stands)
        await this.playStep(
          server,
          shops,
          { wait: 0, calls: [passing(app, 31, model.time(server.clock.now))] },
          "at the end",
        );
    await this.playStep(server, shops, { wait: 31, calls: happens("finishAbandoned") }, "when all times are over");
    for (const { app } of shops) await server.apps.configure(app.appid, { autoExpire: false }, "command_line");
    await checkPromises(server.store, shops);
  }

  async close(): Promise<void> {
    // A sequence that failed may leave claims that wait for good.
    await this.server?.crash();
    await this.server?.close();
    this.server = undefined;
  }

  private async restart(): Promise<void> {
    await this.close();
    this.server = await startTestServer({ adapter: this.adapter, ask: this.merchant.ask });
    this.history = new History(this.server.store);
  }

  private async playStep(server: TestServer, shops: Shop[], step: Step, where: string) {
    server.clock.now += step.wait;
    for (const { model } of shops) model.claims.newTurn();
    const [first] = step.calls;
    if (!first) return;
    if (first.call === "says") await this.playAnswers(server, shops, step.calls, where);
    else if (first.call === "operator") await this.playOperator(server, shops[first.app] as Shop, first.body, where);
    else if (isHappening(first.call)) await this.playHappening(server, shops, first, where);
    else if (isRace(step.calls.map(({ call }) => call))) await this.playRace(server, shops, step.calls, where);
    else await this.playCalls(server, shops, step.calls, where);
    await this.checkQuestions(server, shops, where);
  }

  /** Submits a step's calls in one turn: what they change is decided in the order in which they were submitted. */
  private async playCalls(server: TestServer, shops: Shop[], made: Call[], step: string) {
    const calls = await this.prepare(server, shops, made);
    const real = server.clock.now;
    const seconds = calls.map(({ app }) => (shops[app] as Shop).model.time(real));
    if (new Set(seconds).size > 1) this.count("clock: calls at once, each at its app's second");
    const expected = predict(shops, calls, real);
    const sent = calls.map(({ app, call, body }, place) => {
      const where = `${step}, call ${place} (${call} of app ${app})`;
      const [one] = expected[place] as (Expected | Waits)[];
      const requestId = one && "waitsFor" in one ? one.waitsFor : undefined;
      return pending(where, real, send(server, shops[app] as Shop, call, body), requestId);
    });
    const due = sent.filter(({ requestId }) => requestId === undefined);
    await until(() => due.every(hasCome));
    for (const [place, { call, app }] of calls.entries()) {
      const { made, waiting } = shops[app] as Shop;
      const one = sent[place] as Pending;
      if (one.requestId !== undefined) waiting.push(one);
      else if (call === "claim") made.learn(expected[place]?.[0] as Expected, replyOf(one).text);
    }
    for (const [place, { call, app }] of calls.entries()) {
      const one = sent[place] as Pending;
      if (one.requestId === undefined) this.check(shops[app] as Shop, call, expected[place] as Expected[], one, real);
    }
  }

  /** Calls of which any may come first: the models follow what came of them. */
  private async playRace(server: TestServer, shops: Shop[], made: Call[], step: string) {
    const calls = await this.prepare(server, shops, made);
    await this.checkJournal(shops);
    const raced = await Promise.all(
      calls.map(async ({ app, call, body }, place) => {
        const shop = shops[app] as Shop;
        const where = `${step}, call ${place} (${call} of app ${app})`;
        return { app, call, body, where, sent: shop.made.translated(await send(server, shop, call, body)) };
      }),
    );
    const journals = await Promise.all(shops.map(({ app }) => (this.history as History).since(app.appid)));
    const models = shops.map(({ model }) => model);
    const expected = explain(models, raced, journals, server.clock.now);
    for (const model of models) model.changed = [];
    for (const [place, { call }] of raced.entries()) this.count(`${call} ${expected[place]?.errcode}`);
    this.count("order: raced");
  }

  private async prepare(server: TestServer, shops: Shop[], made: Call[]): Promise<Call[]> {
    for (const app of new Set(made.map((call) => call.app))) {
      await this.renewExpired(server, shops[app] as Shop);
      // What the server then remembers of the app it need not read: every call is judged in the turn in which it is sent.
      await server.apps.judge((shops[app] as Shop).app.accessToken);
    }
    return made.map((call) => ({ ...call, body: (shops[call.app] as Shop).made.known(call.body) }));
  }

  /** Merchants answer: all but the last attempts one after another, and then the last of all in one turn. */
  private async playAnswers(server: TestServer, shops: Shop[], calls: Call[], where: string) {
    const models = shops.map(({ model }) => model);
    const known = calls.map((call) => ({ ...call, body: (shops[call.app] as Shop).made.known(call.body) }));
    const said = sayings(models, known);
    const decided = decide(models, said, server.clock.now);
    await this.say(shops, said);
    for (const { app, requestId, expected } of decided) {
      const shop = shops[app] as Shop;
      const theirs = shop.waiting.filter((one) => one.requestId === requestId);
      shop.waiting = shop.waiting.filter((one) => one.requestId !== requestId);
      await until(() => theirs.every(hasCome));
      for (const one of theirs) {
        this.check(shop, "asked claim", [expected], { ...one, where: `${where}: ${one.where}` }, server.clock.now);
      }
    }
  }

  private async say(shops: Shop[], said: Said[]): Promise<void> {
    for (const { app, requestId, early, last } of said) {
      const { appid } = (shops[app] as Shop).model;
      for (const reply of early) {
        this.merchant.reply(appid, requestId, reply);
        await until(() => this.merchant.isAsked(appid, requestId));
      }
      this.count(`says ${last.answer}`);
    }
    for (const one of said) {
      const { app, made } = shops[one.app] as Shop;
      this.merchant.reply(app.appid, one.requestId, realAnswer(made, one));
      await endOfMicrotasks();
    }
  }

  /** A clock is moved; merchants who are asked on the way answer, stop by stop. */
  private async playClock(server: TestServer, shops: Shop[], call: Call, where: string) {
    const { app, model } = shops[call.app] as Shop;
    const meant = JSON.parse(call.body) as ClockCall;
    const { told, asked } = moveClock(
      shops.map(({ model }) => model),
      call,
      server.clock.now,
    );
    const came = await callClock(`${where}, app ${call.app}`, server, app.appid, meant, told, async () => {
      for (const said of asked) {
        await until(() => said.every(({ requestId }) => this.merchant.isAsked(model.appid, requestId)));
        await quiet(server.ledger);
        await this.say(shops, said);
      }
    });
    this.count(came);
  }

  private async playOperator(server: TestServer, { app, model, made }: Shop, body: string, where: string) {
    const known = made.known(body);
    const call = JSON.parse(known) as OperatorCall;
    const told = carryOut(model, call, model.time(server.clock.now));
    const answer = await callAsOperator(server, app.appid, JSON.parse(made.real(known)));
    const text = JSON.stringify(answer);
    if (call.name === "give") made.learn({ errcode: 0, text: JSON.stringify(told) }, text);
    if (call.name === "createHandOut" && "reply" in told && "rows" in answer)
      for (const [i, [, , id]] of (told.reply as HandedOut).rows.entries())
        made.learn({ errcode: 0, text: id }, (answer as HandedOut).rows[i]?.[2] ?? "");
    const came = compareTold(`${where}, operator's ${known}`, told, JSON.parse(made.translate(text)));
    this.count(`${call.name} ${came}`);
  }

  private async playHappening(server: TestServer, shops: Shop[], call: Call, where: string) {
    const models = shops.map(({ model }) => model);
    if (call.call === "clock") return this.playClock(server, shops, call, where);
    if (call.call === "pause") return this.playPause(server, shops[call.app] as Shop, JSON.parse(call.body), where);
    const expired = foresee(models, call, server.clock.now);
    this.count(call.call);
    if (call.call === "configure") await configure(server, shops[call.app] as Shop, JSON.parse(call.body));
    if (call.call === "finishAbandoned") await server.claims.finishAbandoned();
    if (call.call === "crash") {
      await server.crash();
      this.merchant.forget();
      for (const shop of shops) shop.waiting = [];
    }
    if (call.call !== "expire") return;
    const found = await expireDue({ ...server, clock: () => server.clock.now });
    if (found !== expired) throw new Mismatch(`${where}: ${found} expired, expected ${expired}`);
    if (expired > 0) this.count("expire something");
  }

  private async playPause(server: TestServer, { app, model }: Shop, meant: Pause, where: string) {
    const expected = pause(model, meant, model.time(server.clock.now));
    const { out_coupon_id, paused } = meant;
    const call = paused ? "pauseCoupon" : "resumeCoupon";
    const answer = await operate(server, call, { appid: app.appid, out_coupon_id });
    const found = isProblem(answer) ? answer.problem : answer.coupon.paused ? "paused" : "resumed";
    if (found !== expected) throw new Mismatch(`${where}: ${call} answered ${found}, expected ${expected}`);
    this.count(`pause ${found}`);
  }

  private check(shop: Shop, call: string, expected: Expected[], one: Pending, real: number): void {
    // A sandbox app's calls have their ids when they come, since they are logged under them; others when they are refused.
    const named = shop.model.watch ? one.sentAt : real;
    const { errcode } = compare(one.where, expected, shop.made.translated(replyOf(one)), named);
    this.count(`${call} ${errcode}`);
  }

  private count(what: string, times = 1): void {
    this.tally.set(what, (this.tally.get(what) ?? 0) + times);
  }

  /** The merchants are asked what they are expected to be asked, and who waits for them still waits. */
  private async checkQuestions(server: TestServer, shops: Shop[], where: string): Promise<void> {
    const wanted = shops.flatMap(({ model: { appid, claims } }) =>
      claims.questions.map((one) => toLine({ appid, ...one, outCouponId: one.couponId })),
    );
    const expected = wanted.sort().join("\n");
    await until(() => this.merchant.questions.join("\n") === expected);
    await quiet(server.ledger);
    const found = this.merchant.questions.join("\n");
    if (found !== expected) throw new Mismatch(`${where}: the merchants are asked\n${found}\nexpected\n${expected}`);
    const early = shops.flatMap(({ waiting }) => waiting).find(hasCome);
    if (early) throw new Mismatch(`${early.where}: answered at ${where}, before the merchant did: ${early.sent?.text}`);
  }

  /** A token that ran out is refused once before it is renewed. */
  private async renewExpired(server: TestServer, shop: Shop): Promise<void> {
    const now = shop.model.time(server.clock.now);
    if (now < shop.tokenUntil) {
      if (server.clock.now >= shop.tokenUntil) this.count("clock: a token lasts as long as its clock stands");
      return;
    }
    if (server.clock.now < shop.tokenUntil) this.count("clock: a token ran out by its app's clock");
    const reply = await send(server, shop, "get_list", '{"page_size":1}');
    compare("a call with a token that ran out", [{ errcode: 42001, why: "over" }], reply, server.clock.now);
    await shop.app.renewToken();
    shop.tokenUntil = now + TOKEN_LIFE;
  }

  private async callOnce(server: TestServer, shop: Shop, call: string, body: object): Promise<string> {
    const sent = JSON.stringify(body);
    const answer = shop.model.answer(call, sent, server.clock.now);
    const reply = shop.made.translated(await send(server, shop, call, sent));
    compare(`afterwards: ${call} ${sent} of ${shop.app.appid}`, [answer as Expected], reply, server.clock.now);
    return reply.text;
  }

  /** The journal tells of exactly what changed since it was last looked at, app by app in the order of the calls. */
  private async checkJournal(shops: Shop[]): Promise<void> {
    for (const { model } of shops) {
      const wanted = linesOf(model.changed);
      const found = linesOf(await (this.history as History).since(model.appid));
      model.changed = [];
      if (found.join() === wanted.join()) continue;
      const place = wanted.findIndex((change, index) => change !== found[index]);
      const at = place < 0 ? wanted.length : place;
      throw new Mismatch(`journal of ${model.appid}, change ${at}\nexpected ${wanted[at]}\n   found ${found[at]}`);
    }
  }
}

/** Everything that is kept follows from the journal. */
async function checkBooks({ store }: TestServer, appid: string): Promise<void> {
  const { faults, entries, of } = await verify(store, appid);
  const told = faults.map(({ entry, what }) => `entry ${entry}: ${what}`);
  if (entries !== of) told.push(`${entries} entries were read of ${of}`);
  if (told.length > 0) throw new Mismatch(`the books of ${appid} are wrong\n${told.join("\n")}`);
}

const hasCome = ({ sent, failed }: Pending) => sent !== undefined || failed !== undefined;

/** What the merchant says, with an id that the server made where it stands for one. */
const realAnswer = (made: MadeIds, { last }: Said): Said["last"] => JSON.parse(made.real(JSON.stringify(last)));

async function configure(server: TestServer, { app }: Shop, settings: Settings) {
  const { byMerchant, hasUrl, autoExpire, policy: stackingPolicy, basis: thresholdBasis } = settings;
  const callback = { callbackUrl: hasUrl ? "http://merchant.test/" : null, callbackToken: "token" };
  const claimMode = byMerchant ? "callback" : "direct";
  await server.apps.configure(
    app.appid,
    { ...callback, claimMode, autoExpire, stackingPolicy, thresholdBasis },
    "command_line",
  );
}

const reads = ["get", "get_list", "get_usercoupon_list"];

/**
 * What each call of a burst may answer: one thing for what changes something. A read does not queue with the changes
 * that are under way beside it, so it may show the state after any number of them, but no state that never was.
 */
function predict(shops: Shop[], calls: Call[], real: number): (Expected | Waits)[][] {
  const expected: (Expected | Waits)[][] = calls.map(() => []);
  const look = () => {
    for (const [place, { app, call, body }] of calls.entries()) {
      if (reads.includes(call)) expected[place]?.push((shops[app] as Shop).model.answer(call, body, real));
    }
  };
  look();
  for (const [place, { app, call, body }] of calls.entries()) {
    if (reads.includes(call)) continue;
    const { model } = shops[app] as Shop;
    const seen = model.changed.length;
    expected[place]?.push(model.answer(call, body, real));
    if (model.changed.length > seen && calls.length > 1) look();
  }
  return expected;
}

async function send(server: TestServer, { app, made }: Shop, call: string, body: string): Promise<Sent> {
  const isOurs = call === "claim" || orderCalls.includes(call);
  const path = `/${isOurs ? "quanku" : "shop"}/coupon/${call}`;
  const init = { method: "POST", body: made.real(body) };
  const response = await server.fetch(`${path}?access_token=${app.accessToken}`, init);
  return { status: response.status, contentType: response.headers.get("content-type"), text: await response.text() };
}
