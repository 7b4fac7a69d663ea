import { Button, Input, InputNumber, Radio, Switch } from "antd";
import { useEffect, useId, useRef } from "react";
import { Copy } from "../../ui/copy.tsx";
import { useWords } from "../../words/table.ts";
import { randomLetters } from "./keys.ts";
import { type SettingName, type SettingValue, settings } from "./list.ts";
import { settingWords } from "./words.ts";

type Given = {
  name: SettingName;
  /** What it is set to; a key that is set is told by a mask. */
  saved: SettingValue;
  /** What is typed and not saved. */
  draft: SettingValue | undefined;
  /** Undefined: what was typed is forgotten. */
  set: (value: SettingValue | undefined) => void;
  fault: string | undefined;
  disabled: boolean;
  /** Whether whoever looks may not change it: it is told then, not steered. */
  isFixed: boolean;
};

/** One setting: its name, what it means, its control, and what the server says is wrong with it. */
export function Control(given: Given) {
  const say = useWords(settingWords);
  const id = useId();
  const { name, saved, fault, isFixed } = given;
  return (
    <div className="setting">
      {isFixed ? (
        <span className="setting-name">{say(name)}</span>
      ) : (
        <label className="setting-name" id={`${id}-name`} htmlFor={id}>
          {say(name)}
        </label>
      )}
      <div className="setting-control">
        {isFixed ? <Told name={name} value={saved} /> : <Field {...given} id={id} />}
        <p className="aside" id={`${id}-means`}>
          {say(`${name}_means`)}
        </p>
        {fault !== undefined && <FieldFault id={`${id}-fault`}>{fault}</FieldFault>}
      </div>
    </div>
  );
}

/** What a setting is set to, in words. */
function Told({ name, value }: { name: SettingName; value: SettingValue }) {
  const say = useWords(settingWords);
  const kind = settings[name];
  if (kind.kind === "choice") return <span>{say(`${name}_is_${value}` as "claim_mode_is_direct")}</span>;
  if (kind.kind === "onOrOff") return <span>{say(value === true ? "on" : "off")}</span>;
  if (value === null) return <span>{say(kind.kind === "count" ? "noLimit" : "notSet")}</span>;
  return kind.kind === "secret" ? <span>{say("isSet")}</span> : <code>{String(value)}</code>;
}

/** What is wrong with a field, brought into sight. */
function FieldFault({ id, children }: { id: string; children: string }) {
  const place = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    place.current?.scrollIntoView({ block: "center" });
  }, []);
  return (
    <p ref={place} className="setting-fault" role="alert" id={id}>
      {children}
    </p>
  );
}

function Field(given: Given & { id: string }) {
  const say = useWords(settingWords);
  const { id, name, saved, draft, set, fault, disabled } = given;
  const kind = settings[name];
  const value = draft === undefined ? saved : draft;
  const described = { "aria-describedby": fault === undefined ? `${id}-means` : `${id}-fault` };
  const status = fault === undefined ? "" : ("error" as const);
  switch (kind.kind) {
    case "choice":
      return (
        <Radio.Group
          id={id}
          aria-labelledby={`${id}-name`}
          value={value}
          disabled={disabled}
          onChange={({ target }) => set(target.value)}
        >
          {kind.of.map((one) => (
            <Radio key={one} value={one}>
              {say(`${name}_is_${one}` as "claim_mode_is_direct")}
            </Radio>
          ))}
        </Radio.Group>
      );
    case "onOrOff":
      return <Switch id={id} checked={value === true} disabled={disabled} onChange={set} {...described} />;
    case "count":
      return (
        <InputNumber
          id={id}
          value={value as number | null}
          min={1}
          precision={0}
          status={status}
          disabled={disabled}
          placeholder={say("noLimit")}
          onChange={(typed) => set(typed)}
          {...described}
        />
      );
    case "text":
      return (
        <Input
          id={id}
          value={(value as string | null) ?? ""}
          status={status}
          disabled={disabled}
          placeholder={say("notSet")}
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => set(target.value === "" && kind.isOptional ? null : target.value)}
          {...described}
        />
      );
    case "secret":
      return <Secret {...given} letters={kind.letters} />;
  }
}

/** A key: never shown once it is saved; a new one is typed, or made here, and shown until then. */
function Secret({ id, name, saved, draft, set, fault, disabled, letters }: Given & { id: string; letters: number }) {
  const say = useWords(settingWords);
  const placeholder = draft === null ? say("willClear") : say(saved === null ? "notSet" : "isSet");
  return (
    <>
      <span className="setting-secret">
        <Input
          id={id}
          value={typeof draft === "string" ? draft : ""}
          status={fault === undefined ? "" : "error"}
          disabled={disabled}
          placeholder={placeholder}
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => set(target.value === "" ? undefined : target.value.trim())}
          aria-describedby={fault === undefined ? `${id}-means` : `${id}-fault`}
        />
        {typeof draft === "string" && <Copy text={draft} />}
        <Button
          disabled={disabled}
          aria-label={say("makeOneOf", { name: say(name) })}
          onClick={() => set(randomLetters(letters))}
        >
          {say("makeOne")}
        </Button>
        {saved !== null && draft === undefined && (
          <Button
            type="text"
            disabled={disabled}
            aria-label={say("clearOf", { name: say(name) })}
            onClick={() => set(null)}
          >
            {say("clear")}
          </Button>
        )}
      </span>
      {typeof draft === "string" && <p className="setting-keep">{say("keepNow")}</p>}
    </>
  );
}
