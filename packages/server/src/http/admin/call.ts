import type { RouteName } from "@quanku/protocol/admin";
import { StoreBusyError } from "../../store/store.ts";
import type { AdminAnswer, AdminHandler, AdminServices } from "./handler.ts";
import { adminHandlers } from "./handlers.ts";
import { type Given, readInput } from "./input.ts";
import { busy, isProblem, type Problem, problem } from "./problem.ts";
import { noVisit, type Visit } from "./visit.ts";
import { hasApp, isAllowed, type Who } from "./who.ts";

/** What a call is made with beside what it names. */
type Sent = {
  upload?: AsyncIterable<Uint8Array>;
  text?: string;
  signal?: AbortSignal;
  visit?: Visit;
  lastEventId?: string | undefined;
  isStillIn?: () => Promise<boolean>;
};

/**
 * Makes an operator's call for somebody: whether they may, what was given, then the handler. The command line and HTTP
 * come through here both. An app that is not theirs is one that does not exist.
 */
export async function makeCall<N extends RouteName>(
  services: AdminServices,
  who: Who,
  name: N,
  given: Given,
  {
    upload = nothing(),
    text = textOf(given),
    signal = never,
    visit = noVisit,
    lastEventId,
    isStillIn = always,
  }: Sent = {},
): Promise<AdminAnswer<N>> {
  const { appid } = given.path;
  if (appid !== undefined && !hasApp(who, appid)) return noSuchApp(appid);
  if (!isAllowed(who, name)) return notAllowed(who);
  if (appid !== undefined && !(await services.apps.find(appid))) return noSuchApp(appid);
  const input = readInput(name, given);
  if (isProblem(input)) return input;
  const handler = adminHandlers[name] as AdminHandler<N>;
  try {
    return await handler({ services, who, input, upload, text, signal, visit, lastEventId, isStillIn });
  } catch (error) {
    if (error instanceof StoreBusyError) return busy(error.message);
    throw error;
  }
}

const noSuchApp = (appid: string): Problem =>
  problem(
    404,
    "unknown_app",
    `there is no app ${JSON.stringify(appid)}, or it is not one of yours`,
    `没有应用 ${JSON.stringify(appid)}，或您无权访问`,
  );

const notAllowed = ({ role }: Who): Problem =>
  problem(
    403,
    "not_allowed",
    `the role ${role} may not do this: ask an owner`,
    `角色 ${role} 无权进行此操作：请联系所有者`,
  );

const textOf = ({ body }: Given): string => (body === undefined ? "" : JSON.stringify(body));

async function* nothing(): AsyncGenerator<Uint8Array> {}

const always = async () => true;

const never = new AbortController().signal;
