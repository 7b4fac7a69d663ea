import { expect, it } from "vitest";
import { type SettingName, settingNames, settingsTable } from "../../server/src/domain/access/settings.ts";
import { spelled } from "../../server/src/wire/app.ts";
import { settingGroups, settings } from "../src/parts/settings/list.ts";

/** What the console should know of a setting, by the server's own table. */
function kindOf(name: SettingName) {
  const { range, isSecret } = settingsTable[name];
  if (isSecret) return { kind: "secret", letters: expect.any(Number) };
  if (range.kind === "choice") return { kind: "choice", of: range.of };
  if (range.kind === "text") return { kind: "text", isOptional: range.canBeAbsent };
  return { kind: range.kind === "countOrNone" ? "count" : "onOrOff" };
}

it("the console's list of settings is the server's", () => {
  expect(settings).toEqual(Object.fromEntries(settingNames.map((name) => [spelled(name, "_"), kindOf(name)])));
  expect(Object.values(settingGroups).flat().toSorted()).toEqual(Object.keys(settings).toSorted());
});
