import { type Accepted, isRefusal, refuse } from "../outcome.ts";
import type { Person, RecordKey } from "../records.ts";
import type { Rule } from "../rule.ts";
import { sandboxOf } from "./sandbox.ts";

/** How many people of an app may have a name. */
export const PERSONS = 1000;

/** Whether somebody may be called so; no store is asked for what nobody is called. */
export const canBeName = (text: string): boolean =>
  text.length >= 1 && text.length <= 128 && text.isWellFormed() && !text.includes("\0");

type Named = { appid: string; name: string };

export type MakePerson = Named & { do: "makePerson"; openid: string; unionid: string | null };

/** Gives somebody of a sandbox app a name, or another openid and unionid to whoever has the name. */
export const makePerson: Rule<MakePerson, Person> = {
  needs: ({ appid, name }) => [
    { need: "app", appid },
    { need: "person", appid, name },
    { need: "persons", appid },
  ],
  decide({ appid, name, openid, unionid }, records, now) {
    const app = sandboxOf(records, appid);
    if (isRefusal(app)) return app;
    const others = records.persons(appid).filter((person) => person.name !== name);
    const same = others.find((person) => person.openid === openid);
    if (same) return refuse("person_openid_taken", { openid, name: same.name });
    const before = records.person(appid, name);
    if (!before && others.length >= PERSONS) return refuse("too_many_persons", { limit: PERSONS });
    const person = { appid, name, openid, unionid, createdAt: before?.createdAt ?? now, open: true };
    const isSame = before?.openid === openid && before.unionid === unionid;
    return isSame ? { writes: [], result: before } : wrote(person);
  },
};

export type RemovePerson = Named & { do: "removePerson" };

/** Takes a name back. What the person has stays theirs, by their openid. */
export const removePerson: Rule<RemovePerson, Person> = {
  needs: ({ appid, name }): RecordKey[] => [
    { need: "app", appid },
    { need: "person", appid, name },
  ],
  decide({ appid, name }, records) {
    const app = sandboxOf(records, appid);
    if (isRefusal(app)) return app;
    const person = records.person(appid, name);
    return person ? wrote({ ...person, open: false }) : refuse("unknown_person", { name });
  },
};

const wrote = (person: Person): Accepted<Person> => ({
  writes: [{ record: "person", value: person }],
  result: person,
});
