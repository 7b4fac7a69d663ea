import type { Errcode } from "@quanku/protocol/codes";
import { explainPath } from "@quanku/protocol/explain";

/** Where a code is explained: the page of it, at the address that a request came to. */
export const explainUrl = (requestUrl: string, errcode: Errcode): string =>
  `${requestUrl.slice(0, requestUrl.indexOf("/", requestUrl.indexOf("://") + 3))}${explainPath(errcode)}`;
