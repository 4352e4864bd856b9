import { UsageError } from '../../errors.ts';

/** AWS itself in a region, or something that speaks its protocol at a URL. */
export type DynamodbAddress = { readonly region: string } | { readonly endpoint: string };

const examples =
  'write dynamodb://eu-central-1 for AWS in a region, or dynamodb+http://localhost:8000 for DynamoDB Local';

/** Reads `dynamodb://region`, `dynamodb+http://host:port` or `dynamodb+https://host:port`. Throws UsageError. */
export function parseDynamodbAddress(text: string): DynamodbAddress {
  const [, region] = /^dynamodb:\/\/([a-z0-9-]+)\/?$/.exec(text) ?? [];
  if (region) return { region };
  const [, endpoint] = /^dynamodb\+(https?:\/\/[^/@]+)\/?$/.exec(text) ?? [];
  if (endpoint && URL.canParse(endpoint)) return { endpoint };
  if (text.includes('@')) {
    throw new UsageError(
      `--store: credentials for DynamoDB come from the environment, as for the AWS CLI; ${examples}`,
    );
  }
  throw new UsageError(`--store: the address of DynamoDB cannot be read; ${examples}`);
}

/** As messages name it. */
export function nameOf(address: DynamodbAddress): string {
  return 'region' in address ? `dynamodb://${address.region}` : `dynamodb+${address.endpoint}`;
}
