/** The generator that feeds name. The version repeats package.json, so that bundles need not contain that file. */
export const GENERATOR = { name: 'Copydesk', version: '0.1.0' } as const;
