/** How much of a value that came is told, in characters. */
const SHOWN = 64;

/**
 * Replaces secrets in a text by `***`, also where they are written with the escapes of JSON, XML or a URL. Secrets are
 * of printable ASCII characters.
 */
export function blanker(secrets: readonly string[]): (text: string) => string {
  if (secrets.length === 0) return (text) => text;
  const any = new RegExp(secrets.map(anySpelling).join("|"), "g");
  return (text) => text.replaceAll(any, "***");
}

const anySpelling = (secret: string): string =>
  Array.from(secret, (character) => {
    const code = character.charCodeAt(0);
    const hex = code.toString(16);
    const anyCase = `(?:${hex}|${hex.toUpperCase()})`;
    return `(?:\\\\?\\x${hex}|\\\\u00${anyCase}|%${anyCase}|&#[xX]0*${anyCase};|&#0*${code};)`;
  }).join("");

/** A value that came, as a problem tells it: as JSON, without secrets, its beginning where it is long. */
export function shown(value: unknown, secrets: readonly string[]): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
  const tellable = blanker(secrets)(text);
  const beginning = tellable.length > SHOWN ? `${tellable.slice(0, SHOWN)}…`.toWellFormed() : tellable;
  return typeof value === "string" ? JSON.stringify(beginning) : beginning;
}
