import { createHash } from 'node:crypto';
import { commands } from './lua/commands.ts';
import { counting } from './lua/counting.ts';
import { kinds } from './lua/kinds.ts';
import { rows } from './lua/rows.ts';
import { witness } from './lua/witness.ts';

/**
 * All that a store does on the server, in Lua: what it reads is judged in memory, and written when nothing can fail any
 * more, since Redis takes nothing back. It has no `#!lua` line on purpose: a server that is full then refuses the first
 * write that needs room, and not the deletions that make room.
 */
export const script: string = [rows, counting, kinds, commands, witness].join('\n');

/** The name under which a server remembers the script. */
export const scriptSha: string = createHash('sha1').update(script).digest('hex');
