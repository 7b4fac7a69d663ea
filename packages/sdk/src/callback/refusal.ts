/**
 * A request that is not answered. The message is for the merchant's own log and holds nothing of the request and no
 * secret; who sent it learns the HTTP status alone.
 */
export class Refusal extends Error {
  override name = "Refusal";
  readonly status: 403 | 405 | 413;

  constructor(message: string, status: 403 | 405 | 413 = 403) {
    super(message);
    this.status = status;
  }
}
