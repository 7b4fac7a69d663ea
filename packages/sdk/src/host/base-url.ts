/** The base of all URLs, without a slash at its end. `who` is told of one that is none. */
export function baseOf(baseUrl: string, who: string): string {
  // Node.js 20 has no URL.parse.
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username || url.password)
    throw new TypeError(`${who}: baseUrl must be an http or https URL without credentials, query and fragment`);
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}
