import type { App } from "@quanku/sdk/admin";
import { AdminError } from "@quanku/sdk/admin";
import { Button, App as Messages } from "antd";
import { useState } from "react";
import { useChange } from "../../data/calls.ts";
import { useMay } from "../../data/session.ts";
import { Fault } from "../../ui/fault.tsx";
import { common } from "../../ui/words.ts";
import { useWords } from "../../words/table.ts";
import { Control } from "./control.tsx";
import type { SettingName, SettingValue } from "./list.ts";
import "./settings.css";
import { settingWords } from "./words.ts";

type Draft = Partial<Record<SettingName, SettingValue>>;

/** Some settings of an app, each with its sentence, to be changed together. What was typed stays where the server refuses it. */
export function SettingForm({ app, names, label }: { app: App; names: readonly SettingName[]; label: string }) {
  const [say, sayCommon] = [useWords(settingWords), useWords(common)];
  const { message } = Messages.useApp();
  const may = useMay("manager");
  const [draft, setDraft] = useState<Draft>({});
  const change = useChange("setApp");
  const errors = change.error instanceof AdminError ? change.error.errors : [];
  const faultOf = (name: string) => errors.find(({ field }) => field === name)?.detail;
  const isElsewhere = change.error && !errors.some(({ field }) => names.some((name) => name === field));
  const changed = names.filter((name) => draft[name] !== undefined && draft[name] !== app[name]);
  const set = (name: SettingName, value: SettingValue | undefined) =>
    setDraft(({ [name]: _, ...others }) => (value === undefined ? others : { ...others, [name]: value }));
  const save = () =>
    change.mutate(
      { appid: app.appid, ...Object.fromEntries(changed.map((name) => [name, draft[name]])) },
      {
        onSuccess: () => {
          setDraft({});
          void message.success(say("saved"));
        },
      },
    );
  return (
    <form
      className="settings"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        if (changed.length > 0) save();
      }}
    >
      {names.map((name) => (
        <Control
          key={name}
          name={name}
          set={(value) => set(name, value)}
          saved={(app[name] ?? null) as SettingValue}
          draft={draft[name]}
          fault={faultOf(name)}
          disabled={change.isPending}
          isFixed={!may}
        />
      ))}
      {changed.length > 0 && (
        <div className="settings-save">
          {isElsewhere && <Fault error={change.error} />}
          <span className="aside">{say("unsaved")}</span>
          <Button
            onClick={() => {
              setDraft({});
              change.reset();
            }}
          >
            {say("discard")}
          </Button>
          <Button type="primary" htmlType="submit" loading={change.isPending}>
            {sayCommon("save")}
          </Button>
        </div>
      )}
    </form>
  );
}
