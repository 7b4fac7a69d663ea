import { Mismatch, type Sent } from "./compare.ts";
import type { Expected, Waits } from "./model.ts";

const STAND_IN = /stand-in-\d+-/g;
/** An id that the server made: sortable by time, 74 bits of it random. */
const MADE = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g;

/** Translates between the ids the server made for an app's claims and the model's stand-ins for them. */
export class MadeIds {
  private readonly realOf = new Map<string, string>();
  private readonly standInOf = new Map<string, string>();

  /** Notes the id that a granted claim answers. The same claim again must answer the same. */
  learn(expected: Expected | Waits, reply: string): void {
    const standIn = "text" in expected ? expected.text.match(STAND_IN)?.[0] : undefined;
    const real = reply.match(MADE)?.[0];
    if (standIn === undefined || real === undefined) return;
    if ((this.realOf.get(standIn) ?? real) !== real || (this.standInOf.get(real) ?? standIn) !== standIn)
      throw new Mismatch(`claim: ${real} for ${standIn}, which was ${this.realOf.get(standIn)}`);
    this.realOf.set(standIn, real);
    this.standInOf.set(real, standIn);
  }

  /** A body in which stand-ins for ids that nobody can know yet are ids that nobody has. */
  known = (body: string) => body.replace(STAND_IN, (id) => (this.realOf.has(id) ? id : `unknown-${id.length}`));

  real = (body: string) => body.replace(STAND_IN, (id) => this.realOf.get(id) ?? id);

  translate = (text: string) => text.replace(MADE, (id) => this.standInOf.get(id) ?? id);

  translated = (sent: Sent): Sent => ({ ...sent, text: this.translate(sent.text) });
}
