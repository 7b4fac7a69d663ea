import { type CallName, callPaths } from "@quanku/sdk";
import { isJson, prettyJson } from "./json-text.ts";

/** A request of the wire, to be written down for others to repeat. */
export type Sent = {
  /** The server, as `https://shop.example`. */
  origin: string;
  method: string;
  path: string;
  /** Without the `?`; the token in it is never told. */
  query: string;
  /** Its body; null: none was sent. */
  body: string | null;
  /** What its header `Quanku-Fault` says, if it has one. */
  fault?: string | undefined;
};

/** A text as one word of a POSIX shell. */
const shellWord = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** The request as a command of a POSIX shell. Its token is `$TOKEN`, which whoever runs it sets. */
export function asCurl({ origin, method, path, query, body, fault }: Sent): string {
  const parts = ["curl -s"];
  if (method !== "POST" || body === null) parts.push(`-X ${shellWord(method)}`);
  parts.push(address(`${origin}${path}`, query));
  if (body !== null) parts.push("-H 'Content-Type: application/json'");
  if (fault !== undefined) parts.push(`-H ${shellWord(`Quanku-Fault: ${fault}`)}`);
  if (body !== null) parts.push(`--data-raw ${shellWord(body)}`);
  return parts.join(" \\\n  ");
}

/** An address as a word of a shell. What else was blanked in the query stays so. */
function address(place: string, query: string): string {
  if (query === "") return shellWord(place);
  const [, before = "", after = ""] = /^((?:.*&)?access_token=)[^&]*(.*)$/s.exec(query) ?? [];
  if (before === "") return shellWord(`${place}?${query}`);
  return `${shellWord(`${place}?${before}`)}"$TOKEN"${after === "" ? "" : shellWord(after)}`;
}

/** Why a request cannot be told as a call of the SDK. */
export type Untold = { why: "token" | "noCall" | "noJson" };

/** The request as a program with the SDK. Its secret is read from the environment. */
export function asTypeScript(sent: Sent & { appid: string }): string | Untold {
  const { origin, appid, path, body, fault } = sent;
  if (path.startsWith("/cgi-bin/")) return { why: "token" };
  const name = nameOf(path);
  if (name === undefined) return { why: "noCall" };
  const given = body ?? "";
  if (given !== "" && !isJson(given)) return { why: "noJson" };
  const options = [
    `baseUrl: ${JSON.stringify(origin)},`,
    `appid: ${JSON.stringify(appid)},`,
    'secret: process.env.APP_SECRET ?? "",',
    ...(fault === undefined ? [] : withFault(fault)),
  ];
  return [
    'import { createClient } from "@quanku/sdk";',
    "",
    "const client = createClient({",
    ...options.map((line) => `  ${line}`),
    "});",
    "",
    `const reply = await client.${name}(${prettyJson(given, memberName)});`,
    "console.log(reply);",
    "",
  ].join("\n");
}

/** The call that lives at a path. */
const nameOf = (path: string): CallName | undefined =>
  (Object.keys(callPaths) as CallName[]).find((name) => callPaths[name] === path);

const withFault = (fault: string) => [
  "fetch: (address, init) =>",
  `  fetch(address, { ...init, headers: { ...init.headers, "Quanku-Fault": ${JSON.stringify(fault)} } }),`,
];

/** The name of a member as TypeScript spells it; `__proto__` would set another thing than a member. */
function memberName(name: string): string {
  if (JSON.parse(name) === "__proto__") return '["__proto__"]';
  return /^"[A-Za-z_]\w*"$/.test(name) ? name.slice(1, -1) : name;
}
