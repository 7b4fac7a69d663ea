/** A job that runs again and again; `stop` resolves when its last run has ended. */
export type RunningJob = { stop(): Promise<void> };

/**
 * Runs `work` every `ms` milliseconds, one run at a time, the first at once. A run that fails is told and the next one
 * tries again.
 */
export function repeat(ms: number, work: () => Promise<unknown>, onError: (error: unknown) => void): RunningJob {
  let running: Promise<unknown> | undefined;
  const run = () => {
    running ??= work()
      .catch(onError)
      .finally(() => {
        running = undefined;
      });
  };
  run();
  const timer = setInterval(run, ms);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
