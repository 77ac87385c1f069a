import { connect } from 'node:net';
import { describe } from 'vitest';

// The servers that `npm run services` starts. In CI they are always there.
const shift = Number(process.env.WRIT_SERVICES_PORTS ?? 0);

/** The address of the one Redis. */
export const redisUrl = `redis://127.0.0.1:${16379 + shift}`;

/** The ports on 127.0.0.1 of the nodes of the Redis cluster. */
export const clusterNodes = [17001 + shift, 17002 + shift, 17003 + shift];

/** The address of PostgreSQL: user and database of the same name, no password. */
export const postgresUrl = `postgres://writ@127.0.0.1:${15432 + shift}/writ`;

// Spoken by hand, so that a test of a client does not rest on that client.
const asks = (port: number, question: string, ready: string) =>
  new Promise<boolean>((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 5_000 });
    const end = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    let heard = '';
    socket.setEncoding('latin1');
    socket.on('data', (text) => {
      heard += text;
      if (heard.includes(ready)) end(true);
    });
    socket.on('connect', () => socket.write(question, 'latin1'));
    for (const event of ['close', 'error', 'timeout']) socket.on(event, () => end(false));
  });

// Protocol 3.0; ready for a query is what a server says when user and database exist.
const login = '\0\x03\0\0user\0writ\0database\0writ\0\0';
const postgresAnswers = asks(
  15432 + shift,
  `\0\0\0${String.fromCharCode(login.length + 4)}${login}`,
  'Z\0\0\0\x05I',
);
const nodesAnswer = clusterNodes.map((port) => asks(port, 'CLUSTER INFO\r\n', 'cluster_state:ok'));

const up = {
  redis: await asks(16379 + shift, 'PING\r\n', '+PONG'),
  cluster: (await Promise.all(nodesAnswer)).every(Boolean),
  postgres: await postgresAnswers,
};

/** A suite against a service; where that does not answer it fails in CI, and is skipped elsewhere, and named so. */
export function describeWith(service: keyof typeof up, name: string, body: () => void): void {
  if (up[service]) {
    describe(name, body);
  } else if (process.env.CI !== undefined) {
    throw new Error(
      `${name}: ${service} does not answer (npm run services), and in CI no test of it is skipped`,
    );
  } else {
    process.stderr.write(`SKIPPED ${name}: no ${service}; npm run services starts it\n`);
    describe.skip(`${name} (no ${service}: npm run services)`, body);
  }
}
