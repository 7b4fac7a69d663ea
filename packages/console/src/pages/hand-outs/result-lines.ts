/** What became of a line of a list, or in a dry run would become of it. */
export type LineResult = {
  line: number;
  openid: string;
  /** Why it comes to nothing; undefined where one is given. */
  why: string | undefined;
  /** The user coupon that was given; empty in a dry run. */
  userCouponId: string;
};

/** The first of a result file's rows that are wanted. */
export async function firstOf(
  rows: AsyncIterable<string[]>,
  why: string | undefined,
  most: number,
): Promise<LineResult[]> {
  const found: LineResult[] = [];
  let isHead = true;
  for await (const [line, openid = "", result, userCouponId = ""] of rows) {
    if (!isHead && (why === undefined || result === why))
      found.push({ line: Number(line), openid, why: result === "given" ? undefined : result, userCouponId });
    isHead = false;
    if (found.length === most) break;
  }
  return found;
}
