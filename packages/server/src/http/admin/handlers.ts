import type { RouteName } from "@quanku/protocol/admin";
import { accessHandlers } from "./access.ts";
import { callbackHandlers } from "./callbacks.ts";
import type { AdminHandlers } from "./handler.ts";
import { historyHandlers } from "./history.ts";
import { removalHandlers } from "./removal.ts";
import { reportHandlers } from "./reports.ts";
import { streamHandlers } from "./stream.ts";

/** A handler for every call of the table in `@quanku/protocol/admin`. */
export const adminHandlers: Partial<AdminHandlers<RouteName>> = {
  // Access.
  ...accessHandlers,
  // Apps.
  // Coupons.
  // People and orders.
  // Hand-outs.
  // History and reports.
  ...historyHandlers,
  ...reportHandlers,
  // Verification.
  // Callbacks.
  ...callbackHandlers,
  ...streamHandlers,
  ...removalHandlers,
};
