import {
  type CallName,
  couponCalls,
  couponPath,
  requestSchema,
  tokenPaths,
  tokenRequest,
  type WireError,
} from "@quanku/protocol";
import { type Context, Hono } from "hono";
import type { Logger } from "pino";
import type { Apps } from "../service/apps.ts";
import type { Clock } from "../service/clock.ts";
import { StoreBusyError, type StoreReads } from "../store/store.ts";
import { readBody } from "./body.ts";
import { type CallServices, handlers } from "./coupon-calls.ts";
import { failure, newRid, plain } from "./reply.ts";
import { fetchToken } from "./token-calls.ts";

/** What the HTTP floor serves from. */
export type AppServices = CallServices & {
  apps: Apps;
  reads: StoreReads;
  clock: Clock;
  log: Logger;
  ping(): Promise<void>;
};

/**
 * The whole server as one `fetch`: the platform's calls, and our own routes for operators. Checks run in the order of
 * protocol.md section 1: route, method, token, body, fields, rules.
 */
export function createHttpApp(services: AppServices): Hono {
  const app = new Hono();
  const { apps } = services;

  app.all(tokenPaths.token, (c) =>
    answer(services, c, async () => {
      const { grant_type, appid, secret } = c.req.query();
      return tell(await fetchToken(apps, "regular", { grant_type, appid, secret }));
    }),
  );
  app.all(tokenPaths.stableToken, (c) =>
    answer(services, c, async () => {
      if (c.req.method !== "POST") return { errcode: 43002 };
      const body = await readBody(c.req.raw, tokenRequest);
      return body.ok ? tell(await fetchToken(apps, "stable", body.value)) : body.error;
    }),
  );
  for (const call of Object.keys(couponCalls) as CallName[])
    app.all(couponPath(call), (c) => answer(services, c, () => serveCall(services, call, c)));

  app.get("/healthz", (c) => c.text("ok"));
  app.get("/readyz", async (c) => {
    try {
      await services.ping();
      return c.text("ok");
    } catch {
      return c.text("the store does not answer", 503);
    }
  });
  app.notFound((c) => answer(services, c, async () => ({ errcode: 40066, detail: `no call at ${c.req.path}` })));
  return app;
}

async function serveCall<N extends CallName>(
  services: AppServices,
  call: N,
  c: Context,
): Promise<Response | WireError> {
  if (c.req.method !== "POST") return { errcode: 43002 };
  const token = c.req.query("access_token");
  if (!token) return { errcode: 41001, detail: "give it in the query: ?access_token=" };
  const verdict = await services.apps.judge(token);
  if (verdict.verdict !== "good") return { errcode: verdict.verdict === "expired" ? 42001 : 40001 };
  const body = await readBody(c.req.raw, requestSchema(call));
  if (!body.ok) return body.error;
  return handlers[call](services, verdict.appid, body.value);
}

/** Turns what a call came to into a reply, and logs failures under their rid. Queries and bodies are never logged. */
async function answer(
  services: AppServices,
  c: Context,
  serve: () => Promise<Response | WireError>,
): Promise<Response> {
  const { clock, log } = services;
  let outcome: Response | WireError;
  let cause: unknown;
  try {
    outcome = await serve();
  } catch (error) {
    cause = error;
    outcome = { errcode: error instanceof StoreBusyError ? 990010 : -1 };
  }
  if (outcome instanceof Response) return outcome;
  const rid = newRid(clock());
  const { errcode, detail } = outcome;
  if (cause) log.error({ rid, path: c.req.path, errcode, err: cause }, "call failed");
  else log.info({ rid, path: c.req.path, errcode, detail }, "call refused");
  return failure(outcome, rid);
}

const tell = <T extends object>(reply: T | WireError): Response | WireError =>
  "errcode" in reply ? (reply as WireError) : plain(reply);
