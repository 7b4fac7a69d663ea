import { type Coupon, codes } from "@quanku/sdk";

/** What uses a type and a table takes along no client: see bundle.test.ts. */
export const isActive = (coupon: Coupon) => coupon.status === 2;
export const soldOut = codes[1090029].text;
