import { useApp, useAppid, useNamed } from "../../data/session.ts";
import { PageLink, useAddresses } from "../../ui/link.tsx";
import { Page, Section } from "../../ui/page.tsx";
import { useWords } from "../../words/table.ts";
import "./calls.css";
import { CallView } from "./call-view.tsx";
import { OnlySandbox } from "./only-sandbox.tsx";
import { words } from "./words.ts";

/** One call on a page of its own. */
export function CallPage() {
  const say = useWords(words);
  const appid = useAppid();
  const to = useAddresses();
  const app = useApp();
  const rid = useNamed("rid");
  if (app && !app.sandbox) return <OnlySandbox />;
  return (
    <Page title={say("oneCall")} actions={<PageLink to={to.calls}>{say("back")}</PageLink>}>
      <Section title={rid}>
        <CallView appid={appid} rid={rid} />
      </Section>
    </Page>
  );
}
