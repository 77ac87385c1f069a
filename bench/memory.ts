import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text as textOf } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { stage } from './compare/stage.ts';
import { nameMachine } from './machine.ts';
import { AUDIENCE, createMint, type Suite } from './memory/mint.ts';

// How much memory a process takes that verifies many distinct tokens in a row, one after the other, by one verifier. The
// tokens are made in this process, so that only verification is measured. `--json` gives the figures as data,
// `--part N` takes the Nth part of the tokens.

const { values: options } = parseArgs({
  options: { json: { type: 'boolean', default: false }, part: { type: 'string', default: '1' } },
});

/** What a verifying process is told. */
export interface Task {
  /** The address of the package. */
  readonly main: string;
  /** `decide` keeps nothing; `authorize` keeps each nonce until the request has expired. */
  readonly how: 'decide' | 'authorize';
  readonly trust: object;
  readonly audience: string;
  readonly asked: { readonly action: string; readonly resource: string };
  /** The Unix second of the first token, and how many are presented in each second. */
  readonly start: number;
  readonly rate: number;
}

/** What it answers; memory in bytes. */
interface Answer {
  readonly seen: number;
  readonly ms: number;
  readonly ed25519Backend: string;
  /** Resident before the first token. */
  readonly idle: number;
  /** The most that was resident, by looking every hundred tokens, by the system's own mark, and as `maxRSS` has it. */
  readonly sampled: number;
  readonly peak: number;
  readonly maxRss: number;
  readonly heapUsed: number;
  readonly external: number;
}

interface Run extends Answer {
  readonly suite: Suite;
  readonly how: Task['how'];
}

const RATE = 1000;
const BATCH = 100;
const start = Math.floor(Date.now() / 1000);
const child = fileURLToPath(new URL('memory/verify.mjs', import.meta.url));
const plain = stage([]);
const withSodium = new URL('../dist/src/index.js', import.meta.url).href;

function open(task: Task) {
  const verifying = spawn(process.execPath, [child, JSON.stringify(task)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(verifying, 'exit');
  const answer = textOf(verifying.stdout).then(JSON.parse) as Promise<Answer>;
  return {
    async give(lines: string) {
      if (!verifying.stdin.write(lines)) await Promise.race([once(verifying.stdin, 'drain'), ended]);
      if (verifying.exitCode !== null) throw new Error('a verifying process has ended');
    },
    end(): Promise<Answer> {
      verifying.stdin.end();
      return answer;
    },
  };
}

/** One process after the other, so that none waits for tokens, when the engine would collect garbage sooner. */
async function run(
  suite: Suite,
  count: number,
  places: readonly Pick<Task, 'main' | 'how'>[],
): Promise<Run[]> {
  const runs: Run[] = [];
  for (const place of places) {
    const mint = createMint(suite, start);
    const asked = { action: 'read', resource: 'reports/q3.pdf' };
    const task = { trust: mint.trust, audience: AUDIENCE, asked, start, rate: RATE, ...place };
    const { give, end } = open(task);
    for (let made = 0; made < count; ) {
      let lines = '';
      const until = Math.min(count, made + BATCH);
      for (; made < until; made++) lines += `${mint.next(start + Math.floor(made / RATE))}\n`;
      await give(lines);
    }
    const answer = await end();
    if (answer.seen !== count) throw new Error(`${answer.seen} of ${count} tokens were verified`);
    runs.push({ suite, how: place.how, ...answer });
  }
  return runs;
}

const part = Number(options.part);
const all = await Promise.all([
  run('ed25519', Math.ceil(100_000 / part), [
    { main: plain, how: 'decide' },
    { main: plain, how: 'authorize' },
    { main: withSodium, how: 'authorize' },
  ]),
  run('hmac', Math.ceil(1_000_000 / part), [
    { main: plain, how: 'decide' },
    { main: plain, how: 'authorize' },
  ]),
]);
const runs = all.flat();

const machine = nameMachine();
if (options.json) console.log(JSON.stringify({ machine, rate: RATE, runs }, null, 2));
else {
  const { cpu, cores, node, os, load } = machine;
  const mb = (bytes: number) => (bytes / 1e6).toFixed(1).padStart(8);
  console.log(`${cpu}, ${cores} cores, ${machine.memory}, Node ${node}, ${os}, load ${load}`);
  console.log('MB resident                          tokens    idle    peak  sampled  heap at end');
  for (const { suite, how, ed25519Backend, seen, idle, peak, sampled, heapUsed } of runs) {
    const by = suite === 'hmac' ? 'node:crypto' : ed25519Backend;
    const name = `${suite.padEnd(8)} ${how.padEnd(10)} ${by}`.padEnd(35);
    console.log(`${name}${String(seen).padStart(8)}${mb(idle)}${mb(peak)}${mb(sampled)}${mb(heapUsed)}`);
  }
}
