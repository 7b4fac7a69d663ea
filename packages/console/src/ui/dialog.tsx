import { CloseOutlined } from "@ant-design/icons";
import { Button, ConfigProvider } from "antd";
import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { useWords } from "../words/table.ts";
import { common } from "./words.ts";

/** A list that has dropped down: Esc closes that alone. */
const OPEN_LIST = [".ant-select-dropdown", ".ant-picker-dropdown", ".ant-dropdown"]
  .map((list) => `${list}:not(${list}-hidden)`)
  .join(", ");

/**
 * A dialog over the page, by the browser's own `<dialog>`: it keeps the focus, and Esc or a click beside it closes it. Draw it only
 * while it is open. `side` puts it at the right edge, full height, for what belongs to a row of a list.
 */
export function Dialog({
  title,
  close,
  children,
  footer,
  side = false,
  wide = false,
}: {
  title: ReactNode;
  /** Absent where it cannot be closed. */
  close?: (() => void) | undefined;
  children: ReactNode;
  footer?: ReactNode;
  side?: boolean;
  wide?: boolean;
}) {
  const say = useWords(common);
  const heading = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  // Closed before it leaves the page, or the browser does not give the focus back to where it was.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector<HTMLElement>(".dialog-body :is(input, textarea)")?.focus();
    return () => element?.close();
  }, []);
  const kind = ["dialog", side && "side-dialog", wide && "wide-dialog"].filter(Boolean).join(" ");
  return (
    <dialog
      ref={dialog}
      className={kind}
      aria-labelledby={heading}
      onKeyDownCapture={(event) => {
        if (event.key === "Escape" && dialog.current?.querySelector(OPEN_LIST)) event.preventDefault();
      }}
      onCancel={(event) => {
        event.preventDefault();
        close?.();
      }}
      onMouseDown={(event) => event.target === dialog.current && close?.()}
    >
      <ConfigProvider getPopupContainer={() => dialog.current ?? document.body}>
        <div className="dialog-sheet">
          <header className="dialog-head">
            <h2 id={heading}>{title}</h2>
            {close && <Button type="text" icon={<CloseOutlined />} aria-label={say("close")} onClick={close} />}
          </header>
          <div className="dialog-body">{children}</div>
          {footer !== undefined && <footer className="dialog-foot">{footer}</footer>}
        </div>
      </ConfigProvider>
    </dialog>
  );
}
