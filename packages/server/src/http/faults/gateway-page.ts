const reasons = { 502: "Bad Gateway", 503: "Service Temporarily Unavailable", 504: "Gateway Time-out" } as const;

/** The page that nginx sends where what is behind it does not answer. */
export function gatewayPage(status: keyof typeof reasons): Response {
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
  return new Response(page.join("\r\n"), { status, headers: { "content-type": "text/html", server: "nginx" } });
}
