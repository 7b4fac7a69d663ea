import v8 from "node:v8";
import { pino } from "pino";
import { assemble } from "../assemble.ts";
import { MerchantCallbacks } from "../outbound/merchant-callbacks.ts";
import { systemClock } from "../service/clock.ts";
import { expireDue } from "../service/expiry.ts";
import { repeat } from "../service/jobs.ts";
import { type DataPlace, openStore, shownPlace } from "./data.ts";
import { demoOperator, ensureDemoOperator, ensureDemoShop, hasPublishedSecret } from "./demo.ts";
import { listening, metricsServer } from "./listeners.ts";
import { LogStream } from "./log-stream.ts";
import { newLink } from "./operator-commands.ts";
import { whenNpmEnds } from "./parent.ts";
import { startScreen } from "./start-screen.ts";
import { stoppable } from "./stoppable.ts";
import { renewing, serverOf } from "./tls/serving.ts";
import { loopbacks, tlsOf } from "./tls/tls.ts";

export type ServeOptions = DataPlace & {
  host: string;
  port: number;
  demo: boolean;
  allowPrivateCallbacks: boolean;
  logLevel: string;
  /** The address of a proxy whose `X-Forwarded-For` is believed. */
  trustedProxy?: string;
  /** Where metrics are served apart from the calls; with the calls unless a port is given. */
  metricsHost: string;
  metricsPort?: number;
  /** Files of a certificate and its key in PEM, or to speak TLS by an authority of the data directory's. */
  tlsCert?: string;
  tlsKey?: string;
  tlsDev: boolean;
};

/** How often holds are looked after, and how often what is past its time is expired, in milliseconds. */
const ABANDONED_MS = 1000;
const EXPIRY_MS = 60_000;
/** How often it is looked for hand-outs to work on, in milliseconds. */
const HAND_OUTS_MS = 1000;
/** How often it is looked whether another process left anything of a deleted app, in milliseconds. */
const REMOVALS_MS = 10_000;
/** How long the end waits for the log to be written, in milliseconds. */
const LOG_PATIENCE = 1000;

/** How many connections are served; more are closed at once. */
const CONNECTIONS = 4096;
/**
 * How long a client may take for its headers, and for a whole request, and how often that is looked after, in milliseconds.
 * A list of a million people takes its time; bodies of calls and files that stand still are ended sooner, where they are read.
 */
const patience = { headersTimeout: 30_000, requestTimeout: 600_000, connectionsCheckingInterval: 1000 };

/** Serves until SIGTERM or SIGINT, then finishes what was accepted and ends the process with 0. */
export async function serve(options: ServeOptions): Promise<void> {
  holdLessGarbage();
  const { host, port, demo, allowPrivateCallbacks, logLevel, metricsHost, metricsPort, trustedProxy } = options;
  if (demo && !loopbacks.includes(host))
    throw new Error(
      `--demo serves on loopback only, because its secret is public: leave out --host ${host}, or leave out --demo`,
    );
  const tls = await tlsOf(options);
  const logStream = new LogStream(2);
  const log = pino({ level: logLevel, base: null }, logStream);
  const { store, created } = await openStore(options, { mayCreate: true });
  const merchants = new MerchantCallbacks({ clock: systemClock, allowPrivate: allowPrivateCallbacks || demo });
  const withholds = demo ? undefined : hasPublishedSecret;
  const metricsElsewhere = metricsPort !== undefined;
  const stack = assemble({ store, clock: systemClock, log, merchants, withholds, metricsElsewhere, trustedProxy });
  const { ledger, apps, operators, claims, faults, following, handOuts, removals, metrics, http, settle } = stack;
  const demoShop = demo ? await ensureDemoShop({ apps, ledger, store }) : undefined;
  const hasDemoOperator = demoShop === "ready" && (await ensureDemoOperator(operators));
  const withholdsDemo = !demo && (await apps.list()).some(hasPublishedSecret);

  const failed = (job: string) => (error: unknown) => log.error({ err: error }, `${job} failed`);
  const server = serverOf(tls, patience, http.listener).listen(port, host);
  server.maxConnections = CONNECTIONS;
  const stopServer = stoppable(server);
  const forMetrics = metricsElsewhere ? metricsServer(metrics).listen(metricsPort, metricsHost) : undefined;
  try {
    const [url, metricsUrl] = await Promise.all([
      listening(server, { host, port, option: "--port" }),
      forMetrics && listening(forMetrics, { host: metricsHost, port: metricsPort ?? 0, option: "--metrics-port" }),
    ]);
    const dataIn = shownPlace(options);
    process.stdout.on("error", () => {}); // A screen that cannot be written is no reason not to serve.
    const signInAt = hasDemoOperator ? await newLink(operators, demoOperator, url) : undefined;
    const screen = { url, metricsUrl, dataIn, created, demo: demoShop, signInAt, withholdsDemo, tls };
    process.stdout.write(startScreen(screen));
  } catch (error) {
    for (const each of [server, forMetrics]) each?.close();
    await settle();
    await store.close();
    throw error;
  }

  const jobs = [
    repeat(ABANDONED_MS, () => claims.finishAbandoned(), failed("finishing abandoned claims")),
    repeat(REMOVALS_MS, () => removals.finish(), failed("removing what is left of deleted apps")),
    repeat(EXPIRY_MS, () => expireDue({ store, ledger, apps, clock: systemClock }), failed("expiring coupons")),
    repeat(HAND_OUTS_MS, () => handOuts.work(), failed("handing out coupons")),
    ...(tls ? [renewing(server, tls, log)] : []),
  ];

  const stop = async () => {
    forMetrics?.close().closeAllConnections();
    following.close();
    faults.delays.stop();
    await stopServer();
    handOuts.close();
    await Promise.all(jobs.map((job) => job.stop()));
    await settle();
    await store.close();
    // A write that never returns holds a thread, and exit would wait for it.
    if (!(await logStream.flushed(LOG_PATIENCE)) && !logStream.canBeLeft) process.kill(process.pid, "SIGKILL");
    process.exit(0);
  };
  let isStopping = false;
  const stopOnce = () => {
    if (!isStopping) void stop();
    isStopping = true;
  };
  process.on("SIGTERM", stopOnce).on("SIGINT", stopOnce);
  whenNpmEnds(stopOnce);
}

/**
 * Left alone, V8 lets what was dropped under load grow to three times what is used before it collects that; a server held
 * 580 MB after 300 000 claims, and so 440 (`npm run bench -- --only claim-memory`). Less than that costs a tenth of the claims.
 */
function holdLessGarbage(): void {
  v8.setFlagsFromString("--heap-growing-percent=100");
}
