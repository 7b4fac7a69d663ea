import type { AdminHandlers } from "../handler.ts";

/** The calls about the log of sandbox apps' calls. */
export const callsHandlers: AdminHandlers<never> = {};
