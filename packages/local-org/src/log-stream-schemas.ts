/** What an administrator has to say about a log stream, by its type, as JSON Schema (schemas#get-log-stream-schema). */
export const logStreamSchemas: Readonly<Record<string, (id: string) => object>> = {
  aws_eventbridge: (id) =>
    document(id, 'AWS EventBridge', {
      accountId: text('AWS Account ID', 'The account that gets the events', {
        writeOnce: true,
        pattern: String.raw`^\d{12}$`,
      }),
      eventSourceName: text(
        'AWS Event Source Name',
        'What the source of the events is called in EventBridge',
        {
          writeOnce: true,
          pattern: String.raw`^[\.\-_A-Za-z0-9]{1,75}$`,
        },
      ),
      region: text('AWS Region', 'The region that the events go to', {
        writeOnce: true,
        oneOf: regions.map(([title, value]) => ({ title, const: value })),
      }),
    }),
  splunk_cloud_logstreaming: (id) =>
    document(id, 'Splunk Cloud', {
      host: text('Host', 'The domain of the Splunk Cloud instance, without protocol', {
        writeOnce: false,
        pattern: String.raw`^([a-z0-9]+(-[a-z0-9]+)*){1,100}\.splunkcloud(gc|fed)?\.com$`,
      }),
      edition: text('Splunk edition', 'Which Splunk Cloud it is', {
        writeOnce: false,
        oneOf: [
          { title: 'AWS', const: 'aws' },
          { title: 'GCP', const: 'gcp' },
          { title: 'AWS GovCloud', const: 'aws_govcloud' },
        ],
      }),
      token: text('HEC token', 'The token of the HTTP Event Collector', {
        writeOnce: true,
        pattern: String.raw`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`,
      }),
    }),
};

const regions = [
  ['US East (Ohio)', 'us-east-2'],
  ['US East (N. Virginia)', 'us-east-1'],
  ['US West (N. California)', 'us-west-1'],
  ['US West (Oregon)', 'us-west-2'],
  ['Canada (Central)', 'ca-central-1'],
  ['Europe (Frankfurt)', 'eu-central-1'],
  ['Europe (Ireland)', 'eu-west-1'],
  ['Europe (London)', 'eu-west-2'],
  ['Europe (Paris)', 'eu-west-3'],
  ['Europe (Milan)', 'eu-south-1'],
  ['Europe (Stockholm)', 'eu-north-1'],
] as const;

function text(title: string, description: string, more: object): object {
  return { title, description, type: 'string', ...more };
}

function document(id: string, title: string, settings: Readonly<Record<string, object>>): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: id,
    title,
    type: 'object',
    properties: {
      settings: {
        description: `Where ${title} gets the events`,
        type: 'object',
        properties: settings,
        required: Object.keys(settings),
      },
      name: text('Name', 'What the log stream is called', { writeOnce: false, pattern: '^.{1,100}$' }),
    },
    required: ['name', 'settings'],
  };
}
