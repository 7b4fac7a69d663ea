import type { Person } from "@quanku/sdk/admin";
import { Form, Input } from "antd";
import { useState } from "react";
import { useChange, usePages } from "../../data/calls.ts";
import { Act } from "../../ui/allowed.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Fault } from "../../ui/fault.tsx";
import { PageLink, useAddresses } from "../../ui/link.tsx";
import { Section } from "../../ui/page.tsx";
import { type Column, Rows } from "../../ui/rows.tsx";
import { useWords } from "../../words/table.ts";
import { words } from "./words.ts";

/** The people of the app who have a name to log in with. */
export function Persons({ appid }: { appid: string }) {
  const say = useWords(words);
  const to = useAddresses();
  const pages = usePages("listPersons", { appid });
  const [removed, setRemoved] = useState<string>();
  const remove = useChange("removePerson");
  const columns: Column<Person>[] = [
    { key: "name", title: say("person"), width: "minmax(100px, 1fr)", cell: ({ name }) => name },
    {
      key: "openid",
      title: say("openid"),
      width: "minmax(160px, 2fr)",
      cell: ({ openid }) => <PageLink to={to.person(openid)}>{openid}</PageLink>,
    },
    { key: "unionid", title: say("unionid"), width: "minmax(80px, 1fr)", cell: ({ unionid }) => unionid },
    {
      key: "remove",
      title: say("acts"),
      width: "100px",
      align: "end",
      cell: ({ name }) => (
        <Act size="small" onClick={() => setRemoved(name)}>
          {say("remove")}
        </Act>
      ),
    },
  ];
  return (
    <Section title={say("persons")}>
      <p className="aside">{say("personsAbout")}</p>
      <MakePerson appid={appid} />
      <Rows
        label={say("persons")}
        pages={pages}
        columns={columns}
        rowKey={({ name }) => name}
        empty={say("noPersons")}
      />
      {removed !== undefined && (
        <Confirm
          title={say("removePerson", { name: removed })}
          does={say("removePersonDoes")}
          run={() => remove.mutateAsync({ appid, person: removed })}
          close={() => setRemoved(undefined)}
        >
          {null}
        </Confirm>
      )}
    </Section>
  );
}

function MakePerson({ appid }: { appid: string }) {
  const say = useWords(words);
  const make = useChange("makePerson");
  const [form] = Form.useForm<{ person: string; openid?: string; unionid?: string }>();
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={({ person, openid, unionid }) =>
        make.mutate(
          { appid, person: person.trim(), ...(openid && { openid }), ...(unionid && { unionid }) },
          { onSuccess: () => form.resetFields() },
        )
      }
    >
      <div className="sandbox-fields">
        <Form.Item label={say("person")} name="person" rules={[{ required: true, whitespace: true }]}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item label={say("openid")} name="openid">
          <Input autoComplete="off" placeholder={say("openidAuto")} />
        </Form.Item>
        <Form.Item label={say("unionid")} name="unionid">
          <Input autoComplete="off" placeholder={say("unionidNone")} />
        </Form.Item>
        <Act htmlType="submit" className="beside-fields" loading={make.isPending}>
          {say("make")}
        </Act>
      </div>
      <Fault error={make.error} />
    </Form>
  );
}
