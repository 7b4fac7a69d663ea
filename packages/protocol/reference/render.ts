import { type CallName, callPath, calls, neededByType, type Schema, tokenPaths } from "@quanku/protocol/calls";
import { BACK_OFF_MS, codes } from "@quanku/protocol/codes";
import { type Field, fieldsOf, jsonSchemaOf } from "./fields.ts";
import { renderWorkedExamples } from "./worked-examples.ts";

const entries = Object.entries(calls) as [
  CallName,
  { about: string; request: Schema<unknown>; reply: Schema<unknown> },
][];

const notice = "<!-- Made from packages/protocol/src by `npm run docs`; do not edit. -->\n";

const noticeOfExamples = "<!-- Made from packages/protocol/reference/examples by `npm run docs`; do not edit. -->\n";

/** The reference page of the coupon calls. */
export function renderCalls(): string {
  const sections = entries.map(
    ([name, { about, request, reply }]) =>
      `## ${name}\n\n${about}\n\n\`POST ${callPath(name)}?access_token=…\`\n\n` +
      `${table("Request", fieldsOf(jsonSchemaOf(request)))}\n${table("Reply, beside `errcode: 0`", fieldsOf(jsonSchemaOf(reply)))}`,
  );
  return `${notice}# Coupon calls\n
The calls under \`/shop/coupon/\` are the platform's, those under \`/quanku/coupon/\` our own, in the same form.
Every call is a \`POST\` with a JSON body and the token in the query. Success is \`{"errcode":0, …}\`; a failure is
\`{"errcode":N,"errmsg":"… rid: …"}\` with a code of [codes.md](codes.md); both are HTTP 200. Times are Unix seconds, money
is fen (1/100 yuan), a discount of 5100 means that 51 % is paid. \`"6400"\` counts as 6400. A field that is not
required is absent where it is \`null\`, \`""\`, \`[]\` or 0, unless that says something, as a price of 0 does; \`[]\` is an empty
object where one is expected: [what is read liberally, and what the calls mean](../protocol.md).

What coupons take off a cart, and what comes back of it: [worked-examples.md](worked-examples.md).

What \`add\` and \`update\` need in \`coupon_info\` by type:

${needs()}

Tokens: \`GET ${tokenPaths.token}?grant_type=client_credential&appid=…&secret=…\` or \`POST ${tokenPaths.stableToken}\`
with \`{"grant_type":"client_credential","appid":"…","secret":"…","force_refresh":false}\` answer
\`{"access_token":"…","expires_in":7200}\`.\n
${sections.join("\n")}`;
}

function table(title: string, fields: Field[]): string {
  if (fields.length === 0) return `${title}: nothing.\n`;
  const rows = fields.map(({ path, required, what }) => `| \`${path}\` | ${required ? "yes" : ""} | ${what} |`);
  return `${title}:\n\n| field | required | what |\n|---|---|---|\n${rows.join("\n")}\n`;
}

function needs(): string {
  const rows = Object.entries(neededByType).map(([type, needed]) => {
    const fields = needed.map((need) => `\`${need.path.split(".").at(-1)}\``);
    return `| ${type} | ${fields.join(", ")} |`;
  });
  return `| type | fields of discount_info |\n|---|---|\n${rows.join("\n")}`;
}

/** The reference page of the error codes. */
export function renderCodes(): string {
  const rows = Object.entries(codes)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(
      ([code, { text, when, ...again }]) =>
        `| ${code} | ${text} | ${when} | ${again.retry ? pause(again.after) : ""} |`,
    );
  return `${notice}# Error codes\n
\`errmsg\` is the text, then \`: \` and our detail where there is one, then \` rid: …\`, the id of the request in our log.

The last column says after how long a program may send the very same request again by itself; nothing is done twice by
that. Where it is to back off, the first pause is ${BACK_OFF_MS} ms and each is twice as long as the one before. Where it is
empty a request that failed will fail again until somebody changes something, or until a time that the text names: a person may ask
again then, a program in a loop should not.\n
| code | text | when | send again |
|---|---|---|---|
${rows.join("\n")}
`;
}

const pause = (after: number | null) => (after === null ? "back off" : `after ${after} s`);

/** The coupon calls as an OpenAPI 3.1 document. */
export function renderOpenapi(): string {
  const token = { name: "access_token", in: "query", required: true, schema: { type: "string" } };
  const paths = entries.map(([name, { about, request, reply }]) => {
    const shown = jsonSchemaOf(reply);
    const success = { ...shown, properties: { errcode: { const: 0 }, ...shown.properties } };
    const failure = { $ref: "#/components/schemas/Failure" };
    const operation = {
      operationId: name,
      summary: about,
      parameters: [token],
      requestBody: { required: true, content: { "application/json": { schema: jsonSchemaOf(request) } } },
      responses: {
        200: {
          description: "Success, or a failure with its code",
          content: { "application/json": { schema: { anyOf: [success, failure] } } },
        },
      },
    };
    return [callPath(name), { post: operation }];
  });
  const failure = {
    type: "object",
    required: ["errcode", "errmsg"],
    properties: { errcode: { enum: Object.keys(codes).map(Number) }, errmsg: { type: "string" } },
  };
  const document = {
    openapi: "3.1.0",
    info: { title: "Quanku coupon calls", version: "1" },
    paths: Object.fromEntries(paths),
    components: { schemas: { Failure: failure } },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Every generated page by its place in the repository. */
export const pages = (): Record<string, string> => ({
  "docs/reference/calls.md": renderCalls(),
  "docs/reference/codes.md": renderCodes(),
  "docs/reference/openapi.json": renderOpenapi(),
  "docs/reference/worked-examples.md": `${noticeOfExamples}${renderWorkedExamples()}`,
});
