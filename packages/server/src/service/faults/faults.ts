import { randomBytes, randomInt } from "node:crypto";
import type { Actor } from "../../domain/actor.ts";
import { isRefusal, type Refusal, refuse } from "../../domain/outcome.ts";
import type { App } from "../../domain/records.ts";
import {
  concerns,
  type Fault,
  isOver,
  type Occasion,
  type PushTrouble,
  type Trouble,
} from "../../domain/sandbox/faults.ts";
import { isSandbox } from "../../domain/sandbox/sandbox.ts";
import { type Apps, digestToken } from "../apps.ts";
import type { Clock } from "../clock.ts";
import type { Ledger } from "../ledger.ts";
import { Delays } from "./delays.ts";

/** What is ordered; what `seed` is unless given is drawn, and told. */
export type AskedFault = Pick<Fault, "trouble" | "calls" | "share" | "count"> & {
  seed: number | undefined;
  /** After how many seconds it is over at the latest. */
  seconds: number;
};

/** A claim that is under way: what its first push is ordered to meet, and who is told of each push what it met. */
export type Watch = { ordered: readonly PushTrouble[]; note: (met: readonly PushTrouble[]) => void };

type FaultsOptions = { ledger: Ledger; apps: Apps; clock: Clock };

/** The faults that are ordered of sandbox apps. Who meets one is decided in the ledger, for all processes at once. */
export class Faults {
  readonly delays = new Delays();
  readonly #ledger: Ledger;
  readonly #apps: Apps;
  readonly #clock: Clock;
  readonly #watches = new Map<string, Watch[]>();

  constructor({ ledger, apps, clock }: FaultsOptions) {
    this.#ledger = ledger;
    this.#apps = apps;
    this.#clock = clock;
  }

  /** Orders a fault; answers it, or a refusal. */
  async order(appid: string, { seed, seconds, ...asked }: AskedFault, by: Actor): Promise<Refusal | { fault: Fault }> {
    const fault = { ...asked, faultId: randomBytes(4).toString("hex"), seed: seed ?? randomInt(2 ** 31) };
    const real = this.#clock();
    const answer = await this.#ledger.submit({ do: "orderFault", appid, fault, seconds, real }, by);
    this.#apps.forget(appid);
    return isRefusal(answer) ? answer : { fault: answer.result };
  }

  /** Ends a fault before its time; answers it as it was last. */
  async end(appid: string, faultId: string, by: Actor): Promise<Refusal | { fault: Fault }> {
    const answer = await this.#ledger.submit({ do: "endFault", appid, faultId, real: this.#clock() }, by);
    this.#apps.forget(appid);
    return isRefusal(answer) ? answer : { fault: answer.result };
  }

  /** Ends all faults of an app; answers how many there were. */
  async endAll(appid: string, by: Actor): Promise<Refusal | { ended: number }> {
    const answer = await this.#ledger.submit({ do: "endFaults", appid, real: this.#clock() }, by);
    this.#apps.forget(appid);
    return isRefusal(answer) ? answer : { ended: answer.result };
  }

  /** The faults of an app that are not over, in the order in which they are met. */
  activeOf(app: App): Refusal | readonly Fault[] {
    if (!isSandbox(app)) return refuse("not_sandbox", { appid: app.appid });
    const real = this.#clock();
    return app.sandbox.faults.filter((fault) => !isOver(fault, real));
  }

  /**
   * What a call or a push meets, by the rules of its app; a token that ends by it has ended. An app that has none that look
   * at it pays nothing. Throws {@link StoreBusyError}.
   */
  async meet(app: App, at: Occasion["at"], call: string, token: string | null, by: Actor): Promise<readonly Trouble[]> {
    if (!app.sandbox?.faults.length) return [];
    const { appid } = app;
    const real = this.#clock();
    const occasion = { at, call, tokenDigest: token === null ? null : digestToken(token) };
    if (!app.sandbox.faults.some((fault) => isOver(fault, real) || concerns(fault, occasion))) return [];
    const answer = await this.#ledger.submit({ do: "meetFaults", appid, real, ...occasion }, by);
    this.#apps.forget(appid);
    return isRefusal(answer) ? [] : answer.result;
  }

  /** Ends a token before its time. Throws {@link StoreBusyError}. */
  async endToken({ appid }: App, token: string, by: Actor): Promise<void> {
    await this.#ledger.submit({ do: "endTokenEarly", appid, tokenDigest: digestToken(token) }, by);
    this.#apps.forget(appid);
  }

  /** Watches the pushes of a claim until the function that it answers is called. */
  watch(appid: string, requestId: string, watch: Watch): () => void {
    const key = keyOf(appid, requestId);
    this.#watches.set(key, [...(this.#watches.get(key) ?? []), watch]);
    return () => {
      const left = (this.#watches.get(key) ?? []).filter((other) => other !== watch);
      if (left.length > 0) this.#watches.set(key, left);
      else this.#watches.delete(key);
    };
  }

  /** What a push of a claim or a confirmation meets: what was ordered of it alone, else by the rules of its app. */
  async meetPush(app: App, call: "claim" | "confirm", requestId: string): Promise<readonly PushTrouble[]> {
    const watches = this.#watches.get(keyOf(app.appid, requestId)) ?? [];
    const ordering = watches.find(({ ordered }) => ordered.length > 0);
    const met = ordering?.ordered ?? ((await this.meet(app, "push", call, null, JOB)) as PushTrouble[]);
    if (ordering) ordering.ordered = [];
    if (met.length > 0) for (const { note } of watches) note(met);
    return met;
  }
}

/** Whoever sends pushes. */
const JOB = "job pushes";

const keyOf = (appid: string, requestId: string) => `${appid} ${requestId}`;
