import { type AdapterName, startTestServer, type TestApp, type TestServer } from "../harness.ts";
import type { Call } from "./calls.ts";
import type { Sequence, Step } from "./commands.ts";
import { compare, Mismatch, type Sent } from "./compare.ts";
import { History } from "./history.ts";
import { MadeIds } from "./made-ids.ts";
import { type Expected, ShopModel } from "./model.ts";
import { checkShop } from "./shop-checks.ts";

/** An app of a running sequence, on the server and in the model. */
export type Shop = { app: TestApp; model: ShopModel; tokenUntil: number; made: MadeIds };

export type Tally = Map<string, number>;

const TOKEN_LIFE = 7_200;

/** How many sequences one server serves before a new one takes over, so that a soak does not grow without end. */
const SEQUENCES_PER_SERVER = 250;

/** Plays sequences against servers of one adapter and throws a Mismatch at the first difference. */
export class Runner {
  /** How often each call answered each code. */
  readonly tally: Tally = new Map();
  private readonly adapter: AdapterName;
  private server: TestServer | undefined;
  private history: History | undefined;
  private played = 0;

  constructor(adapter: AdapterName) {
    this.adapter = adapter;
  }

  async play(sequence: Sequence): Promise<void> {
    if (this.played % SEQUENCES_PER_SERVER === 0) await this.restart();
    this.played += 1;
    const server = this.server as TestServer;
    server.clock.now = sequence.start;
    const appids = [..."abc"].slice(0, sequence.apps).map((letter) => `wx-${this.played}-${letter}`);
    const apps = await Promise.all(appids.map((appid) => server.createApp(appid)));
    const tokenUntil = server.clock.now + TOKEN_LIFE;
    const shops = apps.map((app): Shop => ({ app, model: new ShopModel(app.appid), tokenUntil, made: new MadeIds() }));
    for (const [index, step] of sequence.steps.entries()) {
      await this.playStep(server, shops, step, index);
    }
    for (const shop of shops) {
      await this.renewExpired(server, shop);
      await checkShop(sequence, shop, (call, body) => this.callOnce(server, shop, call, body));
    }
    await this.checkJournal(shops);
  }

  async close(): Promise<void> {
    await this.server?.close();
    this.server = undefined;
  }

  private async restart(): Promise<void> {
    await this.close();
    this.server = await startTestServer({ adapter: this.adapter });
    this.history = new History(this.server.store);
  }

  /** Submits a step's calls in one turn: what they change is decided in the order in which they were submitted. */
  private async playStep(server: TestServer, shops: Shop[], step: Step, index: number) {
    server.clock.now += step.wait;
    for (const app of new Set(step.calls.map((call) => call.app))) {
      await this.renewExpired(server, shops[app] as Shop);
    }
    const now = server.clock.now;
    const calls = step.calls.map((call) => ({ ...call, body: (shops[call.app] as Shop).made.known(call.body) }));
    const expected = predict(shops, calls, now);
    const replies = await Promise.all(calls.map(({ app, call, body }) => send(server, shops[app] as Shop, call, body)));
    for (const [place, { call, app }] of calls.entries())
      if (call === "claim") shops[app]?.made.learn(expected[place]?.[0] as Expected, (replies[place] as Sent).text);
    for (const [place, { call, app }] of calls.entries()) {
      const where = `step ${index}, call ${place} (${call} of app ${app})`;
      const reply = (shops[app] as Shop).made.translated(replies[place] as Sent);
      const { errcode } = compare(where, expected[place] as Expected[], reply, now);
      const kind = `${call} ${errcode}`;
      this.tally.set(kind, (this.tally.get(kind) ?? 0) + 1);
    }
  }

  /** A token that ran out is refused once before it is renewed. */
  private async renewExpired(server: TestServer, shop: Shop): Promise<void> {
    if (server.clock.now < shop.tokenUntil) return;
    const reply = await send(server, shop, "get_list", '{"page_size":1}');
    compare("a call with a token that ran out", [{ errcode: 42001, why: "over" }], reply, server.clock.now);
    await shop.app.renewToken();
    shop.tokenUntil = server.clock.now + TOKEN_LIFE;
  }

  private async callOnce(server: TestServer, shop: Shop, call: string, body: object): Promise<string> {
    const sent = JSON.stringify(body);
    const answer = shop.model.answer(call, sent, server.clock.now);
    const reply = shop.made.translated(await send(server, shop, call, sent));
    compare(`afterwards: ${call} ${sent} of ${shop.app.appid}`, [answer], reply, server.clock.now);
    return reply.text;
  }

  /** The journal tells of exactly what changed, app by app in the order of the calls. */
  private async checkJournal(shops: Shop[]): Promise<void> {
    for (const { model } of shops) {
      const wanted = model.changed.map(({ at, records }) => `${at} ${records}`);
      const journaled = await (this.history as History).since(model.appid);
      const found = journaled.map(({ at, records }) => `${at} ${records}`);
      if (found.join() === wanted.join()) continue;
      const place = wanted.findIndex((change, index) => change !== found[index]);
      const at = place < 0 ? wanted.length : place;
      throw new Mismatch(`journal of ${model.appid}, change ${at}\nexpected ${wanted[at]}\n   found ${found[at]}`);
    }
  }
}

const reads = ["get", "get_list", "get_usercoupon_list"];

/**
 * What each call of a burst may answer: one thing for what changes something. A read does not queue with the changes
 * that are under way beside it, so it may show the state after any number of them, but no state that never was.
 */
function predict(shops: Shop[], calls: Call[], now: number): Expected[][] {
  const expected: Expected[][] = calls.map(() => []);
  const look = () => {
    for (const [place, { app, call, body }] of calls.entries()) {
      if (reads.includes(call)) expected[place]?.push((shops[app] as Shop).model.answer(call, body, now));
    }
  };
  look();
  for (const [place, { app, call, body }] of calls.entries()) {
    if (reads.includes(call)) continue;
    const { model } = shops[app] as Shop;
    const seen = model.changed.length;
    expected[place]?.push(model.answer(call, body, now));
    if (model.changed.length > seen && calls.length > 1) look();
  }
  return expected;
}

async function send(server: TestServer, { app, made }: Shop, call: string, body: string): Promise<Sent> {
  const path = call === "claim" ? "/quanku/coupon/claim" : `/shop/coupon/${call}`;
  const init = { method: "POST", body: made.real(body) };
  const response = await server.fetch(`${path}?access_token=${app.accessToken}`, init);
  return { status: response.status, contentType: response.headers.get("content-type"), text: await response.text() };
}
