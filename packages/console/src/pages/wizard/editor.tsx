import { memo, type ReactNode, useEffect, useState } from "react";
import { useAppid } from "../../data/session.ts";
import type { TermName, Terms } from "../../parts/coupon-terms.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { useUrlState } from "../../ui/url-state.ts";
import { useLanguage } from "../../words/language.ts";
import { useWords } from "../../words/table.ts";
import { cartOf, exampleCart, type Line } from "./cart.ts";
import { documentOf, fieldAt } from "./document.ts";
import type { Draft } from "./draft.ts";
import { FinishStep } from "./finish-step.tsx";
import { controlOf, FormProvider } from "./form.tsx";
import { KindStep } from "./kind-step.tsx";
import { asks } from "./kinds.ts";
import { type Preview, usePreview } from "./preview.ts";
import { Result } from "./result.tsx";
import { useSaving } from "./saving.ts";
import { StepBar } from "./step-bar.tsx";
import { ClaimStep, GivesStep, NameStep, type Step, stepOf, steps, ValidityStep } from "./steps.tsx";
import { resultWords, words } from "./words.ts";

/** What is filled in to begin with. */
export type Beginning = Omit<Draft, "at">;
/** Keeps what is filled in; undefined once it is saved. */
type Keep = (filledIn: Beginning | undefined) => void;

/** The questions, and what comes of the answers; not drawn anew where only the time goes on. */
export const Editor = memo(Questions);

function Questions({ start, keep, anew }: { start: Beginning; keep: Keep; anew: () => void }) {
  const sayResult = useWords(resultWords);
  const [isShown, show] = useState(false);
  const { form, step, goTo, result, groups } = useWizard(start, keep, anew);
  const hasKind = form.form.type !== null;
  const wizardResult = <Result {...result} />;
  return (
    <FormProvider value={form}>
      <div className={`wizard ${hasKind ? "" : "without-kind"}`}>
        <div className="wizard-steps">
          {(hasKind ? steps : steps.slice(0, 1)).map((one) => (
            <Group key={one} step={one} isCurrent={one === step || !hasKind}>
              {groups[one]}
            </Group>
          ))}
          {hasKind && <StepBar step={step} goTo={goTo} preview={() => show(true)} />}
        </div>
        {hasKind && (
          <aside className="wizard-result" aria-label={sayResult("title")}>
            {wizardResult}
          </aside>
        )}
      </div>
      {isShown && (
        <Dialog side title={sayResult("title")} close={() => show(false)}>
          <div className="wizard-result in-dialog">{wizardResult}</div>
        </Dialog>
      )}
    </FormProvider>
  );
}

/** A group of questions; a phone shows the one that is current. */
function Group({ step, isCurrent, children }: { step: Step; isCurrent: boolean; children: ReactNode }) {
  const say = useWords(words);
  return (
    <section className={`section wizard-step ${isCurrent ? "current" : ""}`}>
      <h2 id={`step-${step}`} tabIndex={-1}>
        {say(step)}
      </h2>
      {children}
    </section>
  );
}

/** What is filled in, what the server says of it, and how it is saved. */
function useWizard(start: Beginning, keep: Keep, anew: () => void) {
  const { step, goTo, goToField } = useSteps();
  const { form, change, isSaved, setSaved, document } = useFilledIn(start, keep);
  const [lines, setLines] = useState<readonly Line[]>();
  const cart = lines ?? exampleCart(form);
  const asked = { appid: useAppid(), coupon: document, lines: cartOf(cart), replaces: isSaved };
  const { preview, error, again, isCurrent } = usePreview(asked, form.type !== null);
  const { faults, beAt, tellAll } = useFaults(form, preview, isCurrent);
  const saving = useSaving({
    coupon: document,
    isSaved,
    mayGo: () => {
      tellAll();
      const errors = (isCurrent && preview?.errors) || [];
      const name = firstAsked(form, errors);
      if (name) goToField(name);
      return errors.length === 0;
    },
    kept: () => setSaved(true),
    done: () => keep(undefined),
    stayed: anew,
  });
  const fill = (changed: Partial<Terms>) => {
    change(changed);
    beAt(...(Object.keys(changed) as TermName[]));
  };
  const groups: Readonly<Record<Step, ReactNode>> = {
    kind: <KindStep chosen={() => goTo("gives")} />,
    gives: <GivesStep />,
    name: <NameStep />,
    claim: <ClaimStep />,
    validity: <ValidityStep />,
    finish: <FinishStep preview={preview} isCurrent={isCurrent} saving={saving} go={goToField} />,
  };
  const tried = { lines: cart, change: setLines, isExample: lines === undefined };
  return {
    form: { form, change: fill, faults, leave: beAt, isSaved },
    step,
    goTo,
    result: { document, preview, error, again, cart: tried },
    groups,
  };
}

/** What is filled in, kept at each change. */
function useFilledIn(start: Beginning, keep: Keep) {
  const [filled, set] = useState(start);
  useEffect(() => {
    if (filled !== start) keep(filled);
  }, [filled, start, keep]);
  const { form, base, isSaved } = filled;
  return {
    form,
    isSaved,
    change: (changed: Partial<Terms>) => set((before) => ({ ...before, form: { ...before.form, ...changed } })),
    setSaved: (now: boolean) => set((before) => ({ ...before, isSaved: now })),
    document: documentOf(form, base),
  };
}

/**
 * What is wrong, of the fields that somebody was at; of all once somebody wanted to save. What was changed since the server
 * judged is not wrong until it judges again.
 */
function useFaults(form: Terms, preview: Preview | undefined, isCurrent: boolean) {
  const [language] = useLanguage();
  const [seen, setSeen] = useState<ReadonlySet<TermName> | "all">(new Set<TermName>());
  const [judged, setJudged] = useState(form);
  if (isCurrent && judged !== form) setJudged(form);
  const faults: Partial<Record<TermName, string>> = {};
  for (const { field, detail, detail_zh } of preview?.errors ?? []) {
    const name = fieldAt(field);
    if (name && asks(form, name) && form[name] === judged[name] && (seen === "all" || seen.has(name)))
      faults[name] ??= language === "zh" ? detail_zh : detail;
  }
  return {
    faults,
    beAt: (...names: readonly TermName[]) =>
      setSeen((before) => (before === "all" ? before : new Set([...before, ...names]))),
    tellAll: () => setSeen("all"),
  };
}

/** The field at fault that is asked first. */
function firstAsked(form: Terms, errors: Preview["errors"]): TermName | undefined {
  const names = errors.flatMap(({ field }) => fieldAt(field) ?? []).filter((name) => asks(form, name));
  return names.sort((one, other) => steps.indexOf(stepOf(one)) - steps.indexOf(stepOf(other)))[0];
}

/** Which group of questions a phone shows, as the address says, and how to go to another or to a field. */
function useSteps() {
  const [search, setSearch] = useUrlState<"step">();
  const [target, setTarget] = useState<{ step: Step; control: string }>();
  const step = steps.find((one) => one === search.step) ?? "kind";
  useEffect(() => {
    if (target === undefined || target.step !== step) return;
    const control = window.document.getElementById(target.control);
    control?.closest("details")?.setAttribute("open", "");
    control?.focus();
    control?.closest(".field, .wizard-step")?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }, [target, step]);
  const go = (next: Step, control: string) => {
    setTarget({ step: next, control });
    setSearch({ step: next === "kind" ? undefined : next });
  };
  return {
    step,
    goTo: (next: Step) => go(next, `step-${next}`),
    goToField: (name: TermName) => go(stepOf(name), controlOf(name)),
  };
}
