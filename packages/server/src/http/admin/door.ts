import type { Keys } from "./visit.ts";
import type { Who } from "./who.ts";

/** Says who may come in. */
export type Door = {
  /** Whether there is any operator: where there is none, nothing of the operators' calls answers. */
  areAny(): Promise<boolean>;
  /** Who has these keys; undefined: they are nobody's, or no longer good. */
  whoHas(keys: Keys): Promise<Who | undefined>;
};
