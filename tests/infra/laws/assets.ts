import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeTemplate } from '../template.ts';
import { VARIANTS } from '../variants.ts';

describe('assets', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'copydesk-assets-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  // Between them these two make everything.
  test.each(['full', 'throw-away'])('a second synth writes the same template: %s', variant => {
    const settings = VARIANTS[variant];
    const [first, second] = ['first', 'second/deeper'].map(name =>
      readFileSync(writeTemplate(settings, 'Copydesk', join(folder, name)), 'utf8'),
    );
    expect(first).toBe(second);
  });

  test('a template names no folder of the machine', () => {
    const template = readFileSync(writeTemplate({}, 'Copydesk', join(folder, 'out')), 'utf8');
    for (const place of [process.cwd(), tmpdir(), process.env.HOME ?? process.cwd()].filter(
      path => path.length > 1,
    ))
      expect(template).not.toContain(`${place}/`);
  });
});
