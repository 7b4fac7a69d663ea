import type { App } from "@quanku/sdk/admin";
import { Button, Radio } from "antd";
import { useState } from "react";
import { make } from "../../data/calls.ts";
import { Act } from "../../ui/allowed.tsx";
import { Code } from "../../ui/copy.tsx";
import { Fault } from "../../ui/fault.tsx";
import { Section } from "../../ui/page.tsx";
import { useWords } from "../../words/table.ts";
import { filledIn, type Keys, type Sample, samples } from "./samples.ts";
import { words } from "./words.ts";

/** The merchants of `examples`, with this app's keys in them as long as somebody asks to see them. */
export default function SampleMerchants({ app }: { app: App }) {
  const say = useWords(words);
  const [keys, setKeys] = useState<Keys>();
  const [language, setLanguage] = useState(samples[0]?.language);
  const [error, setError] = useState<unknown>();
  const show = async () => {
    setError(undefined);
    try {
      const { token, encoding_aes_key } = (await make("showCallbackKeys", { appid: app.appid })).keys;
      if (token === null) throw new Error(say("noTokenSet"));
      setKeys({ appid: app.appid, token, encodingAesKey: app.message_mode === "plain" ? null : encoding_aes_key });
    } catch (failure) {
      setError(failure);
    }
  };
  const sample = samples.find((one) => one.language === language);
  return (
    <Section
      title={say("samples")}
      aside={
        keys ? (
          <Button onClick={() => setKeys(undefined)}>{say("hideKeys")}</Button>
        ) : (
          <Act why={app.callback_token === null ? say("noTokenSet") : undefined} onClick={() => void show()}>
            {say("showWithKeys")}
          </Act>
        )
      }
    >
      <p className="aside">{say("samplesAbout")}</p>
      <Fault error={error} />
      {keys && sample && (
        <>
          <Radio.Group
            aria-label={say("language")}
            optionType="button"
            value={language}
            onChange={({ target }) => setLanguage(target.value)}
            options={samples.map(({ language: value }) => ({ value, label: value }))}
          />
          <Shown sample={sample} keys={keys} format={app.message_format} />
        </>
      )}
    </Section>
  );
}

function Shown({ sample, keys, format }: { sample: Sample; keys: Keys; format: unknown }) {
  const say = useWords(words);
  return (
    <>
      <p className="setting-keep">{say("keysInside")}</p>
      {format !== sample.reads && (
        <p className="setting-keep">{say(sample.reads === "xml" ? "needsXml" : "needsJson")}</p>
      )}
      <p className="lab-line">
        {say("start")} <code>{sample.start}</code> {say("listens")}
      </p>
      <Code text={filledIn(sample, keys)} label={`${sample.language} ${sample.file}`} />
    </>
  );
}
