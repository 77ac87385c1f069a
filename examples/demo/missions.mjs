// A mission ends: what a keeper says of it, what the CFO is asked, and what the receipts tell afterwards.
import { save, say, writ, writLine } from './stage.mjs';

const [audience, mission] = ['https://pay.acme.example', 'mailto:cfo@acme.example#october'];
const service = ['--trust', 'trust.jwks', '--audience', audience, '--store', 'lmdb:paid',
  '--receipts', 'receipts', '--receipt-key', 'receipts.jwk']; // biome-ignore format: flags read as pairs
const keeper = ['--key', 'keeper.jwk', '--state', 'missions.json'];
const at = (time) => ['--now', `2026-10-30T${time}:00Z`];
const pay = (invoice, cents) => [
  '--action',
  'pay',
  '--resource',
  `invoices/${invoice}`,
  '--args',
  `{"cents":${cents}}`,
];
const seal = (file, ...flags) =>
  save(file, writLine(0, () => '', 'invoke', '@pay-2.writ', '--key', 'lookup.jwk', '--audience', audience, ...flags)); // biome-ignore format: one command
const status = (...args) => save('status.writ', writ(0, 'mission', ...args, ...keeper));

say('A mission that can end. A keeper says how missions stand; it needs a key and a file, and no server.');
for (const who of ['keeper', 'receipts']) {
  writ(0, 'keygen', '--suite', 'ed25519', '--out', `${who}.jwk`, '--public', `${who}.pub.jwk`);
}
writ(0, 'grant', '--key', 'cfo.jwk', '--grantor', 'mailto:cfo@acme.example', '--to', 'research.pub.jwk', '--as', 'agent:acme/research',
  '--mission', 'october', '--purpose', 'Pay the invoices of October', '--allow', 'pay invoices/**', '--expires', '8h',
  '--audience', audience, '--delegations', '1', '--alive', 'keeper.pub.jwk,5m', '--approver', 'cfo.pub.jwk',
  '--approve-unless', 'pay invoices/** {"cents":{"range":[0,10000]}}', '--out', 'pay.writ', ...at('12:00')); // biome-ignore format: flags read as pairs
writ(0, 'delegate', '@pay.writ', '--key', 'research.jwk', '--to', 'lookup.pub.jwk', '--as', 'agent:acme/lookup',
  '--task', 'Pay what is due', '--out', 'pay-2.writ', ...at('12:01')); // biome-ignore format: flags read as pairs

say('13:00. The mission is active, and 90 dollars are paid.');
status('start', mission, ...at('13:00'));
seal('small.writ', ...pay(1, 9000), ...at('13:00'));
writ(0, 'verify', '@small.writ', ...service, ...pay(1, 9000), '--status', 'status.writ', ...at('13:00'));

say(
  '13:30. 900 dollars are above what needs no approval: exit 7, and the need is what the CFO’s tool checks.',
);
status('issue', mission, ...at('13:30'));
seal('large.writ', ...pay(2, 90_000), ...at('13:30'));
save('need.json', writLine(7, (output) => JSON.parse(output).code, 'verify', '@large.writ', ...service, ...pay(2, 90_000),
  '--status', 'status.writ', '--json', ...at('13:30'))); // biome-ignore format: one command
save(
  'yes.writ',
  writ(0, 'approve', '@need.json', '--key', 'cfo.jwk', '--trust', 'trust.jwks', '--yes', ...at('13:32')),
);
say('13:33. The request has expired meanwhile; sealed again with its nonce, it passes, once.');
seal('again.writ', '--retry', '@need.json', ...at('13:33'));
for (const expected of [0, 6]) {
  writLine(expected, (output) => output.split('\n').slice(0, expected === 0 ? 1 : 2).join(' '), 'verify', '@again.writ',
    ...service, ...pay(2, 90_000), '--status', 'status.writ', '--approval', 'yes.writ', ...at('13:33')); // biome-ignore format: one command
}

say(
  '14:00. The mission completes. 14:05: the same agent is refused, and all below it, though the token lives until 20:00.',
);
status('complete', mission, ...at('14:00'));
seal('late.writ', ...pay(3, 9000), ...at('14:05'));
writ(6, 'verify', '@late.writ', ...service, ...pay(3, 9000), '--status', 'status.writ', ...at('14:05'));

say('Who allowed the large payment, and can it be proved?');
writ(0, 'audit', 'list', '--receipts', 'receipts');
writ(0, 'audit', 'show', '2', '--receipts', 'receipts', '--trust', 'trust.jwks', '--key', 'receipts.pub.jwk');
writ(0, 'audit', 'verify', '--receipts', 'receipts', '--trust', 'trust.jwks', '--key', 'receipts.pub.jwk');
