import { callNames, callPath, calls, loginPath, neededByType, type Schema, tokenPaths } from "@quanku/protocol/calls";
import { BACK_OFF_MS, codes } from "@quanku/protocol/codes";
import { renderAdminOpenapi } from "./admin/openapi.ts";
import { renderAdmin } from "./admin/page.ts";
import { exampleOf } from "./bodies/bodies.ts";
import { type Field, fieldsOf, jsonSchemaOf } from "./fields.ts";
import { renderOpenapi } from "./openapi.ts";
import { renderWorkedExamples } from "./worked-examples.ts";

const notice = "<!-- Made from packages/protocol/src by `npm run docs`; do not edit. -->\n";

const noticeOfExamples = "<!-- Made from packages/protocol/reference/examples by `npm run docs`; do not edit. -->\n";

/** The reference page of the coupon calls. */
export function renderCalls(): string {
  const sections = callNames.map((name) => {
    const { about, request, reply }: { about: string; request: Schema<unknown>; reply: Schema<unknown> } = calls[name];
    return [
      `## ${name}\n\n${about}\n\n\`POST ${callPath(name)}?access_token=…\`\n`,
      table("Request", fieldsOf(jsonSchemaOf(request))),
      example(exampleOf(name, "request")),
      table("Reply, beside `errcode: 0`", fieldsOf(jsonSchemaOf(reply))),
      example(exampleOf(name, "response")),
    ].join("\n");
  });
  return `${notice}# Coupon calls\n
The calls under \`/shop/coupon/\` are the platform's, those under \`/quanku/coupon/\` our own, in the same form.
Every call is a \`POST\` with a JSON body and the token in the query. Success is \`{"errcode":0, …}\`; a failure is
\`{"errcode":N,"errmsg":"… rid: …"}\` with a code of [codes.md](codes.md); both are HTTP 200. Times are Unix seconds, money
is fen (1/100 yuan), a discount of 5100 means that 51 % is paid. \`"6400"\` counts as 6400. A field that is not
required is absent where it is \`null\`, \`""\`, \`[]\` or 0, unless that says something, as a price of 0 does; \`[]\` is an empty
object where one is expected: [what is read liberally, and what the calls mean](../protocol.md). Objects in
\`coupon_info\` may hold members of the merchant's own, of whatever type: they are kept. Members that nobody knows are
ignored elsewhere.

The bodies shown are real: the platform's own samples of its calls, and what a server was asked and answered in ours.

What coupons take off a cart, and what comes back of it: [worked-examples.md](worked-examples.md).

What \`add\` and \`update\` need in \`coupon_info\` by type:

${needs()}

Tokens: \`GET ${tokenPaths.token}?grant_type=client_credential&appid=…&secret=…\` or \`POST ${tokenPaths.stableToken}\`
with \`{"grant_type":"client_credential","appid":"…","secret":"…","force_refresh":false}\` answer
\`{"access_token":"…","expires_in":7200}\`.

Of sandbox apps alone: \`GET ${loginPath}?grant_type=authorization_code&appid=…&secret=…&js_code=…\` answers
\`{"openid":"…","session_key":"…"}\`, and \`unionid\` where the person was given one. Any code logs somebody in: the person of
that name, else one whom the code always stands for.\n
${sections.join("\n")}`;
}

function table(title: string, fields: Field[]): string {
  if (fields.length === 0) return `${title}: nothing.\n`;
  const rows = fields.map(
    ({ path, required, what, about }) => `| \`${path}\` | ${required ? "yes" : ""} | ${what} | ${about} |`,
  );
  return `${title}:\n\n| field | required | type | what it means |\n|---|---|---|---|\n${rows.join("\n")}\n`;
}

const example = (body: object) => `\`\`\`json\n${JSON.stringify(body, null, 2)}\n\`\`\`\n`;

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

/** Every generated page by its place in the repository. */
export const pages = (): Record<string, string> => ({
  "docs/reference/admin.md": renderAdmin(),
  "docs/reference/admin-openapi.json": renderAdminOpenapi(),
  "docs/reference/calls.md": renderCalls(),
  "docs/reference/codes.md": renderCodes(),
  "docs/reference/openapi.json": renderOpenapi(),
  "docs/reference/worked-examples.md": `${noticeOfExamples}${renderWorkedExamples()}`,
});
