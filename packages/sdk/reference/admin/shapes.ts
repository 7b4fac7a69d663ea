import { parametersOf, pathParameters, type RouteName, routeOf } from "@quanku/protocol/admin";
import { z } from "zod";
import { nameOf as nameOnTheWire } from "../named.ts";
import { identity, partOf, type Shape } from "../shape.ts";

const shapeOf = (schema: z.ZodType | undefined, io: "input" | "output"): Shape =>
  schema ? plain(z.toJSONSchema(schema, { io, unrepresentable: "any" }) as Shape) : { type: "object" };

/** A description stands at the member that it is of, not at what that may be. */
function plain(shape: Shape): Shape {
  const { anyOf = [], items, properties = {} } = shape;
  for (const part of [...anyOf, ...(items ? [items] : []), ...Object.values(properties)]) plain(part);
  const ofPart = anyOf.find(({ description }) => description)?.description;
  if (shape.description === undefined && ofPart !== undefined) shape.description = ofPart;
  return shape;
}

/** What a call takes as one object, but for its file: what stands in its path, its query and its body. */
export function inputOf(name: RouteName): Shape {
  const { query, body } = routeOf(name);
  const parts = [shapeOf(query, "input"), shapeOf(body, "input")];
  const inPath = parametersOf(name);
  const ofPath = inPath.map((parameter) => [parameter, shapeOf(pathParameters[parameter], "input")]);
  const more = parts.find(({ additionalProperties }) => additionalProperties)?.additionalProperties;
  return {
    type: "object",
    properties: Object.assign(Object.fromEntries(ofPath), ...parts.map(({ properties }) => properties)),
    required: [...inPath, ...parts.flatMap(({ required = [] }) => required)],
    ...(more !== undefined && { additionalProperties: more }),
  };
}

/** What a call answers as JSON. */
export const replyOf = (name: RouteName): Shape => shapeOf(routeOf(name).reply, "output");

/** What names things, which many calls take and nothing else. */
const namedInputs: Record<string, [about: string, call: RouteName]> = {
  OfApp: ["Names an app.", "showApp"],
  OfCoupon: ["Names a coupon.", "showCoupon"],
  OfUserCoupon: ["Names a user coupon.", "showUserCoupon"],
  OfOrder: ["Names an order.", "showOrder"],
  OfHandOut: ["Names a hand-out.", "showHandOut"],
  OfCallback: ["Names one time a merchant was asked.", "resendCallback"],
  OfOperator: ["Names an operator.", "removeOperator"],
  PageOfHouse: ["A page of what is of no app.", "listHouseJournal"],
  PageOfApp: ["A page of something of an app.", "listHandOuts"],
  PageOfCoupon: ["A page of something of a coupon.", "listCouponHistory"],
  PageOfUserCoupon: ["A page of something of a user coupon.", "listUserCouponHistory"],
  PageOfOrder: ["A page of something of an order.", "listOrderHistory"],
};

/** Shapes that have a name among the operators' calls, and a call that answers each. */
const namedReplies: Record<string, [about: string, call: RouteName, path: string]> = {
  Role: ["What somebody may do: each may do all that those before it may.", "showSession", "session.role"],
  Operator: ["An operator as others see them.", "listOperators", "entries.[]"],
  AccessToken: ["An access token as its operator sees it: never its text.", "listTokens", "entries.[]"],
  Session: ["Who is asking.", "showSession", "session"],
  App: ["An app and its settings. Keys are told to be set, never shown.", "showApp", "app"],
  Words: ["What a coupon gives, in words.", "showCoupon", "coupon.words"],
  OperatedCoupon: ["A coupon as operators see it.", "showCoupon", "coupon"],
  HeldCoupon: ["A user coupon as operators see it.", "showUserCoupon", "user_coupon"],
  JournalEntry: ["One entry of the journal: what a command changed.", "listJournal", "entries.[]"],
  ReportLine: ["What happened to a coupon on a day of the shop (UTC+8).", "listReports", "entries.[]"],
  Person: ["Somebody of a sandbox app who was given a name.", "makePerson", "person"],
  HandOut: ["A hand-out: a job that gives one coupon to many people.", "showHandOut", "hand_out"],
  CallbackAttempt: ["One time a merchant was asked.", "listCallbacks", "entries.[]"],
  Fault: ["A fault that is ordered of a sandbox app.", "listFaults", "entries.[]"],
  LoggedCall: ["One call over the wire of a sandbox app.", "listCalls", "entries.[]"],
  CouponPreview: ["What a coupon that is not added yet would come to.", "previewCoupon", "preview"],
  FieldFaultInBoth: ["What is wrong with one field, in both languages.", "previewCoupon", "preview.errors.[]"],
  Health: ["How a server process does.", "showHealth", "health"],
  Import: ["What an import does, or would do.", "importApp", "import"],
  CallbackKeys: ["What a merchant's program has to know of an app's callback.", "showCallbackKeys", "keys"],
  Verification: ["How far a verification is, and what it came to.", "showVerify", "verification"],
  AppClock: ["What the clock of a sandbox app shows.", "showClock", "clock"],
  ClockReply: ["The clock of a sandbox app.", "showClock", ""],
  MovedClockReply: ["What became of a clock that was set forward.", "advanceClock", ""],
  JournalPage: ["A page of a journal.", "listJournal", ""],
  UserCouponPage: ["A page of user coupons.", "listWallet", ""],
  OrderPage: ["A page of orders.", "listCouponOrders", ""],
  SessionReply: ["Who is signed in.", "showSession", ""],
  AppReply: ["An app.", "showApp", ""],
  CouponReply: ["A coupon.", "showCoupon", ""],
  UserCouponReply: ["A user coupon.", "showUserCoupon", ""],
  HandOutReply: ["A hand-out.", "showHandOut", ""],
  CallbackReply: ["What a merchant was asked and answered.", "testCallback", ""],
  VerificationReply: ["A verification.", "showVerify", ""],
};

/** Those of them that only sandbox apps have, which stand in a file of their own. */
const ofSandbox = ["LoggedCall", "Person", "Fault", "AppClock", "ClockReply", "MovedClockReply"];
/** What would become of things, and how the server does: another file. */
const outlooks = ["CouponPreview", "FieldFaultInBoth", "Import", "Health"];
const fileOf = (name: string) =>
  ofSandbox.includes(name) ? "sandbox-shapes" : outlooks.includes(name) ? "outlooks" : "shapes";

/** Every shape with a name, in the order they are told. */
export const namedShapes = [
  ...Object.entries(namedInputs).map(([name, [about, call]]) => ({
    name,
    about,
    shape: inputOf(call),
    file: "inputs",
  })),
  ...Object.entries(namedReplies).map(([name, [about, call, path]]) => {
    const shape = path === "" ? replyOf(call) : partOf(replyOf(call), path);
    return { name, about, shape, file: fileOf(name) };
  }),
] as const;

const names = new Map(namedShapes.map(({ name, shape }) => [identity(shape), name]));

/** The name of a shape of operators' calls, or of the wire's, if it has one. */
export const nameOf = (shape: Shape): string | undefined => names.get(identity(shape)) ?? nameOnTheWire(shape);
