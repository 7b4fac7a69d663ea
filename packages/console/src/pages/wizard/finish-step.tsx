import { CheckCircleOutlined, WarningOutlined } from "@ant-design/icons";
import type { TermName } from "../../parts/coupon-terms.ts";
import { Act } from "../../ui/allowed.tsx";
import { Fault } from "../../ui/fault.tsx";
import { useLanguage } from "../../words/language.ts";
import { useWords } from "../../words/table.ts";
import { fieldAt } from "./document.ts";
import { fieldWords } from "./field-words.ts";
import { useForm } from "./form.tsx";
import { asks } from "./kinds.ts";
import type { Preview } from "./preview.ts";
import type { Saving } from "./saving.ts";
import { words } from "./words.ts";

const fixed = ["finishTerms", "finishStock", "finishVoid", "finishClaims"] as const;

/** What is left to mend, what activation fixes for good, and the two ways to save. */
export function FinishStep({
  preview,
  isCurrent,
  saving,
  go,
}: {
  preview: Preview | undefined;
  isCurrent: boolean;
  saving: Saving;
  go: (name: TermName) => void;
}) {
  const say = useWords(words);
  const { form, isSaved } = useForm();
  const why = form.type === null ? say("noKind") : undefined;
  return (
    <>
      <p className="aside">{say("finishSaves")}</p>
      <div className="finish-fixes">
        <h3>{say("finishFixes")}</h3>
        <ul>
          {fixed.map((word) => (
            <li key={word}>{say(word)}</li>
          ))}
        </ul>
      </div>
      {saving.isHalfDone && <p className="field-fault">{say("savedNotActive")}</p>}
      <Fault error={saving.error} />
      <div className="finish-acts">
        <Act
          why={why}
          size="large"
          loading={saving.running === "save"}
          disabled={saving.running !== undefined}
          onClick={() => saving.save(false)}
        >
          {say(isSaved ? "saveChanges" : "saveDraft")}
        </Act>
        <Act
          why={why}
          size="large"
          type="primary"
          loading={saving.running === "activate"}
          disabled={saving.running !== undefined}
          onClick={() => saving.save(true)}
        >
          {say("saveActivate")}
        </Act>
      </div>
      <Checks preview={preview} isCurrent={isCurrent} go={go} />
    </>
  );
}

/** Every fault that the server finds, each with a way to where it is mended; those of no field too. */
function Checks({
  preview,
  isCurrent,
  go,
}: {
  preview: Preview | undefined;
  isCurrent: boolean;
  go: (name: TermName) => void;
}) {
  const say = useWords(words);
  const sayField = useWords(fieldWords);
  const [language] = useLanguage();
  const { form } = useForm();
  if (!preview) return null;
  const { errors } = preview;
  if (errors.length === 0)
    return (
      <p className="checks good" aria-live="polite">
        <CheckCircleOutlined /> {say(isCurrent ? "noFaults" : "checking")}
      </p>
    );
  return (
    <div className="checks" aria-live="polite">
      <p>
        <WarningOutlined /> {say("faults", { count: errors.length })}
      </p>
      <ul>
        {errors.map(({ field, detail, detail_zh }) => {
          const name = fieldAt(field);
          const told = language === "zh" ? detail_zh : detail;
          return (
            <li key={`${field} ${detail}`}>
              {name && asks(form, name) ? (
                <button type="button" className="link" onClick={() => go(name)}>
                  {sayField(name)}
                </button>
              ) : (
                <code>{field}</code>
              )}{" "}
              {told}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
