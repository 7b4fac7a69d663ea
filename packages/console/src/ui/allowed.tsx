import type { Role } from "@quanku/sdk/admin";
import { Button, type ButtonProps, Tooltip } from "antd";
import { useMay } from "../data/session.ts";
import { useWords } from "../words/table.ts";
import { common } from "./words.ts";

type Given = Omit<ButtonProps, "role"> & {
  /** Who may do it: whoever has at least this role. */
  needs?: Role;
  /** Why it is not possible now. */
  why?: string | undefined;
};

/** A button for what a role may do, or for what is possible now: where it is not, it says why. */
export function Act({ needs = "manager", why, ...button }: Given) {
  const say = useWords(common);
  const may = useMay(needs);
  const reason = may ? why : say("notAllowed");
  if (reason === undefined) return <Button {...button} />;
  return (
    <Tooltip title={reason}>
      <Button {...button} disabled aria-description={reason} />
    </Tooltip>
  );
}
