/** What feeds say made them. The version is that of package.json, which a bundle need not hold for it. */
export const GENERATOR = { name: 'Copydesk', version: '0.1.0' } as const;
