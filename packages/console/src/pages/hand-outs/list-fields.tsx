import { InboxOutlined } from "@ant-design/icons";
import { Input, Segmented } from "antd";
import { type DragEvent, useEffect, useId, useState } from "react";
import { bytes, count } from "../../ui/amounts.ts";
import { Code } from "../../ui/copy.tsx";
import { useWords } from "../../words/table.ts";
import { type Draft, linesIn } from "./draft.ts";
import { words } from "./words.ts";

/** The list of people: pasted, or a file that is sent as it is. */
export function ListFields({ draft, change }: { draft: Draft; change: (changed: Partial<Draft>) => void }) {
  const say = useWords(words);
  return (
    <>
      <Segmented<Draft["way"]>
        aria-label={say("whom")}
        value={draft.way}
        onChange={(way) => change({ way })}
        options={[
          { value: "paste", label: say("paste") },
          { value: "file", label: say("file") },
        ]}
      />
      {draft.way === "paste" ? (
        <Pasted text={draft.text} change={(text) => change({ text })} />
      ) : (
        <Dropped file={draft.file} change={(file) => change({ file })} />
      )}
      <p className="aside">{say("fileRule")}</p>
    </>
  );
}

function Pasted({ text, change }: { text: string; change: (text: string) => void }) {
  const say = useWords(words);
  const field = useId();
  const lines = linesIn(text);
  return (
    <div className="stacked">
      <label htmlFor={field}>{say("openids")}</label>
      <Input.TextArea
        id={field}
        value={text}
        rows={10}
        spellCheck={false}
        className="openids"
        onChange={(event) => change(event.target.value)}
      />
      <span className="aside numbers">{say("pasted", { count: lines, lines: count(lines) })}</span>
    </div>
  );
}

function Dropped({ file, change }: { file: File | undefined; change: (file: File | undefined) => void }) {
  const say = useWords(words);
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [first] = event.dataTransfer.files;
    if (first) change(first);
  };
  return (
    <>
      <label
        className={isOver ? "drop over" : "drop"}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <InboxOutlined />
        {file ? (
          <span>
            <strong>{file.name}</strong> <span className="numbers">{bytes(file.size)}</span>
          </span>
        ) : (
          <span>{say("drop")}</span>
        )}
        {file && <span className="aside">{say("another")}</span>}
        <input
          type="file"
          className="unseen"
          accept=".csv,.txt,text/csv,text/plain"
          aria-label={say("drop")}
          onChange={(event) => {
            const [first] = event.target.files ?? [];
            if (first) change(first);
            // The same file may be chosen again after it was mended.
            event.target.value = "";
          }}
        />
      </label>
      {file && <Beginning file={file} />}
    </>
  );
}

/** The first lines of a file, of which no more is read. */
function Beginning({ file }: { file: File }) {
  const say = useWords(words);
  const [text, setText] = useState("");
  useEffect(() => {
    let isShown = true;
    file
      .slice(0, 1000)
      .text()
      .then((read) => isShown && setText(read.split(/\r\n|\n|\r/, 5).join("\n")))
      .catch(() => isShown && setText(""));
    return () => {
      isShown = false;
    };
  }, [file]);
  return text === "" ? null : <Code text={text} label={say("beginning")} />;
}
