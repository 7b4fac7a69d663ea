/** What happened, with what caused it: runtimes hide the cause of a failed fetch one level below. */
export function told(error: unknown): string {
  const said: string[] = [];
  for (let at = error; at instanceof Error && said.length < 4; at = at.cause) said.push(at.message || at.name);
  return said.length === 0 ? String(error) : said.join(": ");
}

/** Runtimes tell the URL of a failed fetch, and proxies repeat it, and with it the token or the secret. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const spellings = secrets.flatMap((secret) => [secret, encodeURIComponent(secret), queryOf(secret)]);
  return spellings.reduce((left, spelling) => (spelling === "" ? left : left.replaceAll(spelling, "***")), text);
}

const queryOf = (text: string) => new URLSearchParams({ _: text }).toString().slice(2);

/** The seconds that a `Retry-After` header tells, if it tells any. */
export const secondsIn = (header: string | null): number | undefined =>
  header !== null && /^\d{1,6}$/.test(header) ? Number(header) : undefined;

/** A JSON object; numbers that a double cannot hold are rounded, as `JSON.parse` does. */
export function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
