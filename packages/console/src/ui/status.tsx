import type { HeldCoupon, OperatedCoupon } from "@quanku/sdk/admin";
import { table, useWords } from "../words/table.ts";

/** What a colour means everywhere: in force, not yet or no longer of use, soon or of a sandbox, failed. */
export type Tone = "good" | "plain" | "soon" | "bad";

/** A coloured dot with its word: the colour never stands alone. */
export function Dot({ tone, children }: { tone: Tone; children: string }) {
  return <span className={`dot ${tone}`}>{children}</span>;
}

const words = table("status", {
  withdrawn: { zh: "已下架", en: "Withdrawn" },
  draft: { zh: "草稿", en: "Draft" },
  active: { zh: "生效中", en: "Active" },
  expired: { zh: "已过期", en: "Expired" },
  void: { zh: "已作废", en: "Void" },
  paused: { zh: "已暂停领取", en: "Paused" },
  effective: { zh: "可使用", en: "Usable" },
  used: { zh: "已核销", en: "Redeemed" },
  given_up: { zh: "已放弃", en: "Given up" },
});

const tones: Readonly<Record<OperatedCoupon["status"] | HeldCoupon["status"], Tone>> = {
  withdrawn: "plain",
  draft: "plain",
  active: "good",
  expired: "plain",
  void: "bad",
  effective: "good",
  used: "plain",
  given_up: "plain",
};

/** The status of a coupon, or of a user coupon. */
export function Status({
  of,
  paused = false,
}: {
  of: OperatedCoupon["status"] | HeldCoupon["status"];
  paused?: boolean;
}) {
  const say = useWords(words);
  return paused && of === "active" ? <Dot tone="soon">{say("paused")}</Dot> : <Dot tone={tones[of]}>{say(of)}</Dot>;
}

export { words as statusWords };
