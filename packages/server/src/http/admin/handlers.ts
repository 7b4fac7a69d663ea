import type { RouteName } from "@quanku/protocol/admin";
import { accessHandlers } from "./access.ts";
import { callbackHandlers } from "./callbacks.ts";
import { handOutHandlers } from "./hand-outs.ts";
import type { AdminHandlers } from "./handler.ts";
import { historyHandlers } from "./history.ts";
import { orderHandlers } from "./orders.ts";
import { peopleHandlers } from "./people.ts";
import { reportHandlers } from "./reports.ts";
import { streamHandlers } from "./stream.ts";
import { verifyHandlers } from "./verify.ts";

/** A handler for every call of the table in `@quanku/protocol/admin`. */
export const adminHandlers: Partial<AdminHandlers<RouteName>> = {
  // Access.
  ...accessHandlers,
  // Apps.
  // Coupons.
  // People and orders.
  ...peopleHandlers,
  ...orderHandlers,
  // Hand-outs.
  ...handOutHandlers,
  // History and reports.
  ...historyHandlers,
  ...reportHandlers,
  // Verification.
  ...verifyHandlers,
  // Callbacks.
  ...callbackHandlers,
  ...streamHandlers,
};
