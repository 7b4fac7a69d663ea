import type { CallName, CallRequest } from "@quanku/protocol/calls";
import type { WireError } from "@quanku/protocol/codes";
import type { Command } from "../../domain/decide.ts";
import { isRefusal } from "../../domain/outcome.ts";
import type { App } from "../../domain/records.ts";
import type { Apps } from "../../service/apps.ts";
import type { Callbacks } from "../../service/callbacks.ts";
import type { Claims } from "../../service/claims.ts";
import type { CouponPages } from "../../service/coupon-pages.ts";
import type { Ledger } from "../../service/ledger.ts";
import type { Orders } from "../../service/orders.ts";
import type { StoreReads } from "../../store/store.ts";
import { tellRefusal } from "../../wire/refusals.ts";
import type { Metrics } from "../metrics.ts";
import { success } from "../reply.ts";

/** What the calls are served from. */
export type CallServices = {
  ledger: Ledger;
  reads: StoreReads;
  pages: CouponPages;
  apps: Apps;
  claims: Claims;
  callbacks: Callbacks;
  orders: Orders;
  metrics: Metrics;
};

/**
 * Serves one call of an app whose token was good and whose body was read: a reply, or the failure to tell. `text` is
 * the body as it was sent.
 */
export type Handler<N extends CallName> = (
  services: CallServices,
  app: App,
  body: CallRequest<N>,
  text: string,
) => Promise<Response | WireError>;

/** Handlers of some calls. */
export type Handlers<N extends CallName> = { [Name in N]: Handler<Name> };

/** Submits a command of which nothing but its success is told. */
export async function change({ ledger }: CallServices, command: Command): Promise<Response | WireError> {
  const answer = await ledger.submit(command);
  return isRefusal(answer) ? tellRefusal(answer) : success();
}
