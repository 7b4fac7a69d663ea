import type { AdminHandlers } from "../handler.ts";

/** The calls about faults that are ordered. */
export const faultsHandlers: AdminHandlers<never> = {};
