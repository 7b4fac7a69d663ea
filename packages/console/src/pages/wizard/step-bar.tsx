import { Button } from "antd";
import { useWords } from "../../words/table.ts";
import { type Step, steps } from "./steps.tsx";
import { words } from "./words.ts";

/** On a phone: which group of questions this is, the ones before and after it, and the result. */
export function StepBar({ step, goTo, preview }: { step: Step; goTo: (step: Step) => void; preview: () => void }) {
  const say = useWords(words);
  const at = steps.indexOf(step);
  const before = steps[at - 1];
  const next = steps[at + 1];
  return (
    <nav className="step-bar" aria-label={say("steps")}>
      <progress value={at + 1} max={steps.length} aria-label={say("stepOf", { step: at + 1, steps: steps.length })} />
      <Button disabled={!before} onClick={() => before && goTo(before)}>
        {say("back")}
      </Button>
      <Button onClick={preview}>{say("preview")}</Button>
      <Button type="primary" disabled={!next} onClick={() => next && goTo(next)}>
        {say("next")}
      </Button>
    </nav>
  );
}
