import { describe } from "vitest";
import type { StoredRecord } from "../../src/domain/records.ts";
import { PERSONS } from "../../src/domain/sandbox/persons.ts";
import { anApp, aPerson } from "../../testing/records.ts";
import { holds } from "./given.ts";

const [now, appid] = [1000, "wx_a"] as const;
const sandbox: StoredRecord = { record: "app", value: anApp(appid) };
const shop: StoredRecord = { record: "app", value: { ...anApp(appid), sandbox: null } };
const person = (name: string, changes: object = {}): StoredRecord => ({
  record: "person",
  value: aPerson(appid, name, { unionid: null, ...changes }),
});
const many = (count: number) => Array.from({ length: count }, (_, n) => person(`p${n}`));
const make = { do: "makePerson", appid, name: "ming", openid: "o-ming", unionid: null } as const;
const remove = { do: "removePerson", appid, name: "ming" } as const;

describe("people with names", () => {
  holds([
    [
      "are made",
      [sandbox, person("li")],
      now,
      make,
      { person: { appid, name: "ming", openid: "o-ming", unionid: null, createdAt: now, open: true } },
    ],
    ["are of sandbox apps only", [shop], now, make, "not_sandbox"],
    ["are of apps that there are", [], now, make, "unknown_app"],
    ["stay as they are where nothing else is said", [sandbox, person("ming")], now, make, "nothing"],
    [
      "change their openid and unionid",
      [sandbox, person("ming")],
      now,
      { ...make, openid: "o2", unionid: "u" },
      { person: { openid: "o2", unionid: "u" } },
    ],
    [
      "do not share an openid",
      [sandbox, person("li", { openid: "o-ming" }), person("ming", { openid: "o1" })],
      now,
      make,
      "person_openid_taken",
    ],
    [
      "may have the openid of one who was removed",
      [sandbox, person("li", { openid: "o-ming", open: false })],
      now,
      make,
      { person: { appid, name: "ming", openid: "o-ming", unionid: null, createdAt: now, open: true } },
    ],
    ["are no more than so many", [sandbox, ...many(PERSONS)], now, make, "too_many_persons"],
    [
      "are as many as that",
      [sandbox, ...many(PERSONS - 1)],
      now,
      make,
      { person: { appid, name: "ming", openid: "o-ming", unionid: null, createdAt: now, open: true } },
    ],
    [
      "change also where there are as many as may be",
      [sandbox, ...many(PERSONS - 1), person("ming")],
      now,
      { ...make, openid: "o2" },
      { person: { openid: "o2" } },
    ],
    ["are removed", [sandbox, person("ming")], now, remove, { person: { open: false } }],
    ["are not removed where they are not", [sandbox, person("li")], now, remove, "unknown_person"],
    ["are not removed twice", [sandbox, person("ming", { open: false })], now, remove, "unknown_person"],
    ["are not removed of a shop", [shop, person("ming")], now, remove, "not_sandbox"],
  ]);
});
