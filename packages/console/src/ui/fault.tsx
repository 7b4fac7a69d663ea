import { AdminError } from "@quanku/sdk/admin";
import { Alert, Button, Space } from "antd";
import { useWords } from "../words/table.ts";
import { Copy } from "./copy.tsx";
import { common } from "./words.ts";

/** A failure: what it is, what to do, the request's id, and a way to try again. */
export function Fault({ error, again }: { error: unknown; again?: (() => void) | undefined }) {
  const say = useWords(common);
  if (!error) return null;
  const { title, detail, rid, errors } = told(error, say("network"), say("networkHow"));
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      className="fault"
      title={title ?? say("failed")}
      description={
        <Space orientation="vertical" size={4}>
          <span>{detail}</span>
          {errors.map(({ field, detail: why }) => (
            <span key={field}>
              <code>{field}</code> {why}
            </span>
          ))}
          {rid !== undefined && (
            <span className="aside">
              {say("rid")} <code>{rid}</code> <Copy text={rid} />
            </span>
          )}
        </Space>
      }
      action={again && <Button onClick={again}>{say("retry")}</Button>}
    />
  );
}

/** What a failure tells people, in one text. */
export const textOf = (error: unknown): string =>
  error instanceof AdminError ? error.detail : error instanceof Error ? error.message : String(error);

function told(error: unknown, network: string, networkHow: string) {
  if (!(error instanceof AdminError)) return { title: undefined, detail: textOf(error), rid: undefined, errors: [] };
  const { code, title, detail, rid, errors } = error;
  return code === "network" ? { title: network, detail: networkHow, rid, errors } : { title, detail, rid, errors };
}
