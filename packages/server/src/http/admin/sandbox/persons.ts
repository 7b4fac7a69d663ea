import type { AdminHandlers } from "../handler.ts";

/** The calls about the people of sandbox apps. */
export const personsHandlers: AdminHandlers<never> = {};
