/** The calls about faults that are ordered. */
export const faultsRoutes = {} as const;
