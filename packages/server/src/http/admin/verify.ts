import type { RouteReply } from "@quanku/protocol/admin";
import type { VerificationState } from "../../service/verifications.ts";
import type { AdminHandlers } from "./handler.ts";

/** Recomputing an app from its journal, beside the server. */
export const verifyHandlers: AdminHandlers<"startVerify" | "showVerify"> = {
  startVerify: async ({ services, input }) => ({ reply: shown(services.verifications.start(input.appid)) }),
  showVerify: async ({ services, input }) => ({ reply: shown(services.verifications.show(input.appid)) }),
};

function shown({ startedAt, endedAt, faults, ...others }: VerificationState): RouteReply<"showVerify"> {
  return { verification: { ...others, faults: [...faults], start_time: startedAt, end_time: endedAt } };
}
