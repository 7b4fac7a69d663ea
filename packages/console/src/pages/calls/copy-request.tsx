import type { LoggedCall } from "@quanku/sdk/admin";
import { Button, Tooltip } from "antd";
import { isJson } from "../../parts/json-text.ts";
import { asCurl, asTypeScript } from "../../parts/snippets.ts";
import { Copy } from "../../ui/copy.tsx";
import { useWords } from "../../words/table.ts";
import { words } from "./words.ts";

/** How many characters of a body are kept. */
const KEPT = 16_384;

/** Whether only the beginning of a body is kept. */
export const isCut = ({ text, bytes }: { text: string; bytes: number }): boolean => bytes > KEPT && !isJson(text);

/** Buttons that copy a logged request for a shell and as a program. */
export function CopyRequest({ appid, call: { request } }: { appid: string; call: LoggedCall }) {
  const say = useWords(words);
  const { method, path, query, headers, body } = request;
  const fault = headers["quanku-fault"];
  const sent = {
    origin: location.origin,
    method,
    path,
    query,
    body: body?.text ?? null,
    ...(fault !== undefined && { fault }),
  };
  const program = asTypeScript({ ...sent, appid });
  const isUnread = body === null && Number(headers["content-length"] ?? 0) > 0;
  const cut = isUnread ? say("whyUnread") : body && isCut(body) ? say("whyCut") : undefined;
  return (
    <div className="filters">
      <CopyOr label={say("copyCurl")} text={cut === undefined ? asCurl(sent) : ""} why={cut} />
      <CopyOr
        label={say("copyTypeScript")}
        text={typeof program === "string" ? program : ""}
        why={cut ?? (typeof program === "string" ? undefined : say(`why_${program.why}`))}
      />
    </div>
  );
}

function CopyOr({ label, text, why }: { label: string; text: string; why: string | undefined }) {
  if (why === undefined) return <Copy text={text}>{label}</Copy>;
  return (
    <Tooltip title={why}>
      <Button size="small" disabled aria-description={why}>
        {label}
      </Button>
    </Tooltip>
  );
}
