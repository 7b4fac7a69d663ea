/** The calls about the people of sandbox apps. */
export const personsRoutes = {} as const;
