/** The 14 encodings of the eight Ed25519 points of small order; the last six are not canonical. */
export const smallOrder: readonly (readonly [name: string, hex: string])[] = [
  ['y = 1', `01${'00'.repeat(31)}`],
  ['y = -1', `ec${'ff'.repeat(30)}7f`],
  ['y = 0', '00'.repeat(32)],
  ['y = 0, x negative', `${'00'.repeat(31)}80`],
  ['y of order 8', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'],
  ['y of order 8, x negative', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85'],
  ['other y of order 8', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'],
  ['other y of order 8, x negative', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa'],
  ['y = 1, x = -0', `01${'00'.repeat(30)}80`],
  ['y = -1, x = -0', `ec${'ff'.repeat(31)}`],
  ['y = p', `ed${'ff'.repeat(30)}7f`],
  ['y = p, x negative', `ed${'ff'.repeat(31)}`],
  ['y = p + 1', `ee${'ff'.repeat(30)}7f`],
  ['y = p + 1, x = -0', `ee${'ff'.repeat(31)}`],
];

/** Encodings with y >= p that are of no small order. */
export const nonCanonical: readonly (readonly [name: string, hex: string])[] = [
  ['y = p + 2', `ef${'ff'.repeat(30)}7f`],
  ['y = p + 3, x negative', `f0${'ff'.repeat(31)}`],
  ['y = 2^255 - 1', `${'ff'.repeat(31)}7f`],
];
