export * from "./agreement.ts";
export * from "./event.ts";
export * from "./push.ts";
export * from "./reply.ts";
export * from "./words.ts";
