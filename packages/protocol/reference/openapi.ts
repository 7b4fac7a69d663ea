import {
  type CallName,
  callNames,
  callPath,
  calls,
  loginPath,
  loginReply,
  loginRequest,
  type Schema,
  tokenPaths,
  tokenReply,
  tokenRequest,
} from "@quanku/protocol/calls";
import { codes, errorText, type WireError } from "@quanku/protocol/codes";
import { exampleOf } from "./bodies/bodies.ts";
import { type JsonSchema, jsonSchemaOf } from "./fields.ts";

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

const failed = (error: WireError) => ({
  errcode: error.errcode,
  errmsg: `${errorText(error)} rid: 6b081a02-4b3d7d5e-4df0ed00`,
});
const unknownToken = failed({ errcode: 40001 });
const unknownApp = failed({ errcode: 40013 });

/** What every call is answered with, HTTP 200 whether it succeeded or not. */
const answers = (success: JsonSchema, example: object, failure: object) => ({
  200: {
    description: "Success, or a failure with its code",
    content: {
      "application/json": {
        schema: { anyOf: [success, { $ref: "#/components/schemas/Failure" }] },
        examples: { success: { value: example }, failure: { value: failure } },
      },
    },
  },
});

/** The fetches of tokens: `token` asks in the query, `stable_token` with a body. All but `force_refresh` is required. */
function tokenOperations() {
  const { force_refresh = {}, ...needed } = jsonSchemaOf(tokenRequest).properties ?? {};
  const success = { ...jsonSchemaOf(tokenReply), description: "A token." };
  const responses = answers(success, { access_token: "ACCESS_TOKEN", expires_in: 7200 }, unknownApp);
  const asked = { grant_type: "client_credential", appid: "wx9e20708660a0991b", secret: "APP_SECRET" };
  const parameters = inQuery(needed, asked);
  const body = { type: "object", required: Object.keys(needed), properties: { ...needed, force_refresh } };
  return {
    [tokenPaths.token]: {
      get: {
        operationId: "token",
        summary: "A new token; the one before stays good for 5 minutes.",
        parameters,
        responses,
      },
    },
    [tokenPaths.stableToken]: {
      post: {
        operationId: "stable_token",
        summary: "The app's token of this kind, the same until the last 5 minutes of its life.",
        requestBody: {
          required: true,
          description: "Who asks.",
          content: { "application/json": { schema: body as JsonSchema, example: { ...asked, force_refresh: false } } },
        },
        responses,
      },
    },
  };
}

/** The login of a person of a sandbox app. */
function loginOperation() {
  const success = { ...jsonSchemaOf(loginReply), description: "Who logged in." };
  const session = { openid: "oGZUI0egBJY1zhBYw2KhdUfwVJJE", session_key: "tiihtNczf5v6AKRyjwEUhQ==" };
  const asked = {
    grant_type: "authorization_code",
    appid: "wx9e20708660a0991b",
    secret: "APP_SECRET",
    js_code: "xiaoming",
  };
  return {
    [loginPath]: {
      get: {
        operationId: "jscode2session",
        summary: "Changes a login code for the person's openid; of sandbox apps alone.",
        parameters: inQuery(jsonSchemaOf(loginRequest).properties ?? {}, asked),
        responses: answers(success, session, failed({ errcode: 40029 })),
      },
    },
  };
}

/** What is required of a query, each with an example. */
const inQuery = (properties: Record<string, JsonSchema>, asked: Record<string, string>) =>
  Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: "query",
    required: true,
    description,
    schema,
    example: asked[name],
  }));

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
    responses: answers(success, exampleOf(name, "response"), unknownToken),
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
    paths: {
      ...tokenOperations(),
      ...loginOperation(),
      ...Object.fromEntries(callNames.map((name) => [callPath(name), { post: operationOf(name) }])),
    },
    components: { schemas: { Failure: failure } },
  };
}

/** The same as the page of the reference. */
export const renderOpenapi = (): string => `${JSON.stringify(openapi(), null, 2)}\n`;
