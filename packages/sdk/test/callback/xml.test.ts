import fc from "fast-check";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import { readXml, writeXml } from "../../src/callback/xml.ts";

/** A reader of somebody else's. */
const parser = new XMLParser({ ignoreDeclaration: true, ignorePiTags: true, parseTagValue: false, trimValues: false });
const readByOthers = (text: string): unknown => {
  if (XMLValidator.validate(text) !== true) throw new Error("not well-formed");
  const [root] = Object.values<Record<string, string> | "">(parser.parse(text));
  if (!root) return {};
  // White space between the fields, which it keeps.
  const { "#text": between = "", ...fields } = root;
  return between.trim() === "" ? fields : root;
};

const anyName = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,12}$/).filter((name) => !(name in {}));
const anyText = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 20 }),
  fc
    .array(fc.constantFrom("]]>", "<![CDATA[", "&amp;", "<a>", "&", "]", ">", "\n", "\t", "券", "😀", "'", '"'))
    .map((parts) => parts.join("")),
);
const fit = (text: string) => /^[\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u.test(text);

/** How a text may be written down. */
const spellings: Record<string, (text: string) => string> = {
  cdata: (text) => `<![CDATA[${text.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`,
  entities: (text) =>
    text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      .replaceAll("'", "&apos;"),
};
/** Spellings that the other reader does not know. */
const more: Record<string, (text: string) => string> = {
  ...spellings,
  decimal: (text) => Array.from(text, (character) => `&#${character.codePointAt(0)};`).join(""),
  hexadecimal: (text) => Array.from(text, (character) => `&#x${character.codePointAt(0)?.toString(16)};`).join(""),
};

const documentOf = (fields: [name: string, text: string, spelling: string][], space: string) =>
  `<xml>${fields.map(([name, text, spelling]) => `${space}<${name}>${more[spelling]?.(text)}</${name}>`).join("")}${space}</xml>`;
const anyFields = (names: string[]) =>
  fc.uniqueArray(fc.tuple(anyName, anyText.filter(fit), fc.constantFrom(...names)), {
    minLength: 1,
    maxLength: 8,
    selector: ([name]) => name,
  });
const space = fc.constantFrom("", "\n", "  ", "\r\n\t");

describe("XML", () => {
  it("is read as fast-xml-parser reads it", () => {
    const property = fc.property(anyFields(Object.keys(spellings)), space, (fields, between) => {
      const text = documentOf(fields, between);
      expect(readXml(text)).toEqual(readByOthers(text));
    });
    fc.assert(property, { numRuns: 500 });
  });

  it("is read to the character in every spelling", () => {
    const property = fc.property(anyFields(Object.keys(more)), space, (fields, between) => {
      const expected = Object.fromEntries(fields.map(([name, text]) => [name, text]));
      expect(readXml(`<?xml version="1.0"?>\n${documentOf(fields, between)}\n`)).toEqual(expected);
    });
    fc.assert(property, { numRuns: 500 });
  });

  it("that is written is read by both as it was", () => {
    const value = fc.oneof(anyText.filter(fit), fc.integer());
    const property = fc.property(fc.dictionary(anyName, value, { minKeys: 1 }), (fields) => {
      const text = writeXml(fields);
      const expected = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
      expect(readXml(text)).toEqual(expected);
      expect(readByOthers(text)).toEqual(expected);
    });
    fc.assert(property, { numRuns: 500 });
    expect(readXml(writeXml({ a: "1\r\n2\r" }))).toEqual({ a: "1\r\n2\r" });
    for (const unfit of ["\0", "\u0007", "\ud800", "\uffff"])
      expect(() => writeXml({ a: unfit })).toThrow("a holds a character that XML cannot carry");
  });

  it("that was damaged is refused, or is well-formed still and read as fast-xml-parser reads it", () => {
    const piece = fc.constantFrom(
      "<",
      ">",
      "&",
      "]]>",
      "<![CDATA[",
      "</",
      "/>",
      "<a>",
      "</a>",
      "<!--",
      "-->",
      "x",
      '"',
      "&#0;",
      "",
    );
    const damage = fc.tuple(fc.nat(200), fc.nat(6), piece);
    const property = fc.property(anyFields(["cdata", "entities"]), damage, (fields, [at, length, inserted]) => {
      const whole = documentOf(fields, "");
      const text = whole.slice(0, at) + inserted + whole.slice(at + length);
      let read: Record<string, string>;
      try {
        read = readXml(text);
      } catch (error) {
        expect(error).toMatchObject({ name: "Refusal" });
        return;
      }
      if (Object.values(read).some((value) => /^\s*<\w/.test(value))) return;
      expect(read, text).toEqual(readByOthers(text));
    });
    fc.assert(property, { numRuns: 3000 });
  });

  it.each([
    ["comments and instructions", "<!-- a --><xml><?x y?><a>1<!-- <b> -->2</a></xml><!-- c -->", { a: "12" }],
    ["attributes", `<xml a="1" b='>'><a  c="d" >1</a ></xml>`, { a: "1" }],
    ["empty elements", "<xml><a/><b></b><c /></xml>", { a: "", b: "", c: "" }],
    ["an element that holds elements", "<xml><a><b>1</b><c/></a><d>2</d></xml>", { a: "<b>1</b><c/>", d: "2" }],
    ["nothing", "<xml/>", {}],
    ["line ends", "<xml><a>1\r\n2\r3</a></xml>", { a: "1\n2\n3" }],
    ["names that objects have", "<xml><__proto__>1</__proto__></xml>", JSON.parse('{"__proto__":"1"}')],
  ])("with %s is read", (_, text, fields) => {
    expect(readXml(text)).toEqual(fields);
    expect(Object.keys(readXml(text))).toEqual(Object.keys(fields));
  });

  it.each([
    "",
    "x",
    "<xml>",
    "</xml>",
    "<xml></xml><xml></xml>",
    "<xml></yml>",
    "<xml>text</xml>",
    "<xml><a>1</a>text</xml>",
    "<xml><![CDATA[1]]></xml>",
    "<xml><a>1</xml></a>",
    "<xml><a>1 & 2</a></xml>",
    "<xml><a>&nbsp;</a></xml>",
    "<xml><a>&#0;</a></xml>",
    "<xml><a>&#x110000;</a></xml>",
    "<xml><a>&#xD800;</a></xml>",
    "<xml><a>]]></a></xml>",
    "<xml><a>\u0007</a></xml>",
    "<xml><a b=1>1</a></xml>",
    "<xml><a b='<'>1</a></xml>",
    "<xml><1>1</1></xml>",
    "<xml><a>1</a><!-- -- --></xml>",
    "<xml><a><![CDATA[1</a></xml>",
    "<xml><a>1</a><a>1</a></xml>",
    "<xml><?xml version='1.0'?><a>1</a></xml>",
    "<!DOCTYPE xml><xml></xml>",
    '<!DOCTYPE xml [<!ENTITY e "x">]><xml><a>&e;</a></xml>',
    '<?xml version="1.0"?><!DOCTYPE xml SYSTEM "file:///etc/passwd"><xml><a>1</a></xml>',
  ])("is refused: %s", (text) => {
    expect(() => readXml(text)).toThrow(/^(the message is no well-formed XML|a field stands in the XML twice)/);
  });

  it("of the longest body is read at once, however it is made", () => {
    const pieces = ["<a>", "<![CDATA[", "<!--", "&amp;", "<a ", "<a b='", "]]>", "<?a ", "\r", "<a/>", "&", "<xml "];
    for (const piece of pieces)
      for (const text of [
        `<xml>${piece.repeat(65_536 / piece.length)}`,
        `<xml><a>${piece.repeat(65_536 / piece.length)}</a></xml>`,
      ])
        try {
          readXml(text);
        } catch (error) {
          expect(error).toMatchObject({ name: "Refusal" });
        }
  });
});
