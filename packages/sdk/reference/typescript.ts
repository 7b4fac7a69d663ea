import { INT32_MAX } from "@quanku/protocol/calls";
import { isLoose, type Shape } from "./shape.ts";

export const notice = "// Made from packages/protocol/src by `npm run docs`; do not edit.\n";

/** How far a line of a comment goes. */
const WIDTH = 120;

/** A doc comment, or nothing where nothing is said. */
export function doc(lines: (string | undefined)[], indent: string): string {
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
  if (type === "integer" && (minimum !== 0 || maximum !== INT32_MAX) && maximum !== Number.MAX_SAFE_INTEGER)
    said.push(maximum === INT32_MAX ? `at least ${minimum}` : `${minimum} to ${maximum}`);
  if (maxLength !== undefined) said.push(`${minLength} to ${maxLength} characters`);
  if (items && maxItems !== undefined) said.push(`at most ${maxItems} entries`);
  if (typeof initial === "number") said.push(`${initial} unless given`);
  return said.join(", ");
}

/** What is said of a member: what its schema says, and its bounds where that does not tell them. */
function saidOf(shape: Shape): string {
  const within = /\d-\d/.test(shape.description ?? "") ? "" : bounds(shape);
  if (shape.description) return within ? `${shape.description.replace(/\.$/, "")} (${within}).` : shape.description;
  return within && `${within.charAt(0).toUpperCase()}${within.slice(1)}.`;
}

const primitives: Record<string, string> = {
  integer: "number",
  number: "number",
  string: "string",
  boolean: "boolean",
  null: "null",
};

function union(values: unknown[], indent: string): string {
  const one = values.map((value) => JSON.stringify(value)).join(" | ");
  return one.length + indent.length < 90
    ? one
    : values.map((value) => `\n${indent}  | ${JSON.stringify(value)}`).join("");
}

export const importOf = (names: string[], file: string) =>
  `import type {\n${names
    .toSorted()
    .map((name) => `  ${name},\n`)
    .join("")}} from "${file}.ts";\n`;

/** Writes types in which shapes that `nameOf` names stand by their names. */
export function typescriptWith(nameOf: (shape: Shape) => string | undefined) {
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
    const { properties, additionalProperties: more } = shape;
    if (shape.type === "object" && Object.keys(properties ?? {}).length === 0 && isLoose(shape))
      return `Record<string, ${typeOf(more as Shape, indent)}>`;
    if (properties) return `{\n${members(shape, `${indent}  `)}${indent}}`;
    // What may be null has a list of types.
    const types = [shape.type ?? ""].flat();
    return types.map((type) => primitives[type] ?? "unknown").join(" | ");
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
  return { typeOf, interfaceOf };
}
