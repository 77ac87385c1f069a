// What the acts share: a folder, `writ` in it as a real process, and a note of every exit code that was not expected.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, styleText } from 'node:util';

const cli = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'writ-demo-'));
const { values: options } = parseArgs({ options: { keep: { type: 'string' }, now: { type: 'string' } } });
const style = (kind, text) => (process.stdout.isTTY ? styleText(kind, text) : text);
const quote = (word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`);
const failures = [];
let refusals = 0;

export const start = options.now === undefined ? Date.now() : Date.parse(options.now);
export const say = (text) => console.log(`\n${style('bold', text)}`);
export const read = (file) => readFileSync(join(folder, file), 'utf8').trim();
export const save = (file, text) => writeFileSync(join(folder, file), text);

/** Runs `writ`, shows what it prints, and notes where the exit code is another than expected. */
export function writ(expected, ...args) {
  show(args);
  const { status, stdout, stderr } = run(expected, args);
  const output = `${stdout}${stderr}`.trimEnd();
  if (output !== '')
    console.log(
      output.replace(/^((?:writ_|~)[\w-]{24})[\w~-]+$/gm, (_, start) => `${start}… (shortened here)`),
    );
  console.log(style(status === 0 ? 'green' : 'yellow', `exit ${status}`));
  return stdout.trim();
}

/** Runs `writ` and shows nothing but a line, of what `tell` makes of its output. */
export function writLine(expected, tell, ...args) {
  const { status, stdout } = run(expected, args);
  const line = tell(stdout.trim());
  if (line !== '') console.log(`${style(status === 0 ? 'green' : 'yellow', `exit ${status}`)}  ${line}`);
  return stdout.trim();
}

function run(expected, args) {
  const clock =
    options.now === undefined || args.includes('--now') || args[0] === 'keygen' ? [] : ['--now', options.now];
  const result = spawnSync(process.execPath, [cli, ...args, ...clock], { cwd: folder, encoding: 'utf8' });
  const { status, stderr } = result;
  if (status !== expected) failures.push(`${args[0]}: exit ${status}, expected ${expected}: ${stderr}`);
  if (expected !== 0) refusals += 1;
  return result;
}

/** Shows a command as it would be typed, broken before flags so that it fits the page. */
export function show(args) {
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

/** Keeps what is public where `--keep` says, takes the folder away, and says how it went. */
export function end() {
  if (options.keep !== undefined) {
    mkdirSync(options.keep, { recursive: true });
    for (const file of ['trust.jwks', 'research.writ', 'lookup.writ', 'request.writ']) {
      copyFileSync(join(folder, file), join(options.keep, file));
    }
  }
  rmSync(folder, { recursive: true });
  if (failures.length === 0)
    say(`Done: ${refusals} requests and commands refused, every exit code as documented.`);
  else {
    console.error(`\nThe demo did not go as told:\n${failures.join('\n')}`);
    process.exitCode = 1;
  }
}
