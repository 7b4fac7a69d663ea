import { Refusal } from "./refusal.ts";

/** What no XML text may hold. */
const UNFIT = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const DECLARATION = /^<\?xml\s[^?<>]*\?>/;
const NAME = String.raw`[A-Za-z_][\w.-]*`;
const ATTRIBUTE = String.raw`\s+${NAME}\s*=\s*(?:"[^"<&]*"|'[^'<&]*')`;
/** All that may stand in a document. Comments and processing instructions have no name here and say nothing. */
const TOKEN = new RegExp(
  [
    String.raw`<!\[CDATA\[(?<cdata>[\s\S]*?)\]\]>`,
    String.raw`<!--(?:(?!--)[\s\S])*-->`,
    String.raw`<\?(?![xX][mM][lL][\s?])${NAME}(?:\s(?:(?!\?>)[\s\S])*)?\?>`,
    String.raw`</(?<closed>${NAME})\s*>`,
    String.raw`<(?<opened>${NAME})(?:${ATTRIBUTE})*\s*(?<empty>/?)>`,
    "(?<text>[^<]+)",
  ].join("|"),
  "uy",
);
const REFERENCE = /&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(amp|lt|gt|quot|apos));|&|\]\]>/g;
const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/**
 * The fields of a flat XML document: the children of its one element, whatever that is called. A field that holds
 * elements itself is told as what stands between its tags. What is not well-formed is refused, a DOCTYPE as well, and a
 * field that stands there twice. Throws {@link Refusal}.
 */
export function readXml(source: string): Record<string, string> {
  const document = source.replaceAll(/\r\n?/g, "\n").trim().replace(DECLARATION, "");
  if (UNFIT.test(document)) throw malformed();
  const fields = new Map<string, string>();
  const open: string[] = [];
  let isOver = false;
  let field = { begin: 0, text: "", isFlat: true };

  const enter = (name: string, begin: number) => {
    if (isOver) throw malformed();
    if (open.length === 1) field = { begin, text: "", isFlat: true };
    if (open.length === 2) field.isFlat = false;
    open.push(name);
  };
  const leave = (name: string, end: number) => {
    if (open.pop() !== name) throw malformed();
    if (open.length === 0) isOver = true;
    if (open.length !== 1) return;
    if (fields.has(name)) throw new Refusal("a field stands in the XML twice");
    fields.set(name, field.isFlat ? field.text : document.slice(field.begin, end));
  };
  const add = (text: string, isSpace: boolean) => {
    if (open.length >= 2) field.text += text;
    else if (!isSpace) throw malformed();
  };

  for (const { groups = {}, begin, end } of tokensOf(document)) {
    const { opened, empty, closed, cdata, text } = groups;
    if (opened !== undefined) enter(opened, end);
    if (opened !== undefined && empty === "/") leave(opened, end);
    if (closed !== undefined) leave(closed, begin);
    if (cdata !== undefined) add(cdata, false);
    if (text !== undefined) add(unescaped(text), /^[ \t\n]*$/.test(text));
  }
  if (!isOver) throw malformed();
  return Object.fromEntries(fields);
}

/** Fields as the platform writes them in XML: texts in CDATA, numbers bare. Throws where XML cannot carry a text. */
export function writeXml(fields: Record<string, string | number>): string {
  const elements = Object.entries(fields).map(([name, value]) => {
    if (typeof value === "number") return `<${name}>${value}</${name}>`;
    if (UNFIT.test(value)) throw new TypeError(`${name} holds a character that XML cannot carry`);
    const text = value.replaceAll("]]>", "]]]]><![CDATA[>").replaceAll("\r", "]]>&#13;<![CDATA[");
    return `<${name}><![CDATA[${text}]]></${name}>`;
  });
  return `<xml>${elements.join("")}</xml>`;
}

/** What a document is made of, with where it begins and ends. */
function* tokensOf(document: string) {
  const token = new RegExp(TOKEN);
  while (token.lastIndex < document.length) {
    const begin = token.lastIndex;
    const match = token.exec(document);
    if (!match) throw malformed();
    yield { groups: match.groups, begin, end: token.lastIndex };
  }
}

/** Replaces the five entities of XML and references by number; there are no others. */
const unescaped = (text: string): string =>
  text.replaceAll(REFERENCE, (_, decimal?: string, hexadecimal?: string, entity?: string) => {
    if (entity !== undefined) return entities[entity] as string;
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? "", 16) : Number(decimal);
    const character = code <= 0x10ffff ? String.fromCodePoint(code) : "\0";
    if (UNFIT.test(character)) throw malformed();
    return character;
  });

const malformed = () => new Refusal("the message is no well-formed XML without a DOCTYPE");
