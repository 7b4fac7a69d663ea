import { type Role, type RouteName, roles, routeOf } from "@quanku/protocol/admin";
import type { Actor } from "../../domain/actor.ts";
import type { Asker } from "../../service/access/operators.ts";

/** Somebody who may make operators' calls. */
export type Who = {
  /** How the journal names them. */
  actor: Actor;
  /** The operator they are; null on the command line. */
  operator: string | null;
  role: Role;
  /** The apps that they may read or steer; an owner has all. */
  apps: readonly string[];
  /** What they came in with: a session by its digest, or an access token by its name. None on the command line. */
  key?: Asker["key"];
};

/** Whoever has the machine may do everything. */
export const commandLine: Who = { actor: "command_line", operator: null, role: "owner", apps: [] };

/** Whoever did not say who they are. */
export const nobody: Who = { actor: "operator ", operator: null, role: "viewer", apps: [] };

/** Whether an app is one of theirs. */
export const hasApp = ({ role, apps }: Who, appid: string): boolean => role === "owner" || apps.includes(appid);

/** Whether their role is enough for a call. */
export function isAllowed(who: Who, name: RouteName): boolean {
  const { role } = routeOf(name);
  return role === "anyone" || roles.indexOf(who.role) >= roles.indexOf(role);
}
