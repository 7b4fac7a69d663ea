import { type RouteName, routeOf } from "@quanku/protocol/admin";

/** The parts of the reference of operators' calls, in order, and the beginnings of the paths that each holds. */
export const subjects = {
  Access: {
    about: "Who may come in: sessions, access tokens, operators.",
    paths: /^\/(session|tokens|operators|journal)/,
  },
  Coupons: {
    about: "Coupons: search, edit, steer, their history and orders.",
    paths: /^\/apps\/\{appid\}\/coupons(?!.*user-coupons)/,
  },
  People: { about: "People, their coupons and their orders.", paths: /\/(people|user-coupons|orders)\b/ },
  "Hand-outs": { about: "One coupon for many people.", paths: /\/hand-outs/ },
  "Reports and journal": {
    about: "What happened, who did it, and whether the books are right.",
    paths: /\/(reports|journal|verify|stream)$/,
  },
  Callbacks: { about: "How the merchant was asked.", paths: /\/callbacks?\b/ },
  Sandbox: {
    about:
      "What only sandbox apps have: a clock, faults that are ordered, people with names and their taps, a log of calls, states.",
    paths: /^\/apps\/\{appid\}\/(clock|faults|persons|trigger|calls|sandbox)\b/,
  },
  Server: { about: "How the server does.", paths: /^\/health$/ },
  Apps: { about: "Apps: each is a tenant with coupons of its own.", paths: /^\/apps/ },
} as const;
export type Subject = keyof typeof subjects;

/** The part that a call stands in: the first whose paths are its. */
export const subjectOf = (name: RouteName): Subject => {
  const { path } = routeOf(name);
  const order: Subject[] = [
    "Sandbox",
    "Callbacks",
    "Access",
    "Coupons",
    "People",
    "Hand-outs",
    "Reports and journal",
    "Server",
    "Apps",
  ];
  return order.find((subject) => subjects[subject].paths.test(path)) as Subject;
};
