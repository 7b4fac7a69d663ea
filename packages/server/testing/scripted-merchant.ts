import type { AskMerchant, MerchantAnswer } from "../src/service/merchant.ts";

type Asked = { appid: string; requestId: string; openid: string; outCouponId: string };

/** A merchant who answers when told to. A test of the callback succeeds at once. */
export class ScriptedMerchant {
  private asked: (Asked & { reply(answer: MerchantAnswer): void })[] = [];

  readonly ask: AskMerchant = async (app, url, purpose, claim) => {
    const answer = await new Promise<MerchantAnswer>((reply) => {
      if (purpose === "confirm") reply({ answer: "granted", outUserCouponId: "test" });
      else this.asked.push({ appid: app.appid, ...claim, reply });
    });
    const sent = { request: "", message: "", status: 200, reply: "", read: "", milliseconds: 1 };
    const verdict = answer.answer;
    return { answer, attempt: { appid: app.appid, at: 0, purpose, ...claim, url, ...sent, verdict, reason: "" } };
  };

  /** What has been asked and not answered, one line each. */
  get questions(): string[] {
    return this.asked.map(toLine).sort();
  }

  isAsked = (appid: string, requestId: string): boolean =>
    this.asked.some((one) => one.appid === appid && one.requestId === requestId);

  /** Answers one question, if it was asked. */
  reply(appid: string, requestId: string, answer: MerchantAnswer): void {
    const place = this.asked.findIndex((one) => one.appid === appid && one.requestId === requestId);
    if (place >= 0) this.asked.splice(place, 1)[0]?.reply(answer);
  }

  /** Whoever asked is gone. */
  forget(): void {
    this.asked = [];
  }
}

export const toLine = ({ appid, requestId, openid, outCouponId }: Asked): string =>
  JSON.stringify([appid, requestId, openid, outCouponId]);
