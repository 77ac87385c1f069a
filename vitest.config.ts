import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(`src/${path}.ts`, import.meta.url));

const backend = (name: string, encoding = 'node') => ({
  '#backend': source(`crypto/backend/${name}`),
  '#encoding': source(`encoding/${encoding}`),
});

// What rests on the verdict of one signature runs on sodium-native too; `node` is what runs where it is not installed.
const signatures = [
  ...['test/crypto/**', 'test/laws/flips.test.ts'],
  ...['test/attacks/points.test.ts', 'test/attacks/signature.test.ts', 'test/attacks/supply.test.ts'],
];

// Everything in memory runs once on each backend; what starts processes runs once, on what Node's import condition picks;
// and what counts work runs once, on node:crypto, whose calls it counts.
const processes = [
  ...[
    'test/bench/**',
    'test/browser/**',
    'test/cli/**',
    'test/examples/**',
    'test/interop/**',
    'test/torture/**',
  ],
  ...['test/attacks/receipts.test.ts', 'test/audit/lock.test.ts', 'test/audit/log.test.ts'],
  ...['test/package.test.ts', 'test/crypto/backend/sodium.test.ts', 'test/attacks/web.test.ts'],
  ...['test/state/lmdb.test.ts', 'test/state/lmdb/**'],
  'test/scripts/**',
  ...['test/state/redis.test.ts', 'test/state/redis/**'],
  ...['test/state/postgres.test.ts', 'test/state/postgres/**'],
];

const work = ['test/work/**'];
const elsewhere = [...processes, ...work];

// What runs in memory shares its modules among files, as requests share them in a service; to load them anew for each
// file took more time than the tests. A test that changes a global puts it back.
const together = { isolate: false };

const toFiles = (path: string) => path.replace('/**', '/**/*.test.ts');

export default defineConfig({
  test: {
    // Vitest leaves a core to itself, which on two is half of all; it needs none while tests wait for processes.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        resolve: { alias: backend('node') },
        test: { ...together, name: 'node', include: ['test/**/*.test.ts'], exclude: elsewhere },
      },
      {
        extends: true,
        resolve: { alias: backend('noble', 'web') },
        test: { ...together, name: 'noble', include: ['test/**/*.test.ts'], exclude: elsewhere },
      },
      {
        extends: true,
        resolve: { alias: backend('node') },
        test: {
          name: 'work',
          include: work.map(toFiles),
          setupFiles: ['test/support/count-work.ts'],
        },
      },
      {
        extends: true,
        resolve: { alias: backend('sodium') },
        test: { name: 'sodium', include: signatures.map(toFiles), exclude: processes },
      },
      {
        extends: true,
        test: { name: 'processes', include: processes.map(toFiles) },
      },
    ],
  },
});
