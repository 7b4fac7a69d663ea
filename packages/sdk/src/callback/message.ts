import { Refusal } from "./refusal.ts";
import { readXml, writeXml } from "./xml.ts";

export type Format = "json" | "xml";

/** The fields of a message by their names on the wire. */
export type Fields = Readonly<Record<string, unknown>>;

const formats = {
  json: { read: readJson, write: (fields: object) => JSON.stringify(fields), contentType: "application/json" },
  xml: { read: readXml, write: writeXml, contentType: "text/xml" },
};

/** A message, in JSON or XML whichever it is. Throws {@link Refusal}. */
export function readMessage(text: string): { format: Format; fields: Fields } {
  const format = /^\s*</.test(text) ? "xml" : "json";
  return { format, fields: formats[format].read(text) };
}

/** Throws where XML cannot carry a text. */
export const writeMessage = (fields: Record<string, string | number>, format: Format): string =>
  formats[format].write(fields);

export const contentTypeOf = (format: Format): string => `${formats[format].contentType}; charset=utf-8`;

function readJson(text: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal("the message is neither JSON nor XML");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Refusal("the JSON of the message is no object");
  return value as Fields;
}
