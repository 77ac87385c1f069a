import { costOf, FIRST, mostOf, SECOND } from './budgets.ts';
import type { Crowd, Seat } from './crowd.ts';
import { readHistory } from './history.ts';
import type { Killed, Round } from './kill.ts';
import { mintAll, type Presentation } from './mint.ts';

/** All that a request which is in order can be told. */
const ANSWERS: readonly string[] = ['invocation.replay', 'limits.spent', 'plan.early', 'plan.closed'];

/**
 * Sees with a new process whether a store that was killed `lives` times holds exactly what was allowed, and spends the
 * rest. Gives what is wrong.
 */
export async function audit(
  crowd: Crowd,
  round: Round,
  clock: number,
  lives: number,
  killed: Killed,
): Promise<string[]> {
  const { budget, presentations } = round;
  const violations: string[] = [];
  const demand = (holds: boolean, what: string) => {
    if (!holds) violations.push(what);
  };
  const all = (numbers: Iterable<number>) => [...numbers].map((n) => presentations.get(n) as Presentation);
  const { allowed, twice, unanswered, settled, refusals } = readHistory(round.folder);
  const strange = [...refusals].filter((code) => !ANSWERS.includes(code));
  demand(strange.length === 0, `denied ${strange.join(' ')}`);
  demand(twice.length === 0, `allowed twice: ${twice.join(' ')}`);

  const seat = crowd.process();
  await seat.open(round.store, clock);
  const { text } = round.mint(FIRST);
  const found = await seat.usage(text);

  const heard = all(allowed.keys());
  const replays = await seat.present(heard);
  const forgotten = replays.filter((code) => code !== 'invocation.replay');
  demand(forgotten.length === 0, `not remembered: ${forgotten.join(' ')}`);

  // A request that nobody heard of was counted with its nonce, or neither.
  const open = all(unanswered.keys());
  const answers = await seat.present(open);
  const unheard = open.filter((_, i) => answers[i] === 'invocation.replay');
  const late = open.filter((_, i) => answers[i] === 'allowed');
  demand(unheard.length <= lives, `${unheard.length} units lost in ${lives} kills`);

  const counted = [...heard, ...unheard];
  const unsettled = counted.filter(({ number, due }) => due !== undefined && !settled.has(number));
  const reserved = new Set(await seat.settle(unsettled));
  const chargedOf = (asked: Presentation) => (reserved.has(asked.number) ? mostOf(asked) : costOf(asked));
  const timeOf = ({ number }: Presentation) =>
    round.clocks.get((allowed.get(number) ?? unanswered.get(number)) as string) as number;
  const usedAt = (time: number) =>
    counted.filter((asked) => timeOf(asked) > time - budget.window && timeOf(asked) <= time);
  if (budget.kind === 'a plan') {
    const taken = [FIRST, SECOND].map(
      ({ action }) => counted.filter((asked) => asked.action === action).length,
    );
    demand(`${found.taken}` === `${taken}`, `counted ${found.taken}, allowed ${taken}`);
    demand(
      taken.every((count) => count <= budget.amount),
      `allowed ${taken} of ${budget.amount}`,
    );
  } else {
    const due = sum(usedAt(clock).map(chargedOf));
    demand(found.used === due, `counted ${found.used}, allowed ${due}`);
    for (const time of new Set(counted.map(timeOf))) {
      const most = sum(usedAt(time).map(costOf));
      demand(most <= budget.amount, `allowed ${most} of ${budget.amount}`);
    }
  }
  const { used, taken = [] } = await seat.usage(text);
  const due = sum([...usedAt(clock), ...late].map(costOf));
  if (budget.kind !== 'a plan') demand(used === due, `counted ${used} after all was settled, not ${due}`);
  violations.push(...(await spendRest(seat, round, used ?? 0, taken)));
  await seat.close();
  await seat.kill();

  killed.between += unanswered.size;
  killed.unheard += unheard.length;
  killed.allowed += allowed.size;
  killed.again += heard.length;
  return violations;
}

// What is left can be spent, and not one more.
async function spendRest(
  seat: Seat,
  { budget, mint }: Round,
  used: number,
  taken: readonly number[],
): Promise<string[]> {
  const [first = 0, second = 0] = taken;
  const plan = budget.kind === 'a plan';
  const left = budget.amount - (plan ? second : used);
  const expected: [Presentation, string][] = [];
  if (plan) {
    expected.push([mint(FIRST), second === 0 && first < budget.amount ? 'allowed' : 'plan.closed']);
    for (const asked of mintAll(mint, left, SECOND)) expected.push([asked, 'allowed']);
    expected.push([mint(SECOND), 'plan.closed'], [mint(FIRST), 'plan.closed']);
  } else if (budget.kind.startsWith('calls')) {
    for (const asked of mintAll(mint, left, FIRST)) expected.push([asked, 'allowed']);
    expected.push([mint(FIRST), 'limits.spent']);
  } else {
    expected.push([mint({ action: 'pay', resource: `pay/${left + 1}` }), 'limits.spent']);
    if (left > 0) expected.push([mint({ action: 'pay', resource: `pay/${left}` }), 'allowed']);
    expected.push([mint({ action: 'pay', resource: 'pay/1' }), 'limits.spent']);
  }
  const codes = await seat.present(expected.map(([asked]) => asked));
  return expected.flatMap(([asked, code], i) =>
    codes[i] === code ? [] : [`the rest of ${left}: ${asked.resource} is ${codes[i]}, not ${code}`],
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
