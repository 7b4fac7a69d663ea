import { type CallName, callPaths } from "@quanku/sdk";
import { Alert } from "antd";
import { useState } from "react";
import { useApp, useAppid } from "../../data/session.ts";
import { Page } from "../../ui/page.tsx";
import { useUrlState } from "../../ui/url-state.ts";
import { useWords } from "../../words/table.ts";
import { CallForm } from "./call-form.tsx";
import { Reply } from "./reply.tsx";
import type { Sent } from "./send.ts";
import "./try.css";
import { words } from "./words.ts";

/** Makes any call of the wire, as a program of the merchant's would. */
export function TryIt() {
  const say = useWords(words);
  const appid = useAppid();
  const app = useApp();
  const [{ call: named = "get_list" }] = useUrlState<"call">();
  const call = isCall(named) ? named : "get_list";
  return (
    <Page title={say("title")} about={say("about")}>
      {app?.sandbox === false && <Alert type="warning" showIcon title={say("production")} />}
      {!isCall(named) && <Alert type="error" showIcon title={say("notFound", { call: named })} />}
      <Trial key={`${appid} ${call}`} appid={appid} call={call} isSandbox={app?.sandbox === true} />
    </Page>
  );
}

function Trial({ appid, call, isSandbox }: { appid: string; call: CallName; isSandbox: boolean }) {
  const [sent, setSent] = useState<Sent>();
  return (
    <div className="try">
      <CallForm appid={appid} call={call} isSandbox={isSandbox} onSent={setSent} />
      <Reply sent={sent} />
    </div>
  );
}

const isCall = (name: string): name is CallName => Object.hasOwn(callPaths, name);
