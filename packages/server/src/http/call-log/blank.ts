/** What stands for a secret. */
const BLANK = "***";
/** A secret that is shorter may occur by chance, in part of a word. */
const TELLTALE = 8;

/** The part of a token that nobody can make: whatever app's, it is known by its shape. */
const tokenShape = /(?<=\.)[A-Za-z0-9_-]{43,}/g;
/** What is named as a secret: `access_token=…`, `"secret": "…"`, and the same as a query spells it within another. */
const named =
  /((?:token|secret|session_?key|aes_?key|authorization|cookie|passw(?:or)?d)(?:["'\\\s]|%(?:25)*2[27])*(?:[:=]|%(?:25)*3[ad])(?:["'\\\s([]|%(?:25)*(?:2[0278]|5b))*)((?<=")(?:\\.|[^"\\])+|(?:\\.|[^\s"'&,;}\]\\])+)/gi;
/** What every such name holds. */
const names = ["token", "secret", "key", "authorization", "cookie", "passw"];
const escapes = /\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|%([0-9a-f]{2})|&#x([0-9a-f]{1,6});|&#(\d{1,7});|\\(.)/gi;
const escapeMarks = ["\\", "%", "&#"];
/** How long a text may be, in characters, to be known when it comes again. */
const REMEMBERED = 512;
/** How often an escape may be escaped again and still be seen through. */
const DEPTH = 4;

/** Replaces secrets in a text. */
export type Blank = (text: string) => string;

/**
 * Replaces secrets in texts by `***`: those that are given, whatever their case and however escaped, what has the shape of a
 * token, and what is named as a secret. Where one is escaped so that nothing less is sure, the whole text goes.
 */
export function blankerOf(given: Iterable<string>): Blank {
  const secrets = new Set<string>();
  for (const secret of given)
    secrets.add(secret.toLowerCase()).add(Buffer.from(secret).toString("latin1").toLowerCase());
  secrets.delete("");
  const long = [...secrets].filter(({ length }) => length >= TELLTALE);
  const short = [...secrets].filter(({ length }) => length < TELLTALE);
  const patterns = [
    long.length > 0 && new RegExp(long.map(quoted).join("|"), "giu"),
    short.length > 0 && new RegExp(`(?<![a-z0-9])(?:${short.map(quoted).join("|")})(?![a-z0-9])`, "giu"),
  ].filter((pattern) => pattern !== false);
  const holds = (lower: string) => [...secrets].some((secret) => lower.includes(secret));
  const hides = (text: string) => holds(unescaped(text).toLowerCase());

  function withoutGiven(text: string, lower: string): string {
    const told = holds(lower) ? patterns.reduce((rest, pattern) => rest.replace(pattern, BLANK), text) : text;
    if (!hasAny(told, escapeMarks) || !hides(told)) return told;
    const shorter = told.replace(/[^\s"'&=,;:?{}[\]()<>]+/g, (word) => (hides(word) ? BLANK : word));
    return long.some((secret) => unescaped(shorter).toLowerCase().includes(secret)) ? BLANK : shorter;
  }
  function tell(text: string): string {
    // What is written right behind a token goes with it.
    const shapeless = text.includes(".") ? text.replace(tokenShape, BLANK) : text;
    const lower = shapeless.toLowerCase();
    const told = withoutGiven(shapeless, lower);
    return hasAny(lower, names) ? told.replace(named, `$1${BLANK}`) : told;
  }
  let last = { text: "", told: "" };
  return (text) => {
    if (text === last.text) return last.told;
    const told = tell(text);
    // One call after another has the same token in its query, and most hold nothing else.
    if (told !== text && text.length <= REMEMBERED) last = { text, told };
    return told;
  };
}

const hasAny = (text: string, parts: readonly string[]): boolean => parts.some((part) => text.includes(part));

const quoted = (secret: string) => secret.replace(/[^a-z0-9]/gu, (mark) => `\\u{${mark.codePointAt(0)?.toString(16)}}`);

/** A text without the escapes of JSON, of URLs and of HTML. */
export function unescaped(text: string): string {
  let told = text;
  for (let depth = 0; depth < DEPTH && hasAny(told, escapeMarks); depth++)
    told = told.replace(escapes, (_, unit, byte, percent, hex, decimal, itself) => {
      const code = unit ?? byte ?? percent ?? hex;
      if (code !== undefined) return characterAt(Number.parseInt(code, 16));
      return decimal === undefined ? itself : characterAt(Number(decimal));
    });
  return told;
}

const characterAt = (code: number) => (code <= 0x10ffff ? String.fromCodePoint(code) : "");
