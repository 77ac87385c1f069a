import type { WarningCode } from '../src/inspect/warning.ts';

/** What to do about each warning about a token; `writ explain` prints it too. */
export const warningAdvice: Readonly<Record<WarningCode, string>> = {
  'never-usable':
    'The blocks contradict each other, or the sealed request lies outside of them. Do not wait or retry: ask the one who made the named block for another one, or seal a request that `writ why` finds allowed.',
  expired:
    'Ask for a new token: the human where block 0 has expired, else the agent before. `writ inspect` shows which block ends first.',
  stale:
    'A sealed request is used within seconds. The holder makes a new one from the open token by `writ invoke`.',
  'not-yet': 'Wait until the time that it names, or compare the clocks if that has come.',
  wider:
    'All blocks hold, so the hop is bounded by what stands above it, whatever it says. Take `writ inspect` as the measure of what the holder may do; if the holder needs more, only a new grant gives it.',
  'expiring-soon': 'Ask for a new grant before the mission stops in the middle of its work.',
  'without-status':
    'To be able to end the mission early, grant with an alive caveat under --caveats, or demand a status in the trust anchor. For a token that lives for minutes, expiry is enough.',
  'over-broad':
    'Grant what the mission needs: name the actions, and let each pattern begin with a fixed segment, such as reports/**. The holder can also hand on less to its own sub-agents.',
  'weak-window':
    'Shorten it: a grant to days, the age of a status to minutes, that of an approval to an hour. A limit needs a window that is shorter than the life of the token, or none at all.',
  redundant:
    'It does no harm, and makes the token longer. Leave it out of the next one: what it says holds anyway.',
  duplicate: 'Keep one of the two. They are the same authority, so nothing is lost.',
  overlap:
    'Keep one of the two: the broader one where it is needed, else this one, so that the holder carries no more than it needs.',
};
