import fc from 'fast-check';
import { accentOf, backgroundsOf, TEXT_CONTRAST } from '../../../shared/model/palette.ts';
import { readSettings } from '../../../shared/settings/settings.ts';
import { contrast, lowestContrast, nearestWithContrast } from '../../../shared/text/contrast.ts';

const COLOUR = fc.integer({ min: 0, max: 0xffffff }).map(value => `#${value.toString(16).padStart(6, '0')}`);

// The examples of WCAG's own technique G18 and of its known pairs.
test.each([
  ['#000000', '#ffffff', 21],
  ['#777777', '#ffffff', 4.48],
  ['#0000ff', '#ffffff', 8.59],
  ['#ff0000', '#ff0000', 1],
])('the contrast of %s and %s is %d', (a, b, ratio) => {
  expect(contrast(a, b)).toBeCloseTo(ratio, 2);
  expect(contrast(b, a)).toBe(contrast(a, b));
});

describe.each(['light', 'dark'] as const)('on %s pages', scheme => {
  const behind = backgroundsOf(scheme);
  const read = (colour: string) =>
    // A dark colour alone cannot be set, so a good light one stands beside it.
    readSettings({ site: { accent: { light: '#0b5394', [scheme]: colour } } }).site.accent?.[scheme];

  test('a colour is taken exactly if text in it can be read, and the refusal proposes one that is taken', () => {
    fc.assert(
      fc.property(COLOUR, colour => {
        if (lowestContrast(colour, behind).ratio >= TEXT_CONTRAST) expect(read(colour)).toBe(colour);
        else {
          let message = '';
          try {
            read(colour);
          } catch (error) {
            message = (error as Error).message;
          }
          const [, field, has, proposed = ''] =
            /^The setting "site\.accent\.(\w+)" is wrong: .* has ([\d.]+); (#[0-9a-f]{6}) is the nearest/.exec(
              message,
            ) ?? [];
          expect({ field, isBelow: Number(has) < TEXT_CONTRAST }).toEqual({ field: scheme, isBelow: true });
          expect(read(proposed)).toBe(proposed);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('the proposed colour is the colour itself if it is good, and no farther than needed', () => {
    fc.assert(
      fc.property(COLOUR, colour => {
        const proposed = nearestWithContrast(colour, behind, TEXT_CONTRAST);
        const { ratio } = lowestContrast(proposed, behind);
        if (lowestContrast(colour, behind).ratio >= TEXT_CONTRAST) expect(proposed).toBe(colour);
        // A step of one channel changes the ratio by less than this.
        else expect(ratio).toBeLessThan(TEXT_CONTRAST + 0.25);
      }),
    );
  });
});

test('every light accent has a dark one that can be read', () => {
  fc.assert(
    fc.property(COLOUR, light => {
      expect(lowestContrast(accentOf({ light }).dark, backgroundsOf('dark')).ratio).toBeGreaterThanOrEqual(
        TEXT_CONTRAST,
      );
    }),
  );
});
