import { createConnection } from 'node:net';
import { describe } from 'vitest';

export const redisUrl = 'redis://127.0.0.1:16379';
export const clusterNodes = [17001, 17002, 17003];
export const postgresUrl = 'postgres://writ@127.0.0.1:15432/writ';

const ports = { redis: 16379, cluster: 17001, postgres: 15432 };

/** A describe of tests that need a server: where it does not answer, they fail in CI and are skipped elsewhere. */
export function describeWith(service: keyof typeof ports, name: string, body: () => void): void {
  if (answering.has(service) || process.env.CI) describe(name, body);
  else describe.skip(`${name} (no ${service}: npm run services)`, body);
}

const answering = new Set<string>();
for (const [service, port] of Object.entries(ports)) if (await answers(port)) answering.add(service);

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1', () => resolve(true));
    socket.on('connect', () => socket.destroy());
    socket.on('error', () => resolve(false));
  });
}
