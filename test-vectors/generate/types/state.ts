import { AUDIENCE, cfo, type Item, NOW, sha256 } from '../../../test/support/forge.ts';
import { chain, control, type Entries, hops, open, set } from '../scene.ts';
import { type Ask, lift, no, ok, type Refusal, type Sequence, settle, wrong } from '../sequence.ts';

// State: sequences of requests to one store. What each counts, what it leaves, and what it must not change.

const aud = [3, [AUDIENCE]] as const;
const two = [3, ['https://a.example', AUDIENCE]] as const;
const any = [10, [[['*'], ['**']]]] as const;
const cti = (name: string) => [7, sha256(name).slice(0, 8)] as const;
const limits = (...entries: readonly Item[]) => [15, set(...entries)] as const;

/** A step of a plan: anything below one folder. */
const on = (folder: string, min: number, max: number) => [[['read'], [`${folder}/**`]], min, max] as const;
const plan = (...steps: readonly Item[]) => [16, steps] as const;

/** The scene's root with limits, and one hop to the lookup agent. */
const limited = (...entries: readonly Item[]) => ({ chain: chain([aud, limits(...entries)]) });
const planned = (...steps: readonly Item[]) => ({ chain: chain([aud, any, plan(...steps)]) });

/** Two agents below one root, which differ in their names. */
const siblings = (root: Entries, a: Entries = [], b: Entries = []) => ({
  a: chain(root, a),
  b: chain(root, [[2, 'agent:acme/other'], ...b]),
});

/** The root alone: its own delegate makes the request. */
const parent = (root: Entries) => open(hops([], root));

const cents = (amount: number): Ask => ({ costs: { 'eur-cent': amount } });
const most = (atMost: number): Ask => ({ costs: { 'eur-cent': { atMost } } });
const read = (resource: string, ask: Ask = {}): Ask => ({ resource, ...ask });
const used = (...counts: readonly number[]) => ({ usage: [{ block: 0, used: counts }] });
const taken = (position: number, ...counts: readonly number[]) => ({ usage: [{ block: 0, used: [], taken: counts, position }] }); // biome-ignore format: one shorthand a line

const spent: Refusal = ['limits.spent', 0];
const frozen: Refusal = ['limits.frozen', 0];
const closed: Refusal = ['plan.closed', 0];
const early: Refusal = ['plan.early', 0];
const replay: Refusal = ['invocation.replay', null];
const outside: Refusal = ['scope.resource', 0];
const late: Refusal = ['store.clock', null];

/** A request outside of the scope of the scene. */
const rogue: Ask = { resource: 'hr/salaries.pdf' };

// biome-ignore format: a sequence reads as a paragraph
export const sequences: readonly Sequence[] = [
  // Budgets.
  { id: 'state-001', name: 'two calls', reason: 'A budget is exact.', flags: ['budget'], chains: limited(['call', 2]),
    steps: [ok(0, used(1)), ok(1, used(2)), no(2, spent, used(2)), no(7100, spent)] },
  { id: 'state-002', name: 'two calls, HMAC', reason: 'A budget is exact.', flags: ['budget'], chains: { chain: chain([limits(['call', 2])], [], 1) },
    steps: [ok(0), ok(1), no(2, spent, used(2))] },
  { id: 'state-003', name: 'no calls at all', reason: 'An amount may be 0.', flags: ['budget'], chains: limited(['call', 0]), steps: [no(0, spent, used(0))] },
  { id: 'state-004', name: 'a budget used to the last cent', reason: 'What is used and the cost may equal the amount.', flags: ['budget'], chains: limited(['eur-cent', 1000]),
    steps: [ok(0, cents(400)), ok(1, cents(600)), no(2, spent, { ...cents(1), ...used(1000) })] },
  { id: 'state-005', name: 'a cost that does not fit, and then one that does', reason: 'What is refused is not charged.', flags: ['budget', 'refused-charge'], chains: limited(['eur-cent', 1000]),
    steps: [ok(0, cents(999)), no(1, spent, { ...cents(2), ...used(999) }), ok(2, { ...cents(1), ...used(1000) })] },
  { id: 'state-006', name: 'a first cost above the amount', reason: 'There is no credit for the first.', flags: ['budget'], chains: limited(['eur-cent', 1000]),
    steps: [no(0, spent, { ...cents(1001), ...used(0) })] },
  { id: 'state-007', name: 'a cost of 0', reason: 'It fits into a budget that is used up, and into one of 0.', flags: ['budget', 'cost'], chains: limited(['eur-cent', 5], ['sms', 0]),
    steps: [ok(0, { costs: { 'eur-cent': 5, sms: 0 }, ...used(0, 5) }), ok(1, { costs: { 'eur-cent': 0, sms: 0 } }), no(2, spent, { costs: { 'eur-cent': 0, sms: 1 }, ...used(0, 5) })] },
  { id: 'state-008', name: 'a service that does not say what a request costs', reason: 'Silence is no cost of 0, and charges nothing.', flags: ['cost', 'refused-charge'], chains: limited(['call', 5], ['eur-cent', 1000]),
    steps: [no(0, ['limits.cost', 0], { usage: [{ block: 0, used: [0, 0] }] }), ok(1, { again: 0, ...cents(5), usage: [{ block: 0, used: [1, 5] }] })] },
  { id: 'state-009', name: 'silence about units of two blocks', reason: 'Every entry is told, and the store is not asked.', flags: ['cost', 'order'],
    chains: { chain: chain([aud, limits(['call', 0], ['sms', 5], ['eur-cent', 5], ['eur-cent', 1, 60])], [cti('a'), limits(['eur-cent', 1])]) },
    steps: [no(0, [['limits.cost', 0], ['limits.cost', 0], ['limits.cost', 1]], { costs: { sms: 1 } })] },
  { id: 'state-010', name: 'a cost in a unit that no limit names', reason: 'It is not counted.', flags: ['cost'], chains: limited(['call', 1]),
    steps: [ok(0, { ...cents(99), ...used(1) })] },
  { id: 'state-011', name: 'costs that are no whole numbers from 0', reason: 'They are errors of the service, and charge nothing.', flags: ['cost', 'refused-charge'], chains: limited(['eur-cent', 100]),
    steps: [...[-1, 0.5, 2 ** 53].map((cost) => wrong(0, 'cost.malformed', cents(cost))), wrong(0, 'cost.malformed', most(-1)), ok(0, { again: 0, ...cents(100), ...used(100) })] },
  { id: 'state-012', name: 'the greatest amount', reason: 'Sums stay exact up to 2^53 - 1.', flags: ['budget', 'number-range'], chains: limited(['eur-cent', 2 ** 53 - 1]),
    steps: [ok(0, cents(2 ** 53 - 2)), no(1, spent, cents(2)), ok(2, cents(1)), no(3, spent, { ...cents(2 ** 53 - 1), ...used(2 ** 53 - 1) })] },

  // Windows.
  { id: 'state-013', name: 'one call in any 10 seconds', reason: 'A use counts in (t - 10, t].', flags: ['window'], chains: limited(['call', 1, 10]),
    steps: [ok(0), no(9, spent), ok(10), no(19, spent), ok(20)] },
  { id: 'state-014', name: 'a window that slides', reason: 'It does not begin anew at round times.', flags: ['window'], chains: limited(['call', 2, 10]),
    steps: [ok(1), ok(9), no(10, spent, used(2)), ok(11), no(12, spent), no(18, spent), ok(19)] },
  { id: 'state-015', name: 'several uses in one second', reason: 'They leave the window together.', flags: ['window'], chains: limited(['call', 2, 10]),
    steps: [ok(0), ok(0), no(9, spent), ok(10), ok(10), no(10, spent)] },
  { id: 'state-016', name: 'costs in a window', reason: 'Each leaves it at its own time.', flags: ['window', 'budget'], chains: limited(['eur-cent', 100, 10]),
    steps: [ok(0, cents(60)), ok(5, cents(40)), no(9, spent, cents(1)), no(10, spent, cents(61)), ok(10, cents(60)), no(14, spent, cents(1)), ok(15, { ...cents(40), ...used(100) })] },
  { id: 'state-017', name: 'two windows', reason: 'All entries must hold.', flags: ['window'], chains: limited(['call', 2, 10], ['call', 3, 60]),
    steps: [ok(0), ok(1), no(2, spent), ok(11), no(12, spent, used(1, 3)), no(59, spent), ok(60, used(1, 3)), no(60, spent), ok(61)] },
  { id: 'state-018', name: 'two windows that are both used up', reason: 'Every entry that refuses is told.', flags: ['window', 'order'], chains: limited(['call', 1, 10], ['call', 1, 60]),
    steps: [ok(0), no(9, [spent, spent]), no(10, [spent])] },
  { id: 'state-019', name: 'a window and a budget for life', reason: 'What left the window still counts for life.', flags: ['window', 'budget'], chains: limited(['call', 2], ['call', 1, 10]),
    steps: [ok(0), no(5, spent, used(1, 1)), ok(10), no(20, spent, used(2, 0))] },
  { id: 'state-020', name: 'requests that are refused while a window is used up', reason: 'What is refused does not make the wait longer.', flags: ['window', 'refused-charge'], chains: limited(['call', 1, 10]),
    steps: [ok(0), no(3, spent), no(6, spent), no(9, spent), ok(10)] },
  { id: 'state-021', name: 'a cost of 0 in a window', reason: 'It leaves no trace, and does not hold the oldest use.', flags: ['window', 'cost'], chains: limited(['eur-cent', 1, 10]),
    steps: [ok(0, cents(0)), ok(5, cents(1)), no(9, spent, cents(1)), no(14, spent, cents(1)), ok(15, cents(1))] },

  // Whose counter.
  { id: 'state-022', name: 'two agents below one root', reason: 'All below a block share its limit.', flags: ['shared-counter'], chains: siblings([aud, limits(['call', 2])]),
    steps: [ok(0, { chain: 'a' }), ok(1, { chain: 'b' }), no(2, spent, { chain: 'a' }), no(3, spent, { chain: 'b', ...used(2) })] },
  { id: 'state-023', name: 'the holder of the root and an agent below it', reason: 'All that comes through a block shares its limit.', flags: ['shared-counter'],
    chains: { root: parent([aud, limits(['call', 2])]), hop: chain([aud, limits(['call', 2])]) },
    steps: [ok(0, { chain: 'root' }), ok(1, { chain: 'hop' }), no(2, spent, { chain: 'root' }), no(3, spent, { chain: 'hop' })] },
  { id: 'state-024', name: 'a limit of one of two agents', reason: 'A limit of a hop does not bind those beside it.', flags: ['shared-counter'],
    chains: siblings([aud, limits(['call', 3])], [cti('a'), limits(['call', 1])]),
    steps: [ok(0, { chain: 'a', usage: [{ block: 0, used: [1] }, { block: 1, used: [1] }] }), no(1, ['limits.spent', 1], { chain: 'a' }), ok(2, { chain: 'b' }), ok(3, { chain: 'b' }), no(4, spent, { chain: 'b' })] },
  { id: 'state-025', name: 'a limit of a hop that is used up', reason: 'The root is not charged for what the hop refuses.', flags: ['shared-counter', 'refused-charge'],
    chains: siblings([aud, limits(['call', 2])], [cti('a'), limits(['call', 1])]),
    steps: [ok(0, { chain: 'a' }), no(1, ['limits.spent', 1], { chain: 'a' }), no(2, ['limits.spent', 1], { chain: 'a', usage: [{ block: 0, used: [1] }, { block: 1, used: [1] }] }), ok(3, { chain: 'b' })] },
  { id: 'state-026', name: 'limits of root and hop that are both used up', reason: 'All are told, the root first.', flags: ['shared-counter', 'order'],
    chains: { chain: chain([aud, limits(['call', 1])], [cti('a'), limits(['call', 1])]) }, steps: [ok(0), no(1, [spent, ['limits.spent', 1]])] },
  { id: 'state-027', name: 'the same limit in two hops', reason: 'Each block has its own counter.', flags: ['shared-counter'],
    chains: siblings([aud], [cti('a'), limits(['call', 1])], [cti('b'), limits(['call', 1])]),
    steps: [ok(0, { chain: 'a' }), ok(1, { chain: 'b' }), no(2, ['limits.spent', 1], { chain: 'a' }), no(3, ['limits.spent', 1], { chain: 'b' })] },
  { id: 'state-028', name: 'two roots that differ in their ids alone', reason: 'Each grant has its own counter.', flags: ['shared-counter'],
    chains: { a: chain([aud, limits(['call', 1])]), b: chain([aud, limits(['call', 1]), [7, sha256('other').slice(0, 16)]]) },
    steps: [ok(0, { chain: 'a' }), ok(1, { chain: 'b' }), no(2, spent, { chain: 'a' })] },
  { id: 'state-029', name: 'a short and a long chain through one block', reason: 'A counter is of the block, whatever follows it.', flags: ['shared-counter'],
    chains: { short: parent([aud, limits(['call', 1])]), long: open(hops([[], [[2, 'agent:acme/writer']]], [aud, limits(['call', 1])])) },
    steps: [ok(0, { chain: 'short' }), no(1, spent, { chain: 'long' })] },
  { id: 'state-030', name: 'a limit with two audiences', reason: 'It denies with a store as without one.', flags: ['counters'], chains: { chain: chain([two, limits(['call', 5])], [aud]) },
    steps: [no(0, ['limits.audience', 0])] },

  // Reservations.
  { id: 'state-031', name: 'a cost that is settled below what it could be', reason: 'What is left over is given back.', flags: ['reservation'], chains: limited(['eur-cent', 100]),
    steps: [ok(0, { ...most(100), ...used(100) }), no(1, spent, cents(1)), settle(2, 0, { 'eur-cent': 30 }), no(3, spent, cents(71)), ok(4, { ...cents(70), ...used(100) })] },
  { id: 'state-032', name: 'a cost that is released', reason: 'All of it is given back.', flags: ['reservation'], chains: limited(['eur-cent', 100]),
    steps: [ok(0, most(100)), settle(1, 0, { 'eur-cent': 0 }), ok(2, { ...cents(100), ...used(100) })] },
  { id: 'state-033', name: 'a cost that is settled in full', reason: 'Nothing is given back.', flags: ['reservation'], chains: limited(['eur-cent', 100]),
    steps: [ok(0, most(60)), settle(1, 0, { 'eur-cent': 60 }), no(2, spent, { ...cents(41), ...used(60) })] },
  { id: 'state-034', name: 'a cost that could be too much', reason: 'The most that it can be must fit.', flags: ['reservation'], chains: limited(['eur-cent', 100]),
    steps: [no(0, spent, { ...most(101), ...used(0) }), ok(1, most(100))] },
  { id: 'state-035', name: 'the last second of a reservation', reason: 'It can be settled before its time.', flags: ['reservation', 'time-boundary'], reserveFor: 60, chains: limited(['eur-cent', 100]),
    steps: [ok(0, most(100)), settle(59, 0, { 'eur-cent': 0 }), ok(59, cents(100))] },
  { id: 'state-036', name: 'a reservation that is past its time', reason: 'It counts in full.', flags: ['reservation', 'time-boundary'], reserveFor: 60, chains: limited(['eur-cent', 100]),
    steps: [ok(0, most(100)), settle(60, 0, { 'eur-cent': 0 }, 'reservation.unknown'), no(120, spent, { ...cents(1), ...used(100) })] },
  { id: 'state-037', name: 'a settlement that comes twice', reason: 'A reservation is settled once.', flags: ['reservation'], chains: limited(['eur-cent', 100]),
    steps: [ok(0, most(50)), ok(0, cents(50)), settle(1, 0, { 'eur-cent': 10 }), settle(2, 0, { 'eur-cent': 10 }, 'reservation.unknown'), settle(2, 0, { 'eur-cent': 0 }, 'reservation.unknown'), no(3, spent, { ...cents(41), ...used(60) })] },
  { id: 'state-038', name: 'settlements that do not fit the reservation', reason: 'They are errors of the service, and settle nothing.', flags: ['reservation', 'cost'], chains: limited(['eur-cent', 100]),
    steps: [ok(0, most(50)), ...[{ 'eur-cent': 51 }, { 'eur-cent': -1 }, { 'eur-cent': 0.5 }, {}, { sms: 1 }, { 'eur-cent': 1, sms: 0 }].map((costs) => settle(1, 0, costs as Record<string, number>, 'cost.malformed')),
      settle(2, 0, { 'eur-cent': 20 }), ok(3, { ...cents(80), ...used(100) })] },
  { id: 'state-039', name: 'a request that is released and sent again', reason: 'A nonce, a call and a step are never given back.', flags: ['reservation', 'replay'],
    chains: { chain: chain([aud, limits(['call', 1], ['eur-cent', 100]), plan(on('reports', 0, 1))]) },
    steps: [ok(0, most(100)), settle(1, 0, { 'eur-cent': 0 }), no(2, replay, { again: 0 }),
      no(3, [spent, closed], { ...cents(1), usage: [{ block: 0, used: [1, 0], taken: [1], position: 0 }] })] },
  { id: 'state-040', name: 'what is given back in a window', reason: 'It leaves the window when it would have left it.', flags: ['reservation', 'window'], chains: limited(['eur-cent', 100, 10]),
    steps: [ok(0, most(100)), settle(5, 0, { 'eur-cent': 40 }), ok(9, cents(60)), no(9, spent, cents(1)), no(10, spent, cents(41)), ok(10, { ...cents(40), ...used(100) })] },
  { id: 'state-041', name: 'a settlement after the cost left the window', reason: 'What counts no more is not given back.', flags: ['reservation', 'window'], chains: limited(['eur-cent', 100, 10]),
    steps: [ok(0, most(100)), ok(10, cents(100)), settle(11, 0, { 'eur-cent': 0 }), no(11, spent, { ...cents(1), ...used(100) })] },
  { id: 'state-042', name: 'one unit in two blocks', reason: 'It is given back to both.', flags: ['reservation', 'shared-counter'],
    chains: { chain: chain([aud, limits(['eur-cent', 100])], [cti('a'), limits(['eur-cent', 50], ['eur-cent', 50, 60])]) },
    steps: [ok(0, most(50)), no(1, [['limits.spent', 1], ['limits.spent', 1]], cents(1)), settle(2, 0, { 'eur-cent': 20 }), ok(3, { ...cents(30), usage: [{ block: 0, used: [50] }, { block: 1, used: [50, 50] }] })] },
  { id: 'state-043', name: 'an exact cost beside one that is settled later', reason: 'Only what was stated as at most is reserved.', flags: ['reservation', 'cost'], chains: limited(['sms', 5], ['eur-cent', 100]),
    steps: [ok(0, { costs: { sms: 5, 'eur-cent': { atMost: 100 } } }), settle(1, 0, { sms: 0, 'eur-cent': 0 }, 'cost.malformed'), settle(1, 0, { 'eur-cent': 0 }), no(2, spent, { costs: { sms: 1, 'eur-cent': 100 }, ...used(5, 0) })] },
  { id: 'state-044', name: 'at most, in a unit that no limit names', reason: 'Nothing is reserved.', flags: ['reservation'], chains: limited(['call', 5]), steps: [ok(0, most(100))] },
  { id: 'state-045', name: 'a nonce that comes again while it is reserved', reason: 'A reservation belongs to one charge, and is not found under the next.', flags: ['reservation', 'replay'], chains: limited(['eur-cent', 1000]),
    steps: [ok(0, { ...most(100), nonce: 'x', life: 1 }), ok(31, { ...most(900), nonce: 'x' }), settle(32, 0, { 'eur-cent': 0 }), no(33, spent, { ...cents(101), ...used(900) }), settle(34, 1, { 'eur-cent': 900 })] },

  // Replay.
  { id: 'state-046', name: 'the same presentation twice', reason: 'A nonce is allowed once.', flags: ['replay'], chains: { chain: chain([]) },
    steps: [ok(0), no(0, replay, { again: 0 }), no(59, replay, { again: 0 })] },
  { id: 'state-047', name: 'the same presentation twice, HMAC', reason: 'A nonce is allowed once.', flags: ['replay'], chains: { chain: chain([], [], 1) },
    steps: [ok(0), no(1, replay, { again: 0 })] },
  { id: 'state-048', name: 'one nonce, sealed anew for another request', reason: 'What is remembered is the nonce and not the invocation.', flags: ['replay'], chains: { chain: chain([]) },
    steps: [ok(0, { nonce: 'x' }), no(1, replay, { nonce: 'x' }), no(2, replay, read('reports/q4.pdf', { nonce: 'x' })), ok(3, { nonce: 'y' })] },
  { id: 'state-049', name: 'one nonce under two agents', reason: 'Nobody can use up the nonces of others.', flags: ['replay'], chains: siblings([]),
    steps: [ok(0, { chain: 'a', nonce: 'x' }), ok(1, { chain: 'b', nonce: 'x' }), no(2, replay, { chain: 'a', nonce: 'x' })] },
  { id: 'state-050', name: 'one nonce under a block and the one below it', reason: 'The last block counts.', flags: ['replay'], chains: { root: parent([]), hop: chain([]) },
    steps: [ok(0, { chain: 'root', nonce: 'x' }), ok(1, { chain: 'hop', nonce: 'x' }), no(2, replay, { chain: 'root', nonce: 'x' })] },
  { id: 'state-051', name: 'the same presentation in its last second, and after', reason: 'A nonce is remembered until the exp of its invocation.', flags: ['replay', 'time-boundary'], chains: { chain: chain([]) },
    steps: [ok(0), no(59, replay, { again: 0 }), no(60, ['invocation.expired', null], { again: 0 })] },
  { id: 'state-052', name: 'one nonce, sealed anew after the first is over', reason: 'A nonce is remembered for 30 seconds more, for clocks that differ.', flags: ['replay', 'time-boundary'], chains: { chain: chain([]) },
    steps: [ok(0, { nonce: 'x' }), no(60, replay, { nonce: 'x' }), no(89, replay, { nonce: 'x' }), ok(90, { nonce: 'x' }), no(91, replay, { nonce: 'x' })] },
  { id: 'state-053', name: 'a replay when the budget is used up and the plan is closed', reason: 'It is the only denial.', flags: ['replay', 'order'],
    chains: { chain: chain([aud, limits(['call', 1]), plan(on('reports', 0, 1))]) }, steps: [ok(0), no(1, replay, { again: 0 }), no(1, [spent, closed])] },
  { id: 'state-054', name: 'a request that is refused by a window, and comes again', reason: 'What is refused does not use up its nonce.', flags: ['refused-charge', 'replay', 'window'], chains: limited(['call', 1, 10]),
    steps: [ok(0), no(5, spent), no(9, spent, { again: 1 }), ok(10, { again: 1 }), no(20, replay, { again: 1 })] },
  { id: 'state-055', name: 'a presentation over another request first', reason: 'What logic denies does not use up its nonce.', flags: ['refused-charge', 'replay'], chains: { chain: chain([]) },
    steps: [no(0, ['invocation.resource', null], { served: 'reports/q4.pdf' }), no(1, ['invocation.resource', null], { again: 0 }), ok(2, { again: 0, served: 'reports/q3.pdf' }), no(3, replay, { again: 2 })] },
  { id: 'state-056', name: 'no store', reason: 'Nonces are remembered in a store, and there is none.', flags: ['replay', 'no-store'], store: 'none', chains: { chain: chain([]) },
    steps: [no(0, ['invocation.store', null])] },
  { id: 'state-057', name: 'no store, where replay is only reported', reason: 'It is allowed again, and every decision says so.', flags: ['replay', 'no-store', 'not-established'], store: 'none', replay: 'reported', chains: { chain: chain([]) },
    steps: [ok(0), ok(1, { again: 0 })] },
  { id: 'state-058', name: 'no store, and a limit and a plan', reason: 'All needs are told, the nonce first.', flags: ['no-store', 'order', 'counters'], store: 'none',
    chains: { chain: chain([aud, limits(['call', 5]), plan(on('reports', 0, 1))]) }, steps: [no(0, [['invocation.store', null], ['limits.store', 0], ['plan.store', 0]])] },
  { id: 'state-059', name: 'no store, and a status that is missing', reason: 'The status alone would not help.', flags: ['no-store', 'order', 'evidence'], store: 'none',
    chains: { chain: chain([[12, [[control.publicKey, 60]]]]) }, steps: [no(0, [['invocation.store', null], ['alive.status', 0]])] },
  { id: 'state-060', name: 'no store, and a request outside of the scope', reason: 'No store would help.', flags: ['no-store', 'order'], store: 'none', chains: { chain: chain([aud, limits(['call', 5])]) },
    steps: [no(0, [outside, ['limits.store', 0]], rogue)] },
  { id: 'state-061', name: 'no store, a limit, and replay only reported', reason: 'What is not counted is denied.', flags: ['no-store', 'counters'], store: 'none', replay: 'reported', chains: limited(['call', 5]),
    steps: [no(0, ['limits.store', 0])] },

  // Time.
  { id: 'state-062', name: 'a clock that is behind by 30 seconds', reason: 'Clocks may differ by so much.', flags: ['clock-back', 'time-boundary'], chains: limited(['call', 5]), steps: [ok(100), ok(70, used(2))] },
  { id: 'state-063', name: 'a clock that is behind by 31 seconds', reason: 'Clocks may differ by 30, and nothing is charged.', flags: ['clock-back', 'refused-charge'], chains: limited(['call', 5]),
    steps: [ok(100), no(69, late), no(0, late), ok(100, { again: 1, ...used(2) })] },
  { id: 'state-064', name: 'a clock that is behind, and a window', reason: 'A charge counts at the time of the store.', flags: ['clock-back', 'window'], chains: limited(['eur-cent', 1, 10]),
    steps: [ok(100, cents(0)), ok(75, cents(1)), no(90, spent, cents(1)), no(109, spent, cents(1)), ok(110, cents(1))] },
  { id: 'state-065', name: 'a clock that is set back to use a window anew', reason: 'The time of the store does not go back.', flags: ['clock-back', 'window'], chains: limited(['call', 1, 10]),
    steps: [ok(100), no(89, spent), no(71, spent), no(109, spent), ok(110)] },
  { id: 'state-066', name: 'a clock set back over the end of an invocation', reason: 'It would be alive again, and its nonce is forgotten.', flags: ['clock-back', 'replay'], chains: { chain: chain([]) },
    steps: [ok(0), ok(200), no(59, late, { again: 0 }), ok(170), no(170, ['invocation.expired', null], { again: 0 })] },
  { id: 'state-067', name: 'a refused charge with a later clock', reason: 'It moves the time of the store all the same.', flags: ['clock-back'], chains: limited(['call', 0]),
    steps: [no(100, spent), no(69, late), no(70, spent)] },
  { id: 'state-068', name: 'a request that logic denies, with a later clock', reason: 'The store is not asked, and its time does not move.', flags: ['clock-back'], chains: { chain: chain([]) },
    steps: [no(1000, outside, rogue), ok(0)] },
  { id: 'state-069', name: 'a settlement with a clock that is behind', reason: 'It is refused, and can be made at the right time.', flags: ['clock-back', 'reservation'], chains: limited(['eur-cent', 100]),
    steps: [ok(0, most(50)), ok(100, cents(0)), settle(69, 0, { 'eur-cent': 0 }, 'store.clock'), settle(70, 0, { 'eur-cent': 0 }), ok(100, { ...cents(100), ...used(100) })] },

  // Denials.
  { id: 'state-070', name: 'two requests outside of the scope, of two that are watched for', reason: 'Then all is frozen.', flags: ['freeze'], chains: limited(['denial', 2]),
    steps: [ok(0), no(1, outside, { ...rogue, ...used(1) }), ok(2), no(3, outside, { ...rogue, ...used(2) }), no(4, frozen), no(7100, frozen)] },
  { id: 'state-071', name: 'one request outside of the scope, captured and sent again', reason: 'An invocation counts once.', flags: ['freeze', 'replay'], chains: limited(['denial', 2]),
    steps: [no(0, outside, rogue), no(1, outside, { again: 0 }), no(2, outside, { again: 0 }), no(59, outside, { again: 0, ...used(1) }), no(60, [['invocation.expired', null], outside], { again: 0, ...used(1) }), ok(61)] },
  { id: 'state-072', name: 'several requests outside of the scope under one nonce', reason: 'What counts once is the invocation and not the nonce.', flags: ['freeze', 'replay'], chains: limited(['denial', 2]),
    steps: [no(0, outside, { ...rogue, nonce: 'x' }), no(1, outside, read('hr/b', { nonce: 'x', ...used(2) })), no(2, frozen, { nonce: 'x' })] },
  { id: 'state-073', name: 'one of two agents goes astray', reason: 'A branch freezes itself and not the one beside it.', flags: ['freeze', 'branch'], chains: siblings([aud, limits(['denial', 1])]),
    steps: [no(0, outside, { ...rogue, chain: 'a' }), no(1, frozen, { chain: 'a' }), ok(2, { chain: 'b', ...used(0) }), no(3, outside, { ...rogue, chain: 'b' }), no(4, frozen, { chain: 'b' })] },
  { id: 'state-074', name: 'the delegator of an agent that went astray', reason: 'It is a branch of its own, and goes on.', flags: ['freeze', 'branch'],
    chains: { root: parent([aud, limits(['denial', 1])]), hop: chain([aud, limits(['denial', 1])]) },
    steps: [no(0, outside, { ...rogue, chain: 'hop' }), no(1, frozen, { chain: 'hop' }), ok(2, { chain: 'root', ...used(0) })] },
  { id: 'state-075', name: 'the holder of the block that watches goes astray', reason: 'What it does counts for all below it: it could else hand the token to itself and go on.', flags: ['freeze', 'branch'],
    chains: { root: parent([aud, limits(['denial', 1])]), hop: chain([aud, limits(['denial', 1])]) },
    steps: [no(0, outside, { ...rogue, chain: 'root' }), no(1, frozen, { chain: 'root' }), no(2, frozen, { chain: 'hop', ...used(1) })] },
  { id: 'state-076', name: 'an agent two hops below goes astray', reason: 'The branch is the block below the one that watches, with all that is below it.', flags: ['freeze', 'branch'],
    chains: { deep: open(hops([[], [[2, 'agent:acme/writer']]], [aud, limits(['denial', 1])])), hop: chain([aud, limits(['denial', 1])]), other: chain([aud, limits(['denial', 1])], [[2, 'agent:acme/other']]) },
    steps: [no(0, outside, { ...rogue, chain: 'deep' }), no(1, frozen, { chain: 'deep' }), no(2, frozen, { chain: 'hop' }), ok(3, { chain: 'other' })] },
  { id: 'state-077', name: 'a hop that watches below a root that watches', reason: 'Every block that watches counts, each to its own number.', flags: ['freeze', 'branch', 'order'],
    chains: { deep: open(hops([[cti('a'), limits(['denial', 1])], [[2, 'agent:acme/writer']]], [aud, limits(['denial', 2])])), hop: open(hops([[cti('a'), limits(['denial', 1])]], [aud, limits(['denial', 2])])) },
    steps: [no(0, outside, { ...rogue, chain: 'deep' }), no(1, ['limits.frozen', 1], { chain: 'deep', usage: [{ block: 0, used: [1] }, { block: 1, used: [1] }] }), ok(2, { chain: 'hop', usage: [{ block: 0, used: [1] }, { block: 1, used: [0] }] }),
      no(3, outside, { ...rogue, chain: 'hop' }), no(4, [frozen, ['limits.frozen', 1]], { chain: 'hop' })] },
  { id: 'state-078', name: 'two numbers in one block', reason: 'Each entry counts for itself, and the least freezes first.', flags: ['freeze'], chains: limited(['denial', 1], ['denial', 2]),
    steps: [no(0, outside, rogue), no(1, frozen, used(1, 1)), no(2, outside, { ...rogue, ...used(2, 2) }), no(3, [frozen, frozen])] },
  { id: 'state-079', name: 'a frozen branch that an operator lifts', reason: 'It counts from 0 again.', flags: ['freeze'], chains: siblings([aud, limits(['denial', 1])]),
    steps: [no(0, outside, { ...rogue, chain: 'a' }), no(1, outside, { ...rogue, chain: 'b' }), no(2, frozen, { chain: 'a' }), lift('a', 1), ok(3, { chain: 'a', ...used(0) }), no(4, frozen, { chain: 'b' }), no(5, outside, { ...rogue, chain: 'a' }), no(6, frozen, { chain: 'a' })] },
  { id: 'state-080', name: 'a captured request, sent again after its branch was lifted', reason: 'It was counted already.', flags: ['freeze', 'replay'], chains: limited(['denial', 1]),
    steps: [no(0, outside, rogue), no(1, frozen), lift('chain', 1), no(2, outside, { again: 0, ...used(0) }), ok(3)] },
  { id: 'state-081', name: 'requests outside of action, resource, arguments and plan', reason: 'Each of them counts.', flags: ['freeze'],
    chains: { chain: chain([aud, [10, [[['read'], ['reports/**'], {}]]], limits(['denial', 5]), plan(on('reports/a', 1, 1), on('reports/b', 0, 1))]) },
    steps: [no(0, [['scope.action', 0], ['plan.step', 0]], { action: 'write', resource: 'reports/a/1', ...{ usage: [{ block: 0, used: [1], taken: [0, 0], position: 0 }] } }), no(1, [outside, ['plan.step', 0]], rogue),
      no(2, ['scope.arguments', 0], read('reports/a/1', { args: { x: 1 } })), no(3, ['plan.step', 0], read('reports/c')), no(4, early, read('reports/b/1', { usage: [{ block: 0, used: [5], taken: [0, 0], position: 0 }] })), no(5, frozen, read('reports/a/1'))] },
  { id: 'state-082', name: 'denials that say nothing of the holder', reason: 'They do not count.', flags: ['freeze'],
    chains: { chain: chain([aud, [14, { net: [1, 'x'] }], limits(['call', 0], ['denial', 1])]), plain: chain([aud, limits(['call', 0], ['denial', 1])]) },
    steps: [no(0, ['context.missing', 0]), no(1, spent, { chain: 'plain' }), no(2, [['invocation.resource', null], outside], { chain: 'plain', served: 'hr/a' }), no(3, [['invocation.expired', null], outside], { ...rogue, chain: 'plain', seal: [[4, NOW + 3], [6, NOW - 57]] }),
      no(4, [['invocation.early', null], outside], { ...rogue, chain: 'plain', seal: [[4, NOW + 95], [6, NOW + 35]] }), no(5, spent, { chain: 'plain', usage: [{ block: 0, used: [0, 0] }] })] },
  { id: 'state-083', name: 'requests at another service and before their time', reason: 'They do not count, whatever else is denied.', flags: ['freeze', 'audience'],
    chains: { chain: chain([aud, limits(['denial', 1])]), early: chain([aud, limits(['denial', 1])], [[5, NOW + 100]]) },
    steps: [no(0, [['aud.other', 0], outside], { ...rogue, audience: 'https://a.example' }), no(1, [outside, ['nbf.early', 1]], { ...rogue, chain: 'early' }), ok(2, used(0)), ok(100, { chain: 'early', ...used(0) })] },
  { id: 'state-084', name: 'a request outside of the scope that is denied for more', reason: 'It counts all the same.', flags: ['freeze'],
    chains: { chain: chain([aud, limits(['denial', 1])], [[14, { net: [1, 'x'] }]]) },
    steps: [no(0, [outside, ['context.missing', 1]], { ...rogue, ...used(1) })] },
  { id: 'state-085', name: 'a frozen branch beside a budget', reason: 'What is frozen costs nothing, and no nonce.', flags: ['freeze', 'refused-charge'], chains: limited(['call', 5], ['denial', 1]),
    steps: [no(0, outside, rogue), no(1, frozen, { usage: [{ block: 0, used: [0, 1] }] }), lift('chain', 0), ok(2, { again: 1, usage: [{ block: 0, used: [1, 0] }] })] },
  { id: 'state-086', name: 'a block that watches, HMAC', reason: 'An invocation counts once, in either suite.', flags: ['freeze'], chains: { chain: chain([limits(['denial', 1])], [], 1) },
    steps: [no(0, outside, rogue), no(1, outside, { again: 0, ...used(1) }), no(2, frozen)] },

  // Plans.
  { id: 'state-087', name: 'two steps in order', reason: 'A step opens when the one before it was taken often enough.', flags: ['plan'], chains: planned(on('a', 1, 2), on('b', 1, 1)),
    steps: [no(0, early, read('b/1', taken(0, 0, 0))), ok(1, read('a/1', taken(0, 1, 0))), ok(2, read('b/1', taken(1, 1, 1))), no(3, closed, read('a/2')), no(4, closed, read('b/2', taken(1, 1, 1)))] },
  { id: 'state-088', name: 'a step that must be taken twice', reason: 'Once is not often enough.', flags: ['plan'], chains: planned(on('a', 2, 3), on('b', 0, 1)),
    steps: [ok(0, read('a/1')), no(1, early, read('b/1')), ok(2, read('a/2')), ok(3, read('b/1'))] },
  { id: 'state-089', name: 'steps that need not be taken', reason: 'They are passed over, and closed.', flags: ['plan'], chains: planned(on('a', 0, 1), on('b', 0, 1), on('c', 1, 1), on('d', 0, 1)),
    steps: [no(0, early, read('d/1')), ok(1, read('c/1', taken(2, 0, 0, 1, 0))), no(2, closed, read('a/1')), no(3, closed, read('b/1')), ok(4, read('d/1'))] },
  { id: 'state-090', name: 'a step that is full', reason: 'It is passed over, and the next that admits the request is taken.', flags: ['plan'], chains: planned(on('a', 1, 2), on('a', 0, 1), on('b', 0, 1)),
    steps: [ok(0, read('a/1')), ok(1, read('a/2', taken(0, 2, 0, 0))), ok(2, read('a/3', taken(1, 2, 1, 0))), no(3, closed, read('a/4')), ok(4, read('b/1'))] },
  { id: 'state-091', name: 'a step that is not full when a later one is taken', reason: 'It is closed for good.', flags: ['plan'], chains: planned(on('a', 1, 9), on('b', 0, 2)),
    steps: [ok(0, read('a/1')), ok(1, read('b/1')), no(2, closed, read('a/2')), ok(3, read('b/2', taken(1, 1, 2)))] },
  { id: 'state-092', name: 'two open steps that admit a request', reason: 'The first of them is taken.', flags: ['plan'], chains: planned(on('a', 0, 1), on('a', 0, 1)),
    steps: [ok(0, read('a/1', taken(0, 1, 0))), ok(1, read('a/1', taken(1, 1, 1))), no(2, closed, read('a/1'))] },
  { id: 'state-093', name: 'a request that no step admits', reason: 'It is so whatever was taken, and closes nothing.', flags: ['plan'], chains: planned(on('a', 1, 2), on('b', 0, 1)),
    steps: [no(0, ['plan.step', 0], read('c/1', taken(0, 0, 0))), ok(1, read('a/1'))] },
  { id: 'state-094', name: 'two agents under one plan', reason: 'All below a block share its plan.', flags: ['plan', 'shared-counter'], chains: siblings([aud, any, plan(on('a', 1, 1), on('b', 1, 1))]),
    steps: [no(0, early, read('b/1', { chain: 'b' })), ok(1, read('a/1', { chain: 'a' })), no(2, closed, read('a/1', { chain: 'b' })), ok(3, read('b/1', { chain: 'b' }))] },
  { id: 'state-095', name: 'plans of root and hop', reason: 'Both must admit, and both are followed or neither.', flags: ['plan', 'refused-charge'],
    chains: { chain: chain([aud, any, plan(on('a', 0, 2), on('b', 0, 1))], [cti('a'), plan(on('b', 1, 1), on('a', 0, 1))]) },
    steps: [no(0, ['plan.early', 1], read('a/1', { usage: [{ block: 0, used: [], taken: [0, 0], position: 0 }, { block: 1, used: [], taken: [0, 0], position: 0 }] })), ok(1, read('b/1')), no(2, closed, read('a/1'))] },
  { id: 'state-096', name: 'a limit and a plan that both refuse', reason: 'Both are told, and nothing is charged.', flags: ['plan', 'refused-charge', 'order'], chains: { chain: chain([aud, any, limits(['call', 1]), plan(on('a', 2, 2), on('b', 0, 1))]) },
    steps: [ok(0, read('a/1')), no(1, [spent, early], read('b/1', { usage: [{ block: 0, used: [1], taken: [1, 0], position: 0 }] }))] },
  { id: 'state-097', name: 'a plan that refuses beside a limit', reason: 'The limit is not charged.', flags: ['plan', 'refused-charge'], chains: { chain: chain([aud, any, limits(['call', 2]), plan(on('a', 1, 1), on('b', 0, 1))]) },
    steps: [no(0, early, read('b/1')), no(1, early, read('b/1', { usage: [{ block: 0, used: [0], taken: [0, 0], position: 0 }] })), ok(2, read('a/1')), ok(3, read('b/1'))] },
  { id: 'state-098', name: 'a limit that refuses beside a plan', reason: 'The step is not taken.', flags: ['plan', 'refused-charge', 'window'], chains: { chain: chain([aud, any, limits(['call', 1, 10]), plan(on('a', 1, 2), on('b', 0, 1))]) },
    steps: [ok(0, read('a/1')), no(5, spent, read('b/1', { usage: [{ block: 0, used: [1], taken: [1, 0], position: 0 }] })), ok(10, read('a/2')), ok(20, read('b/1'))] },
  { id: 'state-099', name: 'a request that came too early, presented again in its turn', reason: 'What is refused does not use up its nonce.', flags: ['plan', 'refused-charge', 'replay'], chains: planned(on('a', 1, 1), on('b', 0, 1)),
    steps: [no(0, early, read('b/1')), ok(1, read('a/1')), ok(2, { again: 0 }), no(3, replay, { again: 0 })] },
  { id: 'state-100', name: 'a plan, HMAC', reason: 'Steps are taken in order.', flags: ['plan'], chains: { chain: chain([any, plan(on('a', 1, 1), on('b', 0, 1))], [], 1) },
    steps: [no(0, early, read('b/1')), ok(1, read('a/1')), ok(2, read('b/1'))] },
  { id: 'state-101', name: 'a plan with two audiences', reason: 'It denies with a store as without one.', flags: ['plan', 'counters'], chains: { chain: chain([two, plan(on('reports', 0, 1))], [aud]) },
    steps: [no(0, ['plan.audience', 0])] },
  { id: 'state-102', name: 'limits, a plan and an approval', reason: 'What evidence denies is denied before the store is asked, and costs nothing.', flags: ['order', 'evidence', 'refused-charge'],
    chains: siblings([aud, limits(['call', 1]), plan(on('reports', 0, 1))], [[13, [[[], [cfo.publicKey], 1, 60]]]]),
    steps: [no(0, ['approval.required', 1], { chain: 'a', usage: [{ block: 0, used: [0], taken: [0], position: 0 }] }), ok(1, { chain: 'b' })] },
  { id: 'state-103', name: 'a request that was withheld until its step was closed', reason: 'Others can bring that about, so it is not counted.', flags: ['plan', 'freeze'],
    chains: { chain: chain([aud, any, limits(['denial', 1]), plan(on('a', 1, 9), on('b', 0, 9))]) },
    steps: [ok(0, read('a/1')), ok(1, read('b/1')), no(2, closed, read('a/2')), ok(3, read('b/2', { usage: [{ block: 0, used: [0], taken: [1, 2], position: 1 }] }))] },
  { id: 'state-104', name: 'a sibling that takes the last step', reason: 'It is the faster one, and freezes nobody.', flags: ['plan', 'freeze', 'shared-counter'], chains: siblings([aud, any, limits(['denial', 1]), plan(on('a', 1, 1), on('b', 0, 9))]),
    steps: [ok(0, read('a/1', { chain: 'a' })), no(1, closed, read('a/1', { chain: 'b' })), ok(2, read('b/1', { chain: 'b' }))] },
  { id: 'state-105', name: 'a step behind and a step that is not open admit a request', reason: 'It may only have been late.', flags: ['plan', 'freeze'],
    chains: { chain: chain([aud, any, limits(['denial', 1]), plan(on('a', 1, 1), on('b', 1, 1), on('a', 0, 1))]) },
    steps: [ok(0, read('a/1')), no(1, closed, read('a/2')), ok(2, read('b/1')), ok(3, read('a/3', { usage: [{ block: 0, used: [0], taken: [1, 1, 1], position: 2 }] }))] },

  // Stores and logs that fail.
  { id: 'state-106', name: 'a store that does not answer', reason: 'What is not a complete answer denies, and may have been done.', flags: ['store-failure'], chains: limited(['call', 2]), steps: [no(0, ['store.failed', null], { fault: 'store.failed' }), ok(1)] },
  { id: 'state-107', name: 'a store without room', reason: 'Nothing that still counts is dropped to make room.', flags: ['store-failure'], chains: { chain: chain([]) }, steps: [no(0, ['store.full', null], { fault: 'store.full' }), ok(1, { again: 0 })] },
  { id: 'state-108', name: 'a store that is another one', reason: 'It would allow again what was used.', flags: ['store-failure'], chains: { chain: chain([]) }, steps: [no(0, ['store.lost', null], { fault: 'store.lost' })] },
  { id: 'state-109', name: 'a store from a copy', reason: 'What it counted since is missing.', flags: ['store-failure'], chains: { chain: chain([]) }, steps: [no(0, ['store.older', null], { fault: 'store.older' })] },
  { id: 'state-110', name: 'a store that was damaged', reason: 'Nothing that it says is taken for true.', flags: ['store-failure'], chains: { chain: chain([]) }, steps: [no(0, ['store.damaged', null], { fault: 'store.damaged' })] },
  { id: 'state-111', name: 'a store that fails while a denied request is counted', reason: 'Its code stands behind the others.', flags: ['store-failure', 'freeze', 'order'], chains: limited(['denial', 1]), steps: [no(0, [outside, ['store.failed', null]], { ...rogue, fault: 'store.failed' }), ok(1)] },
  { id: 'state-112', name: 'a store that fails behind a denial that needs none', reason: 'It is not asked.', flags: ['store-failure', 'order'], chains: { chain: chain([[14, { net: [1, 'x'] }]]) }, steps: [no(0, ['context.missing', 0], { fault: 'store.failed' })] },
  { id: 'state-113', name: 'a log of receipts that cannot be written', reason: 'What cannot be recorded is denied.', flags: ['receipt-failure'], chains: { chain: chain([]) }, steps: [no(0, ['receipt.failed', null], { fault: 'receipt.failed' })] },
  { id: 'state-114', name: 'a log of receipts that another process writes', reason: 'There is one writer; what was counted stays counted.', flags: ['receipt-failure', 'replay'], chains: limited(['call', 2]), steps: [no(0, ['receipt.locked', null], { fault: 'receipt.locked', usage: [{ block: 0, used: [1] }] }), no(1, replay, { again: 0 }), ok(2)] },
  { id: 'state-115', name: 'a denial that cannot be recorded', reason: 'The failure stands behind the others, and no need is open.', flags: ['receipt-failure', 'order'], chains: { chain: chain([[12, [[control.publicKey, 60]]]]) }, steps: [no(0, [['alive.status', 0], ['receipt.failed', null]], { fault: 'receipt.failed' })] },

  // The examples of the specification.
  { id: 'state-116', name: 'the worked example', reason: 'It passes once, and not after its end.', flags: ['replay', 'time-boundary'],
    chains: { chain: chain([], [[4, NOW + 3600], [9, new Map([[2, 'Find the Q3 revenue']])]]) },
    steps: [ok(0, { nonce: 'nonce' }), no(59, replay, { again: 0 }), no(60, ['invocation.expired', null], { again: 0 })] },
  { id: 'state-117', name: 'three requests of two agents in one second', reason: 'All below a block share its limit.', flags: ['shared-counter', 'replay'],
    chains: siblings([aud, limits(['call', 2])]), steps: [ok(0, { chain: 'a' }), ok(0, { chain: 'b' }), no(0, spent, { chain: 'a', ...used(2) }), no(1, replay, { again: 0 })] },
  { id: 'state-118', name: 'a budget of a day', reason: 'A use counts until it is as old as the window.', flags: ['budget', 'window'],
    chains: { chain: chain([aud, [4, NOW + 200_000], limits(['eur-cent', 50_000, 86_400])]) },
    steps: [ok(0, cents(49_000)), no(10, spent, cents(1001)), ok(20, { ...cents(1000), ...used(50_000) }), no(86_399, spent, cents(1)), ok(86_400, { ...cents(1001), ...used(2001) })] },
  { id: 'state-119', name: 'an agent that asks for three things outside of its scope', reason: 'Its branch freezes, and no other.', flags: ['freeze'],
    chains: { ...siblings([aud, limits(['denial', 3])]), below: open(hops([[], []], [aud, limits(['denial', 3])])) },
    steps: [no(0, outside, { ...rogue, chain: 'a' }), no(1, outside, { ...rogue, chain: 'a' }), no(2, outside, { ...rogue, chain: 'a' }), no(3, frozen, { chain: 'a' }),
      no(4, frozen, { chain: 'below' }), ok(5, { chain: 'b' })] },
  { id: 'state-120', name: 'a search, then reading, then one mail', reason: 'Taking a step closes all before it.', flags: ['plan'], chains: planned(on('search', 1, 5), on('read', 0, 2), on('mail', 1, 1)),
    steps: [no(0, early, read('mail/a')), ok(1, read('search/a')), ok(2, read('read/a')), ok(3, read('mail/b')), no(4, closed, read('search/b')), no(5, closed, { resource: 'mail/c', ...taken(2, 1, 1, 1) })] },
];
