import { createCallbackHandler } from "@quanku/sdk/callback";

export type Sent = { url: string; method: string; body: string | null };
/** What a handler is given, and the requests that it answers one after another. */
export type Asked = { appid: string; token: string; encodingAesKey: string; sent: Sent[] };

/** What every runtime does with the callback handler alone. Plain JSON. */
export async function journey({ sent, ...agreed }: Asked) {
  const problems: string[] = [];
  const answers: { status: number; text: string }[] = [];
  const handler = createCallbackHandler({
    ...agreed,
    onClaim: async ({ request_id }) => ({ granted: `uc-${request_id}` }),
    onProblem: ({ problem }) => void problems.push(problem),
  });
  for (const { url, ...init } of sent) {
    const answer = await handler(new Request(url, init));
    answers.push({ status: answer.status, text: await answer.text() });
  }
  return { answers, problems };
}
