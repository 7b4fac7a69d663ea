import type { Errcode } from "@quanku/protocol";
import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";

/** What an operator watches, for Prometheus to collect at `/metrics`. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #calls = new Counter({
    name: "quanku_calls_total",
    help: "Calls answered, by path and errcode",
    labelNames: ["path", "errcode"] as const,
    registers: [this.#registry],
  });
  readonly #duration = new Histogram({
    name: "quanku_call_duration_seconds",
    help: "Time from a request's arrival to its reply",
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 2.5],
    registers: [this.#registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
  }

  /** Counts a call that took `milliseconds`. `path` is one of ours: what strangers ask for is no label. */
  observe(path: string, errcode: Errcode, milliseconds: number): void {
    this.#calls.inc({ path, errcode });
    this.#duration.observe(milliseconds / 1000);
  }

  /** The text Prometheus reads. */
  async render(): Promise<Response> {
    return new Response(await this.#registry.metrics(), { headers: { "content-type": this.#registry.contentType } });
  }
}
