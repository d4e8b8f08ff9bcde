import { validateHeaderValue } from 'node:http';
import * as z from 'zod/mini';

test('errors of Node and of packages are errors of the project', () => {
  expect(() => validateHeaderValue('title', '\n')).toThrow(TypeError);
  expect(z.string().safeParse(1).error).toBeInstanceOf(Error);
});
