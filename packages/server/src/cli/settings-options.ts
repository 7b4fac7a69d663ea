import { type Command, InvalidArgumentError, Option } from "commander";
import {
  type AppSettings,
  type SettingName,
  secretSettings,
  settingNames,
  settingsTable,
} from "../domain/access/settings.ts";
import { spelled } from "../wire/app.ts";
import { count } from "./options.ts";
import { withSecret } from "./secrets.ts";

/** What clears a setting that can be absent. */
const NONE = "none";

function onOrOff(text: string): boolean {
  if (text === "on" || text === "off") return text === "on";
  throw new InvalidArgumentError("give on or off");
}

const countOrNone = (text: string): number | string => (text === NONE ? NONE : count(text));

/** A setting as an option of `app set`, whose attribute is the setting's name. */
function optionOf(name: SettingName): Option {
  const { means, range } = settingsTable[name];
  const flag = `--${spelled(name, "-")}`;
  const lastWord = flag.split("-").at(-1);
  switch (range.kind) {
    case "choice":
      return new Option(`${flag} <${lastWord}>`, means).choices(range.of);
    case "onOrOff":
      return new Option(`${flag} <on|off>`, means).argParser(onOrOff);
    case "countOrNone":
      return new Option(`${flag} <count>`, `${means}; ${NONE} sets no limit`).argParser(countOrNone);
    case "text":
      return new Option(`${flag} <${lastWord}>`, range.canBeAbsent ? `${means}; ${NONE} clears it` : means);
  }
}

/** Adds every setting as an option; the action reads them with {@link settingsGiven}. */
export function withSettings(command: Command): Command {
  for (const name of settingNames)
    if (secretSettings.includes(name)) withSecret(command, optionOf(name));
    else command.addOption(optionOf(name));
  return command;
}

/** The settings that were given. Throws where none was. */
export function settingsGiven(given: Record<string, unknown>): Partial<AppSettings> {
  const settings = Object.entries(given).filter(([name]) => name in settingsTable);
  if (settings.length === 0) throw new Error("give at least one setting; see quanku app set --help");
  return Object.fromEntries(settings.map(([name, value]) => [name, value === NONE ? null : value]));
}
