/** What the groups of operators' commands are about, and an example or two of each. */
export const groups: Record<string, { about: string; examples: readonly string[] }> = {
  app: {
    about: "create and manage apps: each is a tenant with coupons of its own",
    examples: ["quanku app delete wx0123456789abcdef --confirm wx0123456789abcdef"],
  },
  coupon: {
    about: "see and steer an app's coupons",
    examples: [
      "quanku coupon list wx0123456789abcdef --status active --limit 20",
      "quanku coupon add wx0123456789abcdef --from coupon.json",
      "quanku coupon restock wx0123456789abcdef tea-5 --remaining 1000",
    ],
  },
  person: {
    about: "see what a person has, give them a coupon, and name the people of a sandbox app",
    examples: [
      "quanku person make wx0123456789abcdef xiaoming --openid o1",
      "quanku person wallet wx0123456789abcdef o1 --status effective",
      "quanku person give wx0123456789abcdef o1 --out-coupon-id tea-5 --request-id sorry-1",
    ],
  },
  trigger: {
    about: "play what people do in a sandbox app",
    examples: [
      "quanku trigger claim wx0123456789abcdef --openid o1 --out-coupon-id tea-5",
      "quanku trigger claim wx0123456789abcdef --person xiaoming --out-coupon-id tea-5 --request-id tap-1",
    ],
  },
  "user-coupon": {
    about: "see one coupon of one person, and take it back",
    examples: ["quanku user-coupon find wx0123456789abcdef --out-user-coupon-id uc-1"],
  },
  order: {
    about: "see orders that coupons were used on",
    examples: [
      "quanku order list wx0123456789abcdef --openid o1 --status redeemed",
      "quanku order show wx0123456789abcdef order-1",
    ],
  },
  "hand-out": {
    about: "give a coupon to many people",
    examples: [
      "quanku hand-out create wx0123456789abcdef people.csv --out-coupon-id tea-5 --request-id spring --dry-run",
      "quanku hand-out results wx0123456789abcdef spring > results.csv",
    ],
  },
  report: {
    about: "what happened by day and coupon",
    examples: ["quanku report wx0123456789abcdef --from 2026-11-01 --to 2026-11-30 --by day"],
  },
  journal: {
    about: "see what changed, and who did it",
    examples: ["quanku journal list wx0123456789abcdef --by command_line --limit 20"],
  },
  fault: {
    about: "order that calls of a sandbox app, or pushes to its merchant, go wrong",
    examples: [
      "quanku fault order wx0123456789abcdef --what errcode=45009 --calls claim --share 1000 --seconds 60",
      "quanku fault order wx0123456789abcdef --what push=lost --count 1",
      "quanku fault end-all wx0123456789abcdef",
    ],
  },
  sandbox: {
    about: "save what a sandbox app has, put it back, or empty it",
    examples: [
      "quanku sandbox save wx0123456789abcdef before-the-sale",
      "quanku sandbox load wx0123456789abcdef before-the-sale",
    ],
  },
  callback: {
    about: "see how an app's callback was asked, and ask it again",
    examples: ["quanku callback list wx0123456789abcdef --verdict timed_out"],
  },
};
