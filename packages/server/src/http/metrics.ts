import type { Errcode } from "@quanku/protocol/codes";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { CallbackVerdict } from "../domain/claims/attempts.ts";
import type { HotCoupon } from "../service/hot-coupons.ts";
import type { StoreConnections } from "../store/store.ts";
import { type Distribution, distributionsIn, nothingSeen } from "./distribution.ts";

/** How many coupons `quanku_coupon_remaining` tells at most: a label's values must stay few. */
const HOT_COUPONS = 20;

/** What is looked at when metrics are collected, and costs nothing before. */
export type Watched = {
  /** How many changes wait for the next commit. */
  waiting(): number;
  hotCoupons(limit: number): HotCoupon[];
  /** Of a store that has connections to a database. */
  connections(): StoreConnections | undefined;
};

/** What {@link Metrics} has counted since the process began. */
export type Counted = {
  underWay: number;
  waiting: number;
  connections: StoreConnections | undefined;
  /** How many calls were answered what. */
  answered: { path: string; errcode: number; count: number }[];
  /** How many seconds calls took, by path. */
  seconds: ReadonlyMap<string, Distribution>;
  /** How many commands shared a commit. */
  commands: Distribution;
  claims: Readonly<Record<string, number>>;
  callbacks: Readonly<Record<string, number>>;
};

/** What an operator watches, for Prometheus to collect at `/metrics`; each is told in docs/reference/metrics.md. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #claims = new Map<string, number>([["granted", 0]]);
  readonly #callbacks = new Map<string, number>();
  #underWay = 0;
  #watched: Watched | undefined;

  readonly #calls = new Counter({
    name: "quanku_calls_total",
    help: "Calls answered, by path and errcode; an errcode other than 0 is a refusal",
    labelNames: ["path", "errcode"] as const,
    registers: [this.#registry],
  });
  readonly #operatorCalls = new Counter({
    name: "quanku_operator_calls_total",
    help: "Operators' calls answered, by call and HTTP status",
    labelNames: ["call", "status"] as const,
    registers: [this.#registry],
  });
  readonly #duration = new Histogram({
    name: "quanku_call_duration_seconds",
    help: "Time from a request's arrival to its reply, by path",
    labelNames: ["path"] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 2.5],
    registers: [this.#registry],
  });
  readonly #batch = new Histogram({
    name: "quanku_batch_commands",
    help: "Changes that shared a commit",
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
    registers: [this.#registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
    this.#tally("quanku_claims_total", "Claims decided, by outcome: granted, or why not", "outcome", this.#claims);
    this.#tally("quanku_callbacks_total", "Times a merchant was asked, by verdict", "verdict", this.#callbacks);
    this.#gauge("quanku_calls_under_way", "Calls that are not answered yet", () => this.#underWay);
    this.#gauge("quanku_queue_commands", "Changes that wait for the next commit", () => this.#watched?.waiting());
    this.#labelled(
      "quanku_coupon_remaining",
      `Stock left of the ${HOT_COUPONS} coupons claimed most in the last minutes, as of this process's last commit on each`,
      ["appid", "out_coupon_id"],
      () =>
        (this.#watched?.hotCoupons(HOT_COUPONS) ?? []).map(({ appid, outCouponId, remaining }) => [
          { appid, out_coupon_id: outCouponId },
          remaining,
        ]),
    );
    this.#labelled("quanku_database_connections", "Connections to PostgreSQL, by state", ["state"], () => {
      const counts = this.#watched?.connections();
      return counts
        ? [
            [{ state: "in_use" }, counts.inUse],
            [{ state: "idle" }, counts.idle],
          ]
        : [];
    });
    this.#gauge(
      "quanku_database_waiting",
      "Transactions and reads that wait for a connection to PostgreSQL",
      () => this.#watched?.connections()?.waiting,
    );
  }

  /** Says where to look when metrics are collected. */
  watch(watched: Watched): void {
    this.#watched = watched;
  }

  /** A call arrived; answers what to do when it is answered, after `milliseconds`. `path` is one of ours: what strangers ask for is no label. */
  call(path: string): (errcode: Errcode, milliseconds: number) => void {
    this.#underWay++;
    return (errcode, milliseconds) => {
      this.#underWay--;
      this.#calls.inc({ path, errcode });
      this.#duration.observe({ path }, milliseconds / 1000);
    };
  }

  /** An operators' call arrived; answers what to do when it is answered. */
  operatorCall(call: string): (status: number) => void {
    this.#underWay++;
    return (status) => {
      this.#underWay--;
      this.#operatorCalls.inc({ call, status });
    };
  }

  /** Counts a claim by what became of it: `granted`, or the name of its refusal. */
  claimed(outcome: string): void {
    this.#claims.set(outcome, (this.#claims.get(outcome) ?? 0) + 1);
  }

  /** Counts a time that a merchant was asked. */
  asked(verdict: CallbackVerdict): void {
    this.#callbacks.set(verdict, (this.#callbacks.get(verdict) ?? 0) + 1);
  }

  /** Counts a commit by how many commands shared it. */
  committed(commands: number): void {
    this.#batch.observe(commands);
  }

  /** The text Prometheus reads, and its content type. */
  async render(): Promise<{ text: string; contentType: string }> {
    return { text: await this.#registry.metrics(), contentType: this.#registry.contentType };
  }

  /** What is counted, as it stands; see {@link Counted}. */
  async counted(): Promise<Counted> {
    const [calls, durations, batches] = await Promise.all([this.#calls.get(), this.#duration.get(), this.#batch.get()]);
    const paths = distributionsIn(durations.values, ({ path = "" }) => String(path));
    const answered = calls.values.map(({ labels: { path, errcode }, value }) => ({
      path: String(path),
      errcode: Number(errcode),
      count: value,
    }));
    return {
      underWay: this.#underWay,
      waiting: this.#watched?.waiting() ?? 0,
      connections: this.#watched?.connections(),
      answered,
      seconds: paths,
      commands: distributionsIn(batches.values, () => "").get("") ?? nothingSeen,
      claims: Object.fromEntries(this.#claims),
      callbacks: Object.fromEntries(this.#callbacks),
    };
  }

  /** What each metric of ours is, for the reference. */
  async described(): Promise<{ name: string; type: string; help: string }[]> {
    const all = await this.#registry.getMetricsAsJSON();
    return all
      .filter(({ name }) => name.startsWith("quanku_"))
      .map(({ name, type, help }) => ({ name, type: String(type), help }));
  }

  /** A counter that is kept as plain numbers, and told when it is collected: counting hashes no labels. */
  #tally(name: string, help: string, label: string, counts: ReadonlyMap<string, number>): void {
    new Counter({
      name,
      help,
      labelNames: [label],
      registers: [this.#registry],
      collect() {
        this.reset();
        for (const [value, count] of counts) this.inc({ [label]: value }, count);
      },
    });
  }

  #gauge(name: string, help: string, value: () => number | undefined): void {
    this.#labelled(name, help, [], () => [[{}, value() ?? 0]]);
  }

  #labelled(name: string, help: string, labelNames: string[], values: () => [Record<string, string>, number][]): void {
    new Gauge({
      name,
      help,
      labelNames,
      registers: [this.#registry],
      collect() {
        this.reset();
        for (const [labels, value] of values()) this.set(labels, value);
      },
    });
  }
}
