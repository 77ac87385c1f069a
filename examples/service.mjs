// A service that agents call with a writ: one verifier, made at the start; each request is decided and counted, and
// only then served. `TRUST=trust.jwks STORE=/var/lib/writ node examples/service.mjs`; without STORE, in memory.
// STATUSES is a file of status statements, read again every ten seconds; RECEIPTS is the folder of a log that keeps every
// decision, signed with RECEIPT_KEY.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import {
  codes,
  createVerifier,
  decodeEvidence,
  explain,
  importJwk,
  importTrust,
  memoryStore,
  VerifyError,
} from 'writ';

const { AUDIENCE = 'https://pay.acme.example', TRUST = 'trust.jwks', PORT = '0' } = process.env;
const { STORE, STATUSES, RECEIPTS, RECEIPT_KEY = 'receipts.jwk' } = process.env;
const ACTIONS = { GET: 'read', POST: 'pay' };
const MOST_BODY = 65_536;
// The HTTP status of a code, and of a stage for all other codes of it (spec §10).
const OF_STAGES = { decode: 400, verify: 401, decide: 403, need: 403 };
const OF_CODES = { 'limits.spent': 429, 'request.malformed': 400 };

const store = STORE === undefined ? memoryStore() : (await import('writ/lmdb')).lmdbStore({ path: STORE });
const statuses = STATUSES === undefined ? () => [] : loadEvery(10_000, STATUSES);
const receipts = RECEIPTS === undefined ? undefined : await openLog(RECEIPTS);
const verifier = createVerifier({
  trust: importTrust(readJson(TRUST)),
  audience: AUDIENCE,
  store,
  statuses,
  ...(receipts && { receipts }),
  costs: { 'usd-cent': ({ action, args }) => (action === 'pay' ? args.cents : 0) },
});

// What a verifier does not enforce it denies; whoever runs it should know which that is.
for (const { caveat, enforced, names } of verifier.enforces) {
  console.log(`${enforced ? 'enforces' : 'denies'} ${[caveat, ...(names ?? [])].join(' ')}`);
}

// The headers of Node are at most 16 KB by default; a token has up to 64 KiB before it is text.
const server = createServer({ maxHeaderSize: 98_304 }, async (request, response) => {
  const answer = (status, body) => {
    const asks = status === 401 ? { 'www-authenticate': 'Writ' } : {};
    const headers = { 'content-type': 'application/json', ...asks };
    response.writeHead(status, headers).end(`${JSON.stringify(body)}\n`);
  };
  try {
    const action = ACTIONS[request.method];
    const [, presentation] = /^Writ (\S+)$/.exec(request.headers.authorization ?? '') ?? [];
    if (action === undefined) return answer(405, { code: 'method' });
    if (presentation === undefined) return answer(401, { code: 'authorization' });
    const body = await readBody(request);
    if (body === undefined) return answer(413, { code: 'body' });
    const asked = { action, resource: request.url.slice(1), ...(body.length > 0 && { body }) };
    const decision = await verifier.authorize(presentation, asked);
    // The code, and what the caller can bring; what was expected, and by whom, is for the service's own log.
    if (decision.verdict !== 'allow') {
      console.error(explain(decision).join('\n'));
      const { code, needs } = decision;
      return answer(needs.length > 0 ? 401 : statusOf(code), needs.length > 0 ? { code, needs } : { code });
    }
    answer(200, serve(decision.request));
  } catch (error) {
    const { code } = error;
    const status = error instanceof VerifyError ? 401 : statusOf(code);
    answer(status, { code: status === 500 ? 'internal' : code });
  }
});

/** The HTTP status of a refusal. What is nobody's but the service's is 500, and is told to nobody. */
function statusOf(code) {
  if (/^(store|receipt)\./.test(code)) return 503;
  const [stage] = codes[code] ?? [];
  return OF_CODES[code] ?? OF_STAGES[stage] ?? 500;
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** The statuses in a file, loaded anew by and by; those of a file that cannot be read grow stale, and deny by that. */
function loadEvery(milliseconds, path) {
  const load = () => decodeEvidence(readFileSync(path, 'latin1')).filter(({ kind }) => kind === 'status');
  let loaded = load();
  const reload = () => {
    try {
      loaded = load();
    } catch (error) {
      console.error(`statuses: ${error.code ?? 'failed'}`);
    }
  };
  setInterval(reload, milliseconds).unref();
  return () => loaded;
}

/** A log that holds, and that nobody else writes, before the first request comes. */
async function openLog(path) {
  const { receiptLog } = await import('writ/receipts');
  const log = receiptLog({ path, key: importJwk(readJson(RECEIPT_KEY)), name: new URL(AUDIENCE).host });
  await log.open();
  return log;
}

/** The work itself, from the values that were decided and no others. */
function serve({ action, resource, args }) {
  return action === 'pay' ? { paid: resource, cents: args.cents } : { read: resource };
}

async function readBody(request) {
  const chunks = [];
  let length = 0;
  // Not taken away at once, since the answer goes the same way.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += chunk.length;
    if (length > MOST_BODY) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

process.once('SIGTERM', () =>
  server.close(async () => {
    await receipts?.close();
    await store.close?.();
  }),
);
server.listen(Number(PORT), '127.0.0.1', () =>
  console.log(`listening on http://127.0.0.1:${server.address().port}`),
);
