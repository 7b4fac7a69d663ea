import { CheckOutlined, CopyOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useWords } from "../words/table.ts";
import { common } from "./words.ts";

/** A button that puts a text on the clipboard. */
export function Copy({ text, children }: { text: string; children?: string }) {
  const say = useWords(common);
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <Button
      size="small"
      type={children ? "default" : "text"}
      icon={isCopied ? <CheckOutlined /> : <CopyOutlined />}
      aria-label={isCopied ? say("copied") : (children ?? say("copy"))}
      onClick={() => void copy()}
    >
      {children}
    </Button>
  );
}

/** A text as a program reads it, with a button that copies it. It is shown as text, whatever is in it. */
export function Code({ text, label }: { text: string; label: string }) {
  return (
    <div className="code">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0} role="region" aria-label={label}>
        <code>{text}</code>
      </pre>
      <Copy text={text} />
    </div>
  );
}
