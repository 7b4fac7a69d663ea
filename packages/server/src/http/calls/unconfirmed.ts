import type { WireError } from "@quanku/protocol/codes";
import type { App } from "../../domain/records.ts";

/** What an app whose callback has to be confirmed first is told of every call but confirm; undefined: nothing is in the way. */
export const unconfirmed = ({ settings, confirmedUrl }: App): WireError | undefined =>
  settings.requireConfirm && confirmedUrl === null
    ? { errcode: 48001, detail: "this app requires a confirmed callback: call confirm first" }
    : undefined;
