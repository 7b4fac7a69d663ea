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
import type { App } from "../domain/records.ts";
import type { Clock } from "../service/clock.ts";
import type { Readiness } from "../service/readiness.ts";
import { NoTurnError } from "../service/turns.ts";
import { StoreBusyError } from "../store/store.ts";
import type { AdminServices } from "./admin/handler.ts";
import { mountAdmin } from "./admin/router.ts";
import { Admission } from "./admission.ts";
import { Bodies, type BodyLimits } from "./bodies.ts";
import { readBody } from "./body.ts";
import type { CallServices } from "./calls/handler.ts";
import { handlers } from "./calls/handlers.ts";
import { logIn } from "./calls/login.ts";
import { fetchToken } from "./calls/tokens.ts";
import { unconfirmed } from "./calls/unconfirmed.ts";
import { type Meeting, meeting, meetingOf, sent } from "./faults/faulty.ts";
import { failure, newRid, plain, success } from "./reply.ts";

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
  /** What operators' calls are served from. */
  admin: AdminServices;
  /** The address of a proxy whose `X-Forwarded-For` is believed. */
  trustedProxy?: string | undefined;
};

/** How many calls may be under way in the process, how long they may take (milliseconds), and what reading bodies may. */
export type HttpLimits = { calls?: number; patience?: number; bodies?: Partial<BodyLimits> };

/** What lets calls and their bodies in. */
type Doors = { admission: Admission; bodies: Bodies };

type Served = Response | WireError;

/**
 * The whole server as one `fetch`: the platform's calls, and our own routes for operators. Checks run in the order of
 * protocol.md section 1: route, method, token, body, fields, rules.
 */
export function createHttpApp(services: AppServices): Hono {
  const { apps, claims, faults, readiness, metrics, limits = {} } = services;
  const app = new Hono();
  const admission = new Admission({
    limit: limits.calls,
    patience: limits.patience,
    waitingElsewhere: () => claims.waiting + faults.delays.waiting,
  });
  const bodies = new Bodies(limits.bodies);
  const serve = (path: string, call: (c: Context) => Promise<Served>) =>
    app.all(path, answering(path, admitting(admission, call), services));

  const issuing =
    (c: Context, call: string): Parameters<typeof fetchToken>[3] =>
    (app, issue) =>
      meeting(faults, c, { app, call, token: null, by: "app" }, issue);
  serve(tokenPaths.token, async (c) => {
    if (c.req.method !== "GET" && c.req.method !== "POST") return { errcode: 40066, detail: "ask with GET" };
    const { grant_type, appid, secret } = c.req.query();
    return tell(await fetchToken(apps, "regular", { grant_type, appid, secret }, issuing(c, "token")));
  });
  serve(tokenPaths.stableToken, async (c) => {
    if (c.req.method !== "POST") return { errcode: 43002 };
    const { parsed } = await readBody(bodies, c, tokenRequest);
    if (!parsed.ok) return parsed.error;
    return tell(await fetchToken(apps, "stable", parsed.value, issuing(c, "stable_token")));
  });
  serve(loginPath, async (c) => {
    if (c.req.method !== "GET") return { errcode: 40066, detail: "ask with GET" };
    const { grant_type, appid, secret, js_code } = c.req.query();
    const reply = await logIn(services, { grant_type, appid, secret, js_code });
    return reply === undefined ? unknown(c) : tell(reply);
  });
  for (const call of callNames) serve(callPath(call), (c) => serveCall(services, { admission, bodies }, call, c));

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
  const notFound = answering("unknown", unknown, services);
  mountAdmin(app, services.admin, { admission, bodies, trustedProxy: services.trustedProxy }, notFound);
  app.notFound(notFound);
  return app;
}

/** What a path comes to that nobody serves. */
const unknown = async (c: Context): Promise<Served> => ({
  errcode: 40066,
  detail: `no call at ${tellable(c.req.path)}`,
});

/** Turns a call away at once where there is no room for it. */
const admitting =
  (admission: Admission, call: (c: Context) => Promise<Served>) =>
  async (c: Context): Promise<Served> =>
    admission.isFull ? busy : admission.during(() => call(c));

const busy: WireError = { errcode: 990010, detail: "too many calls are under way" };

async function serveCall<N extends CallName>(
  services: AppServices,
  { admission, bodies }: Doors,
  call: N,
  c: Context,
): Promise<Served> {
  if (c.req.method !== "POST") return { errcode: 43002 };
  const token = c.req.query("access_token");
  if (!token) return { errcode: 41001, detail: "give it in the query: ?access_token=" };
  const verdict = await services.apps.judge(token);
  if (verdict.verdict !== "good") return { errcode: verdict.verdict === "expired" ? 42001 : 40001 };
  const { app } = verdict;
  return meeting(services.faults, c, { app, call, token, by: "app" }, (met) =>
    serveApp(services, { admission, bodies }, call, c, app, met),
  );
}

/** Serves a call of an app whose token was good. */
async function serveApp<N extends CallName>(
  services: AppServices,
  { admission, bodies }: Doors,
  call: N,
  c: Context,
  app: App,
  met: Pick<Meeting, "claiming">,
): Promise<Served> {
  const inTheWay = call === "confirm" ? undefined : unconfirmed(app);
  if (inTheWay) return inTheWay;
  const asksMerchant = call === "confirm" || (call === "claim" && app.settings.claimMode === "callback");
  const served = await admission.of(app.appid, asksMerchant, async () => {
    const { parsed, text } = await readBody(bodies, c, requestSchema(call));
    if (!parsed.ok) return parsed.error;
    const caller = { app, by: "app", text } as const;
    const answer = await met.claiming(parsed.value, () => handlers[call](services, caller, parsed.value));
    return "errcode" in answer ? answer : success(answer);
  });
  return served ?? busy;
}

/**
 * Turns what a call comes to into a reply, counts it, and logs failures under their rid. Queries and bodies are
 * not logged, since they hold secrets and tokens; a detail may repeat an id.
 */
function answering(
  path: string,
  call: (c: Context) => Promise<Served>,
  { clock, log, metrics }: AppServices,
): (c: Context) => Promise<Response> {
  return async (c) => {
    const arrived = performance.now();
    const answered = metrics.call(path);
    let served: Served;
    let cause: unknown;
    try {
      served = await call(c);
    } catch (error) {
      cause = error;
      served = { errcode: error instanceof StoreBusyError || error instanceof NoTurnError ? 990010 : -1 };
    }
    answered(served instanceof Response ? 0 : served.errcode, performance.now() - arrived);
    if (served instanceof Response) return sent(c, served);
    const rid = newRid(clock());
    const { errcode, detail } = served;
    if (cause && c.req.raw.signal.aborted) log.debug({ rid, path }, "client went away");
    else if (cause) log.error({ rid, path, errcode, err: cause }, "call failed");
    else log.info({ rid, path, errcode, detail, fault: meetingOf(c)?.played || undefined }, "call refused");
    return sent(c, failure(served, rid));
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

const tell = <T extends object>(reply: T | WireError | Response): Served =>
  reply instanceof Response || "errcode" in reply ? (reply as Response | WireError) : plain(reply);
