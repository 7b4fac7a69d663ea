/** The calls about the log of sandbox apps' calls. */
export const callsRoutes = {} as const;
