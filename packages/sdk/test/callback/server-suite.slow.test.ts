import { letHandlersAnswer } from "./stand-in.ts";

/** The server's own tests of callbacks, with the handler in the place of a merchant that behaves. */
letHandlersAnswer();
await import("../../../server/test/callback/addresses.test.ts");
await import("../../../server/test/callback/claims.test.ts");
await import("../../../server/test/callback/confirm.test.ts");
await import("../../../server/test/callback/decisions.test.ts");
await import("../../../server/test/callback/failures.test.ts");
await import("../../../server/test/callback/faults.slow.test.ts");
await import("../../../server/test/callback/mismatches.test.ts");
await import("../../../server/test/callback/names.test.ts");
await import("../../../server/test/callback/secrets.test.ts");
await import("../../../server/test/callback/tls.test.ts");
