// Made from packages/protocol/src by `npm run docs`; do not edit.
import type {
  OfApp,
} from "./inputs.ts";
import type {
  Fault,
} from "./shapes.ts";
import type { CallForms } from "./forms.ts";

/** What `orderFault` takes. */
export interface OrderFaultInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /**
   * What goes wrong: of a call `errcode=45009`, `delay=3000` (milliseconds), `reset`, `reset=after` (it is done first),
   * `half` (of the reply), `http=502`, `token` (that of the call ends); of a push to the merchant `push=late:2000`,
   * `push=twice`, `push=reordered`, `push=lost` (the reply).
   */
  what: string;
  /**
   * With which calls, by their names, with commas between: `claim,redeem`; `token` and `stable_token` are the fetches
   * of tokens. Left out: with all (0 to 500 characters).
   */
  calls?: string | undefined;
  /** How many of those that it sees it hits, ten-thousandths; all, 10000, unless given (1 to 10000). */
  share?: number | undefined;
  /** After how many hits it ends; left out: by time alone (at least 1). */
  count?: number | undefined;
  /** What is drawn follows from it: the same again hits the same, by their order. Drawn and told unless given. */
  seed?: number | undefined;
  /** After how many seconds of real time it ends at the latest, 1-86400; 600 unless given. */
  seconds?: number | undefined;
}

/** What `endFault` takes. */
export interface EndFaultInput {
  /** The app (0 to 64 characters). */
  appid: string;
  /** The fault's id (0 to 64 characters). */
  fault: string;
}

/** What `listFaults` answers. */
export interface ListFaultsReply {
  /** The faults. */
  entries: Fault[];
}

/** What `orderFault` answers. */
export interface OrderFaultReply {
  /** What is ordered. */
  fault: Fault;
}

/** What `endFault` answers. */
export interface EndFaultReply {
  /** The fault as it was last. */
  fault: Fault;
}

/** What `endFaults` answers. */
export interface EndFaultsReply {
  /** How many there were. */
  ended: number;
}

/** The operators' calls about what only sandbox apps have. */
export interface SandboxCalls<How extends CallForms> {
  /**
   * The faults that are ordered of a sandbox app and not over, in the order in which a call meets them.
   * `GET /apps/{appid}/faults`. Role: viewer.
   */
  listFaults(input: OfApp, options?: How["options"]): Promise<ListFaultsReply>;

  /**
   * Orders that something goes wrong with calls of a sandbox app, or with pushes to its merchant; it ends by itself.
   * `POST /apps/{appid}/faults`. Role: manager.
   */
  orderFault(input: OrderFaultInput, options?: How["options"]): Promise<OrderFaultReply>;

  /**
   * Ends a fault before its time.
   * `DELETE /apps/{appid}/faults/{fault}`. Role: manager.
   */
  endFault(input: EndFaultInput, options?: How["options"]): Promise<EndFaultReply>;

  /**
   * Ends all faults of a sandbox app.
   * `DELETE /apps/{appid}/faults`. Role: manager.
   */
  endFaults(input: OfApp, options?: How["options"]): Promise<EndFaultsReply>;
}
