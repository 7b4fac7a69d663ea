import type { Operator, Role } from "@quanku/sdk/admin";
import { Button, Form, Input, Radio, Select } from "antd";
import { useCall, useChange } from "../../data/calls.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Fault } from "../../ui/fault.tsx";
import { useWords } from "../../words/table.ts";
import { words } from "./words.ts";

type Given = { name: string; role: Role; apps?: string[]; password?: string };

const roles: readonly Role[] = ["viewer", "manager", "owner"];

/** Makes an operator, or gives one another role or other apps. */
export function OperatorForm({
  operator,
  close,
  told,
}: {
  operator?: Operator;
  close: () => void;
  told: (told: { name: string; password: string }) => void;
}) {
  const say = useWords(words);
  const [form] = Form.useForm<Given>();
  const role = Form.useWatch("role", form) ?? operator?.role;
  const { data: apps } = useCall("listApps", {});
  const create = useChange("createOperator");
  const change = useChange("changeOperator");
  const finish = async ({ name, apps: named = [], password, ...given }: Given) => {
    const its = { role: given.role, apps: given.role === "owner" ? [] : named };
    if (operator) await change.mutateAsync({ operator: operator.name, ...its });
    else {
      const made = await create.mutateAsync({ name, ...its, ...(password && { password }) });
      if (made.password !== null) told({ name, password: made.password });
    }
    close();
  };
  const title = operator ? `${say("change")} · ${operator.name}` : say("newOperator");
  return (
    <Dialog title={title} close={close}>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={operator ?? { role: "viewer" }}
        onFinish={(given) => void finish(given).catch(() => {})}
      >
        {!operator && (
          <Form.Item label={say("name")} name="name" extra={say("nameHint")} rules={[{ required: true }]}>
            <Input autoComplete="off" spellCheck={false} />
          </Form.Item>
        )}
        <Form.Item label={say("role")} name="role">
          <Radio.Group
            aria-label={say("role")}
            vertical
            options={roles.map((value) => ({ value, label: say(value) }))}
          />
        </Form.Item>
        {role !== "owner" && (
          <Form.Item label={say("ofApps")} name="apps">
            <Select
              mode="multiple"
              aria-label={say("ofApps")}
              options={apps?.entries.map(({ appid }) => ({ value: appid, label: appid })) ?? []}
            />
          </Form.Item>
        )}
        {!operator && (
          <Form.Item label={say("password")} name="password" extra={say("passwordHint")}>
            <Input.Password autoComplete="new-password" />
          </Form.Item>
        )}
        <Fault error={create.error ?? change.error} />
        <Button type="primary" htmlType="submit" loading={create.isPending || change.isPending}>
          {title}
        </Button>
      </Form>
    </Dialog>
  );
}
