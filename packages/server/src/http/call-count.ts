import type { Errcode } from "@quanku/protocol/codes";
import { Spread } from "./distribution.ts";

/** Up to which times calls are counted apart, in seconds. */
const DURATION_BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 2.5];

/** Counts the calls at one path as plain numbers: what it is to be told as is left to whoever asks. */
export class CallCount {
  readonly seconds = new Spread(DURATION_BOUNDS);
  readonly #begin: (errcode: Errcode) => { count: number };
  readonly #answered = new Map<Errcode, { count: number }>();
  #underWay = 0;

  /** `begin` makes the count of an errcode that is answered for the first time. */
  constructor(begin: (errcode: Errcode) => { count: number }) {
    this.#begin = begin;
  }

  /** How many are not answered yet. */
  get underWay(): number {
    return this.#underWay;
  }

  /** Counts a call that came. */
  came(): void {
    this.#underWay++;
  }

  /** Counts its answer, which came after so many milliseconds. */
  answered(errcode: Errcode, milliseconds: number): void {
    this.#underWay--;
    let answered = this.#answered.get(errcode);
    if (!answered) {
      answered = this.#begin(errcode);
      this.#answered.set(errcode, answered);
    }
    answered.count++;
    this.seconds.add(milliseconds / 1000);
  }
}
