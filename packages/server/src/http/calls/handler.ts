import type { CallName, CallReply, CallRequest } from "@quanku/protocol/calls";
import type { WireError } from "@quanku/protocol/codes";
import type { Actor } from "../../domain/actor.ts";
import type { Command } from "../../domain/decide.ts";
import { isRefusal } from "../../domain/outcome.ts";
import type { App } from "../../domain/records.ts";
import type { Apps } from "../../service/apps.ts";
import type { Callbacks } from "../../service/callbacks.ts";
import type { Claims } from "../../service/claims.ts";
import type { CouponPages } from "../../service/coupon-pages.ts";
import type { Faults } from "../../service/faults/faults.ts";
import type { Ledger } from "../../service/ledger.ts";
import type { Orders } from "../../service/orders.ts";
import type { StoreReads } from "../../store/store.ts";
import { type ToldRefusal, tellRefusal } from "../../wire/refusals.ts";
import type { Metrics } from "../metrics.ts";
import type { Reply } from "../reply.ts";

/** What the calls are served from. */
export type CallServices = {
  ledger: Ledger;
  reads: StoreReads;
  pages: CouponPages;
  apps: Apps;
  claims: Claims;
  callbacks: Callbacks;
  orders: Orders;
  faults: Faults;
  metrics: Metrics;
};

/** What a call comes to: its reply, whose payload its schema in `@quanku/protocol` describes, or the failure to tell. */
export type Answer<N extends CallName> = Reply<CallReply<N>> | WireError | ToldRefusal;

/** Whose call it is: the app, whom the journal names for what it changes, and the body's text as it was sent. */
export type Caller = { app: App; by: Actor; text: string };

/** Serves one call of an app whose token was good and whose body was read. */
export type Handler<N extends CallName> = (
  services: CallServices,
  caller: Caller,
  body: CallRequest<N>,
) => Promise<Answer<N>>;

/** Handlers of some calls. */
export type Handlers<N extends CallName> = { [Name in N]: Handler<Name> };

/** The reply of a call of which nothing but its success is told. */
export const done = { ready: '{"errcode":0}' };

/** Submits a command of which nothing but its success is told. */
export async function change(
  { ledger }: CallServices,
  { by }: Caller,
  command: Command,
): Promise<typeof done | WireError> {
  const answer = await ledger.submit(command, by);
  return isRefusal(answer) ? tellRefusal(answer) : done;
}
