import { parseObject, secondsIn, told, withoutSecrets } from "../host/told.ts";
import type { AdminRoute } from "../wire/admin/table.ts";
import { AdminError, type FieldFault } from "./errors.ts";
import { type AdminFetch, type AdminResponse, type Input, prepare } from "./request.ts";

/** Where calls go, and who makes them. */
export type Line = {
  root: string;
  token: string | undefined;
  /** The language in which problems are to be told. */
  language: () => string | undefined;
  fetch: AdminFetch;
};

/** A reply that says that the call was done, and what makes an error of what breaks it later. */
export type Answer = { response: AdminResponse; failed(error: unknown): AdminError };

export type Asked = { call: string; route: AdminRoute; input: Input; headers?: Record<string, string> };

/** Makes a call; answers its reply once that says that it was done, and throws {@link AdminError} otherwise. */
export async function ask(line: Line, { call, route, input, headers }: Asked, signal?: AbortSignal): Promise<Answer> {
  const { url, init, secrets } = prepare(call, route, input);
  const hidden = line.token === undefined ? secrets : [line.token, ...secrets];
  const failed = (error: unknown) =>
    signal?.aborted
      ? new AdminError({ call, code: "aborted", detail: "the caller's signal ended it" })
      : new AdminError({ call, code: "network", detail: withoutSecrets(told(error), hidden) });
  if (line.token !== undefined) init.headers.authorization = `Bearer ${line.token}`;
  const language = line.language();
  if (language !== undefined) init.headers["accept-language"] = language;
  const request = { ...init, headers: { ...init.headers, ...headers }, ...(signal && { signal }) };
  try {
    const response = await line.fetch(`${line.root}${url}`, {
      ...request,
      redirect: "manual",
      credentials: "same-origin",
    });
    if (isDone(response, route)) return { response, failed };
    throw problemIn(call, response, await response.text(), hidden);
  } catch (error) {
    throw error instanceof AdminError ? error : failed(error);
  }
}

/** A call that answers nothing may lead elsewhere, as a sign-in link does; no other redirect is followed. */
function isDone({ status, type }: AdminResponse, { method, nothing }: AdminRoute): boolean {
  const leadsOn = type === "opaqueredirect" || (status >= 300 && status < 400);
  return (status >= 200 && status < 300) || (leadsOn && method === "GET" && nothing === true);
}

/** The JSON of a reply; undefined of a call that answers nothing. */
export async function replyIn(call: string, { nothing }: AdminRoute, { response, failed }: Answer): Promise<unknown> {
  const text = await response.text().catch((error) => {
    throw failed(error);
  });
  if (nothing) return undefined;
  const reply = parseObject(text);
  if (reply === undefined) throw unreadable(call, response);
  return reply;
}

/** An error of a reply that these calls do not have. */
export function unreadable(call: string, { status, headers }: AdminResponse): AdminError {
  const [type] = /^[\w.+-]{1,40}\/[\w.+-]{1,40}/.exec(headers.get("content-type") ?? "") ?? ["no content-type"];
  const where = status === 0 || (status >= 300 && status < 400) ? "; redirects are not followed" : "";
  const detail = `HTTP ${status} with ${type} is no reply of the operators' calls${where}: check baseUrl`;
  return new AdminError({
    call,
    code: "unreadable",
    status,
    detail,
    retryAfter: secondsIn(headers.get("retry-after")),
  });
}

function problemIn(call: string, response: AdminResponse, text: string, hidden: readonly string[]): AdminError {
  const { code, title, detail, errors, rid } = parseObject(text) ?? {};
  if (typeof code !== "string" || typeof detail !== "string") return unreadable(call, response);
  const shown = (said: unknown) => (typeof said === "string" ? withoutSecrets(said, hidden) : "");
  const faults = Array.isArray(errors) ? (errors as FieldFault[]) : [];
  return new AdminError({
    call,
    code: shown(code),
    status: response.status,
    title: shown(title),
    detail: shown(detail),
    errors: faults.map(({ field, detail }) => ({ field: shown(field), detail: shown(detail) })),
    retryAfter: secondsIn(response.headers.get("retry-after")),
    rid: typeof rid === "string" ? shown(rid) : undefined,
  });
}
