import type { RouteName } from "@quanku/protocol/admin";
import type { AdminHandlers } from "./handler.ts";
import { verifyHandlers } from "./verify.ts";

/** A handler for every call of the table in `@quanku/protocol/admin`. */
export const adminHandlers: Partial<AdminHandlers<RouteName>> = {
  // Access.
  // Apps.
  // Coupons.
  // People and orders.
  // Hand-outs.
  // History and reports.
  // Verification.
  ...verifyHandlers,
  // Callbacks.
};
