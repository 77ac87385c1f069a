import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { verifyLog } from '../../src/audit/verify-log.ts';
import { approve, type Caveats, exportJwk, grant, invoke, issueStatus, SigningKey } from '../../src/index.ts';
import { systemTime } from '../../src/time.ts';

const AUDIENCE = 'https://pay.acme.example';
const main = fileURLToPath(new URL('../../examples/service.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'writ-service-'));
const [cfo, agent] = [SigningKey.generate(), SigningKey.generate()];
const anchor = {
  ...exportJwk(cfo.publicKey),
  writ: { principal: 'mailto:cfo@acme.example', kind: 'human' },
};
writeFileSync(join(folder, 'trust.jwks'), JSON.stringify({ keys: [anchor] }));

interface Service {
  readonly process: ChildProcess;
  readonly url: string;
  /** What it printed before it listened. */
  readonly lines: readonly string[];
}

async function start(env: NodeJS.ProcessEnv = {}): Promise<Service> {
  const process_ = spawn(process.execPath, [main], {
    cwd: folder,
    env: { ...process.env, PORT: '0', TRUST: 'trust.jwks', AUDIENCE, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  for await (const line of createInterface({ input: process_.stdout })) {
    const [, url] = /^listening on (\S+)$/.exec(line) ?? [];
    if (url !== undefined) return { process: process_, url, lines };
    lines.push(line);
  }
  throw new Error('the service did not start');
}

async function stop(service: Service): Promise<void> {
  const gone = once(service.process, 'exit');
  service.process.kill('SIGTERM');
  await gone;
}

const token = (caveats: Caveats = {}, key = cfo) =>
  grant({
    ...{ key, grantor: 'mailto:cfo@acme.example', delegate: 'agent:acme/pay', to: agent.publicKey },
    ...{ mission: { id: 'invoices', purpose: 'Pay the invoices' }, exp: systemTime() + 600, aud: [AUDIENCE] },
    scope: [{ actions: ['read', 'pay'], resources: ['invoices/**'] }],
    ...caveats,
  });
const seal = (text: string, action: string, args?: { cents: number }) =>
  invoke(text, {
    ...{ key: agent, audience: AUDIENCE, action, resource: 'invoices/7' },
    ...(args && { args }),
  });

async function ask(
  { url }: Service,
  authorization: string | undefined,
  { path = 'invoices/7', ...init }: RequestInit & { path?: string } = {},
): Promise<[status: number, body: unknown]> {
  const headers = authorization === undefined ? {} : { authorization };
  const response = await fetch(`${url}/${path}`, { headers: { ...headers, connection: 'close' }, ...init });
  return [response.status, await response.json()];
}

const pay = (cents: number) => ({ method: 'POST', body: JSON.stringify({ cents }) });

let service: Service;
beforeAll(async () => {
  service = await start();
});
afterAll(async () => {
  await stop(service);
  rmSync(folder, { recursive: true });
});

test('the service says at its start what it enforces', () => {
  expect(service.lines).toEqual(
    expect.arrayContaining(['enforces limits call denial usd-cent', 'denies context']),
  );
});

test('a sealed request is served with what was decided', async () => {
  expect(await ask(service, `Writ ${seal(token(), 'read')}`)).toEqual([200, { read: 'invoices/7' }]);
});

test('the same request again is a replay', async () => {
  const authorization = `Writ ${seal(token(), 'read')}`;
  await ask(service, authorization);
  expect(await ask(service, authorization)).toEqual([403, { code: 'invocation.replay' }]);
});

test('a request for another resource than the sealed one is denied', async () => {
  const answer = await ask(service, `Writ ${seal(token(), 'read')}`, { path: 'invoices/8' });
  expect(answer).toEqual([403, { code: 'invocation.resource' }]);
});

test('another body than the sealed arguments is denied', async () => {
  const answer = await ask(service, `Writ ${seal(token(), 'pay', { cents: 100 })}`, pay(900));
  expect(answer).toEqual([403, { code: 'invocation.arguments' }]);
});

test('a payment above what a limit leaves is denied', async () => {
  const text = token({ limits: [{ unit: 'usd-cent', amount: 1000 }] });
  const first = await ask(service, `Writ ${seal(text, 'pay', { cents: 700 })}`, pay(700));
  const second = await ask(service, `Writ ${seal(text, 'pay', { cents: 700 })}`, pay(700));
  expect([first, second]).toEqual([
    [200, { paid: 'invoices/7', cents: 700 }],
    [429, { code: 'limits.spent' }],
  ]);
});

test('a cost that is no whole number is the service’s mistake', async () => {
  const text = token({ limits: [{ unit: 'usd-cent', amount: 1000 }] });
  const answer = await ask(service, `Writ ${seal(text, 'pay', { cents: 0.5 })}`, pay(0.5));
  expect(answer).toEqual([500, { code: 'internal' }]);
});

test('a request without a token is not authorised', async () => {
  expect(await ask(service, undefined)).toEqual([401, { code: 'authorization' }]);
});

test('an answer of 401 says how to authorise', async () => {
  const { headers } = await fetch(`${service.url}/invoices/7`);
  expect(headers.get('www-authenticate')).toBe('Writ');
});

test('an open token is no request', async () => {
  expect(await ask(service, `Writ ${token()}`)).toEqual([401, { code: 'invocation.missing' }]);
});

test('what is no token is refused with its code', async () => {
  expect(await ask(service, 'Writ nonsense')).toEqual([400, { code: 'text.prefix' }]);
});

test('a token of somebody whom the service does not trust is refused with its code', async () => {
  const text = seal(token({}, agent), 'read');
  expect(await ask(service, `Writ ${text}`)).toEqual([401, { code: 'anchor.unknown' }]);
});

test('a body that is no JSON is refused with its code', async () => {
  const answer = await ask(service, `Writ ${seal(token(), 'pay')}`, { method: 'POST', body: '{' });
  expect(answer).toEqual([400, { code: 'request.malformed' }]);
});

test('a body that is too long is not read to its end', async () => {
  const body = 'x'.repeat(70_000);
  const answer = await ask(service, `Writ ${seal(token(), 'pay')}`, { method: 'POST', body });
  expect(answer).toEqual([413, { code: 'body' }]);
});

test('with a store on disk, a restart forgets no nonce', async () => {
  const env = { STORE: join(folder, 'counts') };
  const authorization = `Writ ${seal(token(), 'read')}`;
  const first = await start(env);
  const before = await ask(first, authorization);
  await stop(first);
  const second = await start(env);
  onTestFinished(() => stop(second));
  expect([before[0], await ask(second, authorization)]).toEqual([200, [403, { code: 'invocation.replay' }]]);
});

test('a mission that completed is denied, and so is one without a status', async () => {
  const authority = SigningKey.generate();
  const file = join(folder, 'statuses.writ');
  const text = token({ alive: [{ key: authority.publicKey, within: 300 }] });
  const status = (state: 'active' | 'completed', issued: number) =>
    issueStatus({
      key: authority,
      subjects: { 'mailto:cfo@acme.example#invoices': { state } },
      issued,
      goodFor: 300,
    });
  const now = systemTime();
  writeFileSync(file, status('completed', now));
  const missing = await ask(service, `Writ ${seal(text, 'read')}`);
  const stapled = await ask(service, `Writ ${seal(text, 'read')}${status('active', now - 5)}`);
  const loading = await start({ STATUSES: file });
  onTestFinished(() => stop(loading));
  const ended = await ask(loading, `Writ ${seal(text, 'read')}${status('active', now - 5)}`);
  expect([missing[0], (missing[1] as { needs: unknown[] }).needs.length, stapled[0]]).toEqual([401, 1, 200]);
  expect(ended).toEqual([403, { code: 'alive.completed' }]);
});

test('a payment that needs an approval passes with it', async () => {
  const approver = SigningKey.generate();
  const text = token({ approval: [{ unless: [], keys: [approver.publicKey], need: 1, within: 300 }] });
  const sealed = seal(text, 'pay', { cents: 900 });
  const [status, answer] = await ask(service, `Writ ${sealed}`, pay(900));
  const [need] = (answer as { needs: [{ presentation: string; args: { cents: number } }] }).needs;
  const yes = approve(need.presentation, { key: approver, approved: true, args: need.args });
  const approved = await ask(service, `Writ ${sealed}${yes}`, pay(900));
  expect([status, approved]).toEqual([401, [200, { paid: 'invoices/7', cents: 900 }]]);
});

test('every decision is in the log of receipts', async () => {
  const key = SigningKey.generate();
  writeFileSync(join(folder, 'receipts.jwk'), JSON.stringify(exportJwk(key)));
  const recording = await start({ RECEIPTS: join(folder, 'receipts') });
  await ask(recording, `Writ ${seal(token(), 'read')}`);
  await ask(recording, `Writ ${seal(token(), 'read')}`, { path: 'invoices/8' });
  await stop(recording);
  const log = await verifyLog(join(folder, 'receipts'), { key: key.publicKey });
  expect([log.problem, log.size]).toEqual([undefined, 2]);
});
