/** What TypeScript does not know of JSON yet: the text that a value was read from. */
type ExactJson = {
  parse(text: string, revive: (name: string, value: unknown, from: { source?: string }) => unknown): unknown;
};

/** Whether two documents say the same: the order of members makes no difference, every digit of a number does. */
export const sameDocument = (a: string, b: string): boolean => a === b || canonical(a) === canonical(b);

function canonical(document: string): string {
  const read = (JSON as unknown as ExactJson).parse(document, (_, value, { source }) => {
    if (typeof value === "number") return { number: exact(source as string) };
    if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
    return { members: Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)) };
  });
  return JSON.stringify(read);
}

/** A number as JSON writes it, in the one spelling of its value: 12.50, 125e-1 and 12.5 are one. */
function exact(source: string): string {
  const [, sign, whole = "", part = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(source) ?? [];
  const digits = `${whole}${part}`.replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return "0";
  return `${sign}${significant}e${BigInt(exponent) - BigInt(part.length) + BigInt(digits.length - significant.length)}`;
}

/**
 * The name in a merchant's document, by which operators find its coupon; empty where it has none. What a text of a
 * database cannot hold is put right in it.
 */
export function nameIn(document: string): string {
  const { name } = JSON.parse(document) as { name?: unknown };
  return typeof name === "string" ? name.toWellFormed().replaceAll("\0", "\uFFFD") : "";
}
