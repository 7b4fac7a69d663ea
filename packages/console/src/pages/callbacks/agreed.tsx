import type { App, CallbackAttempt } from "@quanku/sdk/admin";
import { useState } from "react";
import { useChange } from "../../data/calls.ts";
import { SettingForm } from "../../parts/settings/form.tsx";
import { settingGroups } from "../../parts/settings/list.ts";
import { Act } from "../../ui/allowed.tsx";
import { Fault } from "../../ui/fault.tsx";
import { Section } from "../../ui/page.tsx";
import { Dot } from "../../ui/status.tsx";
import { useWords } from "../../words/table.ts";
import { remember } from "./attempts.ts";
import { TestEvent } from "./test-event.tsx";
import { words } from "./words.ts";

type Given = { app: App; open: (callback: string) => void };

/** What the app and its merchant agreed on, and what can be sent to try it. */
export function Agreed({ app, open }: Given) {
  const say = useWords(words);
  return (
    <div className="lab-agreed">
      <Section title={say("agreed")}>
        <InForce app={app} />
        <Handshake app={app} open={open} />
        <TestEvent app={app} open={open} />
        <SettingForm app={app} names={settingGroups.callback} label={say("settingsOf")} />
      </Section>
    </div>
  );
}

function InForce({ app }: { app: App }) {
  const say = useWords(words);
  const { callback_url: set, callback_url_in_force: url, callback_confirmed: isConfirmed } = app;
  if (url === null) return <p className="aside">{say("steps")}</p>;
  const isOther = set !== null && set !== url;
  return (
    <dl className="lab-in-force">
      <dt>{say("inForce")}</dt>
      <dd>
        <code>{url}</code>
      </dd>
      <dd>
        <Dot tone={isConfirmed ? "good" : "soon"}>
          {say(isConfirmed ? "confirmed" : isOther ? "confirmedOther" : "notConfirmed")}
        </Dot>
      </dd>
    </dl>
  );
}

function Handshake({ app, open }: Given) {
  const say = useWords(words);
  const { appid } = app;
  const verify = useChange("verifyCallback");
  const confirm = useChange("confirmCallback");
  const [error, setError] = useState<unknown>();
  const why = app.callback_url === null ? say("noUrl") : undefined;
  const shows = {
    onSuccess: ({ callback }: { callback: CallbackAttempt }) => {
      remember(appid, callback);
      open(callback.callback);
    },
    onError: setError,
  };
  const go = (change: typeof verify | typeof confirm) => () => {
    setError(undefined);
    change.mutate({ appid }, shows);
  };
  return (
    <>
      <div className="lab-buttons">
        <Act why={why} loading={verify.isPending} onClick={go(verify)}>
          {say("verify")}
        </Act>
        <Act why={why} loading={confirm.isPending} onClick={go(confirm)} type={why ? "default" : "primary"}>
          {say("confirm")}
        </Act>
      </div>
      <Fault error={error} />
    </>
  );
}
