/** The calls about states of sandbox apps. */
export const statesRoutes = {} as const;
