import { remembered } from "../remembered.ts";

/** The appid that was looked at last. */
export const lastApp = remembered("app", (text) => (/^[\w-]{1,64}$/.test(text) ? text : undefined));
