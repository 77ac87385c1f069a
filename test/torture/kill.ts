import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NOW } from '../support/forge.ts';
import { audit } from './audit.ts';
import { type Budget, budgets } from './budgets.ts';
import { type Crowd, Gone } from './crowd.ts';
import { readHistory } from './history.ts';
import { type Mint, minter, type Presentation } from './mint.ts';
import { type Random, randomFrom } from './random.ts';

/** What a number of kills came to. */
export interface Killed {
  kills: number;
  /** Those that hit a worker between a new question and its answer. */
  between: number;
  /** Of these, those whose request was counted, though nobody heard so. */
  unheard: number;
  allowed: number;
  /** Requests that were allowed, and presented again to a later process. */
  again: number;
  violations: string[];
}

/** One folder, and all that was presented to it. */
export interface Round {
  readonly budget: Budget;
  readonly folder: string;
  readonly store: string;
  readonly mint: Mint;
  readonly presentations: Map<number, Presentation>;
  /** The clock of the worker that wrote a log. */
  readonly clocks: Map<string, number>;
}

const KINDS = 5;
/** Requests that a life has before it, more than it can present. */
const AHEAD = 150;

/**
 * Kills processes at random moments while they count in one folder, alone or beside others that go on, and sees after
 * each round whether the store still knows what was allowed: no more than the budget, and nothing twice.
 */
export async function killAll(
  crowd: Crowd,
  kills: number,
  random: Random,
  tell: (kills: number) => void = () => {},
): Promise<Killed> {
  const killed: Killed = { kills: 0, between: 0, unheard: 0, allowed: 0, again: 0, violations: [] };
  const each = Math.ceil(kills / KINDS / Math.ceil(kills / KINDS / 20));
  for (let round = 0; killed.kills < kills; round++) {
    const budget = budgets(random)[round % KINDS] as Budget;
    const folder = crowd.folder();
    const mint = minter(round % 2 === 0 ? 1 : 2, `round ${round}`, budget.caveats);
    const place: Round = { budget, folder, store: `lmdb:${join(folder, 'store')}`, mint, presentations: new Map(), clocks: new Map() }; // biome-ignore format: short
    // Where time goes on, one worker at a time, so that it is known when each request was counted.
    const slots = budget.pace > 0 ? 1 : random.between(1, 3);
    const lives = Math.min(each, kills - killed.kills);
    const violations: string[] = [];
    const shares = Array.from({ length: slots }, (_, i) => Math.floor((lives + i) / slots));
    await Promise.all(
      shares.map(async (share, slot) => {
        const own = randomFrom(random.below(2 ** 32));
        const queue: Presentation[] = [];
        for (let life = 0; life < share; life++) {
          const log = `${slot}-${life}.log`;
          place.clocks.set(log, NOW + life * budget.pace);
          violations.push(...(await live(crowd, place, queue, own, log, life / share)));
          tell(++killed.kills);
        }
      }),
    );
    const wrong = audit(crowd, place, NOW + lives * budget.pace, lives, killed);
    violations.push(...(await wrong.catch((error: Error) => [error.message])));
    killed.violations.push(...violations.map((violation) => `round ${round}, ${budget.kind}: ${violation}`));
  }
  return killed;
}

// One process, from its start to its end at a random moment.
async function live(
  crowd: Crowd,
  { budget, folder, store, mint, presentations, clocks }: Round,
  queue: Presentation[],
  random: Random,
  log: string,
  progress: number,
): Promise<string[]> {
  const { allowed } = readHistory(folder);
  while (queue.length < AHEAD) {
    const presentation = mint(budget.ask(random, progress));
    presentations.set(presentation.number, presentation);
    queue.push(presentation);
  }
  // What was allowed comes again, among the new ones.
  const before = [...allowed.keys()];
  const list = queue.flatMap((fresh) => {
    const number = random.below(8) === 0 ? before[random.below(before.length)] : undefined;
    return number === undefined ? [fresh] : [presentations.get(number) as Presentation, fresh];
  });
  const seat = crowd.process();
  let [killed, ended] = [false, false];
  const opened = seat.open(store, clocks.get(log));
  const work = opened.then(() => seat.present(list, join(folder, log)));
  const end = work.then(
    () => [],
    (error: Error) => (killed && error instanceof Gone ? [] : [`${log}: ${error.message}`]),
  );
  end.then(() => {
    ended = true;
  });
  // While it starts, while it opens the files, or after some requests; the first ones of a folder make its files.
  const when = random.below(progress === 0 ? 4 : 10);
  const lines = when > 1 ? random.below(60) : 0;
  if (when === 0) await sleep(random.below(400));
  else await opened.catch(() => {});
  while (!ended && linesOf(join(folder, log)) < lines) await sleep(1);
  await sleep(random.below(when === 1 ? 30 : 4));
  killed = true;
  await seat.kill();
  const { tried } = readHistory(folder);
  queue.splice(0, queue.length, ...queue.filter(({ number }) => !tried.has(number)));
  return end;
}

function linesOf(log: string): number {
  return existsSync(log) ? readFileSync(log, 'utf8').split('\n').length : 0;
}
