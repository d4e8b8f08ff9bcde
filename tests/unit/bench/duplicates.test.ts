import { countUnits } from '../../../bench/duplicates/count-units.ts';

test('what an equal file, a promotion, a kill and its end cost does not grow with their number', async () => {
  const [few, many] = [await countUnits(8), await countUnits(64)];
  const { files: _, each: __, ...rest } = many;
  expect(rest).toEqual({ last: few.last, promotion: few.promotion, kill: few.kill, restore: few.restore });
  // A record, a claim that is refused, and an entry in the group.
  expect(many.last.writes).toBeLessThanOrEqual(6);
});
