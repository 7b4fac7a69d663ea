export { type Claim, type Decision, type DeclineReason, declineCodes, testClaim } from "./claim.ts";
export { type CallbackHandler, createCallbackHandler } from "./handler.ts";
export type { CallbackMemory } from "./memory.ts";
export type { CallbackOptions, CallbackProblem } from "./options.ts";
