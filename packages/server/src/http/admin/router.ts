import { adminRoot, type RouteName, routeNames, routeOf } from "@quanku/protocol/admin";
import { type Context, Hono } from "hono";
import { HOUSE } from "../../domain/records.ts";
import type { Admission } from "../admission.ts";
import type { Bodies } from "../bodies.ts";
import { answering } from "./answering.ts";
import { makeCall } from "./call.ts";
import { givenIn, mediaTypeFault, readJsonBody } from "./given.ts";
import type { AdminAnswer, AdminServices } from "./handler.ts";
import type { Given } from "./input.ts";
import { isProblem, type Problem, problem } from "./problem.ts";
import { uploadOf } from "./upload.ts";
import { keysOf, originFault, visitOf } from "./visit.ts";
import { hasApp, isAllowed, nobody } from "./who.ts";

/** What operators' calls over HTTP need beside their services. */
export type Doors = {
  admission: Admission;
  bodies: Bodies;
  /** The address of a proxy whose `X-Forwarded-For` is believed. */
  trustedProxy?: string | undefined;
};

type Answer = AdminAnswer<RouteName>;

/**
 * Mounts every operators' call of the table. Where there is no operator nothing of it answers, and `unknown` is what
 * any path comes to that nobody serves.
 */
export function mountAdmin(
  app: Hono,
  services: AdminServices,
  doors: Doors,
  unknown: (c: Context) => Promise<Response>,
): void {
  const calls = new Hono();
  const serve = (name: RouteName | "unknown", answer: (c: Context) => Promise<Answer>) =>
    answering(name, answer, services);
  for (const name of routeNames)
    calls.on(
      routeOf(name).method,
      honoPath(name),
      serve(name, (c) => admitted(doors, () => answerCall(services, doors, name, c))),
    );
  for (const [path, names] of Map.groupBy(routeNames, honoPath))
    calls.all(
      path,
      serve("unknown", async () => wrongMethod(names)),
    );
  calls.notFound(serve("unknown", async () => unknownPath));
  app.all(`${adminRoot}/*`, async (c) => {
    const areAny = await services.operators.areAny().catch((error: unknown) => ({ error }));
    if (typeof areAny === "object") return serve("unknown", () => Promise.reject(areAny.error))(c);
    return areAny ? calls.fetch(c.req.raw, c.env) : unknown(c);
  });
}

const honoPath = (name: RouteName) => adminRoot + routeOf(name).path.replaceAll(/\{(\w+)\}/g, ":$1");

const unknownPath = problem(
  404,
  "unknown_path",
  "there is no call at this path: see the reference of the calls",
  "这个路径没有接口：请查阅接口文档",
);

function wrongMethod(names: readonly RouteName[]): Problem {
  const allow = names.map((name) => routeOf(name).method).join(", ");
  return { ...problem(405, "wrong_method", `this path takes ${allow}`, `这个路径只接受 ${allow}`), headers: { allow } };
}

/** Operators' calls take turns with the apps' for the places there are, as if they were an app's themselves. */
async function admitted({ admission }: Doors, call: () => Promise<Answer>): Promise<Answer> {
  const place = admission.enter();
  if (!place) return busy;
  try {
    return admission.admits(place, HOUSE, true) ? await call() : busy;
  } finally {
    admission.leave(place);
  }
}

const busy: Problem = {
  ...problem(503, "busy", "too many calls are under way", "正在处理的请求过多，请稍后再试"),
  retryAfter: 1,
};

/** Makes one call: from where it comes, who makes it, what it is given. */
async function answerCall(services: AdminServices, doors: Doors, name: RouteName, c: Context): Promise<Answer> {
  const keys = keysOf(c);
  const visit = visitOf(c, doors.trustedProxy);
  const foreign = originFault(c, keys, visit);
  if (foreign) return foreign;
  const who = await services.operators.whoHas(keys);
  if (!who && routeOf(name).role !== "anyone") return signInFirst;
  const given = givenIn(name, c);
  if (isProblem(given)) return given;
  const mayDo = isAllowed(who ?? nobody, name);
  const body = mayDo && routeOf(name).body ? await readJsonBody(doors.bodies, c) : { text: "", body: undefined };
  if (isProblem(body)) return body;
  const { upload } = routeOf(name);
  const wrongType = mayDo && upload ? mediaTypeFault(c, upload) : undefined;
  if (wrongType) return wrongType;
  return makeCall(services, who ?? nobody, name, { ...given, body: body.body } satisfies Given, {
    upload: uploadOf(c.req.raw, c.env?.incoming),
    text: body.text,
    signal: c.req.raw.signal,
    visit,
    lastEventId: c.req.header("last-event-id"),
    async isStillIn() {
      const now = await services.operators.whoHas(keys);
      const { appid } = given.path;
      return now !== undefined && isAllowed(now, name) && (appid === undefined || hasApp(now, appid));
    },
  });
}

const signInFirst: Problem = {
  ...problem(
    401,
    "sign_in",
    "sign in, or send an access token that is still good as Authorization: Bearer …",
    "请登录，或用 Authorization: Bearer … 发送有效的访问令牌",
  ),
  headers: { "www-authenticate": "Bearer" },
};
