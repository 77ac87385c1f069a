import { expect, test } from 'vitest';
import { renderCurves } from '../../bench/growth/chart.ts';
import type { Curve } from '../../bench/growth/curve.ts';

const machine = { cpu: 'A & B', cores: 1, memory: '', node: 'v20', os: '', load: 0 };
const curve = (costs: readonly (readonly [size: number, cost: number])[], logarithmic = false): Curve => ({
  title: 'sizes <1',
  unit: 'µs',
  logarithmic,
  lines: [
    {
      name: 'own',
      points: costs.map(([size, cost]) => ({ size, cost: { median: cost, p25: cost, p75: cost } })),
    },
  ],
});
const draw = (...curves: Curve[]) => renderCurves({ date: '2026-01-02', machine, curves });

/** How far each point of the first line stands from the one before, to the right and up. */
function stepsOf(picture: string): number[][] {
  const [, points = ''] = /<polyline [^>]*points="([^"]*)"/.exec(picture) ?? [];
  const at = points.split(' ').map((point) => point.split(',').map(Number) as [number, number]);
  return at.slice(1).map(([x, y], i) => {
    const [before, above] = at[i] as [number, number];
    return [Math.round(x - before), Math.round(above - y)];
  });
}

test('what is in proportion to its size is a straight line', () => {
  expect(stepsOf(draw(curve([[0, 10], [10, 20], [20, 30]])))).toEqual([[173, 53], [173, 53]]); // biome-ignore format: pairs read as pairs
});

test('on a logarithmic axis, ten times as much is one step, and none has a place', () => {
  const [first, second] = stepsOf(draw(curve([[0, 5], [9, 5], [99, 5]], true))); // biome-ignore format: pairs read as pairs
  expect([first, second]).toEqual([[173, 0], [173, 0]]); // biome-ignore format: pairs read as pairs
});

test('each curve has a panel, two beside one another', () => {
  const places = [...draw(...Array(3).fill(curve([[1, 1], [2, 2]]))).matchAll(/translate\(([^)]*)\)/g)]; // biome-ignore format: pairs read as pairs
  expect(places.map(([, place]) => place)).toEqual(['0 0', '430 0', '0 250']);
});

test('names of others cannot end an element', () => {
  const picture = draw(curve([[1, 1], [2, 2]])); // biome-ignore format: pairs read as pairs
  expect(picture).toContain('By sizes &lt;1, in µs');
  expect(picture).toContain('A &amp; B');
});
