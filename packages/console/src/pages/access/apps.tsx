import type { App } from "@quanku/sdk/admin";
import { Button, Form, Input, Switch } from "antd";
import { useState } from "react";
import { useCall, useChange } from "../../data/calls.ts";
import { queries } from "../../data/queries.ts";
import { addressesOf } from "../../ui/addresses.ts";
import { Act } from "../../ui/allowed.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Fault } from "../../ui/fault.tsx";
import { PageLink } from "../../ui/link.tsx";
import { Section } from "../../ui/page.tsx";
import { type Column, Rows } from "../../ui/rows.tsx";
import { Dot } from "../../ui/status.tsx";
import { Time } from "../../ui/time.tsx";
import { whole } from "../../ui/whole.ts";
import { useWords } from "../../words/table.ts";
import { Once } from "./once.tsx";
import { words } from "./words.ts";

/** The apps, and how another is made. */
export function Apps() {
  const say = useWords(words);
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<{ appid: string; secret: string }>();
  const apps = useCall("listApps", {});
  const columns: Column<App>[] = [
    {
      key: "appid",
      title: say("appid"),
      width: "minmax(0, 2fr)",
      cell: ({ appid }) => <PageLink to={addressesOf(appid).overview}>{appid}</PageLink>,
    },
    {
      key: "kind",
      title: say("kind"),
      width: "120px",
      cell: ({ sandbox }) =>
        sandbox ? <Dot tone="soon">{say("sandbox")}</Dot> : <Dot tone="good">{say("production")}</Dot>,
    },
    {
      key: "claims",
      title: say("callback"),
      width: "minmax(0, 1fr)",
      cell: ({ claim_mode }) => say(claim_mode === "callback" ? "asked" : "direct"),
    },
    { key: "made", title: say("made"), width: "150px", cell: ({ create_time }) => <Time seconds={create_time} /> },
  ];
  return (
    <Section
      title={say("apps")}
      aside={
        <Act needs="owner" type="primary" onClick={() => setMaking(true)}>
          {say("newApp")}
        </Act>
      }
    >
      <Rows label={say("apps")} pages={whole(apps)} columns={columns} rowKey={({ appid }) => appid} />
      {isMaking && <NewApp close={() => setMaking(false)} made={setMade} />}
      {made && (
        <Once title={made.appid} about={say("secretOnce")} secret={made.secret} close={() => setMade(undefined)} />
      )}
    </Section>
  );
}

function NewApp({ close, made }: { close: () => void; made: (made: { appid: string; secret: string }) => void }) {
  const say = useWords(words);
  const create = useChange("createApp");
  const [isSandbox, setSandbox] = useState(true);
  const finish = ({ appid }: { appid: string }) =>
    create.mutate(
      { appid, sandbox: isSandbox },
      {
        onSuccess: ({ secret }) => {
          void queries.invalidateQueries({ queryKey: ["listApps"] });
          close();
          made({ appid, secret });
        },
      },
    );
  return (
    <Dialog title={say("newApp")} close={close}>
      <Form layout="vertical" requiredMark={false} onFinish={finish}>
        <Form.Item label={say("appid")} name="appid" extra={say("appidHint")} rules={[{ required: true }]}>
          <Input autoComplete="off" spellCheck={false} />
        </Form.Item>
        <Form.Item label={say("sandbox")} extra={say("sandboxHint")} htmlFor="is-sandbox">
          <Switch id="is-sandbox" checked={isSandbox} onChange={setSandbox} />
        </Form.Item>
        <Fault error={create.error} />
        <Button type="primary" htmlType="submit" loading={create.isPending}>
          {say(isSandbox ? "makeSandbox" : "makeProduction")}
        </Button>
      </Form>
    </Dialog>
  );
}
