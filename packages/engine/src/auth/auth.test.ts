import { expect, test } from 'vitest';
import { parseAddress } from '../url.ts';
import { authSchemes } from './index.ts';
import type { AuthName } from './index.ts';
import type { AuthContext, AuthParameters, AuthRequest, AuthScheme } from './scheme.ts';

const context: AuthContext = {
  now: () => Date.UTC(2015, 7, 30, 12, 36, 0),
  randomBytes: (length) => new Uint8Array(length).fill(7),
};

test.each(Object.entries(authSchemes))(
  '%s names every field once and has a label',
  (_name, scheme: AuthScheme) => {
    const names = scheme.fields.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(scheme.label).not.toBe('');
  },
);

test('basic is the example of RFC 7617', async () => {
  const signed = await sign('basic', 'http://example.com/', { username: 'Aladdin', password: 'open sesame' });
  expect(signed).toEqual({ Authorization: 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==' });
});

test('bearer without a token leaves the request as it is', async () => {
  expect(await sign('bearer', 'http://example.com/', { token: '' })).toEqual({});
});

test('an API key goes where it is asked to', async () => {
  const header = { key: 'Authorization', value: 'SSWS 00abc' };
  expect(await sign('apikey', 'http://example.com/', header)).toEqual({ Authorization: 'SSWS 00abc' });
  const request = await authSchemes.apikey.apply(
    toRequest('http://example.com/?key=old&b=1'),
    { key: 'key', value: 'new', in: 'query' },
    context,
  );
  expect(request.address.query).toBe('b=1&key=new');
});

test('digest answers the challenge of RFC 7616, 3.9.1', async () => {
  const request = toRequest('http://www.example.org/dir/index.html');
  const challenge = {
    code: 401,
    round: 1,
    headers: [
      [
        'WWW-Authenticate',
        'Digest realm="http-auth@example.org", qop="auth", algorithm=MD5, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"',
      ] as const,
    ],
  };
  const signed = await authSchemes.digest.respond?.(
    request,
    challenge,
    { username: 'Mufasa', password: 'x' },
    context,
  );
  expect(signed?.request.headers[0]?.[1]).toContain('nc=00000001, cnonce="07070707"');
  const given = {
    username: 'Mufasa',
    password: 'Circle of Life',
    realm: 'http-auth@example.org',
    nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
    qop: 'auth',
    nonceCount: '00000001',
    clientNonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
  };
  return expect(sign('digest', 'http://www.example.org/dir/index.html', given)).resolves.toMatchObject({
    Authorization: expect.stringContaining('response="8ca523f5e9506fed4657c9700eebdbec"'),
  });
});

test('oauth1 is the example of RFC 5849, 1.2', async () => {
  const signed = await sign('oauth1', 'http://photos.example.net/photos?file=vacation.jpg&size=original', {
    consumerKey: 'dpf43f3p2l4k3l03',
    consumerSecret: 'kd94hf93k423kf44',
    token: 'nnch734d00sl2jdk',
    tokenSecret: 'pfkkdhi9sl3r4s00',
    signatureMethod: 'HMAC-SHA1',
    timestamp: '137131202',
    nonce: 'chapoH',
    realm: 'Photos',
    addParamsToHeader: true,
  });
  expect(signed['Authorization']).toMatch(
    /^OAuth realm="Photos",.*oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D"$/,
  );
});

test('hawk is the example of its own description', async () => {
  const signed = await sign('hawk', 'http://example.com:8000/resource/1?b=1&a=2', {
    authId: 'dh37fgj492je',
    authKey: 'werxhqb98rpaxn39848xrunpaw3489ruxnpa98w4rxn',
    algorithm: 'sha256',
    timestamp: '1353832234',
    nonce: 'j4h3g2',
    extraData: 'some-app-ext-data',
  });
  expect(signed['Authorization']).toContain('mac="6R4rV5iE+NPoym+WwjeHzjAGXUtLNIxmo1vpMofpLAE="');
});

test('awsv4 is the vanilla example of the published test suite', async () => {
  const signed = await sign('awsv4', 'http://example.amazonaws.com/', {
    accessKey: 'AKIDEXAMPLE',
    secretKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    region: 'us-east-1',
    service: 'service',
  });
  expect(signed['Authorization']).toBe(
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  );
});

test('jwt signs a token that says what was asked', async () => {
  const signed = await sign('jwt', 'http://example.com/', {
    algorithm: 'HS256',
    secret: 'secret',
    payload: '{"sub":"a"}',
  });
  const [, payload = ''] = (signed['Authorization'] ?? '').split('.');
  expect(Buffer.from(payload, 'base64url').toString()).toBe('{"sub":"a"}');
});

test('jwt and asap refuse to sign without their key', () => {
  expect(() =>
    authSchemes.jwt.apply(toRequest('http://example.com/'), { algorithm: 'HS256' }, context),
  ).toThrow('Invalid secret key. Enter a valid key.');
  expect(() => authSchemes.asap.apply(toRequest('http://example.com/'), {}, context)).toThrow(
    'One or more of required claims missing',
  );
});

async function sign(
  name: AuthName,
  url: string,
  parameters: AuthParameters,
): Promise<Record<string, string>> {
  const signed = await authSchemes[name].apply(toRequest(url), parameters, context);
  return Object.fromEntries(signed.headers);
}

function toRequest(url: string): AuthRequest {
  return {
    method: 'GET',
    address: parseAddress(url),
    headers: [],
    bytes: new Uint8Array(),
    disableUrlEncoding: false,
  };
}
