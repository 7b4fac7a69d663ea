import fc from "fast-check";
import type { TestedName } from "../../testing/stores.ts";
import { type Sequence, type Step, sequences } from "./commands.ts";
import { Runner, type Tally } from "./run.ts";

/** How many calls a sequence makes. */
const CALLS = 60;

/**
 * Plays random sequences on an adapter against the model; answers how often each call answered each code.
 * On a difference it throws an account of the shortest sequence that still shows it, and how to replay it.
 */
export async function prove(adapter: TestedName, runs: number): Promise<Tally> {
  const runner = new Runner(adapter);
  try {
    const property = fc.asyncProperty(sequences(CALLS), (sequence) => runner.play(sequence));
    const details = await fc.check(property, { numRuns: runs, endOnFailure: true, ...replayed() });
    if (!details.failed) return runner.tally;
    if (!details.counterexample) throw details.errorInstance;
    throw new Error(await account(adapter, details.counterexample[0], details, runs));
  } finally {
    await runner.close();
  }
}

/** QUANKU_MODEL_SEED is `seed`, or `seed:run` to begin with the run that failed. */
function replayed(): { seed?: number; path?: string } {
  const [seed, path] = (process.env.QUANKU_MODEL_SEED ?? "").split(":");
  return { ...(seed && { seed: Number(seed) }), ...(path && { path }) };
}

type Details = { seed: number; counterexamplePath: string | null; errorInstance: unknown };

async function account(adapter: TestedName, found: Sequence, details: Details, runs: number): Promise<string> {
  const alone = await difference(adapter, found);
  const lines = [
    `${adapter} and the model differ; replay with`,
    `  QUANKU_MODEL_SEED=${details.seed}:${details.counterexamplePath}`,
  ];
  if (alone === undefined) {
    const whole = `QUANKU_MODEL_SEED=${details.seed} QUANKU_MODEL_RUNS=${runs}`;
    lines.push(`A fresh server does not show it: what went before counts. Replay all with\n  ${whole}`);
    return [...lines, String(details.errorInstance), ...written(found)].join("\n");
  }
  const least = await shorten(adapter, found);
  return [
    ...lines,
    `the shortest sequence that shows it:`,
    ...written(least),
    (await difference(adapter, least)) ?? "",
  ].join("\n");
}

/** What differs when a sequence is played on a server of its own; undefined if nothing does. */
async function difference(adapter: TestedName, sequence: Sequence): Promise<string | undefined> {
  const runner = new Runner(adapter);
  try {
    await runner.play(sequence);
    return undefined;
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  } finally {
    await runner.close();
  }
}

/**
 * Leaves out steps, halves of them first, then ever fewer, then single calls of bursts and waits, as long as what is
 * left still differs. fast-check could only do this by making the whole sequence anew, dice by dice.
 */
async function shorten(adapter: TestedName, found: Sequence): Promise<Sequence> {
  let least = found;
  const better = async (steps: Step[]) => {
    const candidate = { ...least, steps };
    if ((await difference(adapter, candidate)) === undefined) return false;
    least = candidate;
    return true;
  };
  for (let size = least.steps.length >> 1; size > 0; size >>= 1) {
    for (let from = 0; from < least.steps.length; ) {
      if (!(await better(least.steps.toSpliced(from, size)))) from += size;
    }
  }
  for (let index = 0; index < least.steps.length; index++) {
    const step = () => least.steps[index] as Step;
    for (let place = step().calls.length - 1; place >= 0 && step().calls.length > 1; place--) {
      await better(least.steps.with(index, { ...step(), calls: step().calls.toSpliced(place, 1) }));
    }
    if (step().wait > 0) await better(least.steps.with(index, { ...step(), wait: 0 }));
  }
  return least;
}

function written({ steps, ...rest }: Sequence): string[] {
  return [
    JSON.stringify(rest),
    ...steps.flatMap(({ wait, calls }, index) => [
      `step ${index}${wait > 0 ? `, ${wait} s later` : ""}:`,
      ...calls.map(
        ({ app, call, body }) => `  app ${app} ${call} ${body.length > 2_000 ? `${body.slice(0, 300)}…` : body}`,
      ),
    ]),
  ];
}
