export type * from "../wire/admin/access.ts";
export type * from "../wire/admin/coupons.ts";
export type * from "../wire/admin/inputs.ts";
export type * from "../wire/admin/maps.ts";
export type * from "../wire/admin/outlooks.ts";
export type * from "../wire/admin/people.ts";
export type * from "../wire/admin/sandbox.ts";
export type * from "../wire/admin/sandbox-shapes.ts";
export type * from "../wire/admin/shapes.ts";
export type * from "../wire/admin/shop.ts";
export { type AdminCallName, type AdminCalls, type AdminLists, adminRoutes } from "../wire/admin/table.ts";
export {
  type AdminClient,
  type AdminClientOptions,
  type CallOptions,
  createAdminClient,
  type FollowOptions,
  type Language,
} from "./create.ts";
export { AdminError, type FieldFault } from "./errors.ts";
export type { Download, File } from "./files.ts";
export type { AdminEvent } from "./follow.ts";
export type { AdminFetch } from "./request.ts";
