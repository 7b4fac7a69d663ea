import type { App, Role } from "@quanku/sdk/admin";
import { useParams } from "@tanstack/react-router";
import { useCall } from "./calls.ts";

const ranks: readonly Role[] = ["viewer", "manager", "owner"];

/** Whether whoever is signed in has at least this role. */
export function useMay(role: Role): boolean {
  const { data } = useCall("showSession", {});
  return data?.session !== undefined && ranks.indexOf(data.session.role) >= ranks.indexOf(role);
}

/** What the address names, by the name that its route gives it; empty where it names none. */
export function useNamed(
  name: "appid" | "couponId" | "userCouponId" | "openid" | "orderId" | "handOut" | "rid",
): string {
  return useParams({ strict: false })[name] ?? "";
}

/** The appid that the address names. */
export const useAppid = (): string => useNamed("appid");

/** The app that the address names; undefined until it was read. */
export function useApp(): App | undefined {
  const appid = useAppid();
  return useCall("showApp", { appid }, { enabled: appid !== "" }).data?.app;
}

/** Whether an app is a sandbox, as far as the list of apps was read. */
export function useIsSandbox(appid: string): boolean {
  const { data } = useCall("listApps", {});
  return data?.entries.some((app) => app.appid === appid && app.sandbox) ?? false;
}
