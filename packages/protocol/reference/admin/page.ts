import {
  adminRoot,
  PAGE,
  parametersOf,
  type RouteName,
  roleMeanings,
  routeNames,
  routeOf,
} from "@quanku/protocol/admin";
import { type Node, namedSchemas, pathSchemaOf, schemaOf } from "./schemas.ts";
import { type Subject, subjectOf, subjects } from "./subjects.ts";

const notice = "<!-- Made from packages/protocol/src/admin by `npm run docs`; do not edit. -->\n";

const fence = "```";

/** The reference page of operators' calls. */
export function renderAdmin(): string {
  const roles = Object.entries(roleMeanings).map(([role, meaning]) => `- \`${role}\`: ${meaning}.`);
  const parts = (Object.keys(subjects) as Subject[]).map((subject) => {
    const names = routeNames.filter((name) => subjectOf(name) === subject);
    return `## ${subject}\n\n${subjects[subject].about}\n\n${names.map(section).join("\n")}`;
  });
  const shapes = Object.entries(namedSchemas).map(([name, schema]) => table(`### ${name}`, rowsOf(schema)));
  return `${notice}# Operators' calls\n
REST under \`${adminRoot}\`: JSON, HTTP statuses, and problems as RFC 9457 tells them. Where there is no operator nothing of it
answers. The same as an [OpenAPI document](admin-openapi.json); in TypeScript
[\`@quanku/sdk/admin\`](../../packages/sdk/README.md#operators-calls) has a method for each, by the same names; on the command
line the calls that say so are commands of \`quanku\`. Times are Unix seconds, money is fen (1/100 yuan).

**Who.** A session (a cookie that \`signIn\` sets; every change then needs the \`Origin\` of this server, which browsers send) or an
access token (\`Authorization: Bearer …\`). Each call names the least role that may make it:

${roles.join("\n")}

An app that is not one of yours is answered as one that does not exist.

**Lists** answer \`{"entries":[…],"next":…}\`, ${PAGE.byDefault} entries unless \`limit\` says otherwise, ${PAGE.most} at most. \`next\`, given as
\`cursor\`, is the next page; null ends the list. A cursor is good for the list and the filters that it was told for.

**Problems** are \`application/problem+json\`:

${fence}json
{
  "type": "urn:quanku:problem:invalid_field",
  "title": "The request cannot be read",
  "status": 400,
  "detail": "limit must be a whole number from 1 to 500",
  "code": "invalid_field",
  "errors": [{ "field": "limit", "detail": "must be a whole number from 1 to 500" }],
  "rid": "6b081a02-4b3d7d5e-4df0ed00"
}
${fence}

\`code\` is for programs, \`detail\` says what to do, \`errors\` names every field at fault, \`rid\` is the request's id in the log. A call
that was not done changed nothing. Where \`Accept-Language\` begins with \`zh\`, \`title\`, \`detail\` and the detail of each field are
Chinese. 429 and 503 have \`Retry-After\`, seconds.

| status | when |
|---|---|
| 400 | a parameter or the body cannot be read: \`errors\` says which |
| 401 | nobody is signed in, or the token is no longer good |
| 403 | the role may not do it, or the request comes from another site |
| 404 | what the path names is not there, or not yours |
| 405, 415 | another method or media type is needed: the detail says which |
| 409 | not possible as things are, by the same rules as the wire's calls |
| 413, 422 | a file is too large, or cannot be read: the detail says where |
| 429, 503 | too much at once: try again |
| 500 | a fault of the server |

${parts.join("\n")}
## What is answered

${shapes.join("\n")}`;
}

function section(name: RouteName): string {
  const { about, method, path, role, query, body, upload, reply, download, orDownload, command } = routeOf(name);
  const inPath = parametersOf(name).map((one): Row => rowOf(one, pathSchemaOf(one), true, "path"));
  const inQuery = query ? rowsOf(schemaOf(query, "input"), "query") : [];
  const inBody = body ? rowsOf(schemaOf(body, "input"), "body") : [];
  const file = download ?? orDownload;
  const answers = [
    ...(reply ? [replyInWords(schemaOf(reply, "output"))] : []),
    ...(file ? [`${reply ? "with `csv` " : ""}a file, \`${file}\``] : []),
  ];
  const told = [
    role === "anyone" ? "nobody need be signed in" : `role \`${role}\``,
    ...(command ? [`\`quanku ${command}\``] : []),
    ...(upload ? [`is sent a file, \`${upload}\``] : []),
  ];
  return [
    `### ${name}\n\n${about}\n\n\`${method} ${path}\` · ${told.join(" · ")}\n`,
    table("", [...inPath, ...inQuery, ...inBody]),
    `Answers ${answers.join(", or ") || "a redirect"}.\n`,
  ]
    .filter(Boolean)
    .join("\n");
}

/** What a call answers: each member with its type. */
function replyInWords({ properties = {} }: Node): string {
  const members = Object.entries(properties).map(([name, node]) => `\`${name}\`: ${typeOf(node)}`);
  return members.length === 0 ? "`{}`" : members.join(", ");
}

type Row = { name: string; place: string; required: boolean; type: string; about: string };

/** The members of a schema, those of objects in it by their paths; what has a name of its own is told there. */
function rowsOf(schema: Node, place = "", prefix = "", required = true): Row[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, node]) => {
    const isRequired = required && (schema.required ?? []).includes(name);
    const own = rowOf(`${prefix}${name}`, node, isRequired, place);
    const part = node.items ?? node.anyOf?.find(({ properties }) => properties) ?? node;
    return [own, ...rowsOf(part, place, `${prefix}${name}${node.items ? "[]" : ""}.`, isRequired)];
  });
}

const rowOf = (name: string, node: Node, required: boolean, place: string): Row => ({
  name,
  place,
  required,
  type: typeOf(node),
  about: (node.description ?? "").replaceAll("|", "\\|"),
});

function typeOf(node: Node): string {
  const {
    $ref,
    anyOf,
    enum: choices,
    const: only,
    items,
    type = "anything",
    minimum,
    maximum,
    maxLength,
    minLength,
  } = node;
  if ($ref) {
    const name = $ref.split("/").at(-1) as string;
    return `[${name}](#${name.toLowerCase()})`;
  }
  if (anyOf) return anyOf.map(typeOf).join(" or ");
  if (only !== undefined) return `\`${JSON.stringify(only)}\``;
  if (choices) return choices.map((one) => `\`${one}\``).join(" ");
  if (items) return `array of ${typeOf(items)}`;
  const types = [type].flat().join(" or ");
  if (minimum !== undefined || maximum !== undefined)
    return `${types}${minimum === undefined ? "" : ` from ${minimum}`}${maximum === undefined || maximum === 2_147_483_647 ? "" : ` to ${maximum}`}`;
  return maxLength === undefined ? types : `${types}, ${minLength ?? 0} to ${maxLength} characters`;
}

function table(title: string, rows: readonly Row[]): string {
  if (rows.length === 0) return "";
  const isAsked = rows[0]?.place !== "";
  const head = isAsked
    ? "| member | in | required | type | what it means |\n|---|---|---|---|---|\n"
    : "| member | type | what it means |\n|---|---|---|\n";
  const lines = rows.map(({ name, place, required, type, about }) =>
    isAsked
      ? `| \`${name}\` | ${place} | ${required ? "yes" : ""} | ${type} | ${about} |\n`
      : `| \`${name}\` | ${type} | ${about} |\n`,
  );
  return `${title ? `${title}\n\n` : ""}${head}${lines.join("")}`;
}
