import { hash } from "node:crypto";
import { adminRoot } from "@quanku/protocol/admin";
import { isRefusal, type Refusal } from "../src/domain/outcome.ts";
import type { OperatorRole } from "../src/domain/records.ts";
import type { Operators } from "../src/service/access/operators.ts";
import { Passwords } from "../src/service/access/passwords.ts";

/** Passwords that cost no time, for tests that are not about their hashing. */
export const quickPasswords = () => new Passwords(async (password, salt) => hash("sha256", salt + password, "buffer"));

type Server = {
  operators: Operators;
  fetch(path: string, init?: RequestInit): Promise<Response>;
};

/** The password of every operator that {@link makeOperator} makes. */
export const password = "correct-horse-battery";

/** What a command came to; throws what it was refused for. */
export function accepted<T extends object>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(`refused: ${JSON.stringify(answer)}`);
  return answer;
}

/** Makes an operator who has {@link password}. */
export const makeOperator = async (
  { operators }: Pick<Server, "operators">,
  name: string,
  role: OperatorRole = "owner",
  apps: readonly string[] = [],
) => accepted(await operators.create({ name, role, apps, password }, "command_line"));

/** Makes a request of the operators' calls as a page of this server would: with its Origin, and a body as JSON. */
export async function browse(
  { fetch }: Pick<Server, "fetch">,
  method: string,
  path: string,
  { body, headers }: { body?: unknown; headers?: Record<string, string | undefined> } = {},
): Promise<Response> {
  const usual = { origin: "http://quanku.test", ...(body === undefined ? {} : { "content-type": "application/json" }) };
  const all = Object.entries({ ...usual, ...headers }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  return fetch(adminRoot + path, { method, headers: Object.fromEntries(all), ...sent });
}

/** The cookie that a reply sets, as a browser sends it back. */
export const cookieIn = (response: Response): string | undefined =>
  response.headers.get("set-cookie")?.split(";")[0] ?? undefined;

/** Signs in over HTTP; answers the cookie. */
export async function signIn(server: Pick<Server, "fetch">, name: string, given = password): Promise<string> {
  const response = await browse(server, "POST", "/session", { body: { name, password: given } });
  const cookie = cookieIn(response);
  if (!cookie) throw new Error(`${name} was not let in: ${await response.text()}`);
  return cookie;
}
