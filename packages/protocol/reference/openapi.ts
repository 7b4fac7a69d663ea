import { type CallName, callNames, callPath, calls, type Schema } from "@quanku/protocol/calls";
import { codes, errorText } from "@quanku/protocol/codes";
import { exampleOf } from "./bodies/bodies.ts";
import { jsonSchemaOf } from "./fields.ts";

const token = {
  name: "access_token",
  in: "query",
  required: true,
  description: "The app's token, of `/cgi-bin/token` or `/cgi-bin/stable_token`.",
  schema: { type: "string" },
};

const errcode = { type: "integer", const: 0, description: "`0` the call succeeded." };

const failure = {
  type: "object",
  description: "A call that failed. It is HTTP 200 too.",
  required: ["errcode", "errmsg"],
  properties: {
    errcode: {
      type: "integer",
      enum: Object.keys(codes)
        .map(Number)
        .filter((code) => code !== 0),
      description: `Why it failed: ${Object.entries(codes)
        .filter(([code]) => code !== "0")
        .map(([code, { text, when }]) => `\`${code}\` ${text}: ${when}`)
        .join("\n")}`,
    },
    errmsg: {
      type: "string",
      description:
        "The code's text, then `: ` and a detail where there is one, then ` rid: ` and the request's id in the log.",
    },
  },
};

const exampleOfFailure = {
  errcode: 1090057,
  errmsg: `${errorText({ errcode: 1090057, detail: "coupon_id_9 is not in this app" })} rid: 6b081a02-4b3d7d5e-4df0ed00`,
};

/** One call as an operation. Its examples are real bodies. */
function operationOf(name: CallName) {
  const { about, request, reply }: { about: string; request: Schema<unknown>; reply: Schema<unknown> } = calls[name];
  const shown = jsonSchemaOf(reply);
  const success = {
    ...shown,
    description: "A call that succeeded.",
    required: ["errcode", ...(shown.required ?? [])],
    properties: { errcode, ...shown.properties },
  };
  const examples = { success: { value: exampleOf(name, "response") }, failure: { value: exampleOfFailure } };
  const { default: _, ...body } = jsonSchemaOf(request);
  return {
    operationId: name,
    summary: about,
    parameters: [token],
    requestBody: {
      required: true,
      description: "What is asked. A number may be sent as its digits.",
      content: { "application/json": { schema: body, example: exampleOf(name, "request") } },
    },
    responses: {
      200: {
        description: "Success, or a failure with its code",
        content: {
          "application/json": {
            schema: { anyOf: [success, { $ref: "#/components/schemas/Failure" }] },
            examples,
          },
        },
      },
    },
  };
}

/** The coupon calls as an OpenAPI 3.1 document. */
export function openapi() {
  return {
    openapi: "3.1.0",
    info: {
      title: "Quanku coupon calls",
      version: "1",
      description:
        "Times are Unix seconds, money is fen (1/100 yuan). What the calls mean together is docs/protocol.md.",
    },
    paths: Object.fromEntries(callNames.map((name) => [callPath(name), { post: operationOf(name) }])),
    components: { schemas: { Failure: failure } },
  };
}

/** The same as the page of the reference. */
export const renderOpenapi = (): string => `${JSON.stringify(openapi(), null, 2)}\n`;
