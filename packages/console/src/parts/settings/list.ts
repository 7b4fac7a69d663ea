/** What can be set to what, and how it is steered. `isOptional`: it can be absent, as null. */
export type Kind =
  | { kind: "choice"; of: readonly string[] }
  | { kind: "onOrOff" }
  | { kind: "count" }
  | { kind: "text"; isOptional: boolean }
  | { kind: "secret"; letters: number };

const choice = <const Of extends readonly string[]>(...of: Of) => ({ kind: "choice" as const, of });

/** The settings of an app by their names on the operators' calls; a test holds them to the server's own table. */
export const settings = {
  claim_mode: choice("direct", "callback"),
  callback_url: { kind: "text", isOptional: true },
  callback_token: { kind: "secret", letters: 32 },
  encoding_aes_key: { kind: "secret", letters: 43 },
  message_format: choice("json", "xml"),
  message_mode: choice("plain", "compatible", "secure"),
  original_id: { kind: "text", isOptional: false },
  require_confirm: { kind: "onOrOff" },
  auto_expire: { kind: "onOrOff" },
  stacking_policy: choice("product_then_shop", "exclusive", "one_per_order"),
  threshold_basis: choice("list", "after_product_coupons"),
  claims_per_minute: { kind: "count" },
  claims_per_minute_of_person: { kind: "count" },
} as const satisfies Readonly<Record<string, Kind>>;

export type SettingName = keyof typeof settings;
/** What a setting is set to, as the operators' calls tell and take it. */
export type SettingValue = string | number | boolean | null;

/** The settings by what they are about, in the order in which they are shown. */
export const settingGroups = {
  callback: [
    "claim_mode",
    "callback_url",
    "callback_token",
    "message_mode",
    "encoding_aes_key",
    "message_format",
    "original_id",
    "require_confirm",
  ],
  shop: ["auto_expire", "stacking_policy", "threshold_basis"],
  limits: ["claims_per_minute", "claims_per_minute_of_person"],
} as const satisfies Readonly<Record<string, readonly SettingName[]>>;
