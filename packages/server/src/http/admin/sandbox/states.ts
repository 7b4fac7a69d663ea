import type { AdminHandlers } from "../handler.ts";

/** The calls about states of sandbox apps. */
export const statesHandlers: AdminHandlers<never> = {};
