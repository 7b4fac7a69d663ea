import { Counter, collectDefaultMetrics, Gauge, type Histogram, Registry } from "prom-client";
import type { CallbackVerdict } from "../domain/claims/attempts.ts";
import type { HotCoupon } from "../service/hot-coupons.ts";
import type { StoreConnections, StoreSettling } from "../store/store.ts";
import { CallCount } from "./call-count.ts";
import { type Distribution, Spread } from "./distribution.ts";

/** How many coupons `quanku_coupon_remaining` tells at most: a label's values must stay few. */
const HOT_COUPONS = 20;
/** Up to which sizes commits are counted apart. */
const BATCH_BOUNDS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/** What is looked at when metrics are collected, and costs nothing before. */
export type Watched = {
  /** How many changes wait for the next commit. */
  waiting(): number;
  hotCoupons(limit: number): HotCoupon[];
  /** Of a store that has connections to a database. */
  connections(): StoreConnections | undefined;
  /** Of a store whose tables follow its journal. */
  settling(): StoreSettling | undefined;
};

/** What {@link Metrics} has counted since the process began. */
export type Counted = {
  underWay: number;
  waiting: number;
  connections: StoreConnections | undefined;
  /** How many calls were answered what. */
  answered: readonly { path: string; errcode: number; count: number }[];
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

  readonly #calls = new Map<string, CallCount>();
  /** Calls answered, in the order in which each errcode of each path was answered first. */
  readonly #answered: { path: string; errcode: number; count: number }[] = [];
  readonly #batches = new Spread(BATCH_BOUNDS);
  readonly #operatorCalls: Counter<"call" | "status">;

  constructor() {
    this.#counter(
      "quanku_calls_total",
      "Calls answered, by path and errcode; an errcode other than 0 is a refusal",
      ["path", "errcode"],
      () => this.#answered.map(({ path, errcode, count }) => [{ path, errcode }, count]),
    );
    this.#operatorCalls = new Counter({
      name: "quanku_operator_calls_total",
      help: "Operators' calls answered, by call and HTTP status",
      labelNames: ["call", "status"],
      registers: [this.#registry],
    });
    this.#histogram("quanku_call_duration_seconds", "Time from a request's arrival to its reply, by path", () =>
      [...this.#seconds].map(([path, seen]) => [{ path }, seen]),
    );
    this.#histogram("quanku_batch_commands", "Changes that shared a commit", () => [[{}, this.#batches.distribution]]);
    collectDefaultMetrics({ register: this.#registry });
    this.#tally("quanku_claims_total", "Claims decided, by outcome: granted, or why not", "outcome", this.#claims);
    this.#tally("quanku_callbacks_total", "Times a merchant was asked, by verdict", "verdict", this.#callbacks);
    this.#gauge("quanku_calls_under_way", "Calls that are not answered yet", () => this.#callsUnderWay);
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
    this.#gauge(
      "quanku_owed_entries",
      "Entries of the journal that SQLite's other tables do not tell yet: durable, and answered from memory",
      () => this.#watched?.settling()?.owed,
    );
    this.#gauge(
      "quanku_settled_generations",
      "How often SQLite's other tables caught up with a generation of such entries",
      () => this.#watched?.settling()?.generations,
    );
  }

  /** Says where to look when metrics are collected. */
  watch(watched: Watched): void {
    this.#watched = watched;
  }

  /** Counts the calls at a path, which is one of ours: what strangers ask for is no label. */
  callsAt(path: string): CallCount {
    const known = this.#calls.get(path);
    if (known) return known;
    const calls = new CallCount((errcode) => {
      const answered = { path, errcode, count: 0 };
      this.#answered.push(answered);
      return answered;
    });
    this.#calls.set(path, calls);
    return calls;
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
    this.#batches.add(commands);
  }

  /** The text Prometheus reads, and its content type. */
  async render(): Promise<{ text: string; contentType: string }> {
    return { text: await this.#registry.metrics(), contentType: this.#registry.contentType };
  }

  /** What is counted, as it stands; see {@link Counted}. */
  counted(): Counted {
    return {
      underWay: this.#callsUnderWay,
      waiting: this.#watched?.waiting() ?? 0,
      connections: this.#watched?.connections(),
      answered: this.#answered,
      seconds: this.#seconds,
      commands: this.#batches.distribution,
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

  get #callsUnderWay(): number {
    return [...this.#calls.values()].reduce((sum, { underWay }) => sum + underWay, this.#underWay);
  }

  /** How many seconds calls took, by the paths where any was answered. */
  get #seconds(): Map<string, Distribution> {
    const paths = new Set(this.#answered.map(({ path }) => path));
    return new Map([...paths].map((path) => [path, this.callsAt(path).seconds.distribution]));
  }

  #tally(name: string, help: string, label: string, counts: ReadonlyMap<string, number>): void {
    this.#counter(name, help, [label], () => [...counts].map(([value, count]) => [{ [label]: value }, count]));
  }

  /** A counter that is kept as plain numbers, and told when it is collected: counting hashes no labels. */
  #counter(name: string, help: string, labelNames: string[], counts: () => Told<number>[]): void {
    new Counter({
      name,
      help,
      labelNames,
      registers: [this.#registry],
      collect() {
        this.reset();
        for (const [labels, count] of counts()) this.inc(labels, count);
      },
    });
  }

  /** A histogram that is kept likewise, which prom-client has no way to be told of but as a metric of its own. */
  #histogram(name: string, help: string, seen: () => Told<Distribution>[]): void {
    const about = { name, help, type: "histogram", aggregator: "sum" };
    const get = async () => ({ ...about, values: seen().flatMap((one) => valuesOf(name, one)) });
    this.#registry.registerMetric({ ...about, get } as unknown as Histogram);
  }

  #gauge(name: string, help: string, value: () => number | undefined): void {
    this.#labelled(name, help, [], () => [[{}, value() ?? 0]]);
  }

  #labelled(name: string, help: string, labelNames: string[], values: () => Told<number>[]): void {
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

/** What is told of some labels. */
type Told<T> = [labels: Record<string, string | number>, value: T];

/** A distribution as prom-client writes a histogram. */
const valuesOf = (name: string, [labels, { count, sum, buckets }]: Told<Distribution>) => [
  ...buckets.map(({ most, count }) => ({
    metricName: `${name}_bucket`,
    labels: { le: most === Number.POSITIVE_INFINITY ? "+Inf" : most, ...labels },
    value: count,
  })),
  { metricName: `${name}_sum`, labels, value: sum },
  { metricName: `${name}_count`, labels, value: count },
];
