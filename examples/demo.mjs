// The main job of writ, told through the real command line: a CFO grants, her research agent delegates, the lookup
// agent asks, a file service decides. Then everything that must be refused is tried. Every exit code is checked.
// With `--keep FOLDER --now TIME`, what is public of it is kept there, as of that time: examples/chain was made so.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, styleText } from 'node:util';
import { Decoder, Encoder } from 'cbor-x/index-no-eval';

const cli = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'writ-demo-'));
const style = (kind, text) => (process.stdout.isTTY ? styleText(kind, text) : text);
const { values: options } = parseArgs({ options: { keep: { type: 'string' }, now: { type: 'string' } } });
const start = options.now === undefined ? Date.now() : Date.parse(options.now);
const failures = [];
let refusals = 0;

const say = (text) => console.log(`\n${style('bold', text)}`);
const read = (file) => readFileSync(join(folder, file), 'utf8').trim();
const quote = (word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`);

/** Shows a command as it would be typed, broken before flags so that it fits the page. */
function show(args) {
  const lines = [['writ']];
  for (const [i, word] of args.entries()) {
    const chunk =
      word.startsWith('--') && args[i + 1] && !args[i + 1].startsWith('--')
        ? `${word} ${quote(args[i + 1])}`
        : quote(word);
    if (i > 0 && args[i - 1].startsWith('--') && !word.startsWith('--')) continue;
    if ([...lines.at(-1), chunk].join(' ').length > 76) lines.push(['   ']);
    lines.at(-1).push(chunk);
  }
  console.log(style('dim', `$ ${lines.map((line) => line.join(' ')).join(' \\\n')}`));
}

/** Runs `writ`, shows what it prints, and notes where the exit code is another than expected. */
function writ(expected, ...args) {
  show(args);
  const clock =
    options.now === undefined || args.includes('--now') || args[0] === 'keygen' ? [] : ['--now', options.now];
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args, ...clock], {
    cwd: folder,
    encoding: 'utf8',
  });
  const output = `${stdout}${stderr}`.trimEnd();
  if (output !== '')
    console.log(output.replace(/^(writ_[\w-]{24})[\w~-]+$/gm, (_, start) => `${start}… (shortened here)`));
  console.log(style(status === 0 ? 'green' : 'yellow', `exit ${status}`));
  if (status !== expected) failures.push(`${args[0]}: exit ${status}, expected ${expected}`);
  if (expected !== 0) refusals += 1;
  return stdout.trim();
}

const service = ['--trust', 'trust.jwks', '--audience', 'https://files.acme.example'];
const report = ['--action', 'read', '--resource', 'reports/q3/revenue.pdf'];
const invocation = ['--audience', 'https://files.acme.example', ...report];

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
writeFileSync(
  join(folder, 'request.writ'),
  writ(0, 'invoke', '@lookup.writ', '--key', 'lookup.jwk', ...invocation),
);

say('6. The service verifies it back to the CFO, offline, and decides.');
writ(0, 'verify', '@request.writ', ...service, ...report);

say('7. Anybody can read the chain, from the human down.');
writ(0, 'inspect', '@request.writ', '--trust', 'trust.jwks');

say('Refused: a wider resource. The agent asks for what nobody granted.');
writeFileSync(
  join(folder, 'salaries.writ'),
  writ(
    0,
    'invoke',
    '@lookup.writ',
    '--key',
    'lookup.jwk',
    '--audience',
    'https://files.acme.example',
    '--action',
    'read',
    '--resource',
    'hr/salaries.xlsx',
  ),
);
writ(6, 'verify', '@salaries.writ', ...service, '--action', 'read', '--resource', 'hr/salaries.xlsx');

say(
  'Refused: a wider hop. It is not even made; forced, it would gain nothing, because all blocks must hold.',
);
writ(
  6,
  'delegate',
  '@research.writ',
  '--key',
  'research.jwk',
  '--to',
  'lookup.pub.jwk',
  '--as',
  'agent:acme/lookup',
  '--allow',
  'read,write **',
);

say('Refused: a stolen token. Without the key it cannot be invoked, and by itself it is no request.');
writ(0, 'keygen', '--suite', 'ed25519', '--out', 'thief.jwk');
writ(5, 'invoke', '@lookup.writ', '--key', 'thief.jwk', ...invocation);
writ(5, 'verify', '@lookup.writ', ...service, ...report);

say('Refused: a captured request, replayed for another file.');
writ(6, 'verify', '@request.writ', ...service, '--action', 'read', '--resource', 'reports/q3/margins.pdf');

say('Refused: an expired grant. Three hours later the agent still has its token and key.');
const later = String(Math.floor(start / 1000) + 3 * 3600);
writeFileSync(
  join(folder, 'late.writ'),
  writ(0, 'invoke', '@lookup.writ', '--key', 'lookup.jwk', ...invocation, '--now', later),
);
writ(6, 'verify', '@late.writ', ...service, ...report, '--now', later);

say('Refused: a sealed token cut back to its parent, to shed the narrowing of the last hop.');
writeFileSync(join(folder, 'cut.writ'), cutBack(read('request.writ')));
writ(5, 'verify', '@cut.writ', ...service, ...report);

if (options.keep !== undefined) {
  mkdirSync(options.keep, { recursive: true });
  for (const file of ['trust.jwks', 'research.writ', 'lookup.writ', 'request.writ']) {
    copyFileSync(join(folder, file), join(options.keep, file));
  }
}
rmSync(folder, { recursive: true });
if (failures.length > 0) {
  console.error(`\nThe demo did not go as told:\n${failures.join('\n')}`);
  process.exitCode = 1;
} else {
  say(`Done: one request allowed, ${refusals} refused, every exit code as documented.`);
}

/** What an attacker can do with any CBOR library: drop the last block and keep the seal. */
function cutBack(text) {
  const options = { useRecords: false, mapsAsObjects: false, tagUint8Array: false, variableMapSize: true };
  const [suite, blocks, seal] = new Decoder(options).decode(
    Buffer.from(text.slice('writ_'.length), 'base64url'),
  );
  return `writ_${Buffer.from(new Encoder(options).encode([suite, blocks.slice(0, -1), seal])).toString('base64url')}`;
}
