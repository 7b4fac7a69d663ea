import {
  type CallName,
  callNames,
  callPath,
  loginPath,
  requestSchema,
  tokenPaths,
  tokenRequest,
} from "@quanku/protocol/calls";
import type { WireError } from "@quanku/protocol/codes";
import { type Context, Hono } from "hono";
import type { Logger } from "pino";
import type { Refusal } from "../domain/outcome.ts";
import type { App } from "../domain/records.ts";
import type { Clock } from "../service/clock.ts";
import type { Readiness } from "../service/readiness.ts";
import { NoTurnError } from "../service/turns.ts";
import { StoreBusyError } from "../store/store.ts";
import type { AdminServices } from "./admin/handler.ts";
import { mountAdmin } from "./admin/router.ts";
import { Admission, type Place } from "./admission.ts";
import { Bodies, type BodyLimits } from "./bodies.ts";
import { readBody } from "./body.ts";
import type { Trace } from "./call-log/trace.ts";
import type { Tracing } from "./call-log/tracing.ts";
import type { CallServices } from "./calls/handler.ts";
import { handlers } from "./calls/handlers.ts";
import { logIn } from "./calls/login.ts";
import { fetchToken } from "./calls/tokens.ts";
import { unconfirmed } from "./calls/unconfirmed.ts";
import { mountConsole } from "./console/router.ts";
import { mountDocs } from "./docs/router.ts";
import { answerRequest } from "./edge/over-fetch.ts";
import { type Serving as HttpServing, servingOf } from "./edge/serving.ts";
import type { Answer, WireCall, WireReply } from "./edge/wire-call.ts";
import { type Meeting, meeting, meetingOf, sent } from "./faults/faulty.ts";
import type { GatewayPage } from "./faults/gateway-page.ts";
import { bodyOf, errmsgOf, failureBody, isFailure, newRid, type Served as Replied, respond } from "./reply.ts";

/** What the HTTP floor serves from. */
export type AppServices = CallServices & {
  clock: Clock;
  log: Logger;
  /** Whether writes would be kept now. */
  readiness(): Promise<Readiness>;
  /** How much is let in; what a server should bear unless given. */
  limits?: HttpLimits | undefined;
  /** Whether `/metrics` is served elsewhere, and not here. */
  metricsElsewhere?: boolean | undefined;
  /** Traces the calls of sandbox apps; absent: nobody's are logged. */
  tracing?: Tracing | undefined;
  /** What operators' calls are served from. */
  admin: AdminServices;
  /** The address of a proxy whose `X-Forwarded-For` is believed. */
  trustedProxy?: string | undefined;
};

/** How many calls may be under way in the process, how long they may take (milliseconds), and what reading bodies may. */
export type HttpLimits = { calls?: number; patience?: number; bodies?: Partial<BodyLimits> };

/** What lets calls and their bodies in. */
type Doors = { admission: Admission; bodies: Bodies };

/** What a call is answered; a gateway's page is no reply of ours, but a fault that was ordered. */
type Served = Replied | GatewayPage;

/** A call while it is served: the place that it takes, and its trace, if it turns out to be one of a sandbox app. */
type Serving = { place: Place | undefined; trace: Trace | undefined };
type Serve = (c: WireCall, serving: Serving) => Promise<Served>;

/**
 * The whole server: the platform's calls, and our own routes for operators. Checks run in the order of
 * protocol.md section 1: route, method, token, body, fields, rules.
 */
export function createHttpApp(services: AppServices): HttpServing {
  const { apps, claims, faults, readiness, metrics, tracing, limits = {} } = services;
  const app = new Hono();
  const admission = new Admission({
    limit: limits.calls,
    patience: limits.patience,
    waitingElsewhere: () => claims.waiting + faults.delays.waiting,
  });
  const bodies = new Bodies(limits.bodies);
  const wire = new Map<string, Answer>();
  const serve = (path: string, name: string, call: Serve) => {
    const answer = answering(path, name, admitting(admission, call), services);
    wire.set(path, answer);
    app.all(path, (c) => answerRequest(answer, c.req.raw));
  };
  const tracer = (c: WireCall, serving: Serving, call: string) => (of: App) => {
    serving.trace = tracing?.begin(c, call, of, "grant");
    return serving.trace;
  };

  const fetching = (c: WireCall, serving: Serving, call: string): Parameters<typeof fetchToken>[3] => ({
    begin: tracer(c, serving, call),
    issuing: (app, issue) => meeting(faults, c, { app, call, token: null, by: serving.trace?.by ?? "app" }, issue),
  });

  serve(tokenPaths.token, "token", async (c, serving) => {
    if (c.method !== "GET" && c.method !== "POST") return { errcode: 40066, detail: "ask with GET" };
    const [grant_type, appid, secret] = ["grant_type", "appid", "secret"].map((name) => c.query(name));
    return tell(await fetchToken(apps, "regular", { grant_type, appid, secret }, fetching(c, serving, "token")));
  });
  serve(tokenPaths.stableToken, "stable_token", async (c, serving) => {
    if (c.method !== "POST") return { errcode: 43002 };
    const { parsed, text } = await readBody(bodies, c, tokenRequest);
    if (!parsed.ok) return parsed.error;
    const { begin, issuing } = fetching(c, serving, "stable_token");
    const reading = (of: App) => begin(of)?.read(text, parsed.value);
    return tell(await fetchToken(apps, "stable", parsed.value, { begin: reading, issuing }));
  });
  serve(loginPath, "jscode2session", async (c, serving) => {
    if (c.method !== "GET") return { errcode: 40066, detail: "ask with GET" };
    const [grant_type, appid, secret, js_code] = ["grant_type", "appid", "secret", "js_code"].map((name) =>
      c.query(name),
    );
    const reply = await logIn(services, { grant_type, appid, secret, js_code }, tracer(c, serving, "jscode2session"));
    return reply === undefined ? unknown(c) : tell(reply);
  });
  for (const call of callNames)
    serve(callPath(call), call, (c, serving) => serveCall(services, { admission, bodies }, call, c, serving));

  app.get("/healthz", (c) => c.text("ok"));
  app.get("/readyz", async (c) => {
    const ready = await readiness();
    return ready.isReady ? c.text("ok") : c.text(`not ready: ${ready.why}`, 503);
  });
  if (!services.metricsElsewhere)
    app.get("/metrics", async (c) => {
      const { text, contentType } = await metrics.render();
      return c.body(text, 200, { "content-type": contentType });
    });
  mountDocs(app);
  mountConsole(app);
  const answerUnknown = answering("unknown", "unknown", unknown, services);
  const notFound = (c: Context) => answerRequest(answerUnknown, c.req.raw);
  mountAdmin(app, services.admin, { admission, bodies, trustedProxy: services.trustedProxy }, notFound);
  app.notFound(notFound);
  return servingOf(wire, app);
}

/** What a path comes to that nobody serves. */
const unknown = async ({ path }: WireCall): Promise<Served> => ({
  errcode: 40066,
  detail: `no call at ${tellable(path)}`,
});

/** Turns a call away at once where there is no room for it. */
const admitting =
  (admission: Admission, call: Serve): Serve =>
  async (c, serving) => {
    const place = admission.enter();
    if (!place) return busy;
    serving.place = place;
    try {
      return await call(c, serving);
    } finally {
      admission.leave(place);
    }
  };

const busy: WireError = { errcode: 990010, detail: "too many calls are under way" };

async function serveCall<N extends CallName>(
  services: AppServices,
  doors: Doors,
  call: N,
  c: WireCall,
  serving: Serving,
): Promise<Served> {
  if (c.method !== "POST") return { errcode: 43002 };
  const token = c.query("access_token");
  if (!token) return { errcode: 41001, detail: "give it in the query: ?access_token=" };
  const judged = services.apps.judge(token);
  const verdict = "verdict" in judged ? judged : await judged;
  if (verdict.app?.sandbox) serving.trace = services.tracing?.begin(c, call, verdict.app, "token");
  if (verdict.verdict !== "good") return { errcode: verdict.verdict === "expired" ? 42001 : 40001 };
  const { app } = verdict;
  return await meeting(services.faults, c, { app, call, token, by: serving.trace?.by ?? "app" }, (met) =>
    serveApp(services, doors, call, c, { app, met, serving }),
  );
}

/** Serves a call of an app whose token was good. */
async function serveApp<N extends CallName>(
  services: AppServices,
  { admission, bodies }: Doors,
  call: N,
  c: WireCall,
  { app, met, serving: { place, trace } }: { app: App; met: Pick<Meeting, "claiming">; serving: Serving },
): Promise<Served> {
  trace?.reach("callback");
  const inTheWay = call === "confirm" ? undefined : unconfirmed(app);
  if (inTheWay) return inTheWay;
  const asksMerchant = call === "confirm" || (call === "claim" && app.settings.claimMode === "callback");
  trace?.reach("room");
  if (place && !admission.admits(place, app.appid, asksMerchant)) return busy;
  trace?.reach("body");
  const { parsed, text } = await readBody(bodies, c, requestSchema(call));
  trace?.read(text, parsed.ok ? parsed.value : undefined);
  if (!parsed.ok) return parsed.error;
  trace?.reach("rules");
  const caller = { app, by: trace?.by ?? "app", text } as const;
  return await met.claiming(parsed.value, () => handlers[call](services, caller, parsed.value));
}

/** Whose call it was cannot be found out: it is answered all the same, and not logged. */
const nobody = () => undefined;

/**
 * Turns what a call comes to into a reply, counts it, and logs failures under their rid. Queries and bodies are
 * not logged, since they hold secrets and tokens; a detail may repeat an id. What explains calls of sandbox apps is kept apart.
 */
function answering(path: string, name: string, call: Serve, { clock, log, metrics, tracing }: AppServices) {
  const calls = metrics.callsAt(path);
  return async (c: WireCall): Promise<WireReply> => {
    const arrived = performance.now();
    calls.came();
    const serving: Serving = { place: undefined, trace: undefined };
    let served: Served;
    let cause: unknown;
    try {
      served = await call(c, serving);
    } catch (error) {
      cause = error;
      served = { errcode: error instanceof StoreBusyError || error instanceof NoTurnError ? 990010 : -1 };
    }
    const milliseconds = performance.now() - arrived;
    const errcode = !("page" in served) && isFailure(served) ? served.errcode : 0;
    calls.answered(errcode, milliseconds);
    const trace = serving.trace ?? (errcode === 0 ? undefined : await tracing?.find(c, name, errcode).catch(nobody));
    const played = meetingOf(c)?.played || undefined;
    if (trace && played) trace.mark(played);
    if ("page" in served) {
      const { status, body } = served.page;
      if (trace) tracing?.end(trace, { errcode, errmsg: null, status, body, milliseconds });
      return sent(c, served.page);
    }
    const headers = trace && tracing?.headers(trace, c, errcode);
    const end = (body: string | Buffer, errmsg: string | null, refusal?: Refusal) => {
      if (trace) tracing?.end(trace, { errcode, errmsg, refusal, status: 200, body, milliseconds });
      return sent(c, respond(body, headers));
    };
    if (!isFailure(served)) return end(bodyOf(served), null);
    const rid = trace?.rid ?? newRid(clock());
    const { detail } = served;
    if (cause && c.isAbandoned) log.debug({ rid, path }, "client went away");
    else if (cause) log.error({ rid, path, errcode, err: cause }, "call failed");
    else
      log.info({ rid, path, errcode, detail: trace ? trace.tellable(detail) : detail, fault: played }, "call refused");
    const errmsg = errmsgOf(served, rid);
    return end(failureBody(served, errmsg), errmsg, "refusal" in served ? served.refusal : undefined);
  };
}

/**
 * As much of an unknown path as can be told and logged: its plain words. A client that misspells `?` puts its token
 * into the path.
 */
function tellable(path: string): string {
  const words = path.split("/").slice(1);
  const end = words.findIndex((word) => !/^[a-z_]{1,32}$/.test(word));
  return end === -1 ? path : `/${[...words.slice(0, end), "…"].join("/")}`;
}

const tell = <T extends object>(reply: T | WireError | GatewayPage): Served =>
  "page" in reply || "errcode" in reply ? (reply as GatewayPage | WireError) : { plain: reply };
