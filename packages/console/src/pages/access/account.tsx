import { Button, Form, Input, App as Messages } from "antd";
import { useCall, useChange } from "../../data/calls.ts";
import { Fault } from "../../ui/fault.tsx";
import { Page, Section } from "../../ui/page.tsx";
import { Time } from "../../ui/time.tsx";
import { useWords } from "../../words/table.ts";
import { Tokens } from "./tokens.tsx";
import { words } from "./words.ts";

/** Whoever is signed in: until when, their password, their access tokens. */
export function Account() {
  const say = useWords(words);
  const { data } = useCall("showSession", {});
  return (
    <Page
      title={say("account")}
      about={
        data && (
          <>
            {say("you", { name: data.session.name, role: data.session.role })} · {say("sessionEnds")}{" "}
            <Time seconds={data.session.end_time} />
          </>
        )
      }
    >
      <Tokens />
      <Password />
    </Page>
  );
}

function Password() {
  const say = useWords(words);
  const [form] = Form.useForm<{ password?: string; new_password: string }>();
  const { message } = Messages.useApp();
  const change = useChange("changePassword");
  const finish = ({ password, new_password }: { password?: string; new_password: string }) =>
    change.mutate(
      { new_password, ...(password && { password }) },
      {
        onSuccess: () => {
          form.resetFields();
          void message.success(say("changed"));
        },
      },
    );
  return (
    <Section title={say("changePassword")}>
      <Form form={form} layout="vertical" requiredMark={false} className="narrow" onFinish={finish}>
        <Form.Item label={say("oldPassword")} name="password">
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item label={say("newPassword")} name="new_password" rules={[{ required: true }]}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Fault error={change.error} />
        <Button htmlType="submit" loading={change.isPending}>
          {say("changeWill")}
        </Button>
      </Form>
    </Section>
  );
}
