import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NOW } from '../support/forge.ts';
import type { Crowd, Seat } from './crowd.ts';
import { readHistory } from './history.ts';
import { type Asked, type Mint, mintAll, minter, type Presentation } from './mint.ts';
import type { Place } from './place.ts';
import type { Random } from './random.ts';

/** A server of stores that can be killed, and started again on what it has kept. */
export interface Server {
  readonly place: Place;
  start(): Promise<void>;
  /** Ends it at once, in the middle of whatever it does. */
  kill(): Promise<void>;
}

/** What the kills of a server came to. */
export interface Outages {
  kills: number;
  allowed: number;
  /** Requests without an answer, and those of them that were counted all the same. */
  unanswered: number;
  unheard: number;
  readonly violations: string[];
}

interface Budget {
  readonly kind: string;
  readonly amount: number;
  readonly asked: Asked;
  readonly cost: number;
  readonly caveats: Parameters<typeof minter>[2];
  readonly spent: string;
}

const WORKERS = 4;
const KILLS_A_ROUND = 10;
/** What a store says where its server is gone, and nothing else. */
const OUTAGE: readonly string[] = ['store.failed', 'store.timeout'];

/** Kills a server at random moments while processes spend a budget in it, and sees after each round what it still knows. */
export async function outlive(
  crowd: Crowd,
  server: Server,
  kills: number,
  random: Random,
  tell: (kills: number) => void = () => {},
): Promise<Outages> {
  const outages: Outages = { kills: 0, allowed: 0, unanswered: 0, unheard: 0, violations: [] };
  for (let round = 0; outages.kills < kills; round++) {
    const budget = budgetOf(round, random);
    const mint = minter(round % 2 === 0 ? 1 : 2, `outage ${round} ${random.below(2 ** 32)}`, budget.caveats);
    const folder = crowd.folder();
    const address = await server.place();
    const seats = Array.from({ length: WORKERS }, () => crowd.process());
    await Promise.all(seats.map((seat) => seat.open(address)));
    const presentations = new Map<number, Presentation>();
    const over = new AbortController();
    const working = Promise.all(
      seats.map((seat, i) => work(seat, join(folder, `${i}.log`), mint, budget, presentations, over.signal)),
    );
    for (let i = 0; i < KILLS_A_ROUND && outages.kills < kills; i++) {
      await sleep(random.between(5, 300));
      await server.kill();
      await sleep(random.below(100));
      await server.start();
      tell(++outages.kills);
    }
    over.abort();
    await working;
    const found = await inspect(crowd, address, folder, budget, mint, presentations, outages);
    outages.violations.push(...found.map((what) => `round ${round}, ${budget.kind}: ${what}`));
    await Promise.all(seats.map((seat) => seat.kill()));
  }
  return outages;
}

async function work(
  seat: Seat,
  log: string,
  mint: Mint,
  { asked }: Budget,
  presentations: Map<number, Presentation>,
  over: AbortSignal,
): Promise<void> {
  while (!over.aborted) {
    const some = mintAll(mint, 20, asked);
    for (const one of some) presentations.set(one.number, one);
    await seat.present(some, log);
  }
}

/** What is wrong with what the server knows: by a process that has seen nothing of it before. */
async function inspect(
  crowd: Crowd,
  address: string,
  folder: string,
  { amount, cost, asked, spent }: Budget,
  mint: Mint,
  presentations: ReadonlyMap<number, Presentation>,
  outages: Outages,
): Promise<string[]> {
  const wrong: string[] = [];
  const demand = (holds: boolean, what: string) => {
    if (!holds) wrong.push(what);
  };
  const { allowed, twice, unanswered, refusals } = readHistory(folder);
  const strange = [...refusals].filter((code) => ![...OUTAGE, spent].includes(code));
  demand(strange.length === 0, `denied ${strange.join(' ')}`);
  demand(twice.length === 0, `allowed twice: ${twice.join(' ')}`);
  const all = (numbers: Iterable<number>) => [...numbers].map((n) => presentations.get(n) as Presentation);
  const seat = crowd.process();
  await seat.open(address, NOW);
  const { used = -1, taken = [] } = await seat.usage(mint(asked).text);
  const heard = all(allowed.keys());
  const forgotten = (await seat.present(heard)).filter((code) => code !== 'invocation.replay');
  demand(forgotten.length === 0, `not remembered: ${[...new Set(forgotten)].join(' ')}`);
  const answers = await seat.present(all(unanswered.keys()));
  const unheard = answers.filter((code) => code === 'invocation.replay').length;
  const counted = taken.length > 0 ? (taken[0] as number) : used;
  const due = cost * (heard.length + unheard);
  demand(counted === due, `counted ${counted}, allowed ${due}`);
  demand(due <= amount, `allowed ${due} of ${amount}`);
  await seat.kill();
  outages.allowed += allowed.size;
  outages.unanswered += unanswered.size;
  outages.unheard += unheard;
  return wrong;
}

function budgetOf(round: number, random: Random): Budget {
  const cost = random.between(2, 9);
  const times = random.between(300, 2000);
  const calls: Asked = { action: 'read', resource: 'reports/q3.pdf' };
  const kinds: readonly Budget[] = [
    { kind: 'calls', amount: times, cost: 1, asked: calls, caveats: [[15, [['call', times]]]], spent: 'limits.spent' },
    { kind: 'calls in a window', amount: times, cost: 1, asked: calls, caveats: [[15, [['call', times, 3600]]]], spent: 'limits.spent' },
    { kind: 'costs', amount: cost * times, cost, asked: { action: 'pay', resource: `pay/${cost}` }, caveats: [[15, [['usd-cent', cost * times]]]], spent: 'limits.spent' },
    { kind: 'a plan', amount: times, cost: 1, asked: calls, caveats: [[16, [[[['read'], ['**']], 1, times]]]], spent: 'plan.closed' },
  ]; // biome-ignore format: a row a line
  return kinds[round % kinds.length] as Budget;
}
