import { type CallName, callPaths } from "@quanku/sdk";
import { readyCalls } from "@quanku/sdk/guide";
import { Button, Form, Input, Select } from "antd";
import { type KeyboardEvent, useState } from "react";
import { useNow } from "../../data/clock.ts";
import { faultInJson, prettyJson } from "../../parts/json-text.ts";
import { asCurl, asTypeScript } from "../../parts/snippets.ts";
import { Copy } from "../../ui/copy.tsx";
import { PageLink } from "../../ui/link.tsx";
import { Section } from "../../ui/page.tsx";
import { useUrlState } from "../../ui/url-state.ts";
import { useLanguage } from "../../words/language.ts";
import { useWords } from "../../words/table.ts";
import { draftOf, keepDraft, readyBody } from "./drafts.ts";
import { FaultField } from "./fault-field.tsx";
import { SecretField, secretFor } from "./secret-field.tsx";
import { keepSecret, type Sent, send } from "./send.ts";
import { words } from "./words.ts";

/** The form of a call: which, as whom, what, and what goes wrong with it. */
export function CallForm({
  appid,
  call,
  isSandbox,
  onSent,
}: {
  appid: string;
  call: CallName;
  isSandbox: boolean;
  onSent: (sent: Sent) => void;
}) {
  const say = useWords(words);
  const [{ fault = "" }] = useUrlState<"fault">();
  const [secret, setSecret] = useState(() => secretFor(appid));
  const [body, setBody] = useState(() => draftOf(appid, call));
  const [isSending, setSending] = useState(false);
  const now = useNow();
  const path = callPaths[call];
  const wrong = faultInJson(body);
  const ordered = isSandbox && fault !== "" ? fault : undefined;

  const type = (text: string) => {
    setBody(text);
    keepDraft(appid, call, text);
  };
  const go = async () => {
    if (secret === "" || isSending) return;
    setSending(true);
    keepSecret(appid, secret);
    onSent(await send({ appid, now, path, body, fault: ordered }));
    setSending(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void go();
  };
  const request = {
    origin: location.origin,
    method: "POST",
    path,
    query: "access_token=",
    body,
    ...(ordered && { fault: ordered }),
  };
  const program = asTypeScript({ ...request, appid });
  return (
    <Section title={say("call")} aside={<code>POST {path}</code>}>
      <Form layout="vertical" requiredMark={false} onFinish={() => void go()} onKeyDown={onKeyDown}>
        <CallChoice call={call} />
        <SecretField appid={appid} secret={secret} change={setSecret} />
        <Form.Item
          label={say("body")}
          htmlFor="try-body"
          validateStatus={wrong === undefined ? "" : "warning"}
          help={wrong !== undefined && say("notJson", { why: wrong })}
        >
          <Input.TextArea
            id="try-body"
            className="try-body"
            value={body}
            spellCheck={false}
            autoSize={{ minRows: 6, maxRows: 24 }}
            onChange={(event) => type(event.target.value)}
          />
        </Form.Item>
        <div className="filters">
          <Button size="small" disabled={wrong !== undefined} onClick={() => type(prettyJson(body))}>
            {say("tidy")}
          </Button>
          <Button size="small" disabled={body === readyBody(call)} onClick={() => type(readyBody(call))}>
            {say("ready")}
          </Button>
          <Copy text={asCurl(request)}>{say("copyCurl")}</Copy>
          {typeof program === "string" && <Copy text={program}>{say("copyTypeScript")}</Copy>}
        </div>
        {isSandbox && <FaultField call={call} />}
        <Button type="primary" htmlType="submit" loading={isSending} disabled={secret === ""} title={say("sendHow")}>
          {say("send")}
        </Button>
        {secret === "" && <span className="aside"> {say("noSecret")}</span>}
      </Form>
    </Section>
  );
}

function CallChoice({ call }: { call: CallName }) {
  const say = useWords(words);
  const [language] = useLanguage();
  const [, setUrl] = useUrlState<"call" | "fault">();
  const names = Object.keys(callPaths) as CallName[];
  const isOurs = (name: CallName) => callPaths[name].startsWith("/quanku/");
  const optionsOf = (ours: boolean) =>
    names
      .filter((name) => isOurs(name) === ours)
      .map((value) => ({ value, label: `${value} · ${readyCalls[value][language].replaceAll("`", "")}` }));
  const { after } = readyCalls[call];
  return (
    <Form.Item
      label={say("call")}
      htmlFor="try-call"
      extra={
        after.length > 0 && (
          <>
            {say("first")}{" "}
            {after.map((name) => (
              <PageLink key={name} to="." search={{ call: name }}>
                <code>{name}</code>
              </PageLink>
            ))}
          </>
        )
      }
    >
      <Select
        id="try-call"
        showSearch={{ optionFilterProp: "label" }}
        value={call}
        options={[
          { label: say("group_platform"), options: optionsOf(false) },
          { label: say("group_ours"), options: optionsOf(true) },
        ]}
        onChange={(next: CallName) => setUrl({ call: next })}
      />
    </Form.Item>
  );
}
