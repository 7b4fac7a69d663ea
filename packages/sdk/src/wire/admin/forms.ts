// Made from packages/protocol/src by `npm run docs`; do not edit.

/** In which forms a client takes and answers what is not JSON. */
export interface CallForms {
  /** How one call is to be made. */
  options: unknown;
  /** How events are followed. */
  following: unknown;
  /** A file that is sent. */
  file: unknown;
  /** A file that is answered. */
  download: unknown;
  /** Events without end. */
  events: unknown;
}
