import { describeCaveat } from '../../src/caveats/forms.ts';
import type { Inspection, JsonObject, PublicKey, Verification } from '../../src/index.ts';
import { warnings } from '../../src/inspect/warning.ts';
import { sameKey } from '../../src/keys/key-claim.ts';
import { describeKey } from '../../src/keys/public-key.ts';
import { formatTime } from '../../src/time.ts';
import { heading, listAll } from './layout.ts';
import { describeVerification, fromNow, tellCaveat } from './words.ts';

const MARGIN = '  ';

// What is about to be signed is never shortened.
const tell = (label: string, text: string, style?: 'red' | 'green' | 'yellow' | 'dim') =>
  listAll(MARGIN, label, [{ text, style }]);

/** What an approver is asked, as lines of at most 80 columns: the request, who asks it, and by which authority. */
export function renderAskedApproval(inspection: Inspection, args: JsonObject, key: PublicKey): string[] {
  const { blocks, invocation, now, warnings: found } = inspection;
  if (invocation === null) return [];
  const { claims } = invocation;
  const { mission, grantor } = blocks[0].claims;
  const problems = found.filter(({ code }) => warnings[code][0] === 'problem' && code !== 'stale');
  return [
    ...heading('A request waits for your approval'),
    ...tell('request', `${claims.action} ${claims.resource}`),
    ...listAll(MARGIN, 'arguments', describeArguments(args)),
    ...tell('service', claims.audience),
    ...(claims.task === undefined ? [] : tell('why', `“${claims.task}”, says the holder`)),
    ...tell('sealed', `${formatTime(claims.iat)}, ${fromNow(claims.iat, now)}`),
    '',
    ...tellChain(inspection),
    ...tell('granted by', grantor),
    ...tell('mission', `${mission.id}: “${mission.purpose}”`),
    ...listAll(MARGIN, 'through', hands(inspection)),
    ...listAll(MARGIN, 'asks for', askedOf(inspection, key)),
    ...listAll(
      MARGIN,
      'problem',
      problems.map(({ detail, code }) => ({ text: `${detail} (${code})`, style: 'red' })),
    ),
  ];
}

/** What a grantor is asked, as lines of at most 80 columns: all that the grant says. */
export function renderAskedConsent(inspection: Inspection): string[] {
  const [root] = inspection.blocks;
  const { grantor, mission, delegate, iat } = root.claims;
  return [
    ...heading('A grant in your name waits for your consent'),
    ...tellChain(inspection),
    ...tell('granted by', `${grantor}, ${formatTime(iat)}, ${fromNow(iat, inspection.now)}`),
    ...tell('to', delegate),
    ...tell('mission', `${mission.id}: “${mission.purpose}”`),
    ...(mission.reference === undefined ? [] : tell('reference', mission.reference)),
    ...(mission.instruction === undefined ? [] : tell('instructed', `SHA-256 ${mission.instruction}`)),
    '',
    ...root.caveats.flatMap(({ words, enforcement }) =>
      listAll(
        MARGIN,
        enforcement,
        words.map((line) => ({ text: tellCaveat(line, inspection.now) })),
      ),
    ),
    ...tell('grant id', root.id, 'dim'),
  ];
}

function tellChain({ verification, suite }: Inspection): string[] {
  const [colour, text] = describeVerification(verification);
  return [
    ...tell('chain', text, colour),
    ...(suite === 'hmac' && !isHeld(verification)
      ? tell('', 'suite hmac: nobody without the root secret can verify it', colour)
      : []),
  ];
}

function isHeld({ status }: Verification): boolean {
  return status === 'held';
}

function describeArguments(args: JsonObject): { text: string }[] {
  const entries = Object.entries(args);
  if (entries.length === 0) return [{ text: 'none' }];
  // A name that could be read as something else stands in quotes.
  const nameOf = (name: string) => (/^[\w.-]+$/.test(name) ? name : JSON.stringify(name));
  return entries.map(([name, value]) => ({ text: `${nameOf(name)} = ${JSON.stringify(value)}` }));
}

function hands({ blocks }: Inspection): { text: string }[] {
  return blocks.map(({ claims }) => {
    const task = 'task' in claims && claims.task !== undefined ? `, for “${claims.task}”` : '';
    return { text: `${claims.delegate}${task}` };
  });
}

/** The entries of the chain that name the key; without its other approvers, which each find themselves. */
function askedOf({ blocks }: Inspection, key: PublicKey): { text: string }[] {
  return blocks.flatMap(({ claims }, block) =>
    (claims.approval ?? [])
      .filter(({ keys }) => keys.some((own) => sameKey(own, key)))
      .map((entry) => {
        const [words] = describeCaveat('approval', [{ ...entry, keys: [key], need: 1 }]);
        const yours = words?.replace(describeKey(key), 'your key') ?? '';
        const count =
          entry.keys.length === 1 ? '' : `; ${entry.need} of ${entry.keys.length} approvers must say yes`;
        return { text: `block ${block} ${yours}${count}` };
      }),
  );
}
