import type { RouteName } from "@quanku/protocol/admin";
import { accessHandlers } from "./access.ts";
import { appHandlers } from "./apps.ts";
import { callbackHandlers } from "./callbacks.ts";
import { couponHandlers } from "./coupons.ts";
import { handOutHandlers } from "./hand-outs.ts";
import type { AdminHandlers } from "./handler.ts";
import { healthHandlers } from "./health.ts";
import { historyHandlers } from "./history.ts";
import { importHandlers } from "./import.ts";
import { orderHandlers } from "./orders.ts";
import { peopleHandlers } from "./people.ts";
import { previewHandlers } from "./preview.ts";
import { removalHandlers } from "./removal.ts";
import { reportHandlers } from "./reports.ts";
import { callsHandlers } from "./sandbox/calls.ts";
import { clockHandlers } from "./sandbox/clock.ts";
import { faultsHandlers } from "./sandbox/faults.ts";
import { personsHandlers } from "./sandbox/persons.ts";
import { statesHandlers } from "./sandbox/states.ts";
import { streamHandlers } from "./stream.ts";
import { verifyHandlers } from "./verify.ts";

/** A handler for every call of the table in `@quanku/protocol/admin`. */
export const adminHandlers: AdminHandlers<RouteName> = {
  ...accessHandlers,
  ...appHandlers,
  ...couponHandlers,
  ...previewHandlers,
  ...importHandlers,
  ...healthHandlers,
  ...peopleHandlers,
  ...orderHandlers,
  ...handOutHandlers,
  ...historyHandlers,
  ...reportHandlers,
  ...verifyHandlers,
  ...callbackHandlers,
  ...streamHandlers,
  ...removalHandlers,
  ...clockHandlers,
  ...faultsHandlers,
  ...personsHandlers,
  ...statesHandlers,
  ...callsHandlers,
};
