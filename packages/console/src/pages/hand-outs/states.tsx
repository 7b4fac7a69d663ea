import type { HandOut } from "@quanku/sdk/admin";
import { Steps } from "antd";
import { Dot, type Tone } from "../../ui/status.tsx";
import { useWords } from "../../words/table.ts";
import { words } from "./words.ts";

const tones: Readonly<Record<HandOut["state"], Tone>> = {
  checking: "plain",
  checked: "soon",
  running: "good",
  done: "plain",
  cancelled: "bad",
};

/** The state of a hand-out. */
export function HandOutState({ state }: { state: HandOut["state"] }) {
  const say = useWords(words);
  return <Dot tone={tones[state]}>{say(state)}</Dot>;
}

/** Whether it goes on by itself. */
export const isUnderWay = ({ state }: HandOut): boolean => state === "checking" || state === "running";

/** How many lines were refused or passed over. */
export const refusedIn = ({ refused }: HandOut): number => Object.values(refused).reduce((sum, more) => sum + more, 0);

/** Where in the four steps of handing out somebody is. */
export function HandOutSteps({ at }: { at: 0 | 1 | 2 | 3 }) {
  const say = useWords(words);
  const titles = [say("stepList"), say("stepCheck"), say("stepGo"), say("stepResult")];
  return (
    <Steps
      size="small"
      responsive={false}
      titlePlacement="vertical"
      current={at}
      items={titles.map((title) => ({ title }))}
      aria-label={say("steps")}
    />
  );
}
