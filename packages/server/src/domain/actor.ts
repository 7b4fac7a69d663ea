/**
 * Who made a change, as the journal keeps it and operators read it. `app`: the app's own call over the wire. `operator`
 * and `token` name who signed in, and the operator's access token that was used; `job` names work that the server does by
 * itself. `command_line`: somebody with access to the machine. `call`: a call over the wire that is logged, by its rid.
 */
export type Actor =
  | "app"
  | `call ${string}`
  | "command_line"
  | `operator ${string}`
  | `token ${string} ${string}`
  | `job ${string}`;
