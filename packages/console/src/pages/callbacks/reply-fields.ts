/** The fields of a reply by their names; values as JSON has them, in XML all are texts. */
export type Fields = Readonly<Record<string, unknown>>;

const ids = ["request_id", "out_coupon_id", "out_user_coupon_id"];

/** An id that stands as a number in JSON is read as the text of that number, to the digit, as the server reads it. */
const idAsText = (name: string, value: unknown, context?: { source?: string }) =>
  typeof value === "number" && ids.includes(name) ? (context?.source ?? String(value)) : value;

/** The fields of a reply that is a JSON object or one XML element; undefined for any other text. */
export function fieldsIn(text: string): Fields | undefined {
  const content = text.trim();
  return content.startsWith("<") ? xmlFieldsIn(content) : jsonFieldsIn(content);
}

function jsonFieldsIn(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text, idAsText as (name: string, value: unknown) => unknown);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function xmlFieldsIn(text: string): Fields | undefined {
  const inner = /^(?:<\?[^>]*\?>\s*)?<([\w.-]+)[^>]*>([\s\S]*)<\/\1\s*>$/.exec(text)?.[2];
  if (inner === undefined) return undefined;
  const children = [...inner.matchAll(/<([\w.-]+)\s*(?:\/>|>((?:<!\[CDATA\[[\s\S]*?\]\]>|[^<])*)<\/\1\s*>)/g)];
  return Object.fromEntries(children.map(([, name, value = ""]) => [name, plainTextOf(value)]));
}

const plainTextOf = (value: string) =>
  value.replaceAll(/<!\[CDATA\[([\s\S]*?)\]\]>|&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (all, cdata, hex, decimal, name) => {
    if (cdata !== undefined) return cdata;
    if (name !== undefined) return entities[name] ?? all;
    const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return point <= 0x10_ff_ff ? String.fromCodePoint(point) : all;
  });

/** A value as people read it: texts in quotes, so that "0" and 0 differ. */
export const told = (value: unknown): string => JSON.stringify(value) ?? "";
