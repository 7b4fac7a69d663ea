import type { RouteInput, RouteName, RouteReply } from "@quanku/protocol/admin";
import type { Logger } from "pino";
import type { Operators } from "../../service/access/operators.ts";
import type { Clock } from "../../service/clock.ts";
import type { Following } from "../../service/following.ts";
import type { HandOuts } from "../../service/hand-outs/hand-outs.ts";
import type { Readiness } from "../../service/readiness.ts";
import type { Removals } from "../../service/removals.ts";
import type { Clocks } from "../../service/sandbox/clocks.ts";
import type { SandboxStates } from "../../service/sandbox/states.ts";
import type { Verifications } from "../../service/verifications.ts";
import type { Store } from "../../store/store.ts";
import type { CallServices } from "../calls/handler.ts";
import type { Problem } from "./problem.ts";
import type { Visit } from "./visit.ts";
import type { Who } from "./who.ts";

/** What operators' calls are served from. */
export type AdminServices = CallServices & {
  store: Store;
  clock: Clock;
  log: Logger;
  /** Whether writes would be kept now. */
  readiness(): Promise<Readiness>;
  verifications: Verifications;
  operators: Operators;
  following: Following;
  handOuts: HandOuts;
  removals: Removals;
  clocks: Clocks;
  states: SandboxStates;
};

/** A call that was let in. */
export type AdminCall<N extends RouteName> = {
  services: AdminServices;
  who: Who;
  input: RouteInput<N>;
  /** The file of a call that is sent one. */
  upload: AsyncIterable<Uint8Array>;
  /** The JSON text of the body as it was sent; empty where there is none. */
  text: string;
  /** Ends when nobody waits for the answer any more. */
  signal: AbortSignal;
  /** Where it comes from. */
  visit: Visit;
  /** The last event that somebody had of a stream, as they name it. */
  lastEventId: string | undefined;
  /** Whether whoever made the call would still be let in to make it. */
  isStillIn(): Promise<boolean>;
};

/** What a call comes to: what its schema describes, the same as ready JSON text, a file in pieces, or another address. */
export type AdminAnswer<N extends RouteName> =
  | ((
      | { reply: RouteReply<N> }
      | { json: string }
      | { file: AsyncIterable<string>; type: string }
      | { seeOther: string }
    ) & {
      headers?: Readonly<Record<string, string>>;
    })
  | Problem;

export type AdminHandler<N extends RouteName> = (call: AdminCall<N>) => Promise<AdminAnswer<N>>;

/** Handlers of some calls. */
export type AdminHandlers<N extends RouteName> = { [Name in N]: AdminHandler<Name> };
