import { describe, expect, it } from "vitest";
import { sourcesIn } from "./sources.ts";

const server = "packages/server/src/";

/**
 * Who goes by real time, and why. Everything else happens in an app, at the time that the app's clock shows:
 * `timeOfApp(app, clock())`, or a command of the ledger, which is decided by it. What is given on as real time is called
 * `real`, and needs no place here.
 */
const byRealTime: Record<string, string> = {
  "cli/log-stream.ts": "log lines",
  "cli/tls/development.ts": "how long certificates are good",
  "cli/tls/given.ts": "how long certificates are good",
  "http/admin/access.ts": "operators' tokens are of the house, which has no clock of its own",
  "http/admin/answering.ts": "request ids",
  "http/app.ts": "request ids",
  "http/call-log/tracing.ts": "request ids, and when a call came, beside the app's time",
  "outbound/merchant-callbacks.ts": "signatures, which merchants judge by their own clocks, and the log of transport",
  "service/access/guesses.ts": "guesses at passwords",
  "service/access/operators.ts": "operators' sessions, links and tokens",
  "service/clock.ts": "it is the real time",
  "service/hand-outs/hand-outs.ts": "the age of lists that are sent, and which process works on what",
  "service/hot-coupons.ts": "what keeps this process busy",
  "service/removals.ts": "the journal of the house",
  "service/verifications.ts": "how long a verification runs",
  "store/postgres/open.ts": "whether a write is kept",
  "store/sqlite/open.ts": "whether a write is kept",
};

const chosen = [/timeOfApp\(\w+, [\w.#]*clock\(\)\)/g, /\breal(?: =|:) [\w.#]*clock\(\)/g];
const readsClock = /clock\(\)|Date\.now\(\)/i;

describe("time", () => {
  it("is the app's, unless there is a reason for the real one", () => {
    const reading = sourcesIn(server)
      .filter(({ text }) => readsClock.test(chosen.reduce((left, pattern) => left.replaceAll(pattern, ""), text)))
      .map(({ path }) => path.replace(server, ""));
    expect(
      reading.toSorted(),
      "what happens in an app happens at timeOfApp(app, clock()); what goes by real time says so in this test",
    ).toEqual(Object.keys(byRealTime).toSorted());
  });
});
