import type { AccessToken } from "@quanku/sdk/admin";
import { Button, Form, Input, InputNumber } from "antd";
import { useState } from "react";
import { useCall, useChange } from "../../data/calls.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Fault } from "../../ui/fault.tsx";
import { Section } from "../../ui/page.tsx";
import { type Column, Rows } from "../../ui/rows.tsx";
import { Time } from "../../ui/time.tsx";
import { whole } from "../../ui/whole.ts";
import { useWords } from "../../words/table.ts";
import { Once } from "./once.tsx";
import { words } from "./words.ts";

/** The access tokens of whoever is signed in. */
export function Tokens() {
  const say = useWords(words);
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<{ name: string; token: string }>();
  const [revoking, setRevoking] = useState<string>();
  const tokens = useCall("listTokens", {});
  const revoke = useChange("revokeToken");
  const columns: Column<AccessToken>[] = [
    { key: "name", title: say("name"), width: "minmax(0, 1fr)", cell: ({ name }) => name },
    { key: "role", title: say("role"), width: "100px", cell: ({ role }) => role },
    { key: "made", title: say("made"), width: "150px", cell: ({ create_time }) => <Time seconds={create_time} /> },
    { key: "ends", title: say("ends"), width: "150px", cell: ({ end_time }) => <Time seconds={end_time} /> },
    {
      key: "do",
      title: "",
      width: "90px",
      align: "end",
      cell: ({ name }) => (
        <Button size="small" type="link" danger onClick={() => setRevoking(name)}>
          {say("revoke")}
        </Button>
      ),
    },
  ];
  return (
    <Section
      title={say("tokens")}
      aside={
        <Button type="primary" onClick={() => setMaking(true)}>
          {say("newToken")}
        </Button>
      }
    >
      <p className="aside">{say("tokensAbout")}</p>
      <Rows label={say("tokens")} pages={whole(tokens)} columns={columns} rowKey={({ name }) => name} />
      {isMaking && <NewToken close={() => setMaking(false)} made={setMade} />}
      {made && <Once title={made.name} about={say("tokenOnce")} secret={made.token} close={() => setMade(undefined)} />}
      {revoking !== undefined && (
        <Confirm
          title={say("revoke")}
          does={say("revokeWill", { name: revoking })}
          run={() => revoke.mutateAsync({ token: revoking })}
          close={() => setRevoking(undefined)}
        >
          <p>{revoking}</p>
        </Confirm>
      )}
    </Section>
  );
}

function NewToken({ close, made }: { close: () => void; made: (made: { name: string; token: string }) => void }) {
  const say = useWords(words);
  const create = useChange("createToken");
  const finish = ({ name, days }: { name: string; days: number }) =>
    create.mutate(
      { name, days },
      {
        onSuccess: ({ token }) => {
          close();
          made({ name, token });
        },
      },
    );
  return (
    <Dialog title={say("newToken")} close={close}>
      <Form layout="vertical" requiredMark={false} initialValues={{ days: 30 }} onFinish={finish}>
        <Form.Item label={say("name")} name="name" rules={[{ required: true }]}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item label={say("days")} name="days" rules={[{ required: true }]}>
          <InputNumber min={1} max={366} precision={0} />
        </Form.Item>
        <Fault error={create.error} />
        <Button type="primary" htmlType="submit" loading={create.isPending}>
          {say("newToken")}
        </Button>
      </Form>
    </Dialog>
  );
}
