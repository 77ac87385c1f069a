import { readFileSync } from 'node:fs';

// A process of its own that verifies the tokens of its standard input, a line each, and at the end says how much memory
// it took. Plain JavaScript, so that no loader is measured with it.

/** @type {import('../memory.ts').Task} */
const { main, how, trust: file, audience, asked, start, rate } = JSON.parse(process.argv[2]);
const { createVerifier, decide, decode, ed25519Backend, importTrust, memoryStore, verify } = await import(
  main
);
const trust = importTrust(file);

// The time goes by as at that rate, whatever this machine does.
let seen = 0;
const clock = () => start + Math.floor(seen / rate);
const verifier = createVerifier({ trust, audience, store: memoryStore(), clock });
const decisions = {
  authorize: (text) => verifier.authorize(text, asked),
  decide: (text) => {
    const now = clock();
    return decide(verify(decode(text), trust, { now }), { audience, request: asked, now });
  },
};

const resident = () => process.memoryUsage.rss();
const idle = resident();
let sampled = idle;
let rest = '';
const begun = performance.now();
for await (const chunk of process.stdin.setEncoding('latin1')) {
  const lines = (rest + chunk).split('\n');
  rest = lines.pop();
  for (const text of lines) {
    const { verdict, code } = await decisions[how](text);
    if (verdict !== 'allow') throw new Error(`denied: ${code}`);
    seen += 1;
    if (seen % 100 === 0) sampled = Math.max(sampled, resident());
  }
}
const ms = performance.now() - begun;
// What a process begins with, `maxRSS` counts the memory of the one that started it: only this is its own.
const status = readFileSync('/proc/self/status', 'utf8');
const peak = 1024 * Number(/VmHWM:\s*(\d+) kB/.exec(status)?.[1]);
const { heapUsed, external } = process.memoryUsage();
const maxRss = 1024 * process.resourceUsage().maxRSS;
console.log(JSON.stringify({ seen, ms, ed25519Backend, idle, sampled, peak, maxRss, heapUsed, external }));
