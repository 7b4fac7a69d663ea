import { useCall } from "../../data/calls.ts";
import { useAppid } from "../../data/session.ts";

/** Every day that there can be a line of. */
export const ever = { from: "1970-01-01", to: "9999-12-31" };

/** What happened to a coupon on each day since it was made; days without anything have no line. */
export const useLifetime = (out_coupon_id: string, enabled = true) =>
  useCall("listReports", { appid: useAppid(), out_coupon_id, ...ever }, { enabled });
