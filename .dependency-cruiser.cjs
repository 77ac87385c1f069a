// The house (spec-independent): an import points downwards only. Rooms from the ground floor up.
const floors = [
  ['^src/(brand|bytes|codes|errors|json|limits|members|names|printable|text|time)\\.ts$', '^src/encoding/'],
  ['^src/cbor/', '^src/crypto/'],
  ['^src/keys/', '^src/cose\\.ts$'],
  ['^src/facts\\.ts$', '^src/scope/', '^src/caveats/'],
  ['^src/token/'],
  ['^src/decide/'],
  ['^src/evidence/'],
  ['^src/inspect/', '^src/annotate/'],
  ['^src/lint/'],
  ['^src/state/', '^src/audit/'],
  ['^src/verifier\\.ts$'],
  ['^src/(index\\.ts$|entry/)'],
  ['^cli/'],
];

const downwards = floors.flatMap((rooms, floor) => {
  const above = floors.slice(floor + 1).flat();
  return above.length === 0
    ? []
    : [
        {
          name: `floor-${floor + 1}-imports-downwards`,
          severity: 'error',
          from: { path: rooms },
          to: { path: above },
        },
      ];
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, path: '^(src|cli)/' }, to: {} },
    ...downwards,
    {
      name: 'one-floor-rooms-apart',
      comment: 'cbor and crypto share a floor and nothing else',
      severity: 'error',
      from: { path: '^src/cbor/' },
      to: { path: '^src/crypto/' },
    },
    {
      name: 'state-apart-from-audit',
      severity: 'error',
      from: { path: '^src/state/' },
      to: { path: '^src/audit/' },
    },
    {
      name: 'audit-apart-from-state',
      severity: 'error',
      from: { path: '^src/audit/' },
      to: { path: '^src/state/' },
    },
    {
      name: 'node-only-in-its-backend',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot:
          '^src/(crypto/backend/(node|sodium)\\.ts$|encoding/node\\.ts$|state/lmdb|state/redis/|audit/(lines|lock|log|verify-log|writer)\\.ts$)',
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'backend-only-from-crypto',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/crypto/' },
      to: { path: '^(src|dist/src)/crypto/backend/' },
    },
    {
      name: 'noble-only-in-its-backend',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/crypto/backend/noble\\.ts$' },
      to: { path: 'node_modules/@noble/' },
    },
    {
      name: 'sodium-native-only-in-its-backend',
      severity: 'error',
      from: { path: '^(src|cli)/', pathNot: '^src/crypto/backend/sodium\\.ts$' },
      to: { path: 'node_modules/sodium-native/|^sodium-native$' },
    },
    {
      name: 'cbor-x-only-in-the-writer',
      severity: 'error',
      from: { path: '^(src|cli)/', pathNot: '^src/cbor/write\\.ts$' },
      to: { path: 'node_modules/cbor-x/' },
    },
    {
      name: 'lmdb-only-in-its-adapter',
      severity: 'error',
      from: { path: '^(src|cli)/', pathNot: '^src/state/lmdb/' },
      to: { path: 'node_modules/lmdb/|^lmdb$' },
    },
    {
      name: 'commander-only-in-cli',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: 'node_modules/commander/' },
    },
    {
      name: 'no-development-dependencies',
      severity: 'error',
      from: { path: '^(src|cli)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-inner-barrels',
      comment: 'index.ts stands at the top of src and nowhere else',
      severity: 'error',
      from: {},
      to: { path: '^(src|cli)/.+/index\\.ts$' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { conditionNames: ['node', 'import', 'types', 'default'] },
    doNotFollow: { path: 'node_modules|^dist/' },
    exclude: { path: '^(dist|coverage)/' },
  },
};
