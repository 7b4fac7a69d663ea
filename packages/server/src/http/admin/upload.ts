import type { IncomingMessage } from "node:http";
import { type Problem, problem } from "./problem.ts";

/** How large a file may be that is sent, in bytes: a line for each of 1 000 000 people is 65 MB at most. */
export const UPLOAD_LIMIT = 256 * 2 ** 20;
/** How long a sender may stand still, in milliseconds. */
const IDLE = 30_000;

/** A file that could not be read to its end. */
export class UploadFault extends Error {
  override name = "UploadFault";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** The file that a request carries, piece by piece as it is asked for. Throws {@link UploadFault}. */
export async function* uploadOf(
  request: Request,
  incoming: IncomingMessage | undefined,
  { limit = UPLOAD_LIMIT, idle = IDLE } = {},
): AsyncGenerator<Uint8Array> {
  const tooLarge = problem(
    413,
    "too_large",
    `the file must have at most ${limit} bytes: send it in parts`,
    `文件最多 ${limit} 字节：请分几次发送`,
  );
  if (Number(request.headers.get("content-length")) > limit) throw new UploadFault(tooLarge);
  // Iterating it plainly would close the connection where the handler stops early, before the answer is sent.
  const stream = (incoming?.iterator({ destroyOnReturn: false }) ?? request.body ?? []) as AsyncIterable<Uint8Array>;
  const pieces = stream[Symbol.asyncIterator]?.() ?? none();
  let length = 0;
  for (;;) {
    const { done, value } = await within(idle, pieces.next());
    if (done) return;
    length += value.length;
    if (length > limit) throw new UploadFault(tooLarge);
    yield value;
  }
}

async function* none(): AsyncGenerator<Uint8Array> {}

async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const tooSlow = problem(
    400,
    "too_slow",
    "the file did not come in time: send it again",
    "文件没有及时送达：请重新发送",
  );
  const timer = setTimeout(() => reject(new UploadFault(tooSlow)), milliseconds);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
