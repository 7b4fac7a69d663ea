/** Where a code is explained: the page of it, at the address that a request came to. */
export const explainUrl = (requestUrl: string, errcode: number): string =>
  `${requestUrl.slice(0, requestUrl.indexOf("/", requestUrl.indexOf("://") + 3))}/docs/codes/${errcode}`;
