import type { OperatedCoupon } from "@quanku/sdk/admin";

/** What can be done with a coupon. */
export type Action =
  | "activate"
  | "edit"
  | "pause"
  | "resume"
  | "restock"
  | "handOut"
  | "prolong"
  | "expire"
  | "void"
  | "copy";

/** Why something cannot be done with a coupon now: the name of the words that say it. */
export type Reason =
  | "whyActivated"
  | "whyFixed"
  | "whyDraft"
  | "whyPaused"
  | "whyNotPaused"
  | "whyOver"
  | "whyProlong"
  | "whyProlongDraft";

/**
 * Why each thing cannot be done with a coupon, if so. What leads where is the server's (domain/catalogue/coupons.ts): a draft can be
 * edited and activated; of an active one only claims, stock and its end are still open; what is over stays so.
 */
export function whyNot(
  action: Action,
  { status, paused }: Pick<OperatedCoupon, "status" | "paused">,
): Reason | undefined {
  const notActive: Reason | undefined = status === "active" ? undefined : status === "draft" ? "whyDraft" : "whyOver";
  switch (action) {
    case "copy":
      return undefined;
    case "activate":
      return status === "draft" ? undefined : status === "active" ? "whyActivated" : "whyOver";
    case "edit":
      return status === "draft" ? undefined : "whyFixed";
    case "prolong":
      return status === "draft" ? "whyProlongDraft" : "whyProlong";
    case "pause":
      return notActive ?? (paused ? "whyPaused" : undefined);
    case "resume":
      return notActive ?? (paused ? undefined : "whyNotPaused");
    case "handOut":
      return notActive ?? (paused ? "whyPaused" : undefined);
    default:
      return notActive;
  }
}
