// A CFO grants, her research agent delegates, the lookup agent asks, a file service decides.
import { save, say, writ } from './stage.mjs';

export const service = ['--trust', 'trust.jwks', '--audience', 'https://files.acme.example'];
export const report = ['--action', 'read', '--resource', 'reports/q3/revenue.pdf'];
export const invocation = ['--audience', 'https://files.acme.example', ...report];

say('1. Three keys: the CFO’s, her research agent’s, and the lookup sub-agent’s.');
for (const who of ['cfo', 'research', 'lookup']) {
  writ(0, 'keygen', '--suite', 'ed25519', '--out', `${who}.jwk`, '--public', `${who}.pub.jwk`);
}

say('2. The file service notes, once, that the CFO’s key is hers. It needs nothing else, and no network.');
writ(
  0,
  'trust',
  'add',
  '--trust',
  'trust.jwks',
  '--key',
  'cfo.pub.jwk',
  '--principal',
  'mailto:cfo@acme.example',
  '--kind',
  'human',
);

say('3. The CFO grants: read the reports, for two hours, handed on at most once.');
writ(0, 'grant', '--key', 'cfo.jwk', '--grantor', 'mailto:cfo@acme.example', '--to', 'research.pub.jwk', '--as', 'agent:acme/research',
  '--mission', 'q3-report', '--purpose', 'Prepare the Q3 report', '--allow', 'read,list reports/**', '--expires', '2h',
  '--delegations', '1', '--out', 'research.writ'); // biome-ignore format: flags read as pairs

say('4. The research agent hands on less than it has: one folder, reading only, ten minutes.');
writ(0, 'delegate', '@research.writ', '--key', 'research.jwk', '--to', 'lookup.pub.jwk', '--as', 'agent:acme/lookup',
  '--task', 'Find the Q3 revenue', '--allow', 'read reports/q3/**', '--expires', '10m', '--out', 'lookup.writ'); // biome-ignore format: flags read as pairs

say(
  '5. The lookup agent seals one request. What it sends can be neither extended nor used again for another.',
);
save('request.writ', writ(0, 'invoke', '@lookup.writ', '--key', 'lookup.jwk', ...invocation));

say('6. The service verifies it back to the CFO, offline, and decides.');
writ(0, 'verify', '@request.writ', ...service, ...report);

say('7. Anybody can read the chain, from the human down.');
writ(0, 'inspect', '@request.writ', '--trust', 'trust.jwks');
