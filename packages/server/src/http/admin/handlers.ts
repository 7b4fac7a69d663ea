import type { RouteName } from "@quanku/protocol/admin";
import type { AdminHandlers } from "./handler.ts";
import { historyHandlers } from "./history.ts";
import { reportHandlers } from "./reports.ts";

/** A handler for every call of the table in `@quanku/protocol/admin`. */
export const adminHandlers: Partial<AdminHandlers<RouteName>> = {
  // Access.
  // Apps.
  // Coupons.
  // People and orders.
  // Hand-outs.
  // History and reports.
  ...historyHandlers,
  ...reportHandlers,
  // Verification.
  // Callbacks.
};
