# The server on Debian with the Node.js that the repository pins. docs/running.md says how to build and run it.

# What runs it, and what brings npm for the installation: any of Debian's kind.
ARG BASE=debian:trixie-slim
ARG NPM=node:24-trixie-slim

# The console, which is built with more than the server runs with.
FROM ${NPM} AS console
WORKDIR /app
COPY package.json package-lock.json ./
COPY packages/protocol/package.json packages/protocol/
COPY packages/server/package.json packages/server/
COPY packages/sdk packages/sdk
COPY packages/console packages/console
COPY examples examples
RUN npm ci --omit=dev --no-audit --no-fund

FROM ${NPM} AS installed
WORKDIR /app
COPY package.json package-lock.json ./
COPY packages/console/package.json packages/console/build.ts packages/console/
COPY packages/protocol/package.json packages/protocol/
COPY packages/sdk/package.json packages/sdk/
COPY packages/server/package.json packages/server/
RUN npm ci --omit=dev --workspace packages/server --workspace packages/protocol --no-audit --no-fund
COPY --from=console /app/packages/console/dist packages/console/dist
COPY packages/protocol/src packages/protocol/src
COPY packages/server/bin packages/server/bin
COPY packages/server/src packages/server/src
COPY docs docs
COPY LICENSE ./

FROM ${BASE}
# Node.js asks for libatomic, which a slim Debian leaves out.
RUN apt-get update && apt-get install --yes --no-install-recommends libatomic1 && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --user-group --no-create-home quanku && install -d -m 700 -o quanku -g quanku /data
COPY --from=installed /app /app
ENV PATH=/app/node_modules/.bin:$PATH QUANKU_DATA_DIR=/data
USER quanku
WORKDIR /data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["node", "-e", "require(process.env.QUANKU_TLS_CERT ? 'node:https' : 'node:http').get({ host: '127.0.0.1', port: process.env.PORT || 8080, path: '/healthz', rejectUnauthorized: false }, ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1)).on('error', () => process.exit(1))"]
ENTRYPOINT ["node", "/app/packages/server/bin/quanku.js"]
CMD ["serve", "--host", "0.0.0.0"]
