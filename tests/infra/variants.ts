/** Settings between which every resource and every branch of the stack is made. */
export const VARIANTS: Record<string, unknown> = {
  default: {},
  full: {
    site: { title: 'The Bugle', baseUrl: 'https://news.example.org' },
    deployment: {
      domain: {
        name: 'example.org',
        aliases: ['www.example.org'],
        certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555',
        hostedZoneId: 'Z0123456789ABC',
      },
      webAclArn:
        'arn:aws:wafv2:us-east-1:111122223333:global/webacl/bugle/11111111-2222-3333-4444-555555555555',
      accessLogs: true,
      priceClass: 'all',
      terminationProtection: true,
      rollout: 'gradual',
      tracing: true,
      secondRegion: {
        vaultArn: 'arn:aws:backup:eu-central-1:111122223333:backup-vault:bugle',
        intakeBucket: 'bugle-intake-copies',
        storageBucket: 'bugle-storage-copies',
      },
      mail: { address: 'desk@example.org', senders: ['jane@example.org', '@agency.example'], reply: true },
      logDays: 365,
      tags: { desk: 'world' },
    },
    alarms: { email: 'desk@example.org', monthlyBudget: 500 },
  },
  'throw-away': {
    deployment: {
      data: 'destroy',
      logDays: 1,
      mail: { address: 'desk.example.org', senders: ['@example.org'], ruleSet: 'all-mail' },
    },
  },
  'own-cdn': {
    site: { baseUrl: 'https://news.example.org' },
    deployment: { cloudFront: false, accessLogs: true },
  },
  china: {
    site: { baseUrl: 'https://news.example.org' },
    deployment: {
      cloudFront: false,
      accessLogs: true,
      terminationProtection: true,
      rollout: 'gradual',
      secondRegion: {
        vaultArn: 'arn:aws-cn:backup:cn-northwest-1:111122223333:backup-vault:bugle',
        intakeBucket: 'bugle-intake-copies',
        storageBucket: 'bugle-storage-copies',
      },
    },
    alarms: { email: 'desk@example.org' },
  },
};
