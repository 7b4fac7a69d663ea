import { Result } from "antd";
import { useState } from "react";
import { useApp, useAppid } from "../../data/session.ts";
import { ResetSandbox } from "../../parts/reset-sandbox.tsx";
import { Act } from "../../ui/allowed.tsx";
import { Page, Section } from "../../ui/page.tsx";
import { useWords } from "../../words/table.ts";
import { ClockSection } from "./clock.tsx";
import { Faults } from "./faults.tsx";
import { Persons } from "./persons.tsx";
import "./sandbox.css";
import { States } from "./states.tsx";
import { Tap } from "./tap.tsx";
import { words } from "./words.ts";

/** What only a sandbox app has: a clock that can be set, faults, people by name, states to come back to. */
export function Sandbox() {
  const say = useWords(words);
  const appid = useAppid();
  const app = useApp();
  if (app && !app.sandbox)
    return (
      <Page title={say("title")}>
        <Result status="info" title={say("production")} subTitle={say("productionWhy")} />
      </Page>
    );
  return (
    <Page key={appid} title={say("title")} about={say("about")}>
      <ClockSection appid={appid} />
      <Faults appid={appid} />
      <Tap appid={appid} />
      <Persons appid={appid} />
      <States appid={appid} />
      <Reset appid={appid} />
    </Page>
  );
}

function Reset({ appid }: { appid: string }) {
  const say = useWords(words);
  const [isOpen, setOpen] = useState(false);
  return (
    <Section title={say("reset")}>
      <p className="aside">{say("resetAbout")}</p>
      <div>
        <Act danger onClick={() => setOpen(true)}>
          {say("reset")}
        </Act>
      </div>
      {isOpen && <ResetSandbox appid={appid} close={() => setOpen(false)} />}
    </Section>
  );
}
