import { findChromium } from './chromium.ts';

test('where there is no browser, it says how to get one', () => {
  expect(() => findChromium({ PATH: '/nowhere' })).toThrow(/apt-get install chromium.*CHROMIUM_PATH/);
});

test('a browser that is named must be there', () => {
  expect(() => findChromium({ CHROMIUM_PATH: '/nowhere/chromium' })).toThrow('/nowhere/chromium');
  expect(findChromium({ CHROMIUM_PATH: process.execPath })).toBe(process.execPath);
});
