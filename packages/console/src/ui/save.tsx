import { DownloadOutlined } from "@ant-design/icons";
import type { Download } from "@quanku/sdk/admin";
import { Button } from "antd";
import { useState } from "react";
import { Fault } from "./fault.tsx";

/** A button that fetches a file and saves it under a name. */
export function Save({ label, name, fetch }: { label: string; name: string; fetch: () => Promise<Download> }) {
  const [isRunning, setRunning] = useState(false);
  const [error, setError] = useState<unknown>();
  const run = async () => {
    setRunning(true);
    setError(undefined);
    try {
      await save(await fetch(), name);
    } catch (failure) {
      setError(failure);
    }
    setRunning(false);
  };
  return (
    <>
      <Button icon={<DownloadOutlined />} loading={isRunning} onClick={() => void run()}>
        {label}
      </Button>
      <Fault error={error} />
    </>
  );
}

/** Has the browser save a file; it is gathered by the browser, which keeps what is large on its disk. */
async function save({ stream, type }: Download, name: string): Promise<void> {
  const url = URL.createObjectURL(await new Response(stream, { headers: { "content-type": type } }).blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
