import { Link, useParams } from "@tanstack/react-router";
import { useApp, useAppid } from "../../data/session.ts";
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
  const app = useApp();
  const { rid = "" } = useParams({ strict: false });
  if (app && !app.sandbox) return <OnlySandbox />;
  return (
    <Page
      title={say("oneCall")}
      actions={
        <Link to={"/$appid/calls" as never} params={{ appid } as never}>
          {say("back")}
        </Link>
      }
    >
      <Section title={rid}>
        <CallView appid={appid} rid={rid} />
      </Section>
    </Page>
  );
}
