import { CheckOutlined, CloseOutlined } from "@ant-design/icons";
import { Input } from "antd";
import { useId, useState } from "react";
import { make } from "../../data/calls.ts";
import { Act } from "../../ui/allowed.tsx";
import { Fault } from "../../ui/fault.tsx";
import { useWords } from "../../words/table.ts";
import { type Checked, checkSignatures } from "./sealing.ts";
import { words } from "./words.ts";

/** Reckons the signatures of an address that a merchant's program was called at, in the browser, with the app's own Token. */
export function SignatureCheck({ appid, encrypt }: { appid: string; encrypt: string | undefined }) {
  const say = useWords(words);
  const id = useId();
  const [address, setAddress] = useState("");
  const [found, setFound] = useState<Record<string, Checked | undefined>>({});
  const [error, setError] = useState<unknown>();
  const check = async () => {
    setError(undefined);
    try {
      const { token } = (await make("showCallbackKeys", { appid })).keys;
      if (token === null) throw new Error(say("noTokenSet"));
      setFound(await checkSignatures(address, token, encrypt));
    } catch (failure) {
      setError(failure);
    }
  };
  if (globalThis.crypto.subtle === undefined) return <p className="aside">{say("needsSecure")}</p>;
  return (
    <form
      className="lab-check"
      onSubmit={(event) => {
        event.preventDefault();
        void check();
      }}
    >
      <p className="aside">{say("checkHow")}</p>
      <label htmlFor={id}>{say("received")}</label>
      <Input
        id={id}
        value={address}
        spellCheck={false}
        placeholder="/callback?signature=…&timestamp=…&nonce=…"
        onChange={({ target }) => {
          setAddress(target.value);
          setFound({});
        }}
      />
      <Act htmlType="submit" disabled={address.trim() === ""}>
        {say("check")}
      </Act>
      {Object.entries(found).map(([name, checked]) => checked && <Result key={name} name={name} checked={checked} />)}
      <Fault error={error} />
    </form>
  );
}

function Result({ name, checked: { came, expected } }: { name: string; checked: Checked }) {
  const say = useWords(words);
  const isRight = came === expected;
  return (
    <p role="status" className={isRight ? "lab-result right" : "lab-result wrong"}>
      {isRight ? <CheckOutlined aria-hidden /> : <CloseOutlined aria-hidden />}{" "}
      {say(isRight ? "signatureIs" : "signatureIsnt", { name, expected, came: came ?? say("signatureNone") })}
    </p>
  );
}
