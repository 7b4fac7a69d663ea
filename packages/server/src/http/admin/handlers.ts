import type { RouteName } from "@quanku/protocol/admin";
import { accessHandlers } from "./access.ts";
import type { AdminHandlers } from "./handler.ts";

/** A handler for every call of the table in `@quanku/protocol/admin`. */
export const adminHandlers: Partial<AdminHandlers<RouteName>> = {
  // Access.
  ...accessHandlers,
  // Apps.
  // Coupons.
  // People and orders.
  // Hand-outs.
  // History and reports.
  // Verification.
  // Callbacks.
};
