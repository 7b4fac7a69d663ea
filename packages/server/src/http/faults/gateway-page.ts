import type { WireReply } from "../edge/wire-call.ts";

const reasons = { 502: "Bad Gateway", 503: "Service Temporarily Unavailable", 504: "Gateway Time-out" } as const;

/** A reply that is no call's, but of something in between. */
export type GatewayPage = { page: WireReply };

/** The page that nginx sends where what is behind it does not answer. */
export function gatewayPage(status: keyof typeof reasons): GatewayPage {
  const said = `${status} ${reasons[status]}`;
  const page = [
    "<html>",
    `<head><title>${said}</title></head>`,
    "<body>",
    `<center><h1>${said}</h1></center>`,
    "<hr><center>nginx</center>",
    "</body>",
    "</html>",
    "",
  ];
  return { page: { status, headers: { "content-type": "text/html", server: "nginx" }, body: page.join("\r\n") } };
}
