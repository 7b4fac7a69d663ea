import { EntityDecoder } from "@nodable/entities";
import Builder from "fast-xml-builder";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { PushError } from "./push.ts";
import { shown } from "./words.ts";

const builder = new Builder({ cdataPropName: "cdata" });

/** What XML cannot hold, or its readers change: control characters, half surrogate pairs, carriage returns. */
const unfit = /[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** Fields as the platform writes them in XML: texts in CDATA, numbers bare. Throws {@link PushError}. */
export function writeXml(fields: Record<string, string | number>): string {
  const members = Object.entries(fields).map(([name, value]) => {
    if (typeof value === "number") return [name, value];
    if (unfit.test(value))
      throw new PushError(`${name} holds a character that XML cannot carry: use JSON for this app`);
    return [name, { cdata: value }];
  });
  return builder.build({ xml: Object.fromEntries(members) });
}

/** Decodes the five entities of XML and references by number, and refuses a document that declares more. */
class PlainEntities extends EntityDecoder {
  override addInputEntities(): never {
    throw new PushError("it has a DOCTYPE, which is not accepted");
  }
}

const parser = new XMLParser({
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  trimValues: false,
  entityDecoder: new PlainEntities(),
});

/** The fields below the root of an XML text, whatever its name; every value is a text. Throws {@link PushError}. */
export function readXml(text: string): Record<string, unknown> {
  const validity = XMLValidator.validate(text);
  if (validity !== true) throw new PushError(`it is not well-formed XML (line ${validity.err.line})`);
  let document: Record<string, unknown>;
  try {
    document = parser.parse(text);
  } catch (error) {
    throw error instanceof PushError ? error : new PushError("it is XML that cannot be read");
  }
  const [root, another] = Object.values(document);
  if (another !== undefined || typeof root !== "object" || root === null || Array.isArray(root))
    throw new PushError("its XML must be one element that holds the fields as elements");
  for (const [name, value] of Object.entries(root))
    if (typeof value !== "string")
      throw new PushError(`${shown(name, [])} must stand in its XML once, and hold text alone`);
  return root as Record<string, string>;
}
