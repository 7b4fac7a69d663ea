import { letHandlersAnswer } from "./stand-in.ts";

/** Those of the server's own tests of callbacks in which a merchant behaves, with the handler in its place. */
letHandlersAnswer();
await import("../../../server/test/callback/claims.test.ts");
await import("../../../server/test/callback/confirm.test.ts");
await import("../../../server/test/callback/decisions.test.ts");
await import("../../../server/test/callback/failures.test.ts");
await import("../../../server/test/callback/secrets.test.ts");
await import("../../../server/test/callback/tls.test.ts");
