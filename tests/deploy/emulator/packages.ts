/** What `tests/deploy` and `tests/contract` install from PyPI. Pinned: another release must not change what holds. */
export const PYTHON_PACKAGES = {
  /** Services of AWS, and a certificate authority for their address. */
  ministack: ['ministack==1.5.33', 'trustme==1.2.1'],
  /** S3 and DynamoDB by others' hands. Apart from MiniStack, which pins another botocore. */
  moto: ['moto[dynamodb,s3]==5.2.5', 'flask==3.1.3', 'flask-cors==6.0.5'],
} as const;
