import type { Errcode, WireError } from "@quanku/protocol/codes";
import type { Actor } from "../../domain/actor.ts";
import type { App } from "../../domain/records.ts";
import { type CallTrouble, isOfPush, type PushTrouble, type Trouble } from "../../domain/sandbox/faults.ts";
import type { Faults } from "../../service/faults/faults.ts";
import { orderedDetail, tellTrouble, tellTroubles } from "../../wire/fault-text.ts";
import type { Break, WireCall, WireReply } from "../edge/wire-call.ts";
import { type GatewayPage, gatewayPage } from "./gateway-page.ts";
import { FAULT_HEADER, readFaultHeader } from "./header.ts";

/** A call whose app is known. */
type Called = {
  app: App;
  /** Its name on the wire: a coupon call's, `token` or `stable_token`. */
  call: string;
  /** The token that it was made with; null: a token is fetched. */
  token: string | null;
  by: Actor;
};

/** What a call comes to, as far as it is known here. */
type Served<T> = T | GatewayPage | WireError;

/** What a call meets while it is served. */
export class Meeting {
  readonly #faults: Faults;
  readonly #app: App;
  readonly #played: string[] = [];
  /** What its first push is to meet. */
  pushes: readonly PushTrouble[] = [];
  breaks: Break | undefined;

  constructor(faults: Faults, app: App) {
    this.#faults = faults;
    this.#app = app;
  }

  /** What was played so far, in one text; empty: nothing. */
  get played(): string {
    return this.#played.join(", ");
  }

  /** Notes a fault as it is played. */
  mark(text: string): void {
    this.#played.push(text);
  }

  /** Does a claim so that its pushes meet what is ordered of them, and are marked here; any other call as it is. */
  async claiming<T>(body: object, work: () => Promise<T>): Promise<T> {
    const requestId = (body as { request_id?: unknown }).request_id;
    if (typeof requestId !== "string") return work();
    const note = (met: readonly PushTrouble[]) => this.mark(tellTroubles(met));
    const unwatch = this.#faults.watch(this.#app.appid, requestId, { ordered: this.pushes, note });
    try {
      return await work();
    } finally {
      unwatch();
    }
  }
}

/** What a call of a production app meets. */
export const nothing = { claiming: <T>(_body: object, work: () => Promise<T>): Promise<T> => work() };

const meetings = new WeakMap<WireCall, Meeting>();

/** What the call of a request meets or met; undefined where its app is no sandbox, or not known. */
export const meetingOf = (call: WireCall): Meeting | undefined => meetings.get(call);

/**
 * Serves a call so that it meets what is ordered of it: by its header, and then by no rule; else by the rules of its app. A
 * call of a production app is served as it is, whatever its header says.
 */
export const meeting = <T>(
  faults: Faults,
  asked: WireCall,
  called: Called,
  work: (meeting: Pick<Meeting, "claiming">) => Promise<Served<T>>,
): Promise<Served<T>> => (called.app.sandbox ? meetingInSandbox(faults, asked, called, work) : work(nothing));

async function meetingInSandbox<T>(
  faults: Faults,
  asked: WireCall,
  called: Called,
  work: (meeting: Pick<Meeting, "claiming">) => Promise<Served<T>>,
): Promise<Served<T>> {
  const { app, call, token, by } = called;
  const own = new Meeting(faults, app);
  meetings.set(asked, own);
  const header = asked.header(FAULT_HEADER);
  const met = header === undefined ? await faults.meet(app, "call", call, token, by) : readFaultHeader(header, called);
  if ("errcode" in met) return met;
  own.pushes = met.filter(isOfPush);
  return play(faults, own, met, called, header !== undefined, () => work(own));
}

async function play<T>(
  faults: Faults,
  own: Meeting,
  met: readonly Trouble[],
  { app, token, by }: Called,
  isByHeader: boolean,
  work: () => Promise<Served<T>>,
): Promise<Served<T>> {
  const [delay, ending] = [met.find(({ kind }) => kind === "delay"), met.find(isEnding)];
  if (delay?.kind === "delay") {
    const waited = await faults.delays.wait(app.appid, delay.milliseconds);
    if (waited === "full") return { errcode: 990010, detail: "too many calls wait because a delay was ordered" };
    if (waited === "stopped") return { errcode: 990010, detail: "the server stops" };
    own.mark(tellTrouble(delay));
  }
  if (!ending) return work();
  own.mark(tellTrouble(ending));
  const told = (errcode: Errcode): WireError => ({ errcode, detail: orderedDetail(ending) });
  switch (ending.kind) {
    case "code":
      return told(ending.code as Errcode);
    case "http":
      return gatewayPage(ending.status);
    case "token":
      if (isByHeader && token !== null) await faults.endToken(app, token, by);
      return told(42001);
    case "reset":
      own.breaks = "reset";
      return ending.done ? work() : told(-1);
    case "half":
      own.breaks = "half";
      return work();
  }
}

type Ending = Exclude<CallTrouble, { kind: "delay" }>;

const isEnding = (trouble: Trouble): trouble is Ending => !isOfPush(trouble) && trouble.kind !== "delay";

/** The reply as it is sent: marked with what was played, and broken where that was ordered. */
export function sent(call: WireCall, reply: WireReply): WireReply {
  const own = meetings.get(call);
  if (!own || own.played === "") return reply;
  return { ...reply, headers: { ...reply.headers, [FAULT_HEADER]: own.played }, breaks: own.breaks };
}
