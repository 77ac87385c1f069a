// What is counted: a loop that runs away is stopped, and a branch that leaves the plan is frozen while its sibling goes on.
import { service } from './chain.mjs';
import { save, say, show, writ, writLine } from './stage.mjs';

const [audience] = service.slice(-1);
const counting = ['--store', 'lmdb:counts'];
const grant = ['--key', 'cfo.jwk', '--grantor', 'mailto:cfo@acme.example', '--to', 'research.pub.jwk', '--as', 'agent:acme/research',
  '--mission', 'q3-report', '--purpose', 'Prepare the Q3 report', '--allow', 'read,list reports/**', '--expires', '2h',
  '--audience', audience]; // biome-ignore format: flags read as pairs

/** A line for a request that was decided: the verdict, and the code where it was denied. */
const tell = (who) => (output) => {
  const [verdict = '', reason = ''] = output.split('\n');
  return `${who}  ${verdict.startsWith('denied') ? `denied   ${reason.trim()}` : verdict}`;
};

/** Seals a request, and lets the service decide and count it: one line. */
function ask(expected, token, key, who, action, resource) {
  const asked = ['--action', action, '--resource', resource];
  const sealed = writLine(0, () => '', 'invoke', `@${token}.writ`, '--key', `${key}.jwk`, '--audience', audience, ...asked); // biome-ignore format: one command
  save('call.writ', sealed);
  writLine(expected, tell(who), 'verify', '@call.writ', ...service, ...asked, ...counting);
}

say(
  'A runaway loop. The CFO grants three calls in any ten minutes, and the service counts them in a store on its disk.',
);
writ(0, 'grant', ...grant, '--limit', 'call 3/10m', '--out', 'three.writ');
const page = ['--action', 'read', '--resource', 'reports/q3/page-1.pdf'];
show(['invoke', '@three.writ', '--key', 'research.jwk', '--audience', audience, ...page]);
show(['verify', '@call.writ', ...service, ...page, ...counting]);
for (let i = 1; i <= 5; i++) {
  ask(i <= 3 ? 0 : 6, 'three', 'research', `call ${i}`, 'read', `reports/q3/page-${i}.pdf`);
}
writ(0, 'limits', '@three.writ', ...counting);

say('A captured request, sent again as it is. The service remembers it, also after a restart.');
writ(0, 'grant', ...grant, '--limit', 'call 100', '--out', 'hundred.writ');
ask(0, 'hundred', 'research', 'first', 'read', 'reports/q3/revenue.pdf');
writLine(6, tell('again'), 'verify', '@call.writ', ...service, ...counting);

say(
  'A plan: first list, then read. One request outside of it freezes the branch that made it, and no other.',
);
save('plan.txt', '1 list reports/q3\n1..3 read reports/q3/*\n');
writ(0, 'keygen', '--suite', 'ed25519', '--out', 'clerk.jwk', '--public', 'clerk.pub.jwk');
writ(0, 'grant', ...grant, '--delegations', '1', '--plan', 'plan.txt', '--limit', 'denial 1', '--out', 'planned.writ'); // biome-ignore format: one command
for (const who of ['lookup', 'clerk']) {
  writ(0, 'delegate', '@planned.writ', '--key', 'research.jwk', '--to', `${who}.pub.jwk`,
    '--as', `agent:acme/${who}`, '--out', `${who}-planned.writ`); // biome-ignore format: flags read as pairs
}
ask(6, 'lookup-planned', 'lookup', 'lookup', 'read', 'reports/q3/revenue.pdf');
ask(6, 'lookup-planned', 'lookup', 'lookup', 'list', 'reports/q3');
ask(0, 'clerk-planned', 'clerk', 'clerk ', 'list', 'reports/q3');
ask(0, 'clerk-planned', 'clerk', 'clerk ', 'read', 'reports/q3/revenue.pdf');

say('The operator sees which branch is frozen, and lifts it. What was used stays used.');
writ(0, 'limits', '@lookup-planned.writ', ...counting);
const counts = JSON.parse(writLine(0, () => '', 'limits', '@lookup-planned.writ', ...counting, '--json'));
const { branch } = counts.blocks[0].limits[0];
writ(0, 'limits', 'unfreeze', branch, ...counting);
ask(0, 'lookup-planned', 'lookup', 'lookup', 'read', 'reports/q3/margins.pdf');
