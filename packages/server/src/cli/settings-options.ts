import { type Command, InvalidArgumentError, Option } from "commander";
import { callbackInForce } from "../domain/access/settings.ts";
import type { App, AppSettings } from "../domain/records.ts";
import { count } from "./options.ts";
import { withSecret } from "./secrets.ts";

/** What clears a setting that can be absent. */
const NONE = "none";

function onOrOff(text: string): boolean {
  if (text === "on" || text === "off") return text === "on";
  throw new InvalidArgumentError("give on or off");
}

const countOrNone = (text: string): number | string => (text === NONE ? NONE : count(text));

/** Every setting of an app as an option of `app set`. The attribute of each is the setting's name. */
const options: { [Name in keyof AppSettings]: Option } = {
  claimMode: new Option("--claim-mode <mode>", "who decides a claim: our rules, or the merchant's callback").choices([
    "direct",
    "callback",
  ]),
  callbackUrl: new Option("--callback-url <url>", "where the merchant is asked; none clears it"),
  callbackToken: new Option("--callback-token <token>", "signs what is pushed: 3-32 of A-Z a-z 0-9; none clears it"),
  encodingAesKey: new Option("--encoding-aes-key <key>", "encrypts what is pushed: 43 characters; none clears it"),
  messageFormat: new Option("--message-format <format>", "how a push is written").choices(["json", "xml"]),
  messageMode: new Option("--message-mode <mode>", "whether a push is encrypted").choices([
    "plain",
    "compatible",
    "secure",
  ]),
  originalId: new Option("--original-id <id>", "the app's gh_… id, ToUserName of a push"),
  requireConfirm: new Option(
    "--require-confirm <on|off>",
    "whether every other call waits for a confirmed callback",
  ).argParser(onOrOff),
  autoExpire: new Option("--auto-expire <on|off>", "whether coupons past their time are set to expired").argParser(
    onOrOff,
  ),
  stackingPolicy: new Option(
    "--stacking-policy <policy>",
    "which coupons may be used together on an order that does not say",
  ).choices(["product_then_shop", "exclusive", "one_per_order"]),
  thresholdBasis: new Option(
    "--threshold-basis <basis>",
    "what shop coupons' thresholds are judged by: the cart's prices, or what product coupons leave of them",
  ).choices(["list", "after_product_coupons"]),
  claimsPerMinute: new Option(
    "--claims-per-minute <count>",
    "the most claims of the app in a minute; none sets no limit",
  ).argParser(countOrNone),
  claimsPerMinuteOfPerson: new Option(
    "--claims-per-minute-of-person <count>",
    "the most claims of one openid in a minute; none sets no limit",
  ).argParser(countOrNone),
};

/** Settings that nobody but the merchant may read. */
const secrets: readonly string[] = ["callbackToken", "encodingAesKey"] satisfies (keyof AppSettings)[];

/** Adds the settings as options; the action reads them with {@link settingsGiven}. */
export function withSettings(command: Command): Command {
  for (const [name, option] of Object.entries(options))
    if (secrets.includes(name)) withSecret(command, option);
    else command.addOption(option);
  return command;
}

/** The settings that were given. Throws where none was. */
export function settingsGiven(given: Record<string, unknown>): Partial<AppSettings> {
  const settings = Object.entries(given).filter(([name]) => name in options);
  if (settings.length === 0) throw new Error("give at least one setting; see quanku app set --help");
  return Object.fromEntries(settings.map(([name, value]) => [name, value === NONE ? null : value]));
}

/** An app as operators read it. Keys and tokens are told to be set, never shown. */
export function showApp(app: App): object {
  const { appid, createdAt, tokenQuota, confirmedUrl, settings } = app;
  const masked = (secret: string | null) => (secret === null ? null : "***");
  return {
    appid,
    create_time: createdAt,
    token_quota: tokenQuota,
    original_id: settings.originalId,
    claim_mode: settings.claimMode,
    callback_url: settings.callbackUrl,
    callback_url_in_force: callbackInForce(app),
    callback_confirmed: confirmedUrl !== null && confirmedUrl === settings.callbackUrl,
    callback_token: masked(settings.callbackToken),
    encoding_aes_key: masked(settings.encodingAesKey),
    message_format: settings.messageFormat,
    message_mode: settings.messageMode,
    require_confirm: settings.requireConfirm,
    auto_expire: settings.autoExpire,
    stacking_policy: settings.stackingPolicy,
    threshold_basis: settings.thresholdBasis,
    claims_per_minute: settings.claimsPerMinute,
    claims_per_minute_of_person: settings.claimsPerMinuteOfPerson,
  };
}
