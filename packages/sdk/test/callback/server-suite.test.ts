import { letHandlersAnswer } from "./stand-in.ts";

/** The server's own tests of callbacks whose merchant mostly behaves, with the handler in its place. */
letHandlersAnswer();
await import("../../../server/test/callback/claims.test.ts");
await import("../../../server/test/callback/confirm.test.ts");
await import("../../../server/test/callback/decisions.test.ts");
