import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DIFFERENCES } from './differences.ts';

test('each known difference is of a law that is tested', () => {
  const tested = ['s3.test.ts', 'dynamodb.test.ts']
    .map(file => readFileSync(path.join(__dirname, file), 'utf8'))
    .join('');
  for (const { law } of DIFFERENCES) expect(tested).toContain(`law('${law}'`);
});
