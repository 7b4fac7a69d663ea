import type { App } from "@quanku/sdk/admin";
import { useCall } from "../../data/calls.ts";
import { useAppid } from "../../data/session.ts";
import { SettingForm } from "../../parts/settings/form.tsx";
import { settingGroups } from "../../parts/settings/list.ts";
import { count } from "../../ui/amounts.ts";
import { Facts } from "../../ui/facts.tsx";
import { PageLink, useAddresses } from "../../ui/link.tsx";
import { Loaded, Page, Section } from "../../ui/page.tsx";
import { Time } from "../../ui/time.tsx";
import { useWords } from "../../words/table.ts";
import { Moving } from "./moving.tsx";
import { Removal } from "./removal.tsx";
import { Secret } from "./secret.tsx";
import "./settings-page.css";
import { words } from "./words.ts";

/** All that is set of an app, its secret, its snapshot, and its end. */
export function Settings() {
  const say = useWords(words);
  const app = useCall("showApp", { appid: useAppid() });
  return (
    <Page title={say("title")} about={say("about")}>
      <Loaded of={app} rows={12}>
        {({ app }) => (
          <>
            <About app={app} />
            <Section title={say("group_callback")} aside={<ToLab />}>
              <SettingForm app={app} names={settingGroups.callback} label={say("group_callback")} />
            </Section>
            <Section title={say("group_shop")}>
              <SettingForm app={app} names={settingGroups.shop} label={say("group_shop")} />
            </Section>
            <Section title={say("group_limits")}>
              <SettingForm app={app} names={settingGroups.limits} label={say("group_limits")} />
            </Section>
            <Secret app={app} />
            <Moving app={app} />
            <Removal app={app} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function ToLab() {
  const to = useAddresses();
  const say = useWords(words);
  return <PageLink to={to.callbacks}>{say("toLab")}</PageLink>;
}

function About({ app }: { app: App }) {
  const say = useWords(words);
  const facts = [
    { name: say("appid"), value: <code>{app.appid}</code> },
    { name: say("kind"), value: say(app.sandbox ? "sandbox" : "production") },
    { name: say("made"), value: <Time seconds={app.create_time} /> },
    { name: say("quota"), value: count(app.token_quota) },
  ];
  return (
    <Section title={say("app")}>
      <Facts facts={facts} />
    </Section>
  );
}
