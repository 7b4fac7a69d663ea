import type { AdminHandlers } from "../handler.ts";

/** The calls about the clocks of sandbox apps. */
export const clockHandlers: AdminHandlers<never> = {};
