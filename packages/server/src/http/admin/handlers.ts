import type { RouteName } from "@quanku/protocol/admin";
import { appHandlers } from "./apps.ts";
import { couponHandlers } from "./coupons.ts";
import type { AdminHandlers } from "./handler.ts";

/** A handler for every call of the table in `@quanku/protocol/admin`. */
export const adminHandlers: Partial<AdminHandlers<RouteName>> = {
  // Access.
  // Apps.
  ...appHandlers,
  // Coupons.
  ...couponHandlers,
  // People and orders.
  // Hand-outs.
  // History and reports.
  // Verification.
  // Callbacks.
};
