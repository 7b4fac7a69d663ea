import type { RouteName } from "@quanku/protocol/admin";
import { handOutHandlers } from "./hand-outs.ts";
import type { AdminHandlers } from "./handler.ts";
import { orderHandlers } from "./orders.ts";
import { peopleHandlers } from "./people.ts";

/** A handler for every call of the table in `@quanku/protocol/admin`. */
export const adminHandlers: Partial<AdminHandlers<RouteName>> = {
  // Access.
  // Apps.
  // Coupons.
  // People and orders.
  ...peopleHandlers,
  ...orderHandlers,
  // Hand-outs.
  ...handOutHandlers,
  // History and reports.
  // Verification.
  // Callbacks.
};
