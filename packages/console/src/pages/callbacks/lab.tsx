import { lazy, Suspense } from "react";
import { usePages } from "../../data/calls.ts";
import { useApp, useAppid } from "../../data/session.ts";
import { Page } from "../../ui/page.tsx";
import { useUrlState } from "../../ui/url-state.ts";
import { useLanguage } from "../../words/language.ts";
import { useWords } from "../../words/table.ts";
import { Agreed } from "./agreed.tsx";
import { Attempts } from "./attempt-list.tsx";
import type { LabState } from "./attempts.ts";
import { OpenedAttempt } from "./opened.tsx";
import "./callbacks.css";
import { words } from "./words.ts";

const Samples = lazy(() => import("./sample-merchants.tsx"));

/** Where developers get unstuck: what was agreed on, every time the merchant was asked, and one of them field by field. */
export function CallbackLab() {
  const say = useWords(words);
  const appid = useAppid();
  const app = useApp();
  const [language] = useLanguage();
  const [{ attempt, verdict, purpose, request_id }, setState] = useUrlState<LabState>();
  const pages = usePages("listCallbacks", {
    appid,
    ...({ verdict, purpose, request_id } as Record<string, string | undefined>),
  });
  const open = (callback: string | undefined) => setState({ attempt: callback });
  return (
    <Page
      title={say("title")}
      about={say("about")}
      actions={
        <a href={`/docs/${language}/callback`} target="_blank" rel="noreferrer">
          {say("docs")}
        </a>
      }
    >
      <div className={attempt === undefined ? "lab" : "lab lab-opened"}>
        {app && <Agreed app={app} open={open} />}
        {attempt !== undefined && (
          <OpenedAttempt
            key={attempt}
            appid={appid}
            callback={attempt}
            known={pages.entries.find(({ callback }) => callback === attempt)}
            open={open}
          />
        )}
        <Attempts pages={pages} open={open} />
      </div>
      <Suspense>{app && <Samples app={app} />}</Suspense>
    </Page>
  );
}
