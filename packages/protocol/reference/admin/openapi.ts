import { adminRoot, parametersOf, type RouteName, roleMeanings, routeNames, routeOf } from "@quanku/protocol/admin";
import { told } from "../../src/calls/meanings.ts";
import { type Node, namedSchemas, pathSchemaOf, schemaOf, wholeSchemaOf } from "./schemas.ts";
import { subjectOf, subjects } from "./subjects.ts";

const problem: Node = {
  type: "object",
  description: "Why a call was not done, as RFC 9457 tells it. It changed nothing.",
  required: ["type", "title", "status", "detail", "code", "rid"],
  properties: {
    type: { type: "string", description: "`urn:quanku:problem:` and the code." },
    title: { type: "string", description: "The status in words." },
    status: { type: "integer", description: "The HTTP status once more." },
    detail: { type: "string", description: "What is wrong, and what to do." },
    code: { type: "string", description: "What kind of problem it is, for programs, such as `invalid_field`." },
    errors: {
      type: "array",
      description: "Every field at fault, where fields are.",
      items: {
        type: "object",
        required: ["field", "detail"],
        properties: {
          field: { type: "string", description: "Its path, such as `coupon.coupon_info.name`." },
          detail: { type: "string", description: "What is wrong with it." },
        },
      },
    },
    rid: { type: "string", description: "The request's id in the server's log." },
  },
};

const problemResponse = {
  description: "It was not done. Which codes there are: docs/reference/admin.md.",
  headers: { "Retry-After": { description: "After how many seconds to try again.", schema: { type: "integer" } } },
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
};

/** A parameter; its description stands beside its schema. */
function parameter(name: string, place: "path" | "query", required: boolean, { description, ...schema }: Node) {
  return { name, in: place, required, description, schema };
}

function parametersIn(name: RouteName) {
  const query = routeOf(name).query;
  const { properties = {}, required = [] } = query ? wholeSchemaOf(query, "input") : {};
  return [
    ...parametersOf(name).map((one) => parameter(one, "path", true, pathSchemaOf(one))),
    ...Object.entries(properties).map(([one, schema]) => parameter(one, "query", required.includes(one), schema)),
    ...(routeOf(name).download === "text/event-stream" ? [lastEventId] : []),
  ];
}

const lastEventId = {
  name: "Last-Event-ID",
  in: "header",
  required: false,
  description: "The id of the event after which to go on.",
  schema: { type: "string" },
};

function requestBodyOf(name: RouteName) {
  const { body, upload } = routeOf(name);
  if (upload)
    return { required: true, description: "The file.", content: { [upload]: { schema: { type: "string" } } } };
  if (!body) return undefined;
  const schema = schemaOf(body, "input");
  return {
    required: schema.required !== undefined,
    description: "What is asked. A member that the call does not know is refused.",
    content: { "application/json": { schema } },
  };
}

function successOf(name: RouteName) {
  const { reply, download, orDownload } = routeOf(name);
  const file = download ?? orDownload;
  if (!reply && !file) return { 303: { description: "It is done; `Location` leads on." } };
  const content = {
    ...(reply && { "application/json": { schema: schemaOf(reply, "output") } }),
    ...(file && { [file]: { schema: { type: "string" } } }),
  };
  return { 200: { description: "It is done.", content } };
}

/** One call as an operation. */
function operationOf(name: RouteName) {
  const { about, role, command } = routeOf(name);
  const body = requestBodyOf(name);
  return {
    operationId: name,
    tags: [subjectOf(name)],
    summary: about,
    description: [
      role === "anyone" ? "Nobody need be signed in." : `The least role that may make it: \`${role}\`.`,
      ...(command ? [`On the command line: \`quanku ${command}\`.`] : []),
    ].join(" "),
    "x-role": role,
    ...(role === "anyone" && { security: [] }),
    parameters: parametersIn(name),
    ...(body && { requestBody: body }),
    responses: { ...successOf(name), default: { $ref: "#/components/responses/Problem" } },
  };
}

/** The operators' calls as an OpenAPI 3.1 document. */
export function adminOpenapi() {
  const paths: Record<string, object> = {};
  for (const name of routeNames) {
    const { path, method } = routeOf(name);
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(name) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Quanku operators' calls",
      version: "1",
      description: `Times are Unix seconds, money is fen (1/100 yuan). ${told("Each call says which role it needs", roleMeanings)} An app that is not one of yours is one that does not exist.`,
    },
    servers: [{ url: adminRoot, description: "Wherever the server is." }],
    security: [{ token: [] }, { session: [] }],
    tags: Object.entries(subjects).map(([name, { about }]) => ({ name, description: about })),
    paths,
    components: {
      schemas: { ...namedSchemas, Problem: problem },
      responses: { Problem: problemResponse },
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "An access token, of `createToken`." },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "quanku_session",
          description: "The session of `signIn`. With it every change needs the header `Origin` of this server.",
        },
      },
    },
  };
}

export const renderAdminOpenapi = (): string => `${JSON.stringify(adminOpenapi(), null, 2)}\n`;
