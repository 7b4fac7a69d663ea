/** A fault that is ordered. */
export type Fault = { faultId: string };
