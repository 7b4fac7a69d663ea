/** The calls about the clocks of sandbox apps. */
export const clockRoutes = {} as const;
