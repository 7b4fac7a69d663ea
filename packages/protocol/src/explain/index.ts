import type { Errcode } from "../codes.ts";
import { ofCallback } from "./callback.ts";
import { ofCoupons } from "./coupons.ts";
import type { Explained } from "./explanation.ts";
import { ofLimits } from "./limits.ts";
import { ofRequests } from "./requests.ts";
import { ofTokens } from "./tokens.ts";

export { type Explained, type Explanation, type Language, languages } from "./explanation.ts";
export { demoShop, type ReadyBody, readyBodies } from "./ready.ts";

/** The page of each code: what it means, what leads to it and how to mend it. The compiler asks for every code. */
export const explanations: Readonly<Record<Errcode, Explained>> = {
  ...ofRequests,
  ...ofTokens,
  ...ofLimits,
  ...ofCoupons,
  ...ofCallback,
};

/** Where a server explains a code, in the reader's language. */
export const explainPath = (errcode: Errcode): string => `/docs/codes/${errcode}`;
