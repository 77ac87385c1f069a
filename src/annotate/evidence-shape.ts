import { PROTECTED_KID } from '../cose.ts';
import { type Kind, kinds } from '../evidence/item.ts';
import { evidenceFields } from './claim-shapes.ts';
import type { Shape } from './shape.ts';
import { signed } from './token-shape.ts';

/** A piece of evidence (spec §5.8). */
export const evidenceShape: Shape = {
  note: 'evidence',
  parts: (number) => {
    const kind = kindOf(number);
    const content: Shape = kind === undefined ? {} : { note: kind, fields: evidenceFields[kind] };
    return [
      { explain: kindOf },
      { note: 'signed', parts: () => signed(2, content, [PROTECTED_KID.ed25519, 32], 64) },
    ];
  },
};

function kindOf(number: unknown): Kind | undefined {
  return (Object.keys(kinds) as Kind[]).find((name) => kinds[name] === number);
}
