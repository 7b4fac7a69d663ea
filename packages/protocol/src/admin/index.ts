export { type Member, membersOf } from "./members.ts";
export type { Route } from "./route.ts";
export { FAULT_SECONDS } from "./sandbox/faults-routes.ts";
export { secondOfTime, secondsOfLength } from "./sandbox/times.ts";
export { couponStatusNames, PAGE, type Role, roleMeanings, roles, userCouponStatusNames } from "./scalars.ts";
export * from "./table.ts";
