import { Button } from "antd";
import { Code } from "../../ui/copy.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { useWords } from "../../words/table.ts";
import { words } from "./words.ts";

/** Shows a secret this once, until whoever asked says that they kept it. */
export function Once({
  title,
  about,
  secret,
  close,
}: {
  title: string;
  about: string;
  secret: string;
  close: () => void;
}) {
  const say = useWords(words);
  return (
    <Dialog
      title={title}
      footer={
        <Button type="primary" onClick={close}>
          {say("done")}
        </Button>
      }
    >
      <p>{about}</p>
      <Code label={title} text={secret} />
    </Dialog>
  );
}
