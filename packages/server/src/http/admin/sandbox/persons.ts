import { PAGE, type RouteReply } from "@quanku/protocol/admin";
import { isRefusal } from "../../../domain/outcome.ts";
import type { Person } from "../../../domain/records.ts";
import { openidOfCode } from "../../../service/persons.ts";
import { readCursor, writeCursor } from "../cursor.ts";
import type { AdminHandlers } from "../handler.ts";
import { isProblem, problemOf } from "../problem.ts";
import { sandboxApp } from "./sandbox-app.ts";
import { triggerClaim } from "./trigger-claim.ts";

/** The calls about the people of sandbox apps. */
export const personsHandlers: AdminHandlers<"listPersons" | "makePerson" | "removePerson" | "triggerClaim"> = {
  async listPersons({ services, input: { appid, cursor, limit = PAGE.byDefault } }) {
    const app = await sandboxApp(services, appid);
    if (isProblem(app)) return app;
    const list = ["persons", appid];
    const place = readCursor(list, cursor, isName);
    if (isProblem(place)) return place;
    const found = await services.reads.listPersons(appid, place.after ?? null, limit + 1);
    const entries = found.slice(0, limit);
    const last = found.length > limit ? entries.at(-1) : undefined;
    return { reply: { entries: entries.map(shown), next: last ? writeCursor(list, last.name) : null } };
  },
  async makePerson({ services: { ledger }, who, input }) {
    const { appid, person: name, openid = openidOfCode(appid, name), unionid = null } = input;
    const made = await ledger.submit({ do: "makePerson", appid, name, openid, unionid }, who.actor);
    return isRefusal(made) ? problemOf(made) : { reply: { person: shown(made.result) } };
  },
  async removePerson({ services: { ledger }, who, input: { appid, person: name } }) {
    const removed = await ledger.submit({ do: "removePerson", appid, name }, who.actor);
    return isRefusal(removed) ? problemOf(removed) : { reply: {} };
  },
  triggerClaim,
};

const shown = ({ name, openid, unionid, createdAt }: Person): RouteReply<"makePerson">["person"] => ({
  name,
  openid,
  unionid,
  create_time: createdAt,
});

const isName = (place: unknown): place is string => typeof place === "string";
