import { type CallName, callNames, callPath, calls, INT32_MAX } from "@quanku/protocol/calls";
import { BACK_OFF_MS, codes } from "@quanku/protocol/codes";
import { type NamedShape, namedShapes, nameOf } from "./named.ts";
import { isLoose, type Shape, type Side, shapeOf } from "./shape.ts";

const notice = "// Made from packages/protocol/src by `npm run docs`; do not edit.\n";

/** How far a line of a comment goes. */
const WIDTH = 120;

/** A doc comment, or nothing where nothing is said. */
function doc(lines: (string | undefined)[], indent: string): string {
  const said = lines.flatMap((line) => (line ? wrapped(line, WIDTH - indent.length - 3) : []));
  const [only = "", ...more] = said;
  if (only === "") return "";
  if (more.length === 0 && indent.length + only.length + 7 <= WIDTH) return `${indent}/** ${only} */\n`;
  return `${indent}/**\n${said.map((line) => `${indent} * ${line}\n`).join("")}${indent} */\n`;
}

function wrapped(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.replaceAll("*/", "* /").split(/\s+/)) {
    const line = lines.at(-1) as string;
    if (line !== "" && line.length + word.length + 1 > width) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines;
}

/** The bounds of a value in words, where they are not those of any other. */
function bounds({
  type,
  minimum = 0,
  maximum = INT32_MAX,
  minLength = 0,
  maxLength,
  maxItems,
  items,
  default: initial,
}: Shape) {
  const said: string[] = [];
  if (type === "integer" && (minimum !== 0 || maximum !== INT32_MAX))
    said.push(maximum === INT32_MAX ? `at least ${minimum}` : `${minimum} to ${maximum}`);
  if (maxLength !== undefined) said.push(`${minLength} to ${maxLength} characters`);
  if (items && maxItems !== undefined) said.push(`at most ${maxItems} entries`);
  if (typeof initial === "number") said.push(`${initial} unless given`);
  return said.join(", ");
}

/** What is said of a member: what its schema says, and its bounds. */
function saidOf(shape: Shape): string {
  const within = bounds(shape);
  if (shape.description) return within ? `${shape.description.replace(/\.$/, "")} (${within}).` : shape.description;
  return within && `${within.charAt(0).toUpperCase()}${within.slice(1)}.`;
}

/** A shape in TypeScript, by its name if it has one. */
function typeOf(shape: Shape, indent: string): string {
  const name = nameOf(shape);
  if (name) return name;
  if (shape.anyOf) return shape.anyOf.map((one) => typeOf(one, indent)).join(" | ");
  if (shape.const !== undefined) return JSON.stringify(shape.const);
  if (shape.enum) return union(shape.enum, indent);
  if (shape.items) {
    const entry = typeOf(shape.items, indent);
    return /[|&]/.test(entry) && !entry.startsWith("{") ? `(${entry})[]` : `${entry}[]`;
  }
  if (shape.properties) return `{\n${members(shape, `${indent}  `)}${indent}}`;
  return { integer: "number", number: "number", string: "string", boolean: "boolean" }[shape.type ?? ""] ?? "unknown";
}

function union(values: unknown[], indent: string): string {
  const one = values.map((value) => JSON.stringify(value)).join(" | ");
  return one.length + indent.length < 90
    ? one
    : values.map((value) => `\n${indent}  | ${JSON.stringify(value)}`).join("");
}

function members({ properties = {}, required = [], ...shape }: Shape, indent: string): string {
  const known = Object.entries(properties).map(([name, member]) => {
    const optional = !required.includes(name);
    const type = typeOf(member, indent);
    const said = doc([saidOf(member)], indent);
    return `${said}${indent}${name}${optional ? "?" : ""}:${type.startsWith("\n") ? "" : " "}${type}${optional ? " | undefined" : ""};\n`;
  });
  return known.join("") + (isLoose(shape) ? `${indent}[member: string]: unknown;\n` : "");
}

const interfaceOf = (name: string, about: string, shape: Shape) =>
  `${doc([about], "")}export interface ${name} {\n${members(shape, "  ")}}\n`;

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
        file,
      ),
    )
    .join("");
}

const importOf = (names: string[], file: string) =>
  `import type {\n${names
    .toSorted()
    .map((name) => `  ${name},\n`)
    .join("")}} from "./${file}.ts";\n`;

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
      file,
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
});
