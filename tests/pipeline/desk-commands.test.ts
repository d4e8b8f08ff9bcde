import { at } from './desk/at-desk.ts';
import { browserDeskTests } from './desk/browser-desk.ts';
import { changingTests } from './desk/changing.ts';
import { failuresTests } from './desk/failures.ts';
import { heldTests } from './desk/held.ts';
import { jsonTests } from './desk/json.ts';
import { lookingTests } from './desk/looking.ts';
import { permissionTests } from './desk/permissions.ts';

beforeAll(() => at.open());
afterAll(() => at.end());

// Each group uses what the groups before it have left.
describe('looking', lookingTests);
describe('changing', changingTests);
describe('failures and retry', failuresTests);
describe('held stories', heldTests);
describe('results as JSON', jsonTests);
describe('the desk in the browser', browserDeskTests);
describe('permissions', permissionTests);
