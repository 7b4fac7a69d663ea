import { bases, policies, type StackingPolicy, type ThresholdBasis } from "../pricing/policies.ts";

/** What a value must be, in words and in Chinese ones. */
export type Must = { en: string; zh: string };

/** What can be set to what. `must` says what is not right of a value: "the setting must …". */
export type Range =
  | { kind: "choice"; of: readonly string[] }
  | { kind: "onOrOff" }
  /** A whole number of at least 1; null: no limit. */
  | { kind: "countOrNone" }
  /** null, where it can be absent: it is. */
  | { kind: "text"; canBeAbsent: boolean; isRight(text: string): boolean; must: Must };

/** One setting of an app: all that is said of it, in one place. What follows from it is at the end of this file. */
type Setting<Value> = {
  /** What holds until it is set; undefined: each app has one of its own from the start. */
  byDefault: Value | undefined;
  /** What it decides, for an operator. */
  means: string;
  range: Range;
  /** Whether nobody but the merchant may read it. */
  isSecret: boolean;
};

/** Of several words; the first holds until it is set. */
const choice = <const Word extends string>(of: readonly Word[], means: string): Setting<Word> => ({
  byDefault: of[0],
  means,
  range: { kind: "choice", of },
  isSecret: false,
});

const onOrOff = (byDefault: boolean, means: string): Setting<boolean> => ({
  byDefault,
  means,
  range: { kind: "onOrOff" },
  isSecret: false,
});

const countOrNone = (byDefault: number | null, means: string): Setting<number | null> => ({
  byDefault,
  means,
  range: { kind: "countOrNone" },
  isSecret: false,
});

type Form = { isRight: (text: string) => boolean; must: Must };

const text = (means: string, form: Form): Setting<string> => ({
  byDefault: undefined,
  means,
  range: { kind: "text", canBeAbsent: false, ...form },
  isSecret: false,
});

const textOrNone = (means: string, form: Form): Setting<string | null> => ({
  byDefault: null,
  means,
  range: { kind: "text", canBeAbsent: true, ...form },
  isSecret: false,
});

const secret = (means: string, form: Form): Setting<string | null> => ({ ...textOrNone(means, form), isSecret: true });

const wordsOf = <Word extends string>(list: Record<Word, unknown>) => Object.keys(list) as Word[];

/**
 * The settings of an app (their defaults are our decisions, docs/adr/0008 and 0010). A new one is a line here: type,
 * default, check, option of `quanku app set`, line of `quanku app show`, and what the journal keeps follow.
 */
export const settingsTable = {
  claimMode: choice(["direct", "callback"], "who decides a claim: our rules, or the merchant's callback"),
  callbackUrl: textOrNone("where the merchant is asked", {
    isRight: isCallbackUrl,
    must: {
      en: "must be an http or https URL of at most 1024 characters, without a user name, a password or a #fragment",
      zh: "必须是最长 1024 个字符的 http 或 https 网址，不含用户名、密码和 #片段",
    },
  }),
  callbackToken: secret("signs what is pushed: 3-32 of A-Z a-z 0-9", {
    isRight: (token) => /^[A-Za-z0-9]{3,32}$/.test(token),
    must: {
      en: "must be 3-32 of A-Z a-z 0-9, the same as in the merchant's program",
      zh: "必须是 3-32 个字符，只能用 A-Z a-z 0-9，并与商家程序中的一致",
    },
  }),
  encodingAesKey: secret("encrypts what is pushed: 43 characters", {
    isRight: (key) => /^[A-Za-z0-9+/]{43}$/.test(key),
    must: {
      en: "must be 43 of A-Z a-z 0-9 + /, the same as in the merchant's program",
      zh: "必须是 43 个字符，只能用 A-Z a-z 0-9 + /，并与商家程序中的一致",
    },
  }),
  messageFormat: choice(["json", "xml"], "how a push is written"),
  messageMode: choice(["plain", "compatible", "secure"], "whether a push is encrypted"),
  originalId: text("the app's gh_… id, ToUserName of a push", {
    isRight: (id) => /^gh_[A-Za-z0-9_-]{1,61}$/.test(id),
    must: {
      en: "must be gh_ and 1-61 of A-Z a-z 0-9 _ -",
      zh: "必须是 gh_ 加 1-61 个字符，只能用 A-Z a-z 0-9 _ -",
    },
  }),
  requireConfirm: onOrOff(false, "whether every other call waits for a confirmed callback"),
  autoExpire: onOrOff(true, "whether coupons past their time are set to expired"),
  stackingPolicy: choice<StackingPolicy>(
    wordsOf(policies),
    "which coupons may be used together on an order that does not say",
  ),
  thresholdBasis: choice<ThresholdBasis>(
    wordsOf(bases),
    "what shop coupons' thresholds are judged by: the cart's prices, or what product coupons leave of them",
  ),
  claimsPerMinute: countOrNone(null, "the most claims of the app in a minute"),
  claimsPerMinuteOfPerson: countOrNone(60, "the most claims of one openid in a minute"),
};

type Table = typeof settingsTable;
export type SettingName = keyof Table;

/** What an app is set to. */
export type AppSettings = { [Name in SettingName]: Table[Name] extends Setting<infer Value> ? Value : never };

const entries = Object.entries(settingsTable) as [SettingName, Setting<unknown>][];

export const settingNames: readonly SettingName[] = entries.map(([name]) => name);

/** The settings that nobody but the merchant may read. */
export const secretSettings: readonly SettingName[] = entries.flatMap(([name, { isSecret }]) =>
  isSecret ? [name] : [],
);

const defaults = Object.fromEntries(entries.map(([name, { byDefault }]) => [name, byDefault]));

/** What holds for an app until it is set. */
export const defaultSettings = (originalId: string): AppSettings => ({ ...(defaults as AppSettings), originalId });

/** What is not well-formed of some settings, if anything: the setting and the fix, never the value. */
export function faultIn(settings: Partial<AppSettings>): string | undefined {
  for (const name of settingNames) {
    const must = settings[name] === undefined ? undefined : whatMust(name, settings[name]);
    if (must) return `${spoken(name)} ${must.en}`;
  }
}

/** What a setting must be, if a value is not that. */
export const whatMust = (name: SettingName, value: unknown): Must | undefined =>
  whatItMust(value, settingsTable[name].range);

function whatItMust(value: unknown, range: Range): Must | undefined {
  switch (range.kind) {
    case "choice":
      return range.of.includes(value as string)
        ? undefined
        : { en: `must be one of ${range.of.join(", ")}`, zh: `必须是以下之一：${range.of.join("、")}` };
    case "onOrOff":
      return typeof value === "boolean" ? undefined : { en: "must be true or false", zh: "必须是 true 或 false" };
    case "countOrNone":
      return value === null || (Number.isSafeInteger(value) && Number(value) >= 1)
        ? undefined
        : {
            en: "must be a whole number of at least 1, or null for no limit",
            zh: "必须是不小于 1 的整数，或用 null 表示不限",
          };
    case "text":
      return (value === null ? range.canBeAbsent : typeof value === "string" && range.isRight(value))
        ? undefined
        : range.must;
  }
}

/** A setting's name as a text says it: `callback URL` for `callbackUrl`. */
export const spoken = (name: SettingName): string =>
  name
    .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/\burl\b/, "URL")
    .replace("encoding aes key", "EncodingAESKey");

function isCallbackUrl(text: string): boolean {
  const url = URL.parse(text);
  if (!url || text.length > 1024) return false;
  return ["http:", "https:"].includes(url.protocol) && url.username === "" && url.password === "" && url.hash === "";
}
