import type { CallName } from "@quanku/protocol/calls";
import { catalogueHandlers } from "./catalogue.ts";
import { claimHandlers } from "./claims.ts";
import type { Handlers } from "./handler.ts";
import { orderHandlers } from "./orders.ts";
import { walletHandlers } from "./wallet.ts";

/** A handler for every call of the table in `@quanku/protocol`. */
export const handlers: Handlers<CallName> = {
  ...catalogueHandlers,
  ...walletHandlers,
  ...claimHandlers,
  ...orderHandlers,
};
