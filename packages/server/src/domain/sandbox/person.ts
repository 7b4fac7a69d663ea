/** Somebody of a sandbox app who was given a name. */
export type Person = {
  appid: string;
  /** The js_code that logs in as them. */
  name: string;
  openid: string;
  /** Who they are in all apps of one owner; null: nothing is told of that. */
  unionid: string | null;
  createdAt: number;
  /** Whether they are still there: a person who was removed is kept no longer. */
  open: boolean;
};
