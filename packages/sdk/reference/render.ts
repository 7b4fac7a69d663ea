import { type CallName, callNames, callPath, calls } from "@quanku/protocol/calls";
import { BACK_OFF_MS, codes } from "@quanku/protocol/codes";
import { adminFiles } from "./admin/render.ts";
import { renderGuide } from "./guide.ts";
import { type NamedShape, namedShapes, nameOf } from "./named.ts";
import { type Shape, type Side, shapeOf } from "./shape.ts";
import { doc, importOf, notice, typescriptWith } from "./typescript.ts";

const { interfaceOf } = typescriptWith(nameOf);

/** The shapes that several calls share, those of one file. */
function renderShapes(file: NamedShape["file"]): string {
  const parts = namedShapes
    .filter((named) => named.file === file)
    .map(({ name, about, shape }) => interfaceOf(name, about, shape));
  return `${notice}${importsOf(parts, file)}\n${parts.join("\n")}`;
}

/** What these parts need of the shapes with names, but for those in the same file. */
function importsOf(parts: string[], own?: NamedShape["file"]): string {
  const isUsed = (name: string) => parts.some((part) => new RegExp(`[:|] ${name}\\b`).test(part));
  return (["coupons", "orders"] as const)
    .filter((file) => file !== own)
    .map((file) => ({ file, names: namedShapes.filter((named) => named.file === file && isUsed(named.name)) }))
    .filter(({ names }) => names.length > 0)
    .map(({ file, names }) =>
      importOf(
        names.map(({ name }) => name),
        `./${file}`,
      ),
    )
    .join("");
}

const pascal = (call: CallName) => call.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
const typeName = (call: CallName, side: Side) => `${pascal(call)}${side === "body" ? "Body" : "Reply"}`;
const isEmpty = ({ properties = {} }: Shape) => Object.keys(properties).length === 0;

function sideOf(call: CallName, side: Side): string {
  const shape = shapeOf(call, side);
  const name = typeName(call, side);
  const about = side === "body" ? `What \`${call}\` is sent.` : `What \`${call}\` answers.`;
  return isEmpty(shape)
    ? `${doc([about.replace(".", ": nothing.")], "")}export type ${name} = Record<string, never>;\n`
    : interfaceOf(name, about, shape);
}

/** What each call is sent and answers. */
function renderSides(side: Side): string {
  const parts = callNames.map((call) => sideOf(call, side));
  const title = side === "body" ? "Bodies" : "Replies";
  const about =
    side === "body"
      ? "What each call is sent, by its name."
      : "What each call answers beside `errcode: 0`, by its name.";
  const map = callNames.map((call) => `  ${call}: ${typeName(call, side)};\n`).join("");
  return `${notice}${importsOf(parts)}
${parts.join("\n")}
${doc([about], "")}export interface ${title} {\n${map}}\n`;
}

/** The table of calls: where each lives, and its method. */
function renderCalls(): string {
  const imports = (side: Side, file: string) =>
    importOf(
      callNames.filter((call) => side === "body" || !isEmpty(shapeOf(call, side))).map((call) => typeName(call, side)),
      `./${file}`,
    );
  const paths = callNames.map((call) => `  ${call}: "${callPath(call)}",\n`).join("");
  const methods = callNames.map((call) => {
    const optional = shapeOf(call, "body").required === undefined ? "?" : "";
    const reply = isEmpty(shapeOf(call, "reply")) ? "void" : typeName(call, "reply");
    return `${doc([calls[call].about, `\`POST ${callPath(call)}\``], "  ")}  ${call}(body${optional}: ${typeName(call, "body")}, options?: Options): Promise<${reply}>;\n`;
  });
  return `${notice}${imports("body", "bodies")}${imports("reply", "replies")}
/** Where each call lives, in the order of docs/reference/calls.md. */
export const callPaths = {\n${paths}} as const;\n
/** The name of a call: the last part of its path. */
export type CallName = keyof typeof callPaths;\n
/** A method for each call, spelled as the wire spells it. \`Options\` is how one call is to be made. */
export interface Calls<Options> {\n${methods.join("\n")}}\n`;
}

/** The codes of the wire. */
function renderCodes(): string {
  const rows = Object.entries(codes)
    .map(([code, said]) => ({ code: Number(code), after: "after" in said ? said.after : null, ...said }))
    .filter(({ code }) => code !== 0)
    .toSorted((one, other) => one.code - other.code)
    .map(({ code, text, retry, after, when }) => {
      const within = after === null ? "" : `, after: ${after}`;
      return `${doc([when], "  ")}  ${code < 0 ? `[${code}]` : code}: { text: ${JSON.stringify(text)}, retry: ${retry}${within} },\n`;
    });
  return `${notice}
/**
 * Every code that a call can be refused with: the platform's text; \`retry\`, whether a program should send the same request
 * again by itself; and \`after\`, within how many seconds the reason is gone, where that is known.
 */
export const codes = {\n${rows.join("")}} as const satisfies Record<number, { text: string; retry: boolean; after?: number }>;\n
/** A code of the wire, but for 0, which is success. */
export type Errcode = keyof typeof codes;\n
/** The first pause before another try, in milliseconds. */
export const BACK_OFF_MS = ${BACK_OFF_MS};\n`;
}

/** Every generated file by its place in the repository. */
export const files = (): Record<string, string> => ({
  "packages/sdk/src/wire/coupons.ts": renderShapes("coupons"),
  "packages/sdk/src/wire/orders.ts": renderShapes("orders"),
  "packages/sdk/src/wire/bodies.ts": renderSides("body"),
  "packages/sdk/src/wire/replies.ts": renderSides("reply"),
  "packages/sdk/src/wire/calls.ts": renderCalls(),
  "packages/sdk/src/wire/codes.ts": renderCodes(),
  "packages/sdk/src/wire/guide.ts": renderGuide(),
  ...adminFiles(),
});
